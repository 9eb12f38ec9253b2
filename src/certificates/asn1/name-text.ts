import { attributeNames } from './oids.ts';

/** The parts of an RFC 4514 name as type and value. */
export function splitName(name: string): readonly (readonly [string, string])[] {
  const parts = name.match(/(?:\\.|[^,+\\])+/gs) ?? [];
  return parts.map((part) => {
    const equals = part.indexOf('=');
    if (equals < 0) return ['Name', part] as const;
    return [part.slice(0, equals).trim(), unescapeValue(part.slice(equals + 1))] as const;
  });
}

/** RFC 4514 section 2.4 backwards: `\,` is a comma, `\C3\A9` is UTF-8. */
function unescapeValue(text: string): string {
  return text.replace(/(?:\\[0-9a-f]{2})+|\\(.)/gi, (escaped, character: string | undefined) => {
    if (character !== undefined) return character;
    const bytes = escaped
      .slice(1)
      .split('\\')
      .map((hex) => Number.parseInt(hex, 16));
    return new TextDecoder().decode(Uint8Array.from(bytes));
  });
}

const identifiers: ReadonlyMap<string, string> = new Map([
  ...Object.entries(attributeNames).map(([oid, type]) => [type.toLowerCase(), oid] as const),
  ['e', '1.2.840.113549.1.9.1'],
]);

/** The object identifier of a type such as `CN` or `e`, which OpenSSL calls `emailAddress`; case does not count. */
export function attributeIdentifier(type: string): string | undefined {
  return identifiers.get(type.toLowerCase());
}
