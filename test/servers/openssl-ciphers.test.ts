import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { evaluateCipherString } from '../../src/tls/cipher-string/cipher-string.ts';
import { randomCipherStrings } from './tls/cipher-strings.ts';

const count = process.env['JUDGE'] === 'full' ? 2000 : 200;
/** `SEED=n` makes other strings. */
const seed = Number(process.env['SEED'] ?? 811);
const installed = /^OpenSSL (\S+)/.exec(execFileSync('openssl', ['version'], { encoding: 'utf8' }))?.[1] ?? '';
/** What Debian and Ubuntu build OpenSSL with. */
const securityLevel = 2;

test(`${count} cipher strings (seed ${seed}) mean what "openssl ciphers" ${installed} answers`, {
  timeout: 600_000,
}, () => {
  for (const text of randomCipherStrings(count, seed)) {
    const result = evaluateCipherString(text, { openssl: installed, securityLevel });
    const all = ask(text, []);
    assert.equal(result.error ?? result.selected.map(({ name }) => name).join(':'), all, text);
    if (result.error !== undefined) continue;
    assert.equal(result.suites.map(({ name }) => name).join(':'), ask(text, ['-s', '-tls1_2']), `${text} at its level`);
  }
});

function ask(text: string, options: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('openssl', ['ciphers', ...options, '--', text], { encoding: 'utf8' });
  if (status !== 0) return /:(no cipher match|invalid command):/.exec(stderr)?.[1] ?? stderr;
  return stdout
    .trim()
    .split(':')
    .filter((name) => !name.startsWith('TLS_'))
    .join(':');
}
