import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  cipherStringWords,
  describeCipherString,
  describeGroupList,
  describeProtocol,
  describeTls13CipherSuites,
  groupWords,
  protocolWords,
} from '../../src/tls/describe.ts';
import { findCipherSuite } from '../../src/tls/suites/cipher-suites.ts';
import { target } from './support/settings.ts';

const openssl = 'OpenSSL 3.5 at security level 2 (assumed: Debian 13)';

test('a cipher string: suites in order, weaknesses, and what matched nothing', () => {
  assert.equal(
    describeCipherString('ECDHE-RSA-AES128-GCM-SHA256:AES128-SHA:HIGHT', target),
    `Matches nothing: ~~\`HIGHT\`~~ (did you mean \`HIGH\`?).

**2 cipher suites** for TLS 1.2 and older, in the order of ${openssl}:

1. \`ECDHE-RSA-AES128-GCM-SHA256\` 128 bits
2. \`AES128-SHA\` 128 bits — no forward secrecy, CBC mode`,
  );
  assert.equal(
    describeCipherString('RC4', target),
    `${openssl} refuses this string: no cipher match. Matches nothing: ~~\`RC4\`~~.`,
  );
  assert.match(describeCipherString('HIGH', target), /… and \d+ more: .*no forward secrecy \(\d+\).*\.$/);
});

test('of thousands of words that match nothing the first are shown, and the others counted', () => {
  const words = Array.from({ length: 5000 }, (_, index) => `XX-${index}`);
  assert.match(describeCipherString(words.join(':'), target), /~~`XX-39`~~ and 4960 more\.$/);
  assert.match(describeTls13CipherSuites(words.join(':'), target), /Unknown: .*~~ and \d+ more\.$/);
});

test('a group list: groups in order, and those that are unknown', () => {
  assert.equal(
    describeGroupList('X25519MLKEM768:X25519', target),
    `**2 groups** in the order of ${openssl}:

1. \`X25519MLKEM768\` TLS 1.3, 192 bits of security, post-quantum
2. \`x25519\` TLS 1.2 and 1.3, 128 bits of security`,
  );
  assert.match(
    describeGroupList('X25519MLKEM768', { ...target, openssl: '3.0' }),
    /refuses this list: unknown group "X25519MLKEM768"\.\n\nUnknown: ~~`X25519MLKEM768`~~ \(since OpenSSL 3\.5\)\./,
  );
});

test('a list of TLS 1.3 suites: what is unknown is skipped, or refused where nothing else is there', () => {
  assert.equal(
    describeTls13CipherSuites('TLS_AES_256_GCM_SHA384:TLS_AES_128_GMC_SHA256', target),
    `Unknown: ~~\`TLS_AES_128_GMC_SHA256\`~~ (did you mean \`TLS_AES_128_GCM_SHA256\`?).

**1 cipher suite** for TLS 1.3, in the order of ${openssl}:

1. \`TLS_AES_256_GCM_SHA384\` 256 bits`,
  );
  assert.equal(
    describeTls13CipherSuites('FOO', target),
    `${openssl} refuses this list: no cipher match. Unknown: ~~\`FOO\`~~.`,
  );
});

test('a protocol: its standing and what this OpenSSL does', () => {
  assert.equal(
    describeProtocol('TLSv1', target),
    `Obsolete; RFC 8996 (2021) forbids it. ${openssl}: TLS 1.0 needs security level 0 since OpenSSL 3.0.`,
  );
  assert.equal(describeProtocol('TLSv1.3', target), `${openssl}: TLS 1.3 is offered.`);
});

test('words for completion', () => {
  const words = cipherStringWords(target);
  assert.equal(words.find(({ word }) => word === 'ECDHE')?.weak, false);
  const [first, ...others] = words.map(({ word }) => word);
  assert.equal(first, 'ECDHE-ECDSA-AES128-GCM-SHA256');
  assert.equal(others[4], 'ECDHE-RSA-CHACHA20-POLY1305');
  assert.equal(new Set(words.map(({ word }) => word)).size, words.length);
  assert.ok(others.indexOf('ECDHE') < others.indexOf('PSK-CHACHA20-POLY1305'));
  assert.equal(words.find(({ word }) => word === 'AES128-SHA')?.weak, true);
  assert.equal(findCipherSuite(cipherStringWords(target, '!')[0]?.word ?? ''), undefined);
  assert.ok(cipherStringWords(target, '-').every(({ weak }) => !weak));
  assert.deepEqual(
    cipherStringWords(target, '@')
      .map(({ word }) => word)
      .slice(0, 2),
    ['STRENGTH', 'SECLEVEL=0'],
  );
  const groups = groupWords(target).map(({ word }) => word);
  assert.deepEqual(groups.slice(0, 4), ['X25519MLKEM768', 'X25519', 'prime256v1', 'secp384r1']);
  assert.ok(groups.includes('P-256') && new Set(groups).size === groups.length);
  assert.deepEqual(
    protocolWords(target)
      .filter(({ weak }) => !weak)
      .map(({ word }) => word),
    ['TLSv1.2', 'TLSv1.3'],
  );
});
