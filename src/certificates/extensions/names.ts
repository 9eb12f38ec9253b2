import { bigIntegerOf, childrenOf, contentOf, type Element, expectTag, readElement, tags } from '../asn1/der.ts';
import {
  addressRangeOf,
  type GeneralName,
  generalNameOf,
  generalNamesOf,
  writeGeneralName,
} from '../asn1/general-names.ts';

export function describeGeneralNames(value: Element): string {
  return generalNamesOf(expectTag(value, tags.sequence, 'The list of names'))
    .map(writeGeneralName)
    .join(', ');
}

/** RFC 5280 section 4.2.1.10. The `value` of an `IP` is a range such as `192.0.2.0/24`. */
export interface NameConstraints {
  readonly permitted: readonly GeneralName[];
  readonly excluded: readonly GeneralName[];
}

/** RFC 5280 section 4.2.1.10; addresses with their mask. @throws DerError */
export function readNameConstraints(value: Element): NameConstraints {
  const fields = childrenOf(expectTag(value, tags.sequence, 'nameConstraints'));
  const subtrees = (tag: number) => {
    const field = fields.find((candidate) => candidate.tag === tag);
    return field === undefined ? [] : childrenOf(field).map(readSubtree);
  };
  return { permitted: subtrees(0xa0), excluded: subtrees(0xa1) };
}

function readSubtree(subtree: Element): GeneralName {
  const base = generalNameOf(readElement(subtree.bytes, subtree.content, subtree.end));
  return base.type === 'IP' ? { ...base, value: addressRangeOf(contentOf(base.element)) } : base;
}

export function describeNameConstraints(value: Element): string {
  const { permitted, excluded } = readNameConstraints(value);
  const parts: string[] = [];
  if (permitted.length > 0) parts.push(`permitted ${permitted.map(writeGeneralName).join(', ')}`);
  if (excluded.length > 0) parts.push(`excluded ${excluded.map(writeGeneralName).join(', ')}`);
  return parts.join('; ') || 'empty';
}

export function describeInteger(value: Element): string {
  return String(bigIntegerOf(expectTag(value, tags.integer, 'The number')));
}
