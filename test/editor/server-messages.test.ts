import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findPlace, parseServerMessages, reasonIn } from '../../src/editor/configurations/server/messages.ts';

test('nginx names file and line at the end of its message', () => {
  const output = `nginx: [emerg] unknown directive "host" in /etc/nginx/sites-enabled/a:3
nginx: configuration file /etc/nginx/nginx.conf test failed
`;
  assert.deepEqual(parseServerMessages(output, '/etc/nginx/nginx.conf'), [
    { file: '/etc/nginx/sites-enabled/a', line: 2, message: 'unknown directive "host"', isPlaced: true },
  ]);
});

test('behind an error log that cannot be opened the message has a time', () => {
  const output = `nginx: [alert] could not open error log file: open() "/w/logs/error.log" failed (2: No such file or directory)
2026/11/25 02:40:00 [emerg] 12#12: unknown directive "lsten" in /w/nginx.conf:4
`;
  assert.deepEqual(parseServerMessages(output, '/w/nginx.conf'), [
    { file: '/w/nginx.conf', line: 3, message: 'unknown directive "lsten"', isPlaced: true },
  ]);
});

test('a message of nginx without a place belongs to the main file', () => {
  const output = 'nginx: [emerg] bind() to 0.0.0.0:80 failed (98: Address already in use)\n';
  assert.deepEqual(parseServerMessages(output, '/etc/nginx/nginx.conf'), [
    {
      file: '/etc/nginx/nginx.conf',
      line: 0,
      message: 'bind() to 0.0.0.0:80 failed (98: Address already in use)',
      isPlaced: false,
    },
  ]);
});

test('Apache gives its reason on the next line', () => {
  const output = `AH00526: Syntax error on line 12 of /etc/apache2/sites-enabled/a.conf:
SSLCertificateFile: file '/etc/ssl/a.pem' does not exist or is empty
`;
  assert.deepEqual(parseServerMessages(output, '/etc/apache2/apache2.conf'), [
    {
      file: '/etc/apache2/sites-enabled/a.conf',
      line: 11,
      message: "SSLCertificateFile: file '/etc/ssl/a.pem' does not exist or is empty",
      isPlaced: true,
    },
  ]);
});

test('the reason is told where Apache only repeats that the check failed', () => {
  const output = `(2)No such file or directory: AH02291: Cannot access directory '/etc/apache2/logs/' for main error log
AH00014: Configuration check failed
Action '-t' failed.
The Apache error log may have more information.
`;
  assert.match(reasonIn(output), /^\(2\)No such file or directory: AH02291/);
  assert.equal(reasonIn('\n'), 'it gave no reason');
});

test('a path that nginx cannot open leads to the line that names it, relative or not, and not to a comment', () => {
  const texts = new Map([
    ['/srv/conf/nginx.conf', 'http {\n  include sites/*;\n}\n'],
    ['/srv/conf/sites/shop', '# ssl_certificate tls/a.pem;\nserver {\n  ssl_certificate "tls/a.pem";\n}\n'],
  ]);
  const placeOf = (path: string) => {
    const output = `nginx: [emerg] cannot load certificate "${path}": BIO_new_file() failed (SSL: error:80000002)\n`;
    const [message] = parseServerMessages(output, '/srv/conf/nginx.conf');
    assert.ok(message);
    const { file, line, isPlaced } = findPlace(message, texts, '/srv/conf');
    return isPlaced ? `${file}:${line}` : `somewhere in ${file}`;
  };
  assert.equal(placeOf('/srv/conf/tls/a.pem'), '/srv/conf/sites/shop:2');
  assert.equal(placeOf('/srv/conf/tls/b.pem'), 'somewhere in /srv/conf/nginx.conf', 'named nowhere');
});

test('of what Apache says of a file within another, the inner place counts', () => {
  const reason = 'Cannot load /x.so into server: /x.so: cannot open shared object file: No such file or directory';
  const inner = `Syntax error on line 1 of /etc/apache2/mods-enabled/x.load: ${reason}`;
  for (const before of ['apache2: ', 'apache2: Syntax error on line 146 of /etc/apache2/apache2.conf: '])
    assert.deepEqual(parseServerMessages(`${before}${inner}\n`, '/etc/apache2/apache2.conf'), [
      { file: '/etc/apache2/mods-enabled/x.load', line: 0, message: reason, isPlaced: true },
    ]);
});
