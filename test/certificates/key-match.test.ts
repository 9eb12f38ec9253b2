import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyFinder } from '../../src/certificates/key-match.ts';

const key = (file: string, spkiSha256 = 'pin') => ({ file, spkiSha256 });
const certificate = { spkiSha256: 'pin' };

test('the key of a certificate is the nearest one, and among those the one of the same name', () => {
  const keys = [key('/tls/other.key', 'other'), key('/tls/all.p12'), key('/tls/site.key'), key('/site.key')];
  /** All of them, each being taken away when it was found. */
  const found = (file: string) => {
    const left = [...keys];
    const order: string[] = [];
    for (let next = keyFinder(left)(certificate, file); next !== undefined; next = keyFinder(left)(certificate, file)) {
      order.push(next);
      left.splice(
        left.findIndex((each) => each.file === next),
        1,
      );
    }
    return order;
  };
  assert.deepEqual(found('/tls/site.pem'), ['/tls/site.key', '/tls/all.p12', '/site.key']);
  assert.deepEqual(found('/tls/full.pem'), ['/tls/all.p12', '/tls/site.key', '/site.key']);
  assert.equal(found('/site.pem')[0], '/site.key');
  // Among many copies too.
  const far = Array.from({ length: 20 }, (_, index) => key(`/far/away/${index}/site.key`));
  const find = keyFinder([...far, ...keys, key('/tls/own.pem')]);
  const files = ['/tls/site.pem', '/tls/full.pem', '/tls/own.pem', '/site.pem', '/far/away/7/site.pem'];
  assert.deepEqual(
    files.map((file) => find(certificate, file)),
    ['/tls/site.key', '/tls/all.p12', '/tls/own.pem', '/site.key', '/far/away/7/site.key'],
  );
  // A key in the certificate's own file is nearest of all.
  assert.equal(keyFinder([key('/a.key'), key('/a.pem')])(certificate, '/a.pem'), '/a.pem');
  assert.equal(keyFinder([{ file: '/a.key', spkiSha256: undefined }])(certificate, '/a.pem'), undefined);
});

test('each of thousands of copies of a certificate has the copy of its key that lies beside it', () => {
  const folders = Array.from({ length: 5000 }, (_, index) => `/backup/${index}/etc/ssl`);
  const started = performance.now();
  const find = keyFinder(folders.map((folder) => key(`${folder}/private/site.key`)));
  for (const folder of folders)
    assert.equal(find(certificate, `${folder}/certs/site.pem`), `${folder}/private/site.key`);
  assert.ok(performance.now() - started < 2000);
});
