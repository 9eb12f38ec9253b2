import { childrenOf, contentOf, readElement } from '../asn1/der.ts';
import { type GeneralName, generalNamesOf, writeGeneralName } from '../asn1/general-names.ts';
import { attributeValues, normalizedName } from '../asn1/names.ts';
import { findExtension } from '../extensions/find.ts';
import type { NameConstraints } from '../extensions/names.ts';
import type { ChainNode } from './node.ts';

/**
 * Whether a CA's name constraints (RFC 5280 section 4.2.1.10) allow the names of a certificate below it. Answers with a
 * sentence about the first name that they exclude. Kinds of names that have no comparison here are not judged.
 */
export function violatedConstraint(constraints: NameConstraints, node: ChainNode): string | undefined {
  for (const name of namesOf(node)) {
    const excluded = constraints.excluded.find((base) => isWithin(name, base) === true);
    if (excluded !== undefined) return `${writeGeneralName(name)} is excluded by ${writeGeneralName(excluded)}`;
    const permitted = constraints.permitted.filter((base) => base.type === name.type);
    if (permitted.length > 0 && permitted.every((base) => isWithin(name, base) === false)) {
      return `${writeGeneralName(name)} is outside ${permitted.map(writeGeneralName).join(', ')}`;
    }
  }
  return undefined;
}

function namesOf(node: ChainNode): GeneralName[] {
  const names: GeneralName[] = [];
  const { subject } = node.parts;
  if (subject.content < subject.end) {
    names.push({ type: 'dirName', value: node.certificate.subject, element: subject });
  }
  names.push(...namesInSubject(node));
  const sequence = findExtension(node.parts, '2.5.29.17');
  if (sequence === undefined) return names;
  try {
    for (const name of generalNamesOf(sequence)) {
      // A directory name's own element is compared, not its wrapper.
      names.push(
        name.type === 'dirName' ? { ...name, element: readElement(name.element.bytes, name.element.content) } : name,
      );
    }
  } catch {
    // Names that cannot be read are reported where the certificate is decoded.
  }
  return names;
}

/** Mail addresses, and a common name that is a host's where there is no other name of hosts: OpenSSL judges them as such. */
function namesInSubject({ parts, certificate }: ChainNode): GeneralName[] {
  const as = (type: 'email' | 'DNS', values: readonly string[]) =>
    values.map((value): GeneralName => ({ type, value, element: parts.subject }));
  const mails = as('email', attributeValues(parts.subject, 'emailAddress'));
  if (certificate.isCa || certificate.subjectAltNames.some((name) => name.startsWith('DNS:'))) return mails;
  const hosts = attributeValues(parts.subject, 'CN').filter((name) => /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/i.test(name));
  return [...mails, ...as('DNS', hosts)];
}

/** Undefined where the two cannot be compared. */
function isWithin(name: GeneralName, base: GeneralName): boolean | undefined {
  if (name.type !== base.type) return undefined;
  switch (name.type) {
    case 'DNS':
      return isSubdomain(name.value, base.value);
    case 'email':
      return isMailWithin(name.value, base.value);
    case 'URI':
      return isHostWithin(hostOf(name.value), base.value);
    case 'IP':
      return isAddressWithin(contentOf(name.element), contentOf(base.element));
    case 'dirName':
      return isNameWithin(name, base);
    default:
      return undefined;
  }
}

/** `example.com` covers itself and everything below; the empty constraint covers all. A leading dot only what is below. */
function isSubdomain(name: string, base: string): boolean {
  const lower = name.toLowerCase().replace(/\.$/, '');
  const suffix = base.toLowerCase();
  if (suffix === '') return true;
  if (suffix.startsWith('.')) return lower.endsWith(suffix);
  return lower === suffix || lower.endsWith(`.${suffix}`);
}

function isMailWithin(address: string, base: string): boolean | undefined {
  if (base.includes('@')) return address.toLowerCase() === base.toLowerCase();
  return isHostWithin(address.slice(address.lastIndexOf('@') + 1), base);
}

/** Unlike for DNS names, a base without leading dot is one host. */
function isHostWithin(host: string | undefined, base: string): boolean | undefined {
  if (host === undefined) return undefined;
  if (base === '') return true;
  return base.startsWith('.')
    ? host.toLowerCase().endsWith(base.toLowerCase())
    : host.toLowerCase() === base.toLowerCase();
}

function hostOf(uri: string): string | undefined {
  return /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(uri)?.[1];
}

function isAddressWithin(address: Uint8Array, range: Uint8Array): boolean {
  if (range.length !== address.length * 2) return false;
  return address.every((byte, index) => {
    const mask = range[address.length + index] as number;
    return (byte & mask) === ((range[index] as number) & mask);
  });
}

/** The base's relative names must be the first ones of the name. */
function isNameWithin(name: GeneralName, base: GeneralName): boolean {
  const wanted = childrenOf(readElement(base.element.bytes, base.element.content));
  const given = childrenOf(name.element);
  if (given.length < wanted.length) return false;
  return wanted.every((relative, index) => {
    const other = given[index];
    return other !== undefined && wrapped(relative) === wrapped(other);
  });
}

function wrapped(relative: ReturnType<typeof readElement>): string {
  const { bytes } = relative;
  return normalizedName({
    bytes,
    tag: 0x30,
    start: relative.start,
    content: relative.start,
    end: relative.next,
    next: relative.next,
  });
}
