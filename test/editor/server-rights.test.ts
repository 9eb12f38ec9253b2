import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseServerMessages } from '../../src/editor/configurations/server/messages.ts';
import { asRoot, isTypable, lackedRight } from '../../src/editor/configurations/server/rights.ts';

const entry = '/etc/nginx/nginx.conf';

function lacked(output: string, hidden: readonly string[] = []): string | undefined {
  return lackedRight(output, parseServerMessages(output, entry), (path) => hidden.includes(path));
}

test('what an ordinary user may not do is no mistake of the configuration', () => {
  const syntax = 'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n';
  const pid = 'open() "/run/nginx.pid" failed (13: Permission denied)';
  assert.equal(lacked(`${syntax}2026/11/28 18:50:27 [emerg] 31208#31208: ${pid}\n`), pid);
  assert.equal(lacked('nginx: [alert] kill(812, 1) failed (1: Operation not permitted)\n')?.includes('kill(812'), true);
  const key =
    'cannot load certificate key "/k.pem": BIO_new_file() failed (SSL: error:8000000D:system library::Permission denied)';
  assert.equal(lacked(`nginx: [emerg] ${key}\n`), key);
});

test('Debian’s apache2ctl says what it may not do first, and then something else', () => {
  const output = `mktemp: failed to create directory via template '/var/run/apache2/socks.XXXXXXXXXX': Permission denied
chmod: missing operand after '755'
Try 'chmod --help' for more information.
`;
  assert.match(lacked(output) ?? '', /^mktemp: failed/);
  const mistake = 'apache2: Syntax error on line 3 of /etc/apache2/apache2.conf: Cannot load /x.so into server\n';
  assert.equal(lacked(output + mistake), undefined);
});

test('of a key that this user may not see Apache says that it does not exist', () => {
  const output = `AH00526: Syntax error on line 11 of /etc/httpd/conf.d/ssl.conf:
SSLCertificateKeyFile: file '/etc/pki/tls/private/a.key' does not exist or is empty
`;
  assert.match(lacked(output, ['/etc/pki/tls/private/a.key']) ?? '', /^SSLCertificateKeyFile/);
  assert.equal(lacked(output), undefined);
});

test('a mistake is told, whatever else is not allowed', () => {
  const alert =
    'nginx: [alert] could not open error log file: open() "/var/log/nginx/error.log" failed (13: Permission denied)\n';
  assert.equal(
    lacked(`${alert}2026/11/25 02:40:00 [emerg] 12#12: unknown directive "lsten" in ${entry}:4\n`),
    undefined,
  );
  assert.equal(lacked('nginx: configuration file /etc/nginx/nginx.conf test failed\n'), undefined);
});

test('the command for a terminal quotes what a shell would divide', () => {
  assert.equal(
    asRoot('nginx', ['-c', "/srv/it's a/nginx.conf", '-t']),
    "sudo nginx -c '/srv/it'\\''s a/nginx.conf' -t",
  );
  assert.ok(isTypable(asRoot('nginx', ['-c', '/srv/größer/nginx.conf'])));
  assert.ok(!isTypable(asRoot('nginx', ['-c', '/srv/\u0003touch x\n/nginx.conf'])));
});
