import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import { run, temporaryFolder } from './certificates-tools.ts';

const folder = temporaryFolder();
const hasJava = run('keytool', ['-help']).status === 0;

after(() => folder.remove());

for (const type of ['JKS', 'JCEKS', 'PKCS12']) {
  test(`keytool’s ${type}: aliases and certificates`, { skip: hasJava ? false : 'Java is not installed' }, () => {
    const file = join(folder.path, type);
    const store = ['-keystore', file, '-storetype', type, '-storepass', 'changeit', '-keypass', 'changeit'];
    for (const algorithm of ['RSA', 'EC']) {
      const name = ['-alias', algorithm.toLowerCase(), '-dname', `CN=${algorithm}`, '-validity', '90'];
      const made = run('keytool', ['-genkeypair', '-keyalg', algorithm, ...name, ...store]);
      assert.equal(made.status, 0, made.stdout);
    }
    const bytes = readFileSync(file);
    const content = readObjects(bytes, nodeCrypto, { passwords: ['changeit'] });
    assert.deepEqual(content.problems, []);
    assert.deepEqual(
      content.objects.flatMap((object) => (object.kind === 'certificate' ? [object.certificate.subject] : [])).sort(),
      ['CN=EC', 'CN=RSA'],
    );
    assert.deepEqual([...new Set(content.objects.map((object) => object.source.entry))].sort(), ['ec', 'rsa']);
    if (type === 'PKCS12') return;
    assert.equal(readObjects(bytes, nodeCrypto).objects.length, 4, 'without password');
    const wrong = readObjects(bytes, nodeCrypto, { passwords: ['other'] });
    assert.deepEqual(
      wrong.problems.map((problem) => problem.id),
      ['integrity'],
    );
  });
}

test('a key store cut short says so', () => {
  const bytes = Uint8Array.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0]);
  const content = readObjects(bytes, nodeCrypto);
  assert.equal(content.format, 'jks');
  assert.match(content.problems[0]?.message ?? '', /cut off/);
});
