import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { nginxTlsServer } from '../support/tls-server.ts';

/** The list that the first fix of a rule leaves. */
function fixed(rule: string, groups: string): string | undefined {
  const text = nginxTlsServer(`ssl_ecdh_curve ${groups};`);
  const { findings } = analyseText(text, { language: 'nginx' });
  const [fix] = findings.find((finding) => finding.rule === rule)?.fixes ?? [];
  return fix && /ssl_ecdh_curve (.*);/.exec(applyEdits(text, fix.edits))?.[1];
}

test('a group that is put first is not taken out again behind', () => {
  assert.equal(fixed('group-no-post-quantum', 'DEFAULT:-X25519MLKEM768'), 'X25519MLKEM768:DEFAULT');
  assert.equal(fixed('group-no-post-quantum', 'DEFAULT:-x25519mlkem768:P-521'), 'X25519MLKEM768:DEFAULT:P-521');
  assert.equal(fixed('group-hello-retry', 'DEFAULT:-X25519:-X25519MLKEM768'), 'X25519:DEFAULT:-X25519MLKEM768');
  assert.equal(fixed('group-no-post-quantum', 'X25519/P-256'), 'X25519MLKEM768:X25519/P-256');
});
