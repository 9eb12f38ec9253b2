import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import { analyseText } from '../support/analyse.ts';
import { sampleCertificate } from './support/sample-files.ts';

/** What is said of a server with certificates that are as usual but for these differences. */
function found(names: string, ...different: readonly Partial<Certificate>[]) {
  const pairs = different.map((_, index) => `ssl_certificate /c/${index}.crt; ssl_certificate_key /c/k;`);
  const text = `events {}\nhttp { server { listen 443 ssl; server_name ${names}; ${pairs.join(' ')} } }\n`;
  const { findings } = analyseText(text, {
    language: 'nginx',
    certificates: (path) => {
      const difference = different[Number(/(\d)\.crt$/.exec(path)?.[1])];
      if (difference === undefined) return undefined;
      const state = { kind: 'found', mode: 0o644, size: 1 } as const;
      return { ...emptyFile, state, file: path, certificates: [sampleCertificate(difference)] };
    },
  });
  return findings.filter(({ rule }) => rule === 'certificate-name-mismatch');
}

const rsa = { publicKey: { algorithm: 'RSA', bits: 2048 } } as const;
const ec = {};

test('a * with one label behind it covers nothing', () => {
  assert.equal(found('a.example', { subjectAltNames: ['DNS:*.example'] }).length, 1);
  assert.equal(found('a.example.com', { subjectAltNames: ['DNS:*.example.com'] }).length, 0);
});

test('a name that certificates of several kinds of key lack alike is one mistake', () => {
  const [one, ...others] = found('other.example', rsa, ec);
  assert.deepEqual(others, []);
  assert.match(
    one?.message ?? '',
    /^The certificates \/c\/0\.crt and \/c\/1\.crt are for example\.com and www\.example/,
  );
  assert.match(one?.message ?? '', /not for other\.example: clients refuse them there\. Get ones that cover all names/);
  assert.deepEqual([one?.severity, one?.related.length], ['error', 2]);
});

test('what one of them lacks alone, or for another reason, is told of by itself', () => {
  const messages = (...said: Parameters<typeof found>) => found(...said).map(({ message }) => message.slice(0, 28));
  const more = { subjectAltNames: ['DNS:example.com', 'DNS:other.example'] };
  assert.deepEqual(messages('example.com other.example', rsa, { ...ec, ...more }), ['The certificate /c/0.crt is ']);
  assert.equal(messages('other.example', rsa, { ...ec, selfIssued: true }).length, 2);
});

test('a certificate that is named twice is one', () => {
  const [one, ...others] = found('other.example; ssl_certificate /c/0.crt; ssl_certificate_key /c/k', rsa);
  assert.deepEqual(others, []);
  assert.match(one?.message ?? '', /^The certificate \/c\/0\.crt is for .* Get one that covers/);
});

test('the name with which a mail server greets is not the one that clients were given', () => {
  const text = `events {}
mail {
  auth_http 127.0.0.1:9000/;
  server { listen 993 ssl; protocol imap; server_name mx.other.example; ssl_certificate /c/0.crt; ssl_certificate_key /c/k; }
}
`;
  const state = { kind: 'found', mode: 0o644, size: 1 } as const;
  const certificates = (path: string) => ({ ...emptyFile, state, file: path, certificates: [sampleCertificate({})] });
  const { findings } = analyseText(text, { language: 'nginx', certificates });
  assert.deepEqual(
    findings.map(({ rule }) => rule).filter((rule) => rule === 'certificate-name-mismatch'),
    [],
  );
});
