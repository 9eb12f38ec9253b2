import { proposedHeaderNames, proposedHeaderValues } from '../../../tls/proposed-headers.ts';
import type { Target } from '../../../tls/target.ts';
import { isSame, type ProposedWord } from '../../proposed-words.ts';
import { proposedWords } from '../data/proposed-words.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import { factsOf, isPresent } from '../facts/directives.ts';
import { reaches } from '../facts/versions.ts';
import { listenParameterSince } from '../values/addresses.ts';
import { wordSince } from '../values/slots.ts';

const listenAddresses = ['443', '[::]:443', '80', '[::]:80'];

/** Words that the next argument of a directive may be, those first that its manual names first. `before`: its arguments so far */
export function wordsOf(
  name: string,
  fact: DirectiveFact | undefined,
  before: readonly string[],
  target: Target,
): readonly ProposedWord[] {
  const index = before.length;
  switch (name) {
    case 'add_header':
      return index === 0
        ? plain([...proposedHeaderNames, 'Alt-Svc'])
        : [
            ...plain(index === 1 ? proposedHeaderValues(before[0] ?? '') : index === 2 ? ['always'] : []),
            ...(tableWords(name, fact, before) ?? []),
          ];
    case 'listen':
      return fact === undefined ? [] : listenWords(fact, before, target);
    default: {
      const words = tableWords(name, fact, before) ?? plain(fact === undefined ? [] : wordsOfFact(fact, before));
      return words.filter(
        ({ word, since = wordSince(name, word) }) => since === undefined || reaches(target.nginx, since),
      );
    }
  }
}

function tableWords(
  name: string,
  fact: DirectiveFact | undefined,
  before: readonly string[],
): readonly ProposedWord[] | undefined {
  const own = fact?.module.startsWith('stream') ? proposedWords.wordsOf(`stream.${name}`, before) : undefined;
  return own ?? proposedWords.wordsOf(name, before);
}

/** What a word means that stands as an argument behind others. */
export function describeWord(
  name: string,
  fact: DirectiveFact | undefined,
  before: readonly string[],
  value: string,
): string | undefined {
  return tableWords(name, fact, before)?.find(({ word }) => word === value)?.detail;
}

function plain(words: readonly string[]): readonly ProposedWord[] {
  return words.map((word) => ({ word }));
}

function wordsOfFact(fact: DirectiveFact, before: readonly string[]): readonly string[] {
  switch (fact.value) {
    case 'flag':
      return before.length === 0 ? ['on', 'off'] : [];
    case 'enum':
      return before.length === 0 ? inManualOrder(fact) : [];
    case 'bitmask':
    case 'custom':
      return inManualOrder(fact).filter((word) => !before.some((said) => isSame(word, said)));
    default:
      return [];
  }
}

/** An address, then parameters that this version has and that are not there yet. */
function listenWords(fact: DirectiveFact, before: readonly string[], target: Target): readonly ProposedWord[] {
  if (before.length === 0) return plain(fact.module === 'http_core' ? listenAddresses : []);
  const hasDirective = factsOf('http2').some((candidate) => isPresent(candidate, target.nginx));
  return wordsOfFact(fact, before)
    .filter((word) => {
      const since = listenParameterSince(fact.module, word);
      return word !== 'default' && (since === undefined || reaches(target.nginx, since));
    })
    .map((word) => ({ word, isOld: word === 'http2' && hasDirective }));
}

/** As the manual's syntax names them, which is the usual order; behind them those that it does not. */
function inManualOrder({ words, syntax }: DirectiveFact): readonly string[] {
  const named: readonly string[] = syntax.join(' ').match(/[\w.-]+[=:]?/g) ?? [];
  const place = (word: string) => (named.includes(word) ? named.indexOf(word) : named.length);
  return [...words].sort((a, b) => place(a) - place(b));
}
