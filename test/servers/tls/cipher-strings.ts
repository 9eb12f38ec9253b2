import { readFileSync } from 'node:fs';
import { vocabularyOf } from '../../../src/tls/cipher-string/keywords.ts';
import { createRandom, type Random } from './random.ts';

const operators = ['', '', '', '-', '+', '!'] as const;
const strangers = ['FOO', 'RC4', '3DES', 'EXPORT', 'LOW', 'DEFAULT', 'aECDH', 'high'];

/** Strings of every shape that OpenSSL reads, and of some that it does not. */
export function randomCipherStrings(count: number, seed: number): readonly string[] {
  const random = createRandom(seed);
  const words = [...vocabularyOf('1.1.1').words, ...strangers];
  return Array.from({ length: count }, () => {
    const rules = Array.from({ length: 1 + random.next(7) }, () => rule(random, words));
    const start = random.chance(5) ? ['DEFAULT'] : [];
    return [...start, ...rules].join(random.chance(4) ? random.pick([',', ' ', ';', '::']) : ':');
  });
}

function rule(random: Random, words: readonly string[]): string {
  if (random.chance(14)) return '@STRENGTH';
  if (random.chance(14)) return `@SECLEVEL=${random.next(6)}`;
  if (random.chance(60)) return random.pick(['@', '!', 'HIGH|AES', 'AES_GCM', 'HIGH+', '/', '@SECLEVEL=9', "'HIGH'"]);
  const joined = Array.from({ length: random.chance(3) ? 2 : random.chance(6) ? 3 : 1 }, () => random.pick(words));
  return random.pick(operators) + joined.join('+');
}

/** The 250 strings whose answers by OpenSSL 3.5 are kept with the tests. */
export function keptCipherStrings(): readonly string[] {
  return readFileSync('test/fixtures/tls/cipher-strings.tsv', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split('\t')[2] ?? '');
}
