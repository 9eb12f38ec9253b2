import { internName, isDirectiveName } from '../facts/directives.ts';
import { createWord, type Word } from './tree.ts';

/** Not an object by names: the engine would first look for the one text that stands for all that read the same. */
const words = new Map<string, Word>();

/**
 * The word by which a directive of the tables is called, written plainly: one object for all directives of the name.
 * Undefined for other names, of which there is no end.
 */
export function wordOfName(name: string): Word | undefined {
  const known = words.get(name);
  if (known || !isDirectiveName(name)) return known;
  const word = createWord(0, name.length, internName(name));
  words.set(word.value, word);
  return word;
}
