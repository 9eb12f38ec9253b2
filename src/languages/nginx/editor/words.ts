import { proposedHeaderNames, proposedHeaderValues } from '../../../tls/proposed-headers.ts';
import type { Target } from '../../../tls/target.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import { factsOf, isPresent } from '../facts/directives.ts';
import { reaches } from '../facts/versions.ts';
import { listenParameterSince } from '../values/addresses.ts';

/** A word that an argument may be. */
export interface ProposedWord {
  readonly word: string;
  /** True where another directive has taken its place. */
  readonly isOld?: boolean;
}

const levels = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg'];
const listenAddresses = ['443', '[::]:443', '80', '[::]:80'];
const requestHeaders = ['Host', 'X-Real-IP', 'X-Forwarded-For', 'X-Forwarded-Proto', 'Upgrade', 'Connection'];

/** Words that the next argument of a directive may be, those first that its manual names first. `before`: its arguments so far */
export function wordsOf(
  name: string,
  fact: DirectiveFact | undefined,
  before: readonly string[],
  target: Target,
): readonly ProposedWord[] {
  const index = before.length;
  switch (name) {
    case 'error_log':
      return plain(index === 1 ? levels : []);
    case 'add_header':
      return plain([proposedHeaderNames, proposedHeaderValues(before[0] ?? ''), ['always']][index] ?? []);
    case 'proxy_set_header':
      return plain(index === 0 ? requestHeaders : []);
    case 'listen':
      return fact === undefined ? [] : listenWords(fact, before, target);
    default:
      return plain(fact === undefined ? [] : wordsOfFact(fact, before));
  }
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

/** `backlog=` is said by `backlog=512`. */
function isSame(word: string, said: string): boolean {
  return word.endsWith('=') ? said.startsWith(word) : said === word;
}

/** As the manual's syntax names them, which is the usual order; before them those that it has a placeholder for. */
function inManualOrder({ words, syntax }: DirectiveFact): readonly string[] {
  const named: readonly string[] = syntax.join(' ').match(/[\w-]+=?/g) ?? [];
  return [...words].sort((a, b) => named.indexOf(a) - named.indexOf(b));
}
