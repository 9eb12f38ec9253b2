import { childrenOf, type Element, numberOf, oidOf, readElement, tags } from './asn1/der.ts';
import { digestNames, postQuantumNames, signatureNames } from './asn1/oids.ts';

/** Name of an AlgorithmIdentifier used for signing; PSS with its digest (`rsassaPss with SHA256`), others unknown by OID. */
export function signatureAlgorithmOf(algorithm: Element): string {
  try {
    const oid = readElement(algorithm.bytes, algorithm.content, algorithm.end);
    const dotted = oidOf(oid);
    const name = signatureNames[dotted] ?? postQuantumNames[dotted];
    const pss = name === 'rsassaPss' ? pssParametersOf(algorithm) : undefined;
    if (pss !== undefined) return `rsassaPss with ${pss.digest.toUpperCase()}`;
    return name ?? dotted;
  } catch {
    return 'unreadable';
  }
}

/** RSASSA-PSS-params (RFC 4055 section 3.1), where what is left out is SHA-1 and 20 octets of salt. */
export interface PssParameters {
  readonly digest: string;
  /** Of the mask generation. */
  readonly maskDigest: string;
  readonly saltLength: number;
}

/** The parameters of a signature by RSASSA-PSS; undefined for others. @throws where they cannot be read */
export function pssParametersOf(algorithm: Element): PssParameters | undefined {
  const [oid, parameters] = childrenOf(algorithm);
  if (oid === undefined || signatureNames[oidOf(oid)] !== 'rsassaPss') return undefined;
  const fields = parameters?.tag === tags.sequence ? childrenOf(parameters) : [];
  const field = (tag: number): Element | undefined => {
    const wrapper = fields.find((child) => child.tag === tag);
    return wrapper && readElement(wrapper.bytes, wrapper.content, wrapper.end);
  };
  const [hash, mask, salt] = [field(0xa0), field(0xa1), field(0xa2)];
  return {
    digest: digestOf(hash),
    maskDigest: digestOf(mask && childrenOf(mask)[1]),
    saltLength: salt === undefined ? 20 : numberOf(salt),
  };
}

function digestOf(identifier: Element | undefined): string {
  if (identifier === undefined) return 'sha1';
  const oid = oidOf(readElement(identifier.bytes, identifier.content, identifier.end));
  return digestNames[oid] ?? oid;
}

/** The digest that a signature algorithm's name speaks of, in lower case without dashes; undefined where it has its own. */
export function digestInName(name: string): string | undefined {
  const match = /md[245]|sha-?(?:1|224|256|384|512|3-\d{3})(?!\d)/i.exec(name);
  return match?.[0].toLowerCase().replace(/^sha-?/, 'sha');
}
