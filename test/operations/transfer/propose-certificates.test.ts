import assert from 'node:assert/strict';
import { test } from 'node:test';
import { importModels } from '../../../src/operations/transfer/propose-certificates.ts';
import { analyseText } from '../../support/analyse.ts';

function challengeFor(text: string) {
  const { model } = analyseText(`events {}\nhttp {\n${text}\n}\n`, { file: '/etc/nginx/nginx.conf' });
  const { certificates, notes } = importModels([model], 'letsencrypt-staging');
  const missing = notes.filter((note) => note.includes('no folder answers'));
  return { challenge: certificates[0]?.fields['challenge'], missing };
}

const secure = (name: string, lines = '') =>
  `server { listen 443 ssl; server_name ${name}; ssl_certificate /tls/a.crt; ssl_certificate_key /tls/a.key; ${lines} }`;
const plain = (name: string, lines: string) => `server { listen 80; server_name ${name}; ${lines} }`;

test('names that are served from one folder share it', () => {
  const both = `${secure('a.example.com b.example.com')} ${plain('a.example.com b.example.com', 'root /srv/a;')}`;
  assert.deepEqual(challengeFor(both).challenge, { type: 'http-01', webroot: '/srv/a' });
});

test('names that are served from folders of their own have each its own', () => {
  const sites = `${secure('a.example.com')} ${secure('b.example.com')} ${plain('a.example.com', 'root /srv/a;')}`;
  const { challenge, missing } = challengeFor(`${sites} ${plain('b.example.com', 'root /srv/b;')}`);
  assert.deepEqual(challenge, { type: 'http-01', webroot: { 'a.example.com': '/srv/a', 'b.example.com': '/srv/b' } });
  assert.deepEqual(missing, []);
  const alias = 'location /.well-known/acme-challenge/ { alias /srv/acme/; }';
  assert.deepEqual(challengeFor(`${sites} ${plain('b.example.com', alias)}`).challenge, {
    type: 'http-01',
    challengeDirectory: { 'a.example.com': '/srv/a/.well-known/acme-challenge', 'b.example.com': '/srv/acme' },
  });
});

test('a name that nobody has on port 80 is answered by the default server there', () => {
  const other = plain('other.example.com', 'root /srv/other;');
  assert.deepEqual(challengeFor(`${secure('a.example.com')} ${other}`).challenge, {
    type: 'http-01',
    webroot: '/srv/other',
  });
});

test('a redirect to HTTPS leads to the folder there', () => {
  const redirect = plain('a.example.com', 'return 301 https://$host$request_uri;');
  assert.deepEqual(challengeFor(`${secure('a.example.com', 'root /srv/a;')} ${redirect}`).challenge, {
    type: 'http-01',
    webroot: '/srv/a',
  });
});

test('names that no folder answers for are named', () => {
  const sites = `${secure('a.example.com b.example.com')} ${plain('a.example.com', 'root /srv/a;')}`;
  const { challenge, missing } = challengeFor(
    `${sites} ${plain('b.example.com', 'proxy_pass http://127.0.0.1:8080;')}`,
  );
  assert.deepEqual(challenge, { type: 'http-01', webroot: '/srv/a' });
  assert.match(missing[0] ?? '', /^b\.example\.com: /);
});

function outputs(language: 'nginx' | 'apache', text: string) {
  const { certificates, notes } = importModels([analyseText(text, { language }).model], 'letsencrypt-staging');
  return { files: certificates.map(({ name, fields }) => [name, fields['output']]), notes: notes.join('\n') };
}

test('files are written as the server reads them: key and chain where it looks for them', () => {
  const host = (name: string, ...lines: readonly string[]) =>
    `<VirtualHost *:443>\nServerName ${name}.example.com\nSSLEngine on\n${lines.join('\n')}\n</VirtualHost>\n`;
  const { files } = outputs(
    'apache',
    [
      host('a', 'SSLCertificateFile /a.pem'),
      host('b', 'SSLCertificateFile /b.crt', 'SSLCertificateKeyFile /b.key', 'SSLCertificateChainFile /b.chain'),
      host('c', 'SSLCertificateFile /c.crt', 'SSLCertificateKeyFile /c.key'),
    ].join(''),
  );
  assert.deepEqual(files, [
    ['a.example.com', { combined: '/a.pem' }],
    ['b.example.com', { certificate: '/b.crt', key: '/b.key', chain: '/b.chain' }],
    ['c.example.com', { fullchain: '/c.crt', key: '/c.key' }],
  ]);
  const site = (...lines: readonly string[]) =>
    `events {} http { server { listen 443 ssl; server_name d.example.com; ${lines.join('; ')}; } }`;
  assert.deepEqual(outputs('nginx', site('ssl_certificate /d.pem', 'ssl_certificate_key /d.pem')).files, [
    ['d.example.com', { combined: '/d.pem' }],
  ]);
});

