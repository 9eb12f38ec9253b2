import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describeList, describeListChange, listOfCommand, type OfferedList } from '../../src/tls/offered-list.ts';
import { target } from './support/settings.ts';

function change(kind: OfferedList['kind'], earlier: string, now: string): string | undefined {
  return describeListChange({ kind, text: earlier }, { kind, text: now }, 'opened', target);
}

test('suites and groups that an edit adds and drops are named', () => {
  const saved = 'ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA';
  assert.equal(
    change('cipher-string', saved, 'ECDHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-CHACHA20-POLY1305'),
    '**Compared with the file as it was opened** it adds `ECDHE-RSA-CHACHA20-POLY1305`, and drops `AES128-SHA`.',
  );
  assert.equal(
    change('groups', 'X25519:prime256v1', 'X25519MLKEM768:X25519:prime256v1'),
    '**Compared with the file as it was opened** it adds `X25519MLKEM768`.',
  );
  assert.match(change('cipher-string', 'ECDHE+AESGCM', 'HIGH') ?? '', /it adds (?:`[-\w]+`, ){7}`[-\w]+` and \d+ more/);
});

test('who has saved meanwhile is told of that', () => {
  const groups = (text: string) => ({ kind: 'groups', text }) as const;
  assert.equal(
    describeListChange(groups('X25519'), groups('X25519:prime256v1'), 'saved', target),
    '**Compared with what you last saved** it adds `secp256r1`.',
  );
});

test('another order is told, and words that make no difference', () => {
  assert.match(
    change(
      'tls13-cipher-suites',
      'TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384',
      'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256',
    ) ?? '',
    /it changes the order\.$/,
  );
  assert.match(change('cipher-string', 'ECDHE+AESGCM', 'ECDHE+AESGCM:!MD5') ?? '', /it gives the same\.$/);
});

test('nothing is said of a text that is the same, nor where OpenSSL refuses one of both', () => {
  assert.equal(change('cipher-string', 'ECDHE+AESGCM', 'ECDHE+AESGCM'), undefined);
  assert.equal(change('groups', 'X25519', 'X25519:no-such-group'), undefined);
  assert.equal(change('cipher-string', 'PROFILE=SYSTEM', 'HIGH'), undefined);
});

test('a command of OpenSSL takes a list, but for words that it does not know', () => {
  const described = (command: string, text: string) => {
    const list = listOfCommand(command, text);
    return list && describeList(list, target);
  };
  const byDefault = describeList({ kind: 'groups', text: 'auto' }, target);
  assert.equal(described('ECDHParameters', 'Automatic'), byDefault);
  assert.equal(described('Groups', 'auto'), undefined);
  assert.match(described('curves', 'X25519') ?? '', /\*\*1 group\*\*/);
  assert.match(described('CipherString', 'ECDHE+AESGCM') ?? '', /cipher suites/);
  assert.equal(described('MinProtocol', 'TLSv1.2'), undefined);
});
