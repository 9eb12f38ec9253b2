import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

function server(lines: string): string {
  return `events {}
http {
    server { listen 80; }
    server {
        listen 443 ssl;
        server_name example.com;
        ssl_certificate a.crt;
        ssl_certificate_key a.key;
        ${lines}
    }
}
`;
}

function found(text: string) {
  return analyseText(text, { language: 'nginx' }).findings.filter(({ rule }) => rule === 'compression-on');
}

const option = 'ssl_conf_command Options Compression;';

test('compression is a danger below security level 2 alone, and in no TLS 1.3', () => {
  const severityOf = (lines: string) => found(server(lines)).map(({ severity, message }) => [severity, message]);
  assert.deepEqual(
    severityOf(`ssl_ciphers DEFAULT@SECLEVEL=1; ${option}`).map(([severity]) => severity),
    ['warning'],
  );
  const [[severity, message] = []] = severityOf(option);
  assert.equal(severity, 'information');
  assert.match(message ?? '', /OpenSSL 3\.5 at security level 2 \(assumed: Debian 13\) leaves it off/);
  const [[newest] = []] = severityOf(`ssl_ciphers DEFAULT@SECLEVEL=1; ssl_protocols TLSv1.3; ${option}`);
  assert.equal(newest, 'information');
});

test('the option is taken out, and its directive with it where it has no other', () => {
  const mended = (lines: string) => {
    const text = server(lines);
    return found(text).map(({ fixes }) => applyEdits(text, fixes[0]?.edits ?? []));
  };
  assert.deepEqual(mended('ssl_conf_command Options "PrioritizeChaCha,Compression";'), [
    server('ssl_conf_command Options "PrioritizeChaCha";'),
  ]);
  assert.deepEqual(mended(`${option}\n        ssl_stapling off;`), [server('ssl_stapling off;')]);
  assert.deepEqual(mended(`ssl_conf_command Options $\{OPTIONS},Compression;`), []);
});
