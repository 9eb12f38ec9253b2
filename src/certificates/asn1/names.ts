import { childrenOf, contentOf, type Element, encodingOf, hexOf, oidOf, readElement, tags } from './der.ts';
import { attributeNames } from './oids.ts';
import { decodeText, isString, prefixedLatin1, printable, textOf, utf8Bytes } from './strings.ts';

/** One attribute of a distinguished name. */
export interface NameAttribute {
  readonly oid: string;
  /** `CN`, `O`, … or the object identifier. */
  readonly type: string;
  readonly value: string;
  readonly tag: number;
}

/**
 * A distinguished name as RFC 4514 writes it: last relative name first, `+` inside one, special characters escaped.
 * Types that have no short name are written as object identifier and `#` with the value's encoding.
 * @throws DerError where it is no Name
 */
export function nameOf(name: Element): string {
  const relatives: string[] = [];
  for (let position = name.content; position < name.end; ) {
    const relative = readElement(name.bytes, position, name.end);
    // Some issuers leave relative names empty; they say nothing.
    if (relative.content < relative.end) relatives.push(relativeNameOf(relative));
    position = relative.next;
  }
  return relatives.length === 1 ? (relatives[0] as string) : relatives.reverse().join(',');
}

function relativeNameOf(relative: Element): string {
  const written: string[] = [];
  for (let position = relative.content; position < relative.end; ) {
    const pair = readElement(relative.bytes, position, relative.end);
    const type = readElement(pair.bytes, pair.content, pair.end);
    const value = readElement(pair.bytes, type.next, pair.end);
    written.push(writeAttribute(shortNameOf(type), type, value));
    position = pair.next;
  }
  return written.length === 1 ? (written[0] as string) : written.reverse().join('+');
}

function writeAttribute(short: string | undefined, type: Element, value: Element): string {
  if (short === undefined) return `${oidOf(type)}=#${hexOf(encodingOf(value)).toUpperCase()}`;
  if (!isString(value.tag)) return `${short}#${hexOf(encodingOf(value)).toUpperCase()}`;
  return plainAttribute(short, value) ?? short + escapeValue(textOf(value));
}

/** `CN=` and so on for the types under 2.5.4, by their last number: nearly all that occur. */
const shortNames = Array.from({ length: 128 }, (_, last) => withEquals(attributeNames[`2.5.4.${last}`]));

function withEquals(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${name}=`;
}

function shortNameOf(type: Element): string | undefined {
  const { bytes, content, end } = type;
  return end - content === 3 && bytes[content] === 0x55 && bytes[content + 1] === 4
    ? shortNames[bytes[content + 2] as number]
    : withEquals(attributeNames[oidOf(type)]);
}

/** Letters, digits and what needs no escape, in a string type of one byte a character; undefined for another value. */
function plainAttribute(short: string, { bytes, tag, content, end }: Element): string | undefined {
  if (tag === tags.bmpString || tag === tags.universalString || content === end) return undefined;
  if (bytes[content] === 0x20 || bytes[content] === 0x23 || bytes[end - 1] === 0x20) return undefined;
  return prefixedLatin1(short, bytes, content, end, plainBytes);
}

const plainBytes = printable.map((allowed, code) => (',+"\\<>;'.includes(String.fromCharCode(code)) ? 0 : allowed));

/** All attributes in the order of the encoding. @throws DerError where it is no Name */
function attributesOf(name: Element): NameAttribute[] {
  return childrenOf(name).flatMap((relative) =>
    childrenOf(relative).map((pair) => {
      const type = readElement(pair.bytes, pair.content, pair.end);
      const value = readElement(pair.bytes, type.next, pair.end);
      const oid = oidOf(type);
      const text = isString(value.tag) ? textOf(value) : decodeText(value.bytes, value.content, value.end);
      return { oid, type: attributeNames[oid] ?? oid, value: text, tag: value.tag };
    }),
  );
}

/** Values of one type (`CN`) of a name's encoding; none where it cannot be read. */
export function attributeValues(name: Element, type: string): string[] {
  try {
    return attributesOf(name)
      .filter((attribute) => attribute.type === type)
      .map((attribute) => attribute.value);
  } catch {
    return [];
  }
}

const special = /[,+"\\<>;]|^[ #]| $|[\p{Cc}\p{Cf}\u2028\u2029]/u;

function escapeValue(value: string): string {
  if (!special.test(value)) return value;
  return value
    .replace(/[,+"\\<>;]|^[ #]| $/g, '\\$&')
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\${hexOf(utf8Bytes(character), '\\').toUpperCase()}`);
}

const spaces = /\s+/g;

/**
 * Two names are the same where their attributes are, case and repeated spaces ignored (RFC 5280 section 7.1, without the
 * Unicode preparation); equal bytes are the usual case.
 */
export function normalizedName(name: Element): string {
  try {
    return childrenOf(name)
      .map((relative) =>
        childrenOf(relative)
          .map((pair) => {
            const [type, value] = childrenOf(pair);
            if (type === undefined || value === undefined) return '';
            const text = isString(value.tag) ? textOf(value) : hexOf(contentOf(value));
            return `${oidOf(type)}=${text.trim().replace(spaces, ' ').toLowerCase()}`;
          })
          .sort()
          .join('+'),
      )
      .join(',');
  } catch {
    return hexOf(encodingOf(name));
  }
}
