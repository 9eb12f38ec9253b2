import { encodingOf, hexOf } from '../asn1/der.ts';
import { normalizedName } from '../asn1/names.ts';
import type { Certificate } from '../certificate.ts';
import { readOr } from '../extensions/find.ts';
import { type NameConstraints, readNameConstraints } from '../extensions/names.ts';
import { type BasicConstraints, basicConstraintsOf } from '../extensions/usage.ts';
import { type CertificateParts, readParts } from '../parts.ts';

/** A certificate prepared for chain building. */
export interface ChainNode {
  readonly certificate: Certificate;
  readonly parts: CertificateParts;
  /** Names to compare, see `normalizedName`. */
  readonly subjectKey: string;
  readonly issuerKey: string;
  /** Who it is, whatever certificate says so: subject and key. Guards against cycles of cross-signed CAs. */
  readonly identity: string;
  readonly basicConstraints: BasicConstraints | undefined;
  readonly nameConstraints: NameConstraints | undefined;
}

const nodes = new WeakMap<Certificate, ChainNode>();

/** Made once for each certificate. */
export function nodeOf(certificate: Certificate): ChainNode {
  const known = nodes.get(certificate);
  if (known !== undefined) return known;
  const parts = readParts(certificate.der);
  const subjectKey = normalizedName(parts.subject);
  const node: ChainNode = {
    certificate,
    parts,
    subjectKey,
    issuerKey: certificate.selfIssued ? subjectKey : normalizedName(parts.issuer),
    identity: `${hexOf(encodingOf(parts.subject))}/${certificate.spkiSha256}`,
    basicConstraints: basicConstraintsOf(parts),
    nameConstraints: readOr<NameConstraints | undefined>(parts, '2.5.29.30', readNameConstraints, undefined),
  };
  nodes.set(certificate, node);
  return node;
}

/** Signed by itself, which a CA that certifies its next key with the one before is not. */
export function isRoot({ selfIssued, isCa, authorityKeyIdentifier: wanted, subjectKeyIdentifier: own }: Certificate) {
  return selfIssued && isCa && (wanted === undefined || own === undefined || wanted === own);
}

/** `example.com`, the common name, or the whole subject: what a sentence calls a certificate. */
export function shortName(certificate: Pick<Certificate, 'subject' | 'subjectAltNames' | 'serialNumber'>): string {
  const common = /(?:^|[,+])CN=((?:\\.|[^,+\\])*)/.exec(certificate.subject)?.[1];
  if (common !== undefined && common !== '') return common.replace(/\\([,+"\\<>; #=])/g, '$1');
  const name = certificate.subjectAltNames[0];
  if (name !== undefined) return name.slice(name.indexOf(':') + 1);
  return certificate.subject || `serial number ${certificate.serialNumber}`;
}
