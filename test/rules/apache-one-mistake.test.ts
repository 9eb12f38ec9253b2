import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const head = `${[
  'mpm_event',
  'ssl',
  'rewrite',
  'proxy',
  'proxy_http',
  'proxy_balancer',
  'lbmethod_byrequests',
  'slotmem_shm',
]
  .map((name) => `LoadModule ${name}_module modules/mod_${name}.so`)
  .join('\n')}
Listen 443
`;

function findings(lines: string, engine = 'SSLEngine on') {
  const text = `${head}<VirtualHost *:443>\nServerName example.com\n${engine}\nSSLCertificateFile a.crt\nSSLCertificateKeyFile a.key\n${lines}\n</VirtualHost>\n`;
  return { text, found: analyseText(text, { language: 'apache', file: '/work/httpd.conf' }).findings };
}

const errors = (lines: string, engine?: string) =>
  findings(lines, engine).found.flatMap(({ severity, rule }) => (severity === 'error' ? [rule] : []));

describe('one mistake in Apache is one finding', () => {
  test('a switch with a word too many, or with one that is none', () => {
    assert.deepEqual(errors('', 'SSLEngine a b'), ['argument-count']);
    assert.deepEqual(errors('', 'SSLEngine a'), ['invalid-value']);
    assert.deepEqual(errors('', 'SSLEngine yes'), ['invalid-value']);
    assert.deepEqual(errors('', 'SSLEngine off'), ['certificate-without-tls']);
  });

  test('backends that are verified to one depth', () => {
    const members = [1, 2, 3].map((index) => `BalancerMember https://b${index}.example`).join('\n');
    const pool = `SSLProxyEngine on\nSSLProxyVerify require\nSSLProxyCACertificateFile ca.pem\n<Proxy balancer://b>\n${members}\n</Proxy>\nProxyPass / balancer://b/`;
    const of = (lines: string) =>
      findings(lines)
        .found.filter(({ rule }) => rule === 'upstream-depth')
        .map(({ message, related }) => [/of (.*?) (?:is|are)/.exec(message)?.[1], related.length]);
    assert.deepEqual(of(pool), [['https://b1.example and 2 more', 2]]);
    assert.deepEqual(of(`SSLProxyVerifyDepth 1\n${pool}`), [['https://b1.example and 2 more', 0]]);
    assert.deepEqual(of(`SSLProxyVerifyDepth 3\n${pool}`), []);
  });
});

test('a list of versions with commas means them all', () => {
  for (const words of ['TLSv1.2,TLSv1.3', 'TLSv1.2, TLSv1.3']) {
    const { text, found } = findings(`SSLProtocol ${words}`);
    const fix = found.find(({ rule }) => rule === 'invalid-value')?.fixes[0];
    assert.match(applyEdits(text, fix?.edits ?? []), /^SSLProtocol -all \+TLSv1\.2 \+TLSv1\.3$/m, words);
  }
});

test('a version of the past is taken out where others stay, and else replaced', () => {
  const mended = (line: string) => {
    const { text, found } = findings(line);
    const fix = found.find(({ rule }) => rule === 'invalid-value')?.fixes[0];
    const [after] = /^SSLProtocol.*$/m.exec(applyEdits(text, fix?.edits ?? [])) ?? [];
    return [after, fix?.safe];
  };
  assert.deepEqual(mended('SSLProtocol all +SSLv3'), ['SSLProtocol all', true]);
  assert.deepEqual(mended('SSLProtocol SSLv2 TLSv1.2'), ['SSLProtocol TLSv1.2', true]);
  assert.deepEqual(mended('SSLProtocol +SSLv3'), ['SSLProtocol -all +TLSv1.2 +TLSv1.3', false]);
  assert.deepEqual(mended('SSLProtocol -all +SSLv3'), ['SSLProtocol -all +SSLv3', undefined]);
});
