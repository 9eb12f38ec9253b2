import type { Known } from '../facts/known.ts';
import type { Word } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import type { Visit } from '../visit.ts';

/** What is wrong with a value: nginx's own words, and the word that it is about. */
export interface Complaint {
  readonly message: string;
  /** The head of the directive where undefined. */
  readonly word?: Word | undefined;
  /** True for an entry of a block that nginx looks at only where the block ends. */
  readonly late?: boolean;
  /** The entry that is in its way. */
  readonly before?: Item | undefined;
  /** A word to put in its place. */
  readonly instead?: string | undefined;
}

/**
 * Looks at the arguments of one directive as nginx's own setter does; undefined where it is content. One that asks for the item,
 * its scope or the project is asked again for each directive of the same words, so that it does so as late as it can.
 */
export type ValueCheck = (args: readonly Word[], known: Known, visit: Visit) => Complaint | undefined;

/** True where a value is filled in before nginx reads it, so that nothing can be said about it. */
export function isOpen(word: Word | undefined): boolean {
  return word === undefined || word.templated;
}

export function hasVariable(word: Word | undefined): boolean {
  return word?.value.includes('$') ?? false;
}

/** A check of one argument by an expression. */
export function matching(index: number, expression: RegExp, message: (value: string) => string): ValueCheck {
  return (args) => {
    const word = args[index];
    return word === undefined || expression.test(word.value) ? undefined : { message: message(word.value), word };
  };
}
