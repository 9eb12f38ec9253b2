import type { Site } from './server-model.ts';

/**
 * A host by which clients ask for a site, in small letters: its first exact name, or one that a wildcard stands for, and not `www`,
 * for which conditions are made. Undefined where every host may be meant, or an expression says which.
 */
export function askedHostOf(names: Site['names']): string | undefined {
  const exact = names.find(({ kind }) => kind === 'exact')?.text.toLowerCase();
  const pattern = names.find(({ kind }) => kind === 'wildcard')?.text.toLowerCase();
  return exact ?? pattern?.replace(/^\*/, 'sub').replace(/^\./, '').replace(/\*$/, 'com');
}
