import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readConfiguredFile } from '../../src/certificates/configured-file.ts';
import { describeCertificates } from '../../src/editor/configurations/navigation/certificate-words.ts';
import { nodeHost } from '../../src/host/node.ts';

const [leaf] = readConfiguredFile(readFileSync('test/fixtures/certificates/leaf.pem'), nodeHost.crypto).certificates;

test('a path of a certificate is told by its names, its time, its key and who signed it', () => {
  assert.ok(leaf);
  const now = new Date(leaf.notAfter.getTime() - 63.5 * 86_400_000);
  const text = describeCertificates([leaf, leaf], now) ?? '';
  const [names = '', ...lines] = text.split('  \n');
  assert.equal(names, leaf.subjectAltNames.map((name) => `\`${name.replace('DNS:', '')}\``).join(', '));
  assert.match(lines[0] ?? '', /^Valid from \d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d: 63 days left$/);
  assert.match(lines[1] ?? '', /^Key: \S+ \S+$/);
  assert.equal(lines[2], `Issuer: \`${leaf.issuer}\``);
  assert.equal(lines[3], '1 more certificate in the file');
});

test('many names are counted, and what the certificate says is no markup', () => {
  assert.ok(leaf);
  const names = Array.from({ length: 12 }, (_, index) => `DNS:\`*.n${index}.example`);
  const text = describeCertificates([{ ...leaf, subjectAltNames: names }], leaf.notBefore);
  assert.match(text ?? '', /^`'\*\.n0\.example`, .*`'\*\.n7\.example` and 4 more {2}\n/);
  assert.equal(describeCertificates([], leaf.notBefore), undefined);
});
