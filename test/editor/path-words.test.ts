import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  insertionOf,
  likelyFiles,
  type PathWord,
  pathWord,
} from '../../src/editor/configurations/completion/path-words.ts';

test('a path of nginx, from the first character to the last part', () => {
  assert.deepEqual(pathWord('nginx', '  ssl_certificate '), { typed: '', start: 18, isQuoted: false });
  assert.deepEqual(pathWord('nginx', 'include conf.d/a'), { typed: 'conf.d/a', start: 15, isQuoted: false });
  assert.deepEqual(pathWord('nginx', 'server { proxy_ssl_trusted_certificate "/etc/ss'), {
    typed: '/etc/ss',
    start: 45,
    isQuoted: true,
  });
});

test('a path of Apache, whatever the case of the directive', () => {
  assert.deepEqual(pathWord('apache', '  sslcertificatekeyfile tls/'), { typed: 'tls/', start: 28, isQuoted: false });
  assert.deepEqual(pathWord('apache', 'IncludeOptional sites-enabled/x'), {
    typed: 'sites-enabled/x',
    start: 30,
    isQuoted: false,
  });
});

test('blanks are part of a path in quotes, which ends with the quote that it began with', () => {
  assert.deepEqual(pathWord('nginx', 'ssl_certificate \'my certs/Bob "b'), {
    typed: 'my certs/Bob "b',
    start: 26,
    isQuoted: true,
  });
  assert.equal(pathWord('nginx', 'ssl_certificate my certs/'), undefined);
  assert.equal(pathWord('apache', 'SSLCertificateFile "tls/my site.pem" '), undefined);
});

test('a name with a blank makes quotes around the whole path, with the cursor in them behind a folder', () => {
  const complete = (line: string, name: string, isFolder = false): string => {
    const { start, text, behind } = insertionOf(pathWord('nginx', line) as PathWord, name, isFolder);
    return `${line.slice(0, start)}${text}|${behind}`;
  };
  assert.equal(complete('include conf.d/m', 'my.conf'), 'include conf.d/my.conf|');
  assert.equal(complete('include conf.d/m', 'my site.conf'), 'include "conf.d/my site.conf"|');
  assert.equal(complete('include ', 'my sites', true), 'include "my sites/|"');
  assert.equal(complete('include "my sites/m', 'my site.conf'), 'include "my sites/my site.conf|');
});

test('other arguments, finished ones and variables are no paths', () => {
  assert.equal(pathWord('nginx', 'ssl_protocols '), undefined);
  assert.equal(pathWord('nginx', 'include conf.d/a; '), undefined);
  assert.equal(pathWord('nginx', 'ssl_certificate $cert/'), undefined);
  assert.equal(pathWord('apache', 'SSLProtocol '), undefined);
});

test('certificates are offered before keys where one is asked for, and keys before certificates', () => {
  const likely = (line: string) =>
    ['fullchain.pem', 'privkey.pem', 'site.crt', 'site.key', 'list.crl', 'tls.conf'].filter(
      (name) => likelyFiles(line)?.isLikely(name) ?? true,
    );
  assert.deepEqual(likely('    ssl_certificate ../certs/'), ['fullchain.pem', 'site.crt']);
  assert.deepEqual(likely('  ssl_certificate_key "../certs/s'), ['privkey.pem', 'site.key']);
  assert.deepEqual(likely('ssl_certificate_key "my certs/s'), ['privkey.pem', 'site.key']);
  assert.deepEqual(likely('SSLCertificateKeyFile tls/'), ['privkey.pem', 'site.key']);
  assert.deepEqual(likely('SSLCACertificateFile tls/'), ['fullchain.pem', 'site.crt']);
  assert.deepEqual(likely('ssl_crl '), ['list.crl']);
  assert.deepEqual(likely('SSLCARevocationFile '), ['list.crl']);
  assert.deepEqual(likely('include '), ['tls.conf']);
  assert.equal(likely('root /srv/').length, 6);
});

test('what a file holds counts more than its name', () => {
  const block = (label: string) => `Bag Attributes\n-----BEGIN ${label}-----\nMII\n-----END ${label}-----\n`;
  const files = {
    'dhparam.pem': block('DH PARAMETERS'),
    'request.pem': block('CERTIFICATE REQUEST'),
    site: block('CERTIFICATE'),
    both: block('EC PRIVATE KEY') + block('CERTIFICATE'),
    'secret.pem': block('PRIVATE KEY'),
    'empty.crt': '',
  };
  const likely = (line: string) =>
    Object.entries(files).flatMap(([name, head]) => (likelyFiles(line)?.isLikely(name, head) ? [name] : []));
  assert.deepEqual(likely('ssl_certificate '), ['site', 'both', 'empty.crt']);
  assert.deepEqual(likely('ssl_certificate_key '), ['both', 'secret.pem']);
  assert.deepEqual(likely('ssl_dhparam '), ['dhparam.pem']);
});
