import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { evaluateCipherString } from '../../src/tls/cipher-string/cipher-string.ts';
import { isAllowedAtLevel } from '../../src/tls/security-level.ts';
import type { CipherSuite } from '../../src/tls/suites/cipher-suites.ts';
import { nodeWithOpenSsl } from '../support/tools.ts';
import { keptCipherStrings, randomCipherStrings } from './tls/cipher-strings.ts';

const count = process.env['JUDGE'] === 'full' ? 3000 : 300;
/** `SEED=n` makes other strings. */
const seed = Number(process.env['SEED'] ?? 20_261_125);
/** Node builds OpenSSL with the level that was the default before 3.2. */
const securityLevel = 1;

// Node takes names that start with TLS_ out of the string, as suites of TLS 1.3.
const strings = [...keptCipherStrings(), ...randomCipherStrings(count, seed)].filter((text) => !text.includes('TLS_'));

for (const openssl of ['1.1.1', '3.0'] as const) {
  test(`cipher strings mean what the ClientHello of OpenSSL ${openssl} shows`, { timeout: 120_000 }, () => {
    const output = execFileSync(nodeWithOpenSsl(openssl), ['test/servers/tls/client-hello.mjs'], {
      input: JSON.stringify(strings),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const answers = JSON.parse(output) as readonly (readonly number[] | string)[];
    assert.equal(answers.length, strings.length);
    strings.forEach((text, index) => {
      const answer = answers[index] ?? [];
      assert.equal(ours(text, openssl), typeof answer === 'string' ? refusal(answer) : written(answer), text);
    });
  });
}

function ours(text: string, openssl: string): string {
  const { selected, error, securityLevel: level } = evaluateCipherString(text, { openssl, securityLevel });
  if (error !== undefined) return error;
  const offered = selected.filter((suite) => isOfferedByClient(suite) && isAllowedAtLevel(suite, level, openssl));
  // A client that has no suite for its newest protocol sends nothing: IDEA is for TLS 1.1 and older.
  return written(offered.some(({ encryption }) => encryption !== 'IDEA') ? offered.map(({ id }) => id) : []);
}

/** Node's clients have a pre-shared key here, and no SRP. */
function isOfferedByClient({ keyExchange }: CipherSuite): boolean {
  return keyExchange !== 'SRP';
}

function written(ids: readonly number[]): string {
  return ids.map((id) => id.toString(16)).join(' ');
}

function refusal(message: string): string {
  return /no[ _]cipher[ _]match/i.test(message)
    ? 'no cipher match'
    : /invalid[ _]command/i.test(message)
      ? 'invalid command'
      : message;
}
