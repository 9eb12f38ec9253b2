import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from '../../../src/acme/plan/file.ts';

const issuers =
  'issuers:\n  staging: { directory: letsencrypt-staging }\n  local: { type: local, permitted: [localhost, "*.test"] }\n  corp: { directory: https://ca.example.net/dir }\n';

test('a name that no host may have is an error where the CA is known to refuse it, and else worth knowing', async () => {
  const names = (issuer: string) =>
    `certificates:\n  a:\n    names:\n      - example.com\n      - my_host.example.com\n    issuer: ${issuer}\n    challenge: { webroot: w }`;
  for (const [issuer, severity, who] of [
    ['staging', 'error', "Let's Encrypt \\(staging\\) refuses"],
    ['corp', 'information', 'most CAs refuse'],
  ] as const) {
    const text = issuers + names(issuer);
    const { diagnostics } = await readPlan('/srv/tls-workbench.yaml', text);
    assert.deepEqual(
      diagnostics.map(({ code, severity, range }) => [code, severity, text.slice(range.start, range.end)]),
      [['plan-name', severity, 'my_host.example.com']],
    );
    assert.match(
      diagnostics[0]?.message ?? '',
      new RegExp(`has an underscore, .* ${who} the whole order\\. Give the host`),
    );
  }
  const local = issuers.replace('localhost', 'example.com, my_host.example.com') + names('local');
  assert.deepEqual((await readPlan('/srv/tls-workbench.yaml', local)).diagnostics, []);
});

test('of two ways to prove a name the one that has no effect is told', async () => {
  for (const [challenge, told] of [
    ['webroot: w, challengeDirectory: c', 'webroot has no effect beside challengeDirectory'],
    ['listen: ":80", webroot: w', 'webroot has no effect beside listen'],
    ['type: dns-01, rfc2136: { server: ns.example.net }, command: [add]', 'rfc2136 has no effect beside command'],
    ['type: dns-01, manual: true, command: [add]', 'manual has no effect beside command'],
  ] as const) {
    const text = `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { ${challenge} } }`;
    const { diagnostics } = await readPlan('/srv/tls-workbench.yaml', text);
    assert.deepEqual(
      diagnostics.map(({ severity, message }) => [severity, message]),
      [['warning', `Certificate "a.example.com": challenge.${told}. Remove one of them.`]],
    );
  }
});

test('a profile that the CA is not known to have is told, as its list may have grown', async () => {
  const text = `${issuers}certificates:\n  a.example.com: { issuer: staging, profile: tlsclient, challenge: { webroot: w } }`;
  const { diagnostics } = await readPlan('/srv/tls-workbench.yaml', text);
  const [found, ...others] = diagnostics;
  assert.equal(others.length, 0);
  assert.deepEqual([found?.code, found?.severity], ['plan-profile', 'warning']);
  assert.match(found?.message ?? '', /is not known to have a profile "tlsclient"\. /);
});

test('a mistake that several certificates share is told of each', async () => {
  const text = `${issuers}x-all: &all { issuer: staging, key: rsa-1024, challenge: { webroot: w } }\ncertificates:\n  a.example.com: *all\n  b.example.com: { <<: *all }\n  c.test: { issuer: local }`;
  const { diagnostics } = await readPlan('/srv/tls-workbench.yaml', text);
  assert.deepEqual(
    diagnostics.map(({ code, certificate }) => [code, certificate]),
    [
      ['plan-value', 'a.example.com'],
      ['plan-value', 'b.example.com'],
    ],
  );
});

test('what Let’s Encrypt refuses of names alone is told before the order: those that a wildcard covers, and too many', async () => {
  const certificate = (issuer: string, names: readonly string[], more = '') =>
    `${issuers}certificates:\n  a: { names: [${names.join(', ')}], issuer: ${issuer}, challenge: { type: dns-01 }${more} }`;
  const told = async (text: string) =>
    (await readPlan('/srv/tls-workbench.yaml', text)).diagnostics.map(
      ({ severity, message }) => `${severity}: ${message}`,
    );
  const covered = ['example.com', '"*.example.com"', 'www.example.com', 'a.www.example.com', '"*.www.example.com"'];
  assert.deepEqual(await told(certificate('staging', covered)), [
    "error: www.example.com is covered by *.example.com, and Let's Encrypt (staging) refuses an order for both. Remove one of them.",
    "error: a.www.example.com is covered by *.www.example.com, and Let's Encrypt (staging) refuses an order for both. Remove one of them.",
  ]);
  assert.deepEqual(await told(certificate('corp', covered)), []);
  const many = Array.from({ length: 26 }, (_, index) => `n${index}.example.com`);
  assert.deepEqual(await told(certificate('staging', many)), []);
  assert.deepEqual(await told(certificate('staging', many, ', profile: tlsserver')), [
    "warning: Let's Encrypt (staging) takes at most 25 names in a certificate by profile tlsserver, and these are 26. Split them up.",
  ]);
});

test('a private key in a folder that the plan has served is a warning, as the server may keep it to itself', async () => {
  const told = async (challenge: string, key: string) => {
    const entry = `{ issuer: corp, challenge: { ${challenge} }, output: { fullchain: w/a.pem, key: ${key} } }`;
    const { diagnostics } = await readPlan(
      '/srv/tls-workbench.yaml',
      `${issuers}certificates:\n  a.example.com: ${entry}`,
    );
    return diagnostics.map(({ code, severity, message }) => `${severity} ${code} ${message}`);
  };
  const [found] = await told('webroot: w', 'w/tls/a.key');
  assert.match(
    found ?? '',
    /^warning plan-key-served .* writes key to \/srv\/w\/tls\/a\.key, below the web root \/srv\/w: who asks the web server/,
  );
  assert.equal((await told('challengeDirectory: w', 'w/a.key')).length, 1);
  assert.deepEqual(await told('webroot: w', 'tls/a.key'), []);
  assert.deepEqual(await told('webroot: w/public', 'w/a.key'), []);
});
