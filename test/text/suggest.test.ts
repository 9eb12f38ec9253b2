import assert from 'node:assert/strict';
import { test } from 'node:test';
import { suggest, WordList } from '../../src/text/suggest.ts';

/** Distances of all candidates in turn, by definition. */
function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = word.length > 10 ? 3 : word.length > 6 ? 2 : 1;
  const ranked = candidates.map((candidate) => ({
    candidate,
    far: distance(word.toLowerCase(), candidate.toLowerCase()),
  }));
  const best = Math.min(...ranked.map(({ far }) => far));
  const near = ranked.filter(({ far }) => far === best).map(({ candidate }) => candidate);
  const start = Math.max(...near.map((each) => sharedStart(word, each)));
  return best > limit ? undefined : near.find((each) => sharedStart(word, each) === start);
}

function sharedStart(word: string, other: string): number {
  let count = 0;
  while (word.slice(0, count + 1).toLowerCase() === other.slice(0, count + 1).toLowerCase() && count < word.length)
    count++;
  return count;
}

function distance(a: string, b: string): number {
  if (a === '' || b === '') return a.length + b.length;
  const [restA, restB] = [a.slice(1), b.slice(1)];
  if (a[0] === b[0]) return distance(restA, restB);
  const swapped = a[0] === b[1] && a[1] === b[0] ? distance(a.slice(2), b.slice(2)) : Number.POSITIVE_INFINITY;
  return 1 + Math.min(distance(restA, b), distance(a, restB), distance(restA, restB), swapped);
}

test('the nearest word is the one that the definition of the distance gives', () => {
  const words = ['listen', 'include', 'on', 'off', 'optional', 'proxy', 'Protocol', 'nginx', 'error', 'map', 'A-b_9'];
  for (const word of words) {
    for (let at = 0; at < word.length; at++) {
      const [before, letter, behind] = [word.slice(0, at), word[at] ?? '', word.slice(at + 1)];
      for (const spelt of [
        before + behind,
        `${before}${letter}${letter}${behind}`,
        `${before}z${behind}`,
        behind + letter,
      ]) {
        assert.equal(suggest(spelt, words), nearest(spelt, words), spelt);
      }
    }
  }
  assert.equal(suggest('SSL_PROTOCLS', ['ssl_ciphers', 'ssl_protocols']), 'ssl_protocols');
  assert.equal(suggest('lsiten', words), 'listen');
  assert.equal(suggest('AESS', ['aDSS', 'AES', 'AESCCM']), 'AES');
  assert.equal(suggest('ä', ['Ö', 'Ä']), 'Ä');
});

test('of names without end a part is looked at', () => {
  let taken = 0;
  const names = function* () {
    for (;;) yield `variable_${taken++}`;
  };
  assert.equal(suggest('variaable_7', names()), 'variable_7');
  assert.ok(taken < 10_000);
});

test('a list of words gives what the words give', () => {
  const words = ['listen', 'include', 'ssl_protocols', 'ssl_ciphers', 'Protocol', 'A-b_9', 'ä'];
  for (const spelt of ['lsiten', 'ssl_protocls', 'protocols', 'inc', 'Ö', 'x'])
    assert.equal(suggest(spelt, new WordList(words)), suggest(spelt, words), spelt);
  assert.equal(suggest('lsiten', new WordList(words)), 'listen');
});
