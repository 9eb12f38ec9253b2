import type { Hover, Project } from '../../language.ts';
import { factOf } from '../facts.ts';
import type { DjangoFile } from '../parse/tree.ts';
import { describeSetting } from './describe.ts';
import { wordAt } from './words.ts';

/** What a setting does. Only of those about TLS: others have their own helpers for Python. */
export function hoverDjango({ files, target }: Project<DjangoFile>, file: string, offset: number): Hover | undefined {
  const text = files.get(file)?.document.text ?? '';
  const { word, range } = wordAt(text, offset);
  const fact = factOf(word);
  // In a comment it is a word as any other.
  if (fact === undefined || /^[ \t]*#/.test(text.slice(text.lastIndexOf('\n', range.start - 1) + 1))) return undefined;
  return { range, contents: describeSetting(fact, target.django) };
}
