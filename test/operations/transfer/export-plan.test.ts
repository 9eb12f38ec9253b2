import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from '../../../src/acme/plan/file.ts';
import { exportCertManager } from '../../../src/operations/transfer/cert-manager.ts';
import { exportCaddy, exportCertbot } from '../../../src/operations/transfer/export-plan.ts';

const { plan, diagnostics } = await readPlan(
  '/p/tls-workbench.yaml',
  `issuers:
  corp: { directory: "https://ca.example.net/dir", ca: absent.pem, eab: { kid: k-1 }, agreeToTerms: true, contact: [a@example.com] }
  unasked: { directory: "https://other.example.net/dir" }
  dev: { type: local, permitted: ["*.test"] }
certificates:
  kept: { names: [a.example.com], issuer: corp, reuse: true, challenge: { listen: "127.0.0.1:8080" }, after: [nginx, -s, "re load"] }
  fresh: { names: [b.example.com], issuer: unasked, key: rsa-3072, challenge: { listen: ":80" } }
  dns: { names: ["*.c.example.com"], issuer: corp, challenge: { type: dns-01, rfc2136: { server: "[2001:db8::1]:5353", key: k, algorithm: hmac-sha256, secretFile: s } } }
  own.test: { issuer: dev }
`,
);

test('the plan of these tests is one', () => {
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
});

test('certbot is told what the plan says of keys, terms, addresses and commands', () => {
  const { text, notes } = exportCertbot(plan);
  const [kept = '', fresh = '', dns = '', ...more] = text.split('\n\n');
  assert.match(kept, /--agree-tos/);
  assert.match(kept, /--eab-kid k-1 \\\n {2}--eab-hmac-key "\$EAB_HMAC_KEY"/);
  assert.match(kept, /--standalone \\\n {2}--http-01-address 127\.0\.0\.1 \\\n {2}--http-01-port 8080 \\/);
  assert.match(kept, /--reuse-key/);
  assert.match(kept, /--deploy-hook 'nginx -s '\\''re load'\\'''/);
  assert.doesNotMatch(fresh, /--agree-tos|--reuse-key|--deploy-hook|--http-01|--eab/);
  assert.match(fresh, /--register-unsafely-without-email/);
  assert.match(dns, /^certbot certonly \\\n[\s\S]*--manual \\\n {2}--preferred-challenges dns/);
  assert.deepEqual(more, []);
  assert.match(notes.join('\n'), /^own\.test: issuer dev is a development CA, which certbot has not\./m);
});

test('what certbot gets no certificate of takes no name from another one', async () => {
  const request = 'csr: a.csr, challenge: { listen: ":80" }, output: { fullchain: a.pem }';
  const { plan: mixed } = await readPlan(
    '/p/tls-workbench.yaml',
    `issuers:
  corp: { directory: "https://ca.example.net/dir", agreeToTerms: true }
  dev: { type: local, permitted: ["*.a.example.com"] }
certificates:
  "*.a.example.com": { issuer: dev }
  a.example.com: { issuer: corp, challenge: { listen: ":80" } }
  "*.b.example.com": { names: [b.example.com], issuer: corp, ${request} }
  b.example.com: { issuer: corp, challenge: { listen: ":80" } }
`,
  );
  const names = [...exportCertbot(mixed).text.matchAll(/--cert-name (\S+)|--csr/g)].map(([, name]) => name);
  assert.deepEqual(names, ['a.example.com', undefined, 'b.example.com']);
});

test('Caddy is told the same, and makes certificates of a development CA itself', () => {
  const { text } = exportCaddy(plan);
  const site = (name: string) => text.split(`# ${name}\n`)[1]?.split('\n# ')[0] ?? '';
  assert.match(site('kept'), /reuse_private_keys/);
  assert.match(site('kept'), /eab k-1 \{\$EAB_HMAC_KEY\}\n.*trusted_roots \/p\/absent\.pem/);
  assert.doesNotMatch(site('fresh'), /reuse_private_keys|eab|trusted_roots|email/);
  assert.match(site('own.test'), /issuer internal/);
});

test('cert-manager is told the same in its resources', () => {
  const { text, notes } = exportCertManager(plan);
  const resource = (kind: string, name: string) =>
    text.split('---\n').find((each) => each.includes(`kind: ${kind}\nmetadata:\n  name: ${name}\n`)) ?? '';
  assert.match(resource('Certificate', 'kept'), /algorithm: ECDSA\n {4}size: 256\n {4}rotationPolicy: Never/);
  assert.match(resource('Certificate', 'fresh'), /algorithm: RSA\n {4}size: 3072\n {4}rotationPolicy: Always/);
  assert.match(resource('Certificate', 'dns'), /issuerRef:\n {4}name: corp-dns/);
  assert.match(resource('Issuer', 'corp-dns'), /nameserver: "?\[2001:db8::1\]:5353/);
  assert.match(resource('Issuer', 'corp-dns'), /tsigAlgorithm: HMACSHA256/);
  assert.match(resource('Issuer', 'corp'), /keyID: k-1/);
  assert.doesNotMatch(resource('Issuer', 'unasked'), /email|keyID|caBundle/);
  assert.match(resource('Certificate', 'dev-root'), /isCA: true/);
  assert.match(resource('Issuer', 'dev'), /ca:\n {4}secretName: dev-root/);
  assert.match(notes.join('\n'), /\/p\/absent\.pem cannot be read, so the issuer got no caBundle/);
  assert.match(notes.join('\n'), /^kept: after was left out/m);
});
