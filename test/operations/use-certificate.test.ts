import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../src/analysis/languages.ts';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import { certificateChange, coveredNames, deployedPath } from '../../src/operations/use-certificate.ts';
import type { CertificateFile } from '../../src/rules/rule.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const paths = { certificate: '/tls/new.pem', key: '/tls/new.key', chain: undefined };

/** Files whose names say what kind of key they have. */
const certificateFile = (path: string): CertificateFile => {
  const algorithm = /rsa|ecdsa/.exec(path)?.[0].toUpperCase();
  const certificates = algorithm === undefined ? [] : [{ publicKey: { algorithm } }];
  return { ...emptyFile, certificates, state: { kind: 'found', mode: 0o600, size: 1 }, file: path } as never;
};

/** The text with the certificate named in its last server. */
function used(
  text: string,
  language: 'nginx' | 'apache',
  kind = 'ECDSA',
  files: typeof paths | object = paths,
): string {
  const analysis = analyseText(text, { language });
  const site = analysis.model.sites.at(-1);
  assert.ok(site);
  const change = certificateChange(site, files as typeof paths, kind, certificateFile);
  const implementation = languages.find(({ id }) => id === language);
  const result = implementation?.write(analysis.project, analysis.model, [change]);
  assert.ok(result?.kind === 'edits', JSON.stringify(result));
  return applyEdits(text, result.edits);
}

test('a server without a certificate gets both lines', () => {
  assert.equal(
    used('server {\n    listen 443 ssl;\n    server_name a.test;\n}\n', 'nginx'),
    `server {
    listen 443 ssl;
    server_name a.test;
    ssl_certificate /tls/new.pem;
    ssl_certificate_key /tls/new.key;
}
`,
  );
  assert.equal(
    used('<VirtualHost *:443>\n  ServerName a.test\n  SSLEngine on\n</VirtualHost>\n', 'apache'),
    `<VirtualHost *:443>
  ServerName a.test
  SSLEngine on
  SSLCertificateFile /tls/new.pem
  SSLCertificateKeyFile /tls/new.key
</VirtualHost>
`,
  );
});

test('the only certificate is replaced whatever its key, and of two that of the same kind', () => {
  const one = 'server {\n  listen 443 ssl;\n  ssl_certificate old-rsa.pem;\n  ssl_certificate_key old.key;\n}\n';
  assert.match(used(one, 'nginx'), /ssl_certificate \/tls\/new\.pem;\n {2}ssl_certificate_key \/tls\/new\.key;\n\}/);
  const two = `<VirtualHost *:443>
  SSLEngine on
  SSLCertificateFile /tls/old-rsa.pem
  SSLCertificateKeyFile /tls/old-rsa.key
  SSLCertificateFile /tls/old-ecdsa.pem
  SSLCertificateKeyFile /tls/old-ecdsa.key
</VirtualHost>
`;
  const text = used(two, 'apache');
  assert.deepEqual(
    [...text.matchAll(/SSLCertificateFile (\S+)/g)].map(([, file]) => file),
    ['/tls/old-rsa.pem', '/tls/new.pem'],
  );
  assert.deepEqual(
    [...text.matchAll(/SSLCertificateKeyFile (\S+)/g)].map(([, file]) => file),
    ['/tls/old-rsa.key', '/tls/new.key'],
  );
});

test('in nginx a certificate of another kind stands beside two, in lines like theirs, and one of the same kind in its place', () => {
  const pair = (name: string) => `    ssl_certificate ${name}.pem;\n    ssl_certificate_key ${name}.key;\n`;
  const server = (lines: string) => `server {\n    listen 443 ssl;\n${lines}}\n`;
  const two = server(pair('/tls/rsa') + pair('/tls/ecdsa'));
  assert.equal(used(two, 'nginx'), server(pair('/tls/rsa') + pair('/tls/new')));
  assert.equal(used(two, 'nginx', 'ED25519'), server(pair('/tls/rsa') + pair('/tls/ecdsa') + pair('/tls/new')));
  const spaced = two.replaceAll(/\/tls\/rsa\.\w+/g, '"/my tls/rsa.pem"');
  assert.equal(used(spaced, 'nginx', 'ED25519'), spaced.replace('}', `${pair('/tls/new')}}`));
  const twice = two.replace('}', `${pair('/tls/old-ecdsa')}}`);
  assert.equal(used(twice, 'nginx'), server(pair('/tls/rsa') + pair('/tls/new')));
});

test('a file that has its key and a chain of its own are named as each server wants it', () => {
  const apache = '<VirtualHost *:443>\n  SSLEngine on\n</VirtualHost>\n';
  assert.match(
    used(apache, 'apache', 'ECDSA', { certificate: 'a.pem', key: null }),
    /SSLEngine on\n {2}SSLCertificateFile a\.pem\n<\//,
  );
  assert.match(
    used(apache, 'apache', 'ECDSA', { certificate: 'a.crt', key: 'a.key', chain: 'chain.pem' }),
    /SSLCertificateFile a\.crt\n {2}SSLCertificateKeyFile a\.key\n {2}SSLCertificateChainFile chain\.pem\n/,
  );
  assert.match(
    used('server {\n  listen 443 ssl;\n}\n', 'nginx', 'ECDSA', { certificate: 'a.pem', key: null }),
    /ssl_certificate a\.pem;\n {2}ssl_certificate_key a\.pem;/,
  );
});

test('names that a certificate has and has not are told', () => {
  const { model } = analyseText('server { listen 443 ssl; server_name a.test b.a.test c.test *.a.test ~^x _; }');
  const [site] = model.sites;
  assert.ok(site);
  assert.deepEqual(coveredNames(site, { subjectAltNames: ['DNS:*.a.test', 'DNS:a.test'] }), {
    covered: ['a.test', 'b.a.test', '*.a.test'],
    uncovered: ['c.test'],
  });
});

test('a file is named as the deployed machine has it', () => {
  const name = (file: string, entry: string, map: [string, string][] = [], complete = true) =>
    deployedPath(file, { entry, complete }, { map: new Map(map), paths: 'auto' });
  assert.equal(name('/w/tls/a.pem', '/w/nginx/nginx.conf', [['/etc/tls', '/w/tls']]), '/etc/tls/a.pem');
  assert.equal(name('/w/nginx/tls/a.pem', '/w/nginx/nginx.conf'), 'tls/a.pem');
  assert.equal(name('/w/tls/a.pem', '/w/nginx/nginx.conf'), '/w/tls/a.pem');
  assert.equal(name('/w/nginx/tls/a.pem', '/w/nginx/site.conf', [], false), '/w/nginx/tls/a.pem');
  assert.equal(name('/etc/nginx/tls/a.pem', '/etc/nginx/nginx.conf'), '/etc/nginx/tls/a.pem');
  const nested: [string, string][] = [
    ['/etc/', '/w/etc/'],
    ['/etc/ssl', '/w/etc/ssl'],
  ];
  assert.equal(name('/w/etc/ssl/a.pem', '/w/nginx.conf', nested), '/etc/ssl/a.pem');
  assert.equal(name('/w/etc/a.pem', '/w/nginx.conf', nested), '/etc/a.pem');
});
