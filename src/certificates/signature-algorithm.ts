import { childrenOf, type Element, oidOf, readElement, tags } from './asn1/der.ts';
import { digestNames, postQuantumNames, signatureNames } from './asn1/oids.ts';

/** Name of an AlgorithmIdentifier used for signing; PSS with its digest (`rsassaPss with SHA256`), others unknown by OID. */
export function signatureAlgorithmOf(algorithm: Element): string {
  try {
    const oid = readElement(algorithm.bytes, algorithm.content, algorithm.end);
    const dotted = oidOf(oid);
    const name = signatureNames[dotted] ?? postQuantumNames[dotted];
    if (name === 'rsassaPss') return `rsassaPss with ${pssDigest(algorithm).toUpperCase()}`;
    return name ?? dotted;
  } catch {
    return 'unreadable';
  }
}

/** Digest of RSASSA-PSS-params `[0]`; SHA-1 where it is left out (RFC 4055 section 3.1). */
function pssDigest(algorithm: Element): string {
  const parameters = childrenOf(algorithm)[1];
  if (parameters === undefined || parameters.tag !== tags.sequence) return 'sha1';
  const hash = childrenOf(parameters).find((child) => child.tag === 0xa0);
  if (hash === undefined) return 'sha1';
  const identifier = readElement(hash.bytes, hash.content, hash.end);
  const oid = oidOf(readElement(identifier.bytes, identifier.content, identifier.end));
  return digestNames[oid] ?? oid;
}

/** The digest that a signature algorithm's name speaks of, in lower case without dashes; undefined where it has its own. */
export function digestInName(name: string): string | undefined {
  const match = /md[245]|sha-?(?:1|224|256|384|512|3-\d{3})(?!\d)/i.exec(name);
  return match?.[0].toLowerCase().replace(/^sha-?/, 'sha');
}
