import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keyPurposeNames } from '../../src/certificates/asn1/oids.ts';
import { describeKeyPurposes, describeKeyUsage } from '../../src/certificates/extensions/usage-words.ts';

test('uses of a key are told in plain words, each with its name', () => {
  assert.equal(
    describeKeyUsage(['keyCertSign', 'cRLSign']),
    'signing certificates (keyCertSign); signing revocation lists (cRLSign)',
  );
  assert.equal(describeKeyUsage([]), 'nothing');
});

test('purposes that have no words keep their name, or their object identifier', () => {
  assert.equal(
    describeKeyPurposes(['serverAuth', 'ipsecUser', '1.2.3.4']),
    'TLS servers (serverAuth); ipsecUser; 1.2.3.4',
  );
  assert.equal(describeKeyPurposes(['toString']), 'toString');
});

test('every purpose that browsers and mail programs ask for has words', () => {
  for (const name of ['serverAuth', 'clientAuth', 'emailProtection', 'codeSigning', 'timeStamping', 'OCSPSigning']) {
    assert.ok(Object.values(keyPurposeNames).includes(name), name);
    assert.notEqual(describeKeyPurposes([name]), name);
  }
});
