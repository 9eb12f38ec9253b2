import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';
import { sampleCertificate, sampleFile } from './support/sample-files.ts';

const root = sampleCertificate({ subject: 'CN=Root', issuer: 'CN=Root', selfIssued: true, isCa: true });
const intermediate = sampleCertificate({
  subject: 'CN=Intermediate',
  issuer: 'CN=Root',
  selfIssued: false,
  isCa: true,
});
const held = {
  'root.crt': [root],
  'intermediate.crt': [intermediate],
  'both.crt': [intermediate, root],
  'cross.crt': [{ ...root, issuer: 'CN=Older Root', selfIssued: false }, root],
  'deep.crt': [{ ...intermediate, subject: 'CN=Inner', issuer: 'CN=Intermediate' }, intermediate, root],
  // Each of two has signed the other.
  'mutual.crt': [
    root,
    intermediate,
    { ...intermediate, issuer: 'CN=Inner' },
    { ...intermediate, subject: 'CN=Inner', issuer: 'CN=Intermediate' },
    { ...intermediate, subject: 'CN=Inner' },
  ],
  'foreign.crt': [root, { ...intermediate, subject: 'CN=Inner', issuer: 'CN=Another Root' }],
  'trusted.crt': [intermediate, intermediate],
  'signing.crt': [{ ...root, keyUsage: ['keyCertSign', 'cRLSign'] }],
  'own.crt': [{ ...root, keyUsage: [] }],
};

function found(language: 'apache' | 'nginx', text: string): readonly string[] {
  const certificates = (path: string) => {
    const holds = held[path.slice(path.lastIndexOf('/') + 1) as keyof typeof held];
    const file = sampleFile(holds || path.endsWith('cas') ? '/etc/ssl/clients-ca.crt' : path);
    if (file && path.endsWith('cas')) {
      const names = path === '/linked-cas' ? ['root.crt', '2faabc7f.0'] : ['root.crt'];
      const inside = names.map((name) => ({ ...file, file: `${path}/${name}` }));
      return {
        ...file,
        file: path,
        certificates: [],
        state: { kind: 'found' as const, mode: undefined, isFolder: true, inside },
      };
    }
    return file && holds ? { ...file, certificates: holds, hasTrust: path === '/trusted.crt' } : file;
  };
  return analyseText(text, {
    language,
    certificates,
    file: `/etc/${language}/${language === 'apache' ? 'apache2' : language}.conf`,
  }).findings.flatMap(({ rule, severity }) =>
    /^(?:client-ca|upstream-trust)-missing$/.test(rule) ? [`${rule} ${severity}`] : [],
  );
}

const nginx = (lines: string) =>
  found(
    'nginx',
    `events {}\nhttp { server { listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key; ${lines} } }\n`,
  );
const apache = (lines: string) =>
  found(
    'apache',
    `ServerRoot /etc/apache2\nListen 443\n<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /a.crt\nSSLCertificateKeyFile /a.key\n${lines}\n</VirtualHost>\n`,
  );

// nginx 1.26.3 answered 400 and Apache 2.4.71 ended the handshake: "unable to get issuer certificate".
test('clients are refused where their CAs are intermediate ones alone', () => {
  const asking = 'ssl_verify_client on; ssl_client_certificate';
  assert.deepEqual(nginx(`${asking} /intermediate.crt;`), ['client-ca-missing error']);
  assert.deepEqual(nginx(`${asking} /both.crt;`), []);
  // One of them as TRUSTED CERTIFICATE: nginx and Apache let the client in.
  assert.deepEqual(nginx(`${asking} /trusted.crt;`), []);
  assert.deepEqual(nginx(`${asking} /intermediate.crt; ssl_trusted_certificate /root.crt;`), []);
  assert.deepEqual(nginx(`${asking} /intermediate.crt; ssl_conf_command VerifyCAFile /both.crt;`), []);
  assert.deepEqual(nginx('ssl_verify_client optional; ssl_client_certificate /intermediate.crt;'), [
    'client-ca-missing warning',
  ]);
  assert.deepEqual(nginx('ssl_verify_client optional_no_ca; ssl_client_certificate /intermediate.crt;'), []);
  const required = 'SSLVerifyClient require\nSSLCACertificateFile';
  assert.deepEqual(apache(`${required} /intermediate.crt`), ['client-ca-missing error']);
  assert.deepEqual(apache(`${required} /root.crt`), []);
  assert.deepEqual(apache(`SSLCACertificatePath /cas\n${required} /intermediate.crt`), []);
});

