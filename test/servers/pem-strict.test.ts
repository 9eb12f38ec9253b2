import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createSecureContext } from 'node:tls';
import { readStrictly } from '../../src/certificates/pem/strict.ts';
import { randomNumbers } from '../support/random.ts';

// Node reads a chain as nginx and Apache do: block by block with OpenSSL, until no BEGIN line follows.

const leaf = readFileSync('test/fixtures/certificates/leaf.pem', 'utf8');
const key = '-----BEGIN PRIVATE KEY-----\nTWFuTWFu\n-----END PRIVATE KEY-----\n';
const texts = [leaf, `${leaf}${leaf}`, `${leaf}${key}${leaf}`, `${leaf.replaceAll('\n', '\r\n')}${leaf}`];
const words = [
  '\n',
  '\n\n',
  ' ',
  '\t',
  '-',
  '-----',
  '\r',
  'x',
  '=',
  ':',
  'é',
  '\ufeff',
  '\\n',
  'AAAA',
  'junk\n',
  'Name: value\n\n',
  'Proc-Type: 4,ENCRYPTED\n',
  '-----BEGIN CERTIFICATE-----\n',
  '-----END CERTIFICATE-----\n',
  '-----BEGIN X509 CRL-----\n',
  '-----END ',
  `${'A'.repeat(300)}\n`,
];

const count = process.env['JUDGE'] === 'full' ? 20_000 : 2000;
const random = randomNumbers(1);
const below = (bound: number) => Math.floor(random() * bound);
const word = () => words[below(words.length)] ?? '';

function changed(text: string): string {
  const lines = text.split('\n');
  const at = below(lines.length);
  const line = lines[at] ?? '';
  const place = below(text.length);
  switch (below(6)) {
    case 0:
      return text.slice(0, place) + word() + text.slice(place);
    case 1:
      return text.slice(0, place) + text.slice(place + 1 + below(4));
    case 2:
      return lines.toSpliced(at, 1).join('\n');
    case 3:
      return lines.with(at, word() + line).join('\n');
    case 4:
      return lines.with(at, line + word()).join('\n');
    default:
      return lines.toSpliced(at, 0, word()).join('\n');
  }
}

/** Undefined where what is inside the block is the matter. */
function isRefused(text: string): boolean | undefined {
  try {
    createSecureContext({ cert: text });
    return false;
  } catch (error) {
    return /asn1/i.test(String(error)) ? undefined : true;
  }
}

test(`OpenSSL and we agree about ${count} texts that are nearly PEM`, () => {
  const seen = { refused: 0, taken: 0 };
  for (let index = 0; index < count; index++) {
    let text = texts[below(texts.length)] ?? '';
    for (let changes = 1 + below(2); changes > 0; changes--) text = changed(text);
    const refused = isRefused(text);
    if (refused === undefined) continue;
    seen[refused ? 'refused' : 'taken']++;
    const { taken, stops } = readStrictly(text);
    const isThere = [...taken].some((start) => text.startsWith('-----BEGIN CERTIFICATE-----', start));
    assert.equal(stops || !isThere, refused, JSON.stringify(text));
  }
  assert.ok(seen.refused > count / 10 && seen.taken > count / 20, JSON.stringify(seen));
});
