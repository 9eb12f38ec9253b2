import type { Statement } from '../evaluate/statement.ts';
import { sectionOf } from './ldap.ts';

/** The section of one path that a directive stands in; undefined where it is of another kind, or none. */
export function plainSection(statement: Statement): { readonly key: string; readonly path: string } | undefined {
  const section = sectionOf(statement);
  const [path, ...others] = section?.args ?? [];
  if (!section || !path || others.length > 0 || !/^\/[\w./-]*$/.test(path.value)) return undefined;
  return /^(?:location|directory)$/.test(section.key) ? { key: section.key, path: trimmed(path.value) } : undefined;
}

/** A path and those above it, without slashes behind. */
export function pathsAround(path: string): readonly string[] {
  const ends = [...path.matchAll(/\//g)].map(({ index }) => index);
  return [path, ...ends.map((end) => path.slice(0, end))];
}

function trimmed(path: string): string {
  return path.replace(/\/+$/, '');
}
