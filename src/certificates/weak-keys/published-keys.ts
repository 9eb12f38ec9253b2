import { publishedKeys } from './published-keys-list.ts';

let index: ReadonlyMap<string, string> | undefined;

/** Whose published test key a SubjectPublicKeyInfo is, by the first eight bytes of its SHA-256; undefined for others. */
export function publishedKeyOwner(spkiSha256: string): string | undefined {
  index ??= new Map(
    Object.entries(publishedKeys).flatMap(([owner, prefixes]) =>
      prefixes.split(' ').map((prefix) => [prefix, owner] as const),
    ),
  );
  return index.get(spkiSha256.slice(0, 16));
}
