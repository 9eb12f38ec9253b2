import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keysFor } from '../../src/certificates/key-match.ts';

test('the key of a certificate is the nearest one, and among those the one of the same name', () => {
  const key = (file: string, spkiSha256 = 'pin') => ({ file, spkiSha256 });
  const keys = [key('/tls/other.key', 'other'), key('/tls/all.p12'), key('/tls/site.key'), key('/site.key')];
  const found = (file: string) => keysFor({ spkiSha256: 'pin' }, keys, file).map((each) => each.file);
  assert.deepEqual(found('/tls/site.pem'), ['/tls/site.key', '/tls/all.p12', '/site.key']);
  assert.deepEqual(found('/tls/full.pem'), ['/tls/all.p12', '/tls/site.key', '/site.key']);
  assert.equal(found('/site.pem')[0], '/site.key');
  // A key in the certificate's own file is nearest of all.
  assert.equal(keysFor({ spkiSha256: 'pin' }, [key('/a.key'), key('/a.pem')], '/a.pem')[0]?.file, '/a.pem');
});
