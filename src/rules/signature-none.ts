import type { Certificate } from '../certificates/certificate.ts';
import type { Endpoint, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import { isReplaced } from '../tls/offer/certificates.ts';
import { schemes } from '../tls/offer/signature-schemes.ts';
import {
  certificatesThatSign,
  lastSignatureAlgorithms,
  type SignatureContext,
  schemesOf,
} from '../tls/offer/signatures.ts';
import type { ProtocolVersion } from '../tls/protocols.ts';
import type { Rule, RuleContext } from './rule.ts';
import { writtenSettings } from './support/shared-settings.ts';
import { isRefused } from './support/sites/refused.ts';
import { relatedSites } from './support/sites/sites.ts';
import { handshakes } from './support/tls/handshakes.ts';
import { joinWords, protocolNames } from './support/words.ts';

/** Signature algorithms that a command leaves OpenSSL, and no certificate whose key can sign by one of them (RFC 8446 section 4.4.3). */
export const signatureNone: Rule = {
  id: 'signature-none',
  title: 'No certificate can use the listed signature algorithms',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    for (const { setting, endpoints, sites } of writtenSettings(context.model, 'confCommands')) {
      const command = lastSignatureAlgorithms(knownValue(setting) ?? []);
      if (command === undefined) continue;
      const failures = endpoints.flatMap((endpoint) => failureOf(context, endpoint) ?? []);
      const [failure] = failures;
      if (failure === undefined) continue;
      yield {
        message: messageOf(failure),
        location: command.location,
        related:
          sites.length > 1
            ? relatedSites(
                sites.filter(({ id }) => failures.some(({ site }) => site === id)),
                ({ label }) => `In force for ${label}`,
              )
            : [],
      };
    }
  },
};

interface Failure {
  readonly site: string;
  /** Versions in which nothing can be signed, newest first. */
  readonly protocols: readonly [ProtocolVersion, ...ProtocolVersion[]];
  /** Keys by the files of their certificates. */
  readonly keys: readonly string[];
  /** Names of algorithms with which they could. */
  readonly wanted: readonly string[];
}

function failureOf(context: RuleContext, endpoint: Endpoint): Failure | undefined {
  const { model } = context;
  const { tls, site } = endpoint;
  const served = isRefused(endpoint) ? undefined : servedCertificates(context, tls);
  if (served === undefined) return undefined;
  const { protocols, ciphers } = handshakes(model, tls);
  const securityLevel = ciphers?.securityLevel ?? model.target.securityLevel;
  const level = { openssl: model.target.openssl, securityLevel };
  const leaves = served.map(({ leaf }) => leaf);
  // A version in which the keys sign in no way at all fails for another reason.
  const fails = (protocol: ProtocolVersion) =>
    (protocols?.offered.includes(protocol) ?? false) &&
    waysOf(leaves, protocol, level).length > 0 &&
    certificatesThatSign(leaves, tls, protocol, level).length === 0;
  const [first, ...others] = (['TLSv1.3', 'TLSv1.2'] as const).filter(fails);
  if (first === undefined) return undefined;
  const failing = [first, ...others] as const;
  return {
    site,
    protocols: failing,
    keys: served.map(({ file, leaf: { publicKey } }) => `${file} (${publicKey.curve ?? publicKey.algorithm})`),
    wanted: [...new Set(failing.flatMap((protocol) => waysOf(leaves, protocol, level)))],
  };
}

/** The usual way to sign of each key, where it has one. */
function waysOf(leaves: readonly Certificate[], protocol: ProtocolVersion, level: SignatureContext): readonly string[] {
  return leaves.flatMap((leaf) => {
    const [usual] = schemesOf(leaf, protocol, level);
    return schemes.find(({ id }) => id === usual)?.name ?? [];
  });
}

/** Undefined unless all are known and could be read. */
function servedCertificates({ certificateFile }: RuleContext, { certificates, managed }: TlsSettings) {
  if (managed !== undefined && knownValue(managed)?.length !== 0) return undefined;
  const pairs = knownValue(certificates) ?? [];
  const leaves = pairs.flatMap(({ file }) => certificateFile(file.value).certificates.slice(0, 1));
  if (leaves.length === 0 || leaves.length < pairs.length) return undefined;
  return pairs
    .map(({ file }, index) => ({ file: file.value, leaf: leaves[index] as Certificate }))
    .filter((_, index) => !isReplaced(leaves, index));
}

function messageOf({ protocols, keys, wanted }: Failure): string {
  const versions = protocolNames(protocols.toReversed());
  const it = protocols.length === 1 ? 'it' : 'them';
  return `The ${keys.length === 1 ? 'key' : 'keys'} of ${joinWords(keys)} can use none of these algorithms to sign in ${versions}. The server offers ${it} all the same, and then aborts the handshake: clients of ${versions} cannot connect. Add ${joinWords(wanted)}, or leave the algorithms to OpenSSL, which has some for every key.`;
}
