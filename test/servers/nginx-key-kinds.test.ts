import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { refusals } from './nginx/compare.ts';
import { Judge } from './nginx/judge.ts';

/** What `openssl genpkey` makes; versions of OpenSSL that lack one are asked for the others. */
const kinds: readonly (readonly string[])[] = [
  ['RSA'],
  ['RSA-PSS'],
  ['EC', '-pkeyopt', 'ec_paramgen_curve:P-521'],
  ['EC', '-pkeyopt', 'ec_paramgen_curve:secp256k1'],
  ['EC', '-pkeyopt', 'ec_paramgen_curve:brainpoolP256r1'],
  ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256', '-pkeyopt', 'ec_param_enc:explicit'],
  ['EC', '-pkeyopt', 'ec_paramgen_curve:SM2'],
  ['DH', '-pkeyopt', 'group:ffdhe2048'],
  ['ED25519'],
  ['ED448'],
  ['X25519'],
  ['X448'],
  ['ML-DSA-65'],
  ['ML-KEM-768'],
  ['SLH-DSA-SHA2-128s'],
];

let judge: Judge;
const openssl = (...words: readonly string[]) =>
  execFileSync('openssl', words, { cwd: join(judge.folder, 'certs'), stdio: 'ignore' });

before(() => {
  judge = new Judge();
});
after(() => judge.remove());

for (const [index, kind] of kinds.entries()) {
  test(`a certificate with a key of ${kind.join(' ')} stops nginx where we say so`, async (context) => {
    const key = `kind-${index}.key`;
    try {
      openssl('genpkey', '-algorithm', ...kind, '-out', key);
    } catch {
      return context.skip('this OpenSSL has no such keys');
    }
    openssl('pkey', '-in', key, '-pubout', '-out', 'kind.pub');
    const names = ['-subj', '/CN=example.com', '-addext', 'subjectAltName=DNS:example.com'];
    openssl('req', '-new', '-key', 'rsa.key', ...names, '-out', 'kind.csr');
    const signer = ['-CA', 'rsa.crt', '-CAkey', 'rsa.key', '-days', '90', '-copy_extensions', 'copy'];
    openssl('x509', '-req', '-in', 'kind.csr', '-force_pubkey', 'kind.pub', ...signer, '-out', `kind-${index}.crt`);
    const pair = `ssl_certificate certs/kind-${index}.crt; ssl_certificate_key certs/${key};`;
    const text = `error_log stderr;\npid run/kinds.pid;\nevents { }\nhttp { access_log off; server { listen 21443 ssl; ${pair} } }\n`;
    const { accepted, message } = judge.test(text);
    const rules = (await refusals(judge, text)).map(({ rule }) => rule);
    assert.deepEqual(rules, accepted ? [] : ['certificate-weak-key'], message);
    if (kind[0] === 'RSA') return;
    const foreign = judge.test(text.replace(/kind-\d+\.crt/, 'rsa.crt'));
    const said = await refusals(judge, text.replace(/kind-\d+\.crt/, 'rsa.crt'));
    assert.deepEqual(
      said.map(({ rule }) => rule),
      foreign.accepted ? [] : ['certificate-key-mismatch'],
      foreign.message,
    );
  });
}
