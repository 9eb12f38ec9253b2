import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { evaluateCipherString } from '../../../src/tls/cipher-string/cipher-string.ts';
import { needsSharedSecret } from '../../../src/tls/suites/cipher-suites.ts';

const openssl35 = { openssl: '3.5', securityLevel: 2 };
const names = (suites: readonly { readonly name: string }[]) => suites.map(({ name }) => name).join(':');

test('250 strings give what OpenSSL 3.5 answers, in order', () => {
  const [head = '', ...rows] = readFileSync('test/fixtures/tls/cipher-strings.tsv', 'utf8')
    .split('\n')
    .slice(3)
    .filter((line) => line !== '');
  const suites = head.slice(2).split(' ');
  const decode = (answer: string) =>
    answer.match(/../g)?.map((digits) => suites[Number.parseInt(digits, 36)] as string) ?? [];
  for (const row of rows) {
    const [id, , text = '', offered = '', plain = ''] = row.split('\t');
    const result = evaluateCipherString(text, openssl35);
    if (plain.startsWith('ERROR')) {
      assert.equal(`ERROR ${result.error}`, plain, `${id} ${text}`);
      continue;
    }
    assert.equal(result.error, undefined, `${id} ${text}`);
    const older = decode(plain).filter((name) => !name.startsWith('TLS_'));
    assert.equal(names(result.selected), older.join(':'), `${id} ${text}`);
    assert.equal(names(result.suites), offered === '(none)' ? '' : decode(offered).join(':'), `${id} ${text} -s`);
  }
  assert.equal(rows.length, 250);
});

test('what a security level leaves out is not offered', () => {
  const at = (text: string, securityLevel: number) =>
    evaluateCipherString(text, { openssl: '3.5', securityLevel }).suites;
  assert.equal(at('AES128-SHA:ECDHE-RSA-AES128-SHA', 3).length, 1);
  assert.equal(names(at('aNULL', 2)), '');
  assert.ok(at('aNULL', 0).length > 0);
  assert.equal(names(at('NULL-SHA256@SECLEVEL=0', 2)), 'NULL-SHA256');
  assert.equal(evaluateCipherString('DEFAULT@SECLEVEL=1', openssl35).securityLevel, 1);
});

test('older releases have what newer ones lost, and the other way round', () => {
  const has = (word: string, openssl: string) =>
    evaluateCipherString(word, { openssl, securityLevel: 0 }).error === undefined;
  assert.ok(has('SEED', '1.1.1w'));
  assert.ok(!has('SEED', '3.0'));
  assert.ok(has('CBC', '3.0.15'));
  assert.ok(!has('CBC', '1.1.1w'));
  assert.ok(!has('RC4', '1.1.1'));
});

test('words that match nothing say why', () => {
  const text = 'ECDHE-RSA-AES128-GCM-SHA265:HIGHT:!EXPORT:RC4-SHA:HIGH:DEFAULT:TLS_AES_128_GCM_SHA256:AES+CAMELLIA';
  const { unmatched } = evaluateCipherString(text, openssl35);
  assert.deepEqual(
    unmatched.map(({ word, reason, suggestion }) => [word, reason, suggestion]),
    [
      ['ECDHE-RSA-AES128-GCM-SHA265', 'unknown', 'ECDHE-RSA-AES128-GCM-SHA256'],
      ['HIGHT', 'unknown', 'HIGH'],
      ['EXPORT', 'former', undefined],
      ['RC4-SHA', 'former', undefined],
      ['DEFAULT', 'misplaced', undefined],
      ['TLS_AES_128_GCM_SHA256', 'tls13', undefined],
      ['AES+CAMELLIA', 'combination', undefined],
    ],
  );
  for (const { word, range } of unmatched) assert.equal(text.slice(range.start, range.end), word);
});

test('what an engine may bring is no word of another release', () => {
  const { unmatched } = evaluateCipherString('GOST2012-GOST8912-GOST8912:kGOST18:!aGOST:gost2001:HIGH', openssl35);
  assert.deepEqual(
    unmatched.map(({ word, reason }) => [word, reason]),
    [
      ['GOST2012-GOST8912-GOST8912', 'engine'],
      ['kGOST18', 'engine'],
      ['aGOST', 'engine'],
      ['gost2001', 'unknown'],
    ],
  );
});

test('each rule says what it selects', () => {
  const { rules } = evaluateCipherString('ECDHE+AESGCM:-AES256:@STRENGTH', openssl35);
  assert.deepEqual(
    rules.map(({ operator, selected }) => [operator, selected.length]),
    [
      ['add', 4],
      ['remove', 43],
      ['command', 0],
    ],
  );
});

test('a shared secret is never offered by a server that has none', () => {
  const { suites, selected } = evaluateCipherString('ALL:@SECLEVEL=0', openssl35);
  assert.ok(selected.some(needsSharedSecret));
  assert.ok(!suites.some(needsSharedSecret));
});

test('an invalid command says where it stands', () => {
  const { error, errorRange } = evaluateCipherString('HIGH|!aNULL', openssl35);
  assert.equal(error, 'invalid command');
  assert.deepEqual(errorRange, { start: 4, end: 11 });
});

test('IANA names are words since OpenSSL 3.2, and a misspelling before', () => {
  const iana = 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256';
  assert.equal(names(evaluateCipherString(iana, openssl35).suites), 'ECDHE-RSA-AES128-GCM-SHA256');
  const { unmatched } = evaluateCipherString(`${iana}:HIGH`, { openssl: '3.0', securityLevel: 2 });
  assert.deepEqual(unmatched, [
    {
      word: iana,
      range: { start: 0, end: iana.length },
      operator: 'add',
      reason: 'unknown',
      suggestion: 'ECDHE-RSA-AES128-GCM-SHA256',
    },
  ]);
});
