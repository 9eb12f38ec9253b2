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

const noJava = { skip: hasJava ? false : 'Java is not installed' };

test('secret keys of a JCEKS store are passed over, wherever they stand', noJava, () => {
  const store = ['-keystore', join(folder.path, 'secrets'), '-storetype', 'JCEKS', '-storepass', 'changeit'];
  const password = ['-keypass', 'changeit'];
  for (const [algorithm, size] of [
    ['AES', '256'],
    ['HmacSHA256', '256'],
    ['DESede', '168'],
  ] as const) {
    const key = ['-keyalg', algorithm, '-keysize', size, '-alias', `secret-${algorithm}`];
    const made = run('keytool', ['-genseckey', ...key, ...store, ...password]);
    assert.equal(made.status, 0, made.stdout);
  }
  for (const alias of ['a', 'b', 'c', 'd']) {
    const name = ['-alias', alias, '-dname', `CN=${alias}`, '-validity', '90', '-keyalg', 'EC'];
    assert.equal(run('keytool', ['-genkeypair', ...name, ...store, ...password]).status, 0);
  }
  const bytes = readFileSync(join(folder.path, 'secrets'));
  const content = readObjects(bytes, nodeCrypto, { passwords: ['changeit'] });
  assert.deepEqual(content.problems, []);
  const subjects = content.objects.flatMap((each) => (each.kind === 'certificate' ? [each.certificate.subject] : []));
  assert.deepEqual(subjects.sort(), ['CN=a', 'CN=b', 'CN=c', 'CN=d']);
  // Cut or changed anywhere it is an answer, and never an exception.
  for (let length = 0; length < bytes.length; length += 7) readObjects(bytes.subarray(0, length), nodeCrypto);
  for (let index = 0; index < bytes.length; index++) {
    const mutant = Uint8Array.from(bytes);
    mutant[index] = (mutant[index] as number) ^ 0xff;
    readObjects(mutant, nodeCrypto);
  }
});

test('a key store cut short says so', () => {
  const bytes = Uint8Array.from([0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0]);
  const content = readObjects(bytes, nodeCrypto);
  assert.equal(content.format, 'jks');
  assert.match(content.problems[0]?.message ?? '', /cut off/);
});

test(
  'a secret key in a PKCS #12 store is shown as what is not read here, which is no mistake of the file',
  noJava,
  () => {
    const file = join(folder.path, 'secret.p12');
    const store = ['-keystore', file, '-storetype', 'PKCS12', '-storepass', 'changeit'];
    assert.equal(
      run('keytool', ['-genseckey', '-keyalg', 'AES', '-keysize', '128', '-alias', 's', ...store]).status,
      0,
    );
    const [object] = readObjects(readFileSync(file), nodeCrypto, { passwords: ['changeit'] }).objects;
    assert.equal(object?.kind === 'unreadable' && object.isForeign, true);
  },
);