// 502 and 500.
test('backends are refused where theirs are', () => {
  const pass = 'location / { proxy_pass https://b.example; proxy_ssl_verify on; proxy_ssl_trusted_certificate';
  assert.deepEqual(nginx(`${pass} /intermediate.crt; }`), ['upstream-trust-missing error']);
  assert.deepEqual(nginx(`${pass} /root.crt; }`), []);
  assert.deepEqual(nginx(`${pass} /intermediate.crt; proxy_ssl_verify off; }`.replace('verify on; ', '')), []);
  const proxy = 'SSLProxyEngine on\nProxyPass / https://b.example/\nSSLProxyVerify require\nSSLProxyCACertificateFile';
  assert.deepEqual(apache(`${proxy} /intermediate.crt`), ['upstream-trust-missing error']);
  assert.deepEqual(apache(`${proxy} /both.crt`), []);
});

// A real Apache 2.4.71 ended the handshake: "Certificate Chain too long (chain has 2 certificates, but maximum allowed are only 1)".
test('clients of an inner CA are refused where SSLVerifyDepth leaves it no place', () => {
  const required = 'SSLVerifyClient require\nSSLCACertificateFile';
  assert.deepEqual(apache(`${required} /both.crt`), ['client-ca-missing warning']);
  assert.deepEqual(apache(`${required.replace('require', 'optional')} /both.crt`), ['client-ca-missing warning']);
  assert.deepEqual(apache(`${required} /both.crt\nSSLVerifyDepth 2`), []);
  assert.deepEqual(apache(`${required} /root.crt`), []);
  assert.deepEqual(apache(`${required} /cross.crt`), []);
  assert.deepEqual(apache(`${required} /deep.crt\nSSLVerifyDepth 2`), ['client-ca-missing warning']);
  assert.deepEqual(apache(`${required} /deep.crt\nSSLVerifyDepth 3`), []);
  assert.deepEqual(apache(`SSLCACertificateFile /both.crt`), []);
  // It let in clients of both at 2; without a root no depth helps.
  assert.deepEqual(apache(`${required} /mutual.crt`), ['client-ca-missing warning']);
  assert.deepEqual(apache(`${required} /mutual.crt\nSSLVerifyDepth 2`), []);
  assert.deepEqual(apache(`${required} /foreign.crt`), []);
});

// "Certificate Chain too long (chain has 1 certificates, but maximum allowed are only 0)".
test('clients of a root are refused too at a depth of 0, which lets in those that sign themselves', () => {
  const required = 'SSLVerifyClient require\nSSLVerifyDepth 0\nSSLCACertificateFile';
  assert.deepEqual(apache(`${required} /signing.crt`), ['client-ca-missing warning']);
  assert.deepEqual(apache(`${required} /signing.crt`.replace('Depth 0', 'Depth 1')), []);
  assert.deepEqual(apache(`${required} /own.crt`), []);
  assert.deepEqual(apache(`${required} /both.crt`), ['client-ca-missing warning']);
});

// Apache answered 200 through links that "openssl rehash" made, and without them ended the handshake, or answered 500 for the backend.
test('nobody is verified by a folder whose files are not named after the hashes of their CAs', () => {
  const required = 'SSLVerifyClient require\nSSLCACertificatePath';
  assert.deepEqual(apache(`${required} /cas`), ['client-ca-missing error']);
  assert.deepEqual(apache(`${required.replace('require', 'optional')} /cas`), ['client-ca-missing warning']);
  assert.deepEqual(apache(`${required} /linked-cas`), []);
  assert.deepEqual(apache(`${required} /cas\nSSLOpenSSLConfCmd VerifyCAFile /root.crt`), []);
  const proxy = 'SSLProxyEngine on\nProxyPass / https://b.example/\nSSLProxyVerify require\nSSLProxyCACertificatePath';
  assert.deepEqual(apache(`${proxy} /cas`), ['upstream-trust-missing error']);
  assert.deepEqual(apache(`${proxy} /linked-cas`), []);
});

test('without any CA whoever shows a certificate is refused, unless a command of OpenSSL names one', () => {
  assert.deepEqual(apache('SSLVerifyClient optional'), ['client-ca-missing warning']);
  assert.deepEqual(apache('SSLVerifyClient require'), ['client-ca-missing error']);
  assert.deepEqual(apache('SSLVerifyClient optional_no_ca'), []);
  assert.deepEqual(apache('SSLVerifyClient require\nSSLOpenSSLConfCmd VerifyCAFile /root.crt'), []);
});
