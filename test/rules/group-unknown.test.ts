import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { nginxTlsServer } from '../support/tls-server.ts';

/** Titles of the fixes, each with the list that it leaves. */
function fixed(groups: string, target: string): readonly string[] {
  const text = nginxTlsServer(`ssl_ecdh_curve ${groups};`);
  const options = { file: '/work/nginx.conf', target };
  const { findings } = analyseText(text, options);
  const fixes = findings.find(({ rule }) => rule === 'group-unknown')?.fixes ?? [];
  return fixes.map(({ title, edits }) => {
    const after = applyEdits(text, edits);
    return `${title}: ${/ssl_ecdh_curve (.*);/.exec(after)?.[1] ?? 'none'}`;
  });
}

test('all names that are not known go at once, since OpenSSL tells the first alone', () => {
  assert.deepEqual(fixed('X25519MLKEM768:SecP256r1MLKEM768:X25519', 'debian=12'), [
    'Remove X25519MLKEM768 and SecP256r1MLKEM768 from the list: X25519',
  ]);
  assert.deepEqual(fixed('X25519MLKEM768:SecP256r1MLKEM768', 'debian=12'), ['Leave the groups to OpenSSL: none']);
});

test('a misspelt one stays for a fix of its own', () => {
  assert.deepEqual(fixed('X25519MLKEM768:prime257v1', 'debian=12'), [
    'Remove X25519MLKEM768 from the list: prime257v1',
  ]);
  assert.deepEqual(fixed('prime257v1:nosuch:X25519', 'debian=12'), [
    'Replace prime257v1 by prime256v1: prime256v1:nosuch:X25519',
    'Remove prime257v1 and nosuch from the list: X25519',
  ]);
});

test('of thousands that are not known none is looked for one by one', () => {
  const names = Array.from({ length: 20_000 }, (_, index) => `no-group-${index}`);
  assert.deepEqual(fixed(`${names.join(':')}:X25519`, 'debian=12'), ['Leave the groups to OpenSSL: none']);
});
