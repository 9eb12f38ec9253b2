import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';
import { nginxTlsServer } from '../support/tls-server.ts';

const programs = {
  nginx: (command: string) => nginxTlsServer(`ssl_conf_command ${command};`),
  apache: (command: string) => `Listen 443
<VirtualHost *:443>
  ServerName example.com
  SSLEngine on
  SSLCertificateFile /etc/ssl/a.crt
  SSLOpenSSLConfCmd ${command}
</VirtualHost>
`,
};

/** What the error log is said to have, and what the first fix makes of the command. */
function found(language: keyof typeof programs, rule: string, command: string) {
  const text = programs[language](command);
  const { findings } = analyseText(text, { language });
  const finding = findings.find((each) => each.rule === rule);
  const [fix] = finding?.fixes ?? [];
  const after = fix && /(?:ssl_conf_command|SSLOpenSSLConfCmd) ([^;\n]*)/.exec(applyEdits(text, fix.edits));
  return [/\(error log: ([^)]*\)?[^)]*)\)/.exec(finding?.message ?? '')?.[1], after?.[1]];
}

test('what a command for OpenSSL sets fails as the command does, and is mended there', () => {
  const first = 'ECDHE-ECDSA-AES128-GCM-SHA256';
  for (const [language, log] of [
    ['nginx', 'SSL_CONF_cmd() failed'],
    ['apache', 'AH02407'],
  ] as const) {
    assert.deepEqual(found(language, 'group-unknown', 'Curves X25519:P-255'), [log, 'Curves X25519:P-256']);
    assert.deepEqual(found(language, 'tls13-cipher-unknown', 'Ciphersuites TLS_AES_128_GCM_SHA265'), [
      log,
      'Ciphersuites TLS_AES_128_GCM_SHA256',
    ]);
    const [, ciphers] = found(language, 'cipher-none', 'CipherString NOPE');
    assert.equal(ciphers?.split(':')[0], `CipherString ${first}`);
  }
});

test('a directive that a command overrules keeps its own fault', () => {
  const text = programs.nginx('CipherString ECDHE+AESGCM; ssl_ciphers NOPE');
  const { findings } = analyseText(text, { language: 'nginx' });
  assert.deepEqual(findings.find(({ rule }) => rule === 'cipher-none')?.fixes, []);
});

test('of versions that are as near to a misspelt one, the newest is proposed', () => {
  const { findings } = analyseText(programs.nginx('MinProtocol TLSv1.4'), { language: 'nginx' });
  const [fix] = findings.find(({ rule }) => rule === 'invalid-value')?.fixes ?? [];
  assert.equal(fix?.edits[0]?.newText, 'TLSv1.3');
});
