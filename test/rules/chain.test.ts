import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createIssuanceCheck } from '../../src/analysis/issuance.ts';
import { defaultSettings } from '../../src/analysis/settings.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import { certificatesIn, readObjects } from '../../src/certificates/objects.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import type { RuleContext } from '../../src/rules/rule.ts';
import { readChain } from '../../src/rules/support/certificates/chain.ts';
import { certificate } from '../certificates/fixtures.ts';
import { rollover } from '../certificates/rollover.ts';
import { analyseText } from '../support/analyse.ts';

const base: RuleContext = {
  model: analyseText('', { language: 'nginx' }).model,
  profile: defaultSettings.profile,
  now: new Date(0),
  paths: 'elsewhere',
  certificateFile: () => assert.fail('no file is asked for'),
};
const withSignatures: RuleContext = { ...base, isIssuedBy: createIssuanceCheck(nodeCrypto) };

describe('the chain of a certificate', () => {
  const leaf = certificate('leaf.pem');
  const intermediate = certificate('intermediate.pem');

  test('goes by signatures where they can be checked', () => {
    const { ordered, path, strangers } = readChain(withSignatures, [leaf, intermediate]);
    assert.deepEqual([ordered, path.length, strangers.length], [true, 2, 0]);
  });

  test('does not go through an issuer whose key did not sign, whatever the names say', () => {
    const forged = withBrokenSignature(leaf);
    assert.equal(readChain(withSignatures, [forged, intermediate]).strangers.length, 1);
    assert.equal(readChain(base, [forged, intermediate]).strangers.length, 0);
  });

  test('goes on behind the next key of a CA, and ends at a root and at a leaf that signed itself', () => {
    const { leaf: served, next, root } = rollover;
    for (const context of [withSignatures, base]) {
      assert.deepEqual(readChain(context, [served, next, root]).strangers, []);
      assert.equal(readChain(context, [served, next, root, { ...root }]).strangers.length, 1);
      const own = { ...certificate('self-signed.pem'), isCa: false };
      assert.equal(readChain(context, [own, { ...own }]).strangers.length, 1);
    }
  });
});

test('a certificate that stands in the file twice is no stranger', () => {
  const [leaf, intermediate] = ['leaf.pem', 'intermediate.pem'].map(certificate);
  assert.ok(leaf && intermediate);
  const said = (...certificates: readonly Certificate[]) =>
    analyseText('server { listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key; }', {
      language: 'nginx',
      now: leaf.notBefore,
      certificates: (file) => ({ ...emptyFile, file, state: { kind: 'found', mode: 0o600 }, certificates }),
    }).findings.flatMap(({ rule, message }) => (rule === 'certificate-chain-order' ? [message] : []));
  assert.deepEqual(said(leaf, intermediate), []);
  assert.match(said(leaf, intermediate, { ...intermediate })[0] ?? '', /holds .* more than once/);
});

test('what is wrong in a file of its own for the chain is said of that file', () => {
  const [leaf, intermediate, stranger] = ['leaf.pem', 'intermediate.pem', 'self-signed.pem'].map(certificate);
  assert.ok(leaf && intermediate && stranger);
  const text =
    '<VirtualHost *:443>\nSSLEngine on\nSSLCertificateFile /a.crt\nSSLCertificateKeyFile /a.key\nSSLCertificateChainFile /chain.crt\n</VirtualHost>\n';
  const said = (...chain: readonly Certificate[]) =>
    analyseText(text, {
      language: 'apache',
      now: leaf.notBefore,
      certificates: (file) => ({
        ...emptyFile,
        file,
        state: { kind: 'found', mode: 0o600 },
        certificates: file === '/a.crt' ? [leaf] : file === '/chain.crt' ? chain : [],
      }),
    }).findings.flatMap(({ rule, message }) => (rule === 'certificate-chain-order' ? [message] : []));
  assert.deepEqual(said(intermediate), []);
  assert.match(said(intermediate, stranger)[0] ?? '', /^\/chain\.crt holds a certificate that has nothing to do/);
  assert.match(said(stranger, intermediate)[0] ?? '', /^\/chain\.crt .* Put them in the order 2\.$/);
});

function withBrokenSignature({ der }: Certificate): Certificate {
  const bytes = Uint8Array.from(der);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  const [broken] = certificatesIn(readObjects(bytes, nodeCrypto));
  assert.ok(broken !== undefined);
  return broken;
}

test('a root of somebody else in the place of the issuer is one mistake, and the issuer is named', () => {
  const leaf = certificate('leaf.pem');
  const found = analyseText('server { listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key; }', {
    language: 'nginx',
    now: leaf.notBefore,
    certificates: (file) => ({
      ...emptyFile,
      file,
      state: { kind: 'found', mode: 0o600 },
      certificates: [leaf, rollover.root],
    }),
  }).findings.filter(({ rule }) => /^certificate-(?:chain|root)/.test(rule));
  assert.deepEqual(
    found.map(({ rule }) => rule),
    ['certificate-chain-order'],
  );
  assert.ok(found[0]?.message.includes(`Put that of ${leaf.issuer}, which issued it, in its place`), found[0]?.message);
});
