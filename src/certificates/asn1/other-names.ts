import { childrenOf, contentOf, DerError, type Element, hexOf, octetsOf, oidOf, readElement, tags } from './der.ts';
import { decodeText, isString, textOf, visible } from './strings.ts';

/** What an otherName is called, and how its value reads where that is no string. */
interface OtherName {
  readonly name: string;
  readonly read?: (value: Element) => string;
}

/** Those that servers, mail programs and domain controllers use, by OID. */
const kinds: Readonly<Record<string, OtherName>> = {
  '1.3.6.1.4.1.311.20.2.3': { name: 'UPN' },
  // Microsoft's [MS-WCCE] section 2.2.2.7.7.4: which domain controller it is.
  '1.3.6.1.4.1.311.25.1': { name: 'NTDSReplication', read: guidOf },
  '1.3.6.1.5.2.2': { name: 'KRB5PrincipalName', read: principalOf },
  '1.3.6.1.5.5.7.8.3': { name: 'permanentIdentifier', read: permanentIdentifierOf },
  '1.3.6.1.5.5.7.8.4': { name: 'hardwareModuleName', read: moduleOf },
  '1.3.6.1.5.5.7.8.5': { name: 'XmppAddr' },
  '1.3.6.1.5.5.7.8.7': { name: 'DNSSRV' },
  '1.3.6.1.5.5.7.8.8': { name: 'NAIRealm' },
  '1.3.6.1.5.5.7.8.9': { name: 'SmtpUTF8Mailbox' },
};

/** `UPN;ann@example.com`: name or OID, and the value in words where it is a string or of a known kind, else hex. */
export function otherNameOf(element: Element): string {
  const [oid, wrapped] = childrenOf(element);
  if (oid === undefined || wrapped === undefined) throw new DerError('An otherName lacks its value', element.start);
  const value = readElement(wrapped.bytes, wrapped.content, wrapped.end);
  const kind = kinds[oidOf(oid)];
  return `${kind?.name ?? oidOf(oid)};${readValue(value, kind?.read)}`;
}

function readValue(value: Element, read: OtherName['read']): string {
  if (isString(value.tag)) return visible(textOf(value));
  try {
    if (read !== undefined) return read(value);
  } catch {
    // Whoever issued it may have filled it otherwise; the bytes are there all the same.
  }
  return hexOf(contentOf(value));
}

/** `host/db.example.com@EXAMPLE.COM` (RFC 4556 section 3.2.2). */
function principalOf(value: Element): string {
  const [realm, principal] = childrenOf(value).map(inside);
  const [, names] = childrenOf(principal as Element).map(inside);
  return `${childrenOf(names as Element)
    .map(generalString)
    .join('/')}@${generalString(realm as Element)}`;
}

/** What an explicit tag holds. */
function inside({ bytes, content, end }: Element): Element {
  return readElement(bytes, content, end);
}

/** GeneralString, which Kerberos writes in UTF-8. */
function generalString({ bytes, content, end }: Element): string {
  return visible(decodeText(bytes, content, end));
}

/** Value and assigner, each optional (RFC 4043 section 2). */
function permanentIdentifierOf(value: Element): string {
  return childrenOf(value)
    .map((field) => (field.tag === tags.oid ? oidOf(field) : generalString(field)))
    .join(' of ');
}

/** Type and serial number (RFC 4108 section 5). */
function moduleOf(value: Element): string {
  const [type, serial] = childrenOf(value);
  return `${oidOf(type as Element)} ${hexOf(octetsOf(serial as Element))}`;
}

/** The first three parts of a GUID are little-endian. */
function guidOf(value: Element): string {
  const bytes = octetsOf(value);
  if (bytes.length !== 16) return hexOf(bytes);
  const part = (start: number, end: number) => hexOf(bytes.slice(start, end));
  const turned = (start: number, end: number) => hexOf(bytes.slice(start, end).reverse());
  return [turned(0, 4), turned(4, 6), turned(6, 8), part(8, 10), part(10, 16)].join('-');
}
