import { booleanOf, childrenOf, contentOf, type Element, hexOf, oidOf, readElement, tags } from '../asn1/der.ts';
import { isString, textOf, visible } from '../asn1/strings.ts';
import { timeOf, timeText } from '../asn1/times.ts';

/**
 * The ASN.1 of a value that nobody here knows, in one line: `SEQUENCE {OID 1.2.3, UTF8 “text”, 0401ff}`. Hex where it is no
 * ASN.1. At most 2,000 characters.
 */
export function outline(bytes: Uint8Array): string {
  try {
    const element = readElement(bytes);
    if (element.next !== bytes.length) return shorten(hexOf(bytes));
    return shorten(write(element, 0));
  } catch {
    return shorten(hexOf(bytes));
  }
}

function shorten(text: string): string {
  return text.length > 2000 ? `${text.slice(0, 2000)}…` : text;
}

function write(element: Element, depth: number): string {
  if ((element.tag & 0x20) !== 0 && depth < 8) {
    const inner = childrenOf(element)
      .map((child) => write(child, depth + 1))
      .join(', ');
    return `${constructedName(element.tag)} {${inner}}`;
  }
  if (isString(element.tag)) return `“${visible(textOf(element))}”`;
  switch (element.tag) {
    case tags.boolean:
      return booleanOf(element) ? 'true' : 'false';
    case tags.null:
      return 'null';
    case tags.oid:
      return oidOf(element);
    case tags.integer:
    case tags.enumerated:
      return `0x${hexOf(contentOf(element))}`;
    case tags.utcTime:
    case tags.generalizedTime:
      return timeText(timeOf(element));
    default:
      return (element.tag & 0xc0) === 0x80
        ? `[${element.tag & 0x1f}] ${hexOf(contentOf(element))}`
        : hexOf(contentOf(element));
  }
}

function constructedName(tag: number): string {
  if (tag === tags.sequence) return 'SEQUENCE';
  return tag === tags.set ? 'SET' : `[${tag & 0x1f}]`;
}