test('certificates of two kinds for one name are two entries, and what certbot or a wildcard needs is told', () => {
  const pair = (file: string) => `ssl_certificate ${file}.pem; ssl_certificate_key ${file}.key;`;
  const server = (name: string, lines: string) => `server { listen 443 ssl; server_name ${name}; ${lines} }`;
  const { files, notes } = outputs(
    'nginx',
    `events {} http { ${server('a.example.com', `${pair('/ec')} ${pair('/rsa')}`)} ${server('*.b.example.com', pair('/etc/letsencrypt/live/b/fullchain'))} }`,
  );
  assert.deepEqual(
    files.map(([name]) => name),
    ['a.example.com', 'a.example.com-rsa', '*.b.example.com'],
  );
  assert.match(notes, /a\.example\.com-rsa: a second certificate for a\.example\.com\. Give one of them another key/);
  assert.match(notes, /\*\.b\.example\.com: only dns-01 proves a wildcard\. Give the challenge a command or rfc2136\./);
  assert.match(notes, /\*\.b\.example\.com: certbot renews it\. "tls-workbench import certbot" takes over/);
});

test('of a certificate that another client renews it is told which, and what to do', () => {
  const notesOf = (file: string) =>
    outputs('nginx', `events {} http { ${secure('a.example.com').replaceAll('/tls/a', file)} }`).notes;
  assert.match(
    notesOf('/root/.acme.sh/a.example.com_ecc/fullchain'),
    /acme\.sh renews it\. "tls-workbench import acme\.sh"/,
  );
  assert.match(notesOf('/var/lib/dehydrated/certs/a/fullchain'), /dehydrated renews it\. .* import dehydrated"/);
  assert.match(notesOf('/opt/.lego/certificates/a'), /lego renews it\./);
  assert.match(notesOf('/root/.getssl/a.example.com/a.example.com'), /getssl renews it\. Stop that, so that only one/);
  assert.doesNotMatch(notesOf('/etc/ssl/a'), /renews it/);
});

test('a key that lies in no file is not made anew in a file of that name, nor shown', () => {
  for (const key of ['engine:pkcs11:id', 'store:pkcs11:token=a;pin-value=1234', 'data:$key']) {
    const sites = `${secure('a.example.com').replace('/tls/a.key', `"${key}"`)} ${secure('b.example.com').replaceAll('/tls/a', '/tls/b')}`;
    const { files, notes } = outputs('nginx', `events {} http { ${sites} }`);
    assert.deepEqual(files, [['b.example.com', { fullchain: '/tls/b.crt', key: '/tls/b.key' }]], key);
    if (key.startsWith('data')) continue;
    assert.match(notes, /\/tls\/a\.crt was left out: its key lies in no file\. Make a signing request by that key/);
    assert.doesNotMatch(notes, /pkcs11|1234/);
  }
  const host =
    '<VirtualHost *:443>\nServerName a.example.com\nSSLEngine on\nSSLCertificateFile /a.crt\nSSLCertificateKeyFile "pkcs11:object=key"\n</VirtualHost>\n';
  assert.deepEqual(outputs('apache', host).files, []);
  const device = host.replace('/a.crt', '"pkcs11:object=a?pin-value=1234"');
  for (const text of [device, device.replace(/SSLCertificateKeyFile.*\n/, '')]) {
    const { files, notes } = outputs('apache', text);
    assert.deepEqual(files, []);
    assert.match(notes, /^The certificate of a\.example\.com was left out: its key lies in no file\./m);
    assert.doesNotMatch(notes, /1234/);
  }
});
