import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluateCipherString } from '../../src/tls/cipher-string/cipher-string.ts';
import { parseProfile } from '../../src/tls/custom-profile.ts';
import { evaluateGroups } from '../../src/tls/groups.ts';
import { cipherString, groupList, profiles } from '../../src/tls/profiles.ts';
import { findCipherSuite } from '../../src/tls/suites/cipher-suites.ts';

test('every name of the guidelines is one that OpenSSL has or had', () => {
  for (const profile of Object.values(profiles)) {
    for (const name of [...profile.cipherSuites, ...profile.tls13CipherSuites]) {
      assert.equal(findCipherSuite(name)?.name, name);
    }
    assert.equal(evaluateGroups(profile.groups.join(':'), { openssl: '3.5', securityLevel: 2 }).error, undefined);
  }
  assert.equal(profiles.old.cipherSuites.length, 21);
  assert.equal(profiles.intermediate.cipherSuites.length, 6);
});

test('a profile becomes strings that its OpenSSL takes', () => {
  const string = cipherString(profiles.old, '3.5');
  assert.match(string, /^@SECLEVEL=0:ECDHE-ECDSA-AES128-GCM-SHA256:/);
  assert.equal(evaluateCipherString(string, { openssl: '3.5', securityLevel: 2 }).suites.length, 20);
  assert.doesNotMatch(cipherString(profiles.old, '1.1.1'), /SECLEVEL/);
  assert.equal(groupList(profiles.intermediate, '3.0'), 'X25519:prime256v1:secp384r1');
  assert.equal(groupList(profiles.intermediate, '3.5'), 'X25519MLKEM768:X25519:prime256v1:secp384r1');
});

test('a profile of one’s own overrides what it names', () => {
  const profile = parseProfile(
    {
      extends: 'modern',
      protocols: ['TLSv1.2', 'TLSv1.3'],
      cipherSuites: 'ECDHE-RSA-AES128-GCM-SHA256',
      rsaBits: 3072,
    },
    'policies/corporate.json',
  );
  assert.equal(profile.name, 'corporate');
  assert.deepEqual(profile.cipherSuites, ['ECDHE-RSA-AES128-GCM-SHA256']);
  assert.equal(profile.rsaBits, 3072);
  assert.deepEqual(profile.tls13CipherSuites, profiles.modern.tls13CipherSuites);
});

test('a mistake in a profile is named with what it may hold', () => {
  const message = (value: unknown) => {
    try {
      parseProfile(value, 'lint.profile');
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };
  assert.equal(message('strict'), 'lint.profile must hold keys and values, but is "strict".');
  assert.equal(message({ extends: 'new' }), 'lint.profile.extends "new" is not known. Use modern, intermediate, old.');
  assert.equal(message({ protcols: [] }), 'lint.profile.protcols is not known. Did you mean protocols?');
  assert.equal(
    message({ protocols: ['TLS1.2'] }),
    'lint.profile.protocols: "TLS1.2" is not known. Use SSLv2, SSLv3, TLSv1, TLSv1.1, TLSv1.2, TLSv1.3.',
  );
  assert.equal(
    message({ cipherSuites: ['ECDHE-RSA-AES128-GCM-SHA265'] }),
    'lint.profile.cipherSuites: no cipher suite is called "ECDHE-RSA-AES128-GCM-SHA265". Did you mean ECDHE-RSA-AES128-GCM-SHA256?',
  );
  assert.equal(
    message({ cipherSuites: ['TLS_AES_128_GCM_SHA256'] }),
    'lint.profile.cipherSuites: "TLS_AES_128_GCM_SHA256" belongs into tls13CipherSuites.',
  );
  assert.equal(
    message({ groups: ['X25591'] }),
    'lint.profile.groups: no group is called "X25591". Did you mean X25519?',
  );
  assert.equal(
    message({ rsaBits: '2048' }),
    'lint.profile.rsaBits must be a whole number of at least 1024, but is "2048".',
  );
});
