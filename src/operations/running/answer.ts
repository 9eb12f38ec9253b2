import type { EndpointView } from '../../analysis/endpoints/endpoint-view.ts';
import { hexOf } from '../../certificates/asn1/der.ts';
import type { Certificate } from '../../certificates/certificate.ts';
import { decodeCertificate, isUndecodable } from '../../certificates/decode.ts';
import type { Crypto } from '../../host/host.ts';
import type { DialResult } from '../../network/dial.ts';
import type { CertificateFile } from '../../rules/rule.ts';
import { baseName } from '../../text/path.ts';
import type { Value } from '../../tls/model/setting.ts';
import { protocolName } from '../../tls/protocols.ts';
import { findCipherSuite } from '../../tls/suites/cipher-suites.ts';

/** What a server showed in one handshake, as far as configurations speak of it. */
export type Answer = Pick<DialResult, 'protocol' | 'cipherSuite' | 'group'> & {
  readonly leaf: Certificate | undefined;
  /** SHA-256 in hex of each certificate as it was sent; absent where that is not known. */
  readonly sent?: readonly string[];
};

/** What a handshake showed; without `sent` where OpenSSL has arranged the chain. */
export function answerOf(result: DialResult, crypto: Crypto): Answer {
  const [der] = result.chain;
  const decoded = der === undefined ? undefined : decodeCertificate(der, crypto);
  const leaf = decoded === undefined || isUndecodable(decoded) ? undefined : decoded;
  if (!result.isAsSent) return { ...result, leaf };
  return { ...result, leaf, sent: result.chain.map((each) => hexOf(crypto.digest('sha256', each))) };
}

/** In what an answer is another than the endpoint's configuration gives; a clause each, about what is known alone. */
export function differencesInAnswer(view: EndpointView, answer: Answer): readonly string[] {
  const protocols = view.offer?.protocols;
  const isOther = protocols?.kind === 'known' && !protocols.value.some((protocol) => protocol === answer.protocol);
  if (!isOther) return differencesInVersion(view, answer);
  const offered = protocols.value.map(protocolName).join(', ') || 'none';
  const spoken = `it speaks ${answer.protocol.replace(/^TLSv/, 'TLS ')}, configured is ${offered}`;
  return [spoken, ...differencesInVersion(view, answer)];
}

/** The same, but for the protocol version. */
export function differencesInVersion(view: EndpointView, answer: Answer): readonly string[] {
  const { offer } = view;
  if (offer === undefined) return [];
  const { protocols, groups } = offer;
  const found: string[] = [];
  const suites = answer.protocol === 'TLSv1.3' ? offer.tls13CipherSuites : offer.cipherSuites;
  const suite = findCipherSuite(answer.cipherSuite);
  // Of a version that is not configured, no suite is.
  const isOther = isKnown(protocols) && !protocols.value.some((protocol) => protocol === answer.protocol);
  if (!isOther && isKnown(suites) && suite !== undefined && !suites.value.some(({ id }) => id === suite.id)) {
    // By the name that configurations have, and not by that of IANA, which the handshake tells.
    found.push(`it chose ${suite.name}, which is not configured`);
  }
  // With DHE up to TLS 1.2 the server sends a prime of its own, which is of no list.
  const group = answer.group?.startsWith('DH ') ? undefined : answer.group;
  if (isKnown(groups) && group !== undefined && !groups.value.some((each) => isNamed(each, group))) {
    found.push(`it chose the group ${group}, which is not configured`);
  }
  const certificate = differenceOfCertificates(view, answer.leaf);
  return certificate === undefined ? found : [...found, certificate];
}

function differenceOfCertificates(
  { leaves, pairs, certificatesUnknown }: Pick<EndpointView, 'leaves' | 'pairs' | 'certificatesUnknown'>,
  sent: Certificate | undefined,
): string | undefined {
  if (sent === undefined || certificatesUnknown !== undefined || leaves.length === 0) return undefined;
  if (leaves.some(({ sha256 }) => sha256 === sent.sha256)) return undefined;
  const alike = leaves.findIndex(({ publicKey }) => publicKey.algorithm === sent.publicKey.algorithm);
  const at = Math.max(alike, 0);
  const file = pairs[at]?.file.value;
  const held = leaves[at];
  if (file === undefined || held === undefined) return 'it sends another certificate than the configured file holds';
  const sameEnd = dayOf(held.notAfter) === dayOf(sent.notAfter);
  const details = sameEnd
    ? `: ${sent.sha256.slice(0, 16)}… and not ${held.sha256.slice(0, 16)}… (SHA-256)`
    : `: one that ends on ${dayOf(sent.notAfter)}, and not on ${dayOf(held.notAfter)}`;
  return `it sends another certificate than ${baseName(file)} holds${details}`;
}

/**
 * Whether other certificates come behind the server's own than its file holds, as where an intermediate was added and nobody
 * reloaded. Of a file with nothing behind it OpenSSL itself may find what to send (SSL_MODE_NO_AUTO_CHAIN).
 */
export function differencesOfChain(
  { pairs, leaves, certificatesUnknown }: EndpointView,
  { leaf, sent }: Answer,
  certificateFile: (path: string) => Pick<CertificateFile, 'certificates'>,
): readonly string[] {
  const pair = pairs[leaves.findIndex(({ sha256 }) => sha256 === leaf?.sha256)];
  if (pair === undefined || sent === undefined || certificatesUnknown !== undefined) return [];
  // Of a chain file that is the certificate file itself Apache passes over the first.
  const hasOther = pair.chainFile !== undefined && pair.chainFile.value !== pair.file.value;
  const files = hasOther ? [pair.file, pair.chainFile] : [pair.file];
  const held = files.flatMap(({ value }) => certificateFile(value).certificates.map(({ sha256 }) => sha256));
  // Of two files with intermediate certificates it is Apache's to choose.
  const isOpen = files.length > 1 && certificateFile(pair.file.value).certificates.length > 1;
  if (isOpen || held.length < 2 || held.join() === sent.join()) return [];
  const [name = ''] = files.slice(-1).map(({ value }) => baseName(value));
  const [behind, wanted] = [sent.length - 1, held.length - 1];
  if (behind === wanted) return [`it sends other intermediate certificates than ${name} holds`];
  return [`it sends ${behind === 0 ? 'no certificate' : behind} after its own, and ${name} holds ${wanted}`];
}

function dayOf(time: Date): string {
  return Number.isNaN(time.getTime()) ? 'no date' : time.toISOString().slice(0, 10);
}

function isKnown<T>(value: Value<T>): value is Extract<Value<T>, { kind: 'known' }> {
  return value.kind === 'known';
}

function isNamed({ name, aliases }: { name: string; aliases: readonly string[] }, group: string): boolean {
  return [name, ...aliases].some((each) => each.toLowerCase() === group.toLowerCase());
}
