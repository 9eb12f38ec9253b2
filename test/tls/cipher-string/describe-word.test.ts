import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseTargetText } from '../../../src/analysis/target.ts';
import { describeCipherWord } from '../../../src/tls/cipher-string/describe-word.ts';

const target = parseTargetText('debian=13');
/** What the word says that `|` stands in. */
const said = (text: string): string | undefined => {
  const offset = text.indexOf('|');
  return describeCipherWord(text.replace('|', ''), offset, target)?.contents;
};

test('a word that adds says how many suites, which of them can be offered, and which they are', () => {
  assert.match(
    said('|HIGH:!aNULL') ?? '',
    /^\*\*`HIGH`\*\* adds 127 cipher suites, of which 65 can be offered here: `ECDHE-ECDSA-AES256-GCM-SHA384`, .* and 57 more\.$/,
  );
  assert.equal(
    said('AES128-SHA:EECDH+AESG|CM'),
    '**`EECDH+AESGCM`** adds 4 cipher suites: `ECDHE-ECDSA-AES256-GCM-SHA384`, `ECDHE-RSA-AES256-GCM-SHA384`, `ECDHE-ECDSA-AES128-GCM-SHA256`, `ECDHE-RSA-AES128-GCM-SHA256`.',
  );
  assert.match(said('DEF|AULT:!MD5') ?? '', /^\*\*`DEFAULT`\*\* adds 57 cipher suites, of which 27/);
  assert.match(said('EECDH+AESGCM:EECDH+AES|GCM') ?? '', /adds nothing: all 4 that it stands for are there already/);
  assert.match(said('|kPSK:HIGH') ?? '', /adds 18 cipher suites, none of which can be offered here: `PSK-/);
});

test('a word that takes out says what, and what it keeps out of the rest', () => {
  const text = said('HIGH:|!aNULL') ?? '';
  assert.match(
    text,
    /^\*\*`!aNULL`\*\* removes 12 cipher suites: `ADH-AES256-GCM-SHA384`, .* and 4 more; and keeps all 13 that it stands for out of what follows\./,
  );
  // The security level has taken them out already.
  assert.match(text, /Without it the server would offer the same\.$/);
  assert.match(said('!a|NULL:HIGH') ?? '', /removes nothing before it, and keeps 13 cipher suites out/);
  assert.match(
    said('HIGH:-k|RSA') ?? '',
    /removes 14 cipher suites, which a later word may bring back: `AES256-GCM-SHA384`/,
  );
  assert.match(said('AES128-SHA:-M|D5') ?? '', /removes nothing: none of its suites is before it/);
  assert.match(said('HIGH:!AES128-SHA:AES128|-SHA') ?? '', /adds nothing: a word before it forbids that/);
});

test('words that move, sort and set the security level say so', () => {
  assert.match(said('AES128-SHA:AES256-SHA:+AES1|28') ?? '', /\*\* moves 1 cipher suite to the end: `AES128-SHA`\.$/);
  assert.match(said('HIGH:@STREN|GTH') ?? '', /sorts what is before it/);
  assert.match(said('HIGH:@SECLEVEL=|3') ?? '', /sets the security level to 3, which removes 14 cipher suites/);
});

test('between words, and where OpenSSL takes no such word or string, nothing is said', () => {
  for (const text of ['HIGH|:!aNULL', 'HI|GHT:AES128-SHA', 'R|C4', 'PRO|FILE=SYSTEM', 'HIGH|'])
    assert.equal(said(text), undefined, text);
});
