import { internName, isDirectiveName } from '../facts/directives.ts';
import { createWord, type Word } from './tree.ts';

const words = Object.create(null) as Record<string, Word>;

/**
 * The word by which a directive of the tables is called, written plainly: one object for all directives of the name.
 * Undefined for other names, of which there is no end.
 */
export function wordOfName(name: string): Word | undefined {
  const known = words[name];
  if (known || !isDirectiveName(name)) return known;
  const word = createWord(0, name.length, internName(name));
  words[word.value] = word;
  return word;
}
