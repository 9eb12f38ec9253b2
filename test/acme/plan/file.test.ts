import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPlan } from '../../../src/acme/plan/file.ts';
import { createDocument, positionAt } from '../../../src/text/document.ts';

/** The diagnostics of a plan as `line: code: message`. */
async function diagnose(text: string): Promise<readonly string[]> {
  const { diagnostics } = await readPlan('/srv/tls-workbench.yaml', text);
  const document = createDocument('plan', text);
  return diagnostics.map(
    ({ code, message, range }) => `${positionAt(document, range.start).line + 1}: ${code}: ${message}`,
  );
}

const issuers =
  'issuers:\n  staging: { directory: letsencrypt-staging }\n  local: { type: local, permitted: [localhost, "*.test"] }\n  corp: { directory: https://ca.example.net/dir, ca: root.pem }\n';

test('a whole plan is read, its paths made absolute and its presets resolved', async () => {
  const { plan, diagnostics } = await readPlan(
    '/srv/tls-workbench.yaml',
    `issuers:
  staging: { directory: letsencrypt-staging, contact: [ops@example.com], agreeToTerms: true }
  corp: { directory: https://ca.example.net/acme/directory, ca: certs/root.pem, eab: { kid: key-1 } }
certificates:
  example.com:
    names: [example.com, WWW.example.com, bücher.example.com]
    issuer: staging
    challenge: { type: http-01, webroot: { example.com: public, www.example.com: www, bücher.example.com: b } }
    key: rsa-3072
    reuse: true
    profile: tlsserver
    output: { certificate: tls/a.crt, key: /etc/a.key, group: ssl-cert, mode: "0640" }
    after: [nginx, -s, reload]
  plain.example.com: { issuer: corp, challenge: { challengeDirectory: /srv/http/acme } }
`,
  );
  assert.deepEqual(diagnostics, []);
  const staging = plan.issuers.get('staging');
  assert.equal(staging?.type === 'acme' && staging.directory, 'https://acme-staging-v02.api.letsencrypt.org/directory');
  const corp = plan.issuers.get('corp');
  assert.equal(corp?.type === 'acme' && corp.ca, '/srv/certs/root.pem');
  const first = plan.certificates.get('example.com');
  assert.deepEqual(
    first?.identifiers.map(({ value }) => value),
    ['example.com', 'www.example.com', 'xn--bcher-kva.example.com'],
  );
  assert.ok(first.challenge?.type === 'http-01' && first.challenge.how === 'folder');
  assert.equal(first.challenge.folders.get('www.example.com'), '/srv/www/.well-known/acme-challenge');
  assert.equal(first.key, 'rsa-3072');
  assert.equal(first.reuseKey, true);
  assert.deepEqual(first.output, {
    files: { certificate: '/srv/tls/a.crt', key: '/etc/a.key' },
    group: 'ssl-cert',
    keyMode: 0o640,
  });
  assert.deepEqual(first.after, ['nginx', '-s', 'reload']);
  const second = plan.certificates.get('plain.example.com');
  assert.ok(second?.challenge?.type === 'http-01' && second.challenge.how === 'folder');
  assert.equal(second.challenge.folders.get('plain.example.com'), '/srv/http/acme');
  assert.equal(second.output.files.key, '/srv/tls/plain.example.com.key');
});

test('what is probably meant comes with the place where it belongs', async () => {
  const text = `${issuers}certificates:
  a.example.com: { isuer: staging }
  b.example.com: { issuer: stagin, key: ecdsa-p265, challenge: { webroot: w } }
  c.example.com: { issuer: staging, profile: tlssever, challenge: { webroot: w } }
  d: { names: [93.184.216.34], issuer: staging, profile: classic, challenge: { webroot: w } }
`;
  const { diagnostics } = await readPlan('/srv/tls-workbench.yaml', text);
  const replaced = diagnostics.flatMap(({ range, instead }) =>
    instead === undefined ? [] : [`${text.slice(range.start, range.end)} → ${instead}`],
  );
  assert.deepEqual(replaced.toSorted(), [
    'classic → shortlived',
    'ecdsa-p265 → ecdsa-p256',
    'isuer → issuer',
    'stagin → staging',
    'tlssever → tlsserver',
  ]);
});

for (const [what, text, expected] of [
  ['broken YAML', 'issuers: [', /^1: plan-syntax: This is not YAML: /],
  [
    'a misspelt section',
    'certificate: {}',
    /^1: plan-unknown-key: The plan takes no "certificate"\. Did you mean "certificates"\?/,
  ],
  [
    'a misspelt key',
    `${issuers}certificates:\n  a.example.com: { isuer: staging }`,
    /^6: plan-unknown-key: .*Did you mean "issuer"\?/,
  ],
  [
    'an unknown issuer',
    `${issuers}certificates:\n  a.example.com: { issuer: stagin, challenge: { webroot: w } }`,
    /^6: plan-unknown-issuer: Issuer "stagin" is not in the plan\. Did you mean "staging"\?/,
  ],
  [
    'a fallback that no visitor trusts',
    'issuers:\n  a: { directory: letsencrypt, fallback: b }\n  b: { type: local, permitted: [a.test] }',
    /^2: plan-value: Issuer "a" cannot fall back to "b", a development CA: name another CA there\.$/,
  ],
  [
    'a fallback to itself',
    'issuers:\n  a: { directory: letsencrypt, fallback: a }',
    /^2: plan-value: Issuer "a" cannot fall back to itself: name another CA there\.$/,
  ],
  [
    'an address of a DNS server that is none',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { type: dns-01, rfc2136: { server: "2001:db8::53" } } }`,
    /^6: plan-value: .*rfc2136: "2001:db8::53" is no address\. Write "192\.0\.2\.53", .* or "\[2001:db8::53\]"\.$/,
  ],
  [
    'an unknown CA',
    'issuers:\n  a: { directory: letsencrypt-stagin }',
    /^2: plan-value: .*Did you mean "letsencrypt-staging"\?/,
  ],
  [
    'a wildcard with http-01',
    `${issuers}certificates:\n  "*.example.com": { issuer: staging, challenge: { webroot: w } }`,
    /^6: plan-wildcard-http: \*\.example\.com can only be proved by dns-01/,
  ],
  [
    'an address without its profile',
    `${issuers}certificates:\n  ip: { names: [93.184.216.34], issuer: staging, challenge: { webroot: w } }`,
    /^6: plan-ip-profile: .*only with profile: shortlived/,
  ],
  [
    'a private name at a public CA',
    `${issuers}certificates:\n  app.test: { issuer: staging, challenge: { webroot: w } }`,
    /^6: plan-private-name: app\.test is private/,
  ],
  [
    'a name without a webroot',
    `${issuers}certificates:\n  a: { names: [a.example.com, b.example.com], issuer: staging, challenge: { webroot: { a.example.com: w } } }`,
    /^6: plan-webroot: .*no webroot serves b\.example\.com/,
  ],
  [
    'no challenge',
    `${issuers}certificates:\n  a.example.com: { issuer: staging }`,
    /^6: plan-challenge: .*does not say how to prove its names/,
  ],
  [
    'two outputs on one file',
    `${issuers}certificates:\n  a.test: { issuer: local, output: { fullchain: x.pem, key: a } }\n  b.test: { issuer: local, output: { fullchain: x.pem, key: b } }`,
    /^7: plan-same-output: .*\/srv\/x\.pem, which "a\.test" \(fullchain\) writes too/,
  ],
  [
    'one file for certificate and key',
    `${issuers}certificates:\n  a.test: { issuer: local, output: { fullchain: x.pem, key: x.pem } }`,
    /^6: plan-same-output: .* writes fullchain to \/srv\/x\.pem, and key too\. Name it as combined/,
  ],
  [
    'an output without the certificate, which each run would order anew',
    `${issuers}certificates:\n  a.test: { issuer: local, output: { key: a, chain: b } }`,
    /^6: plan-missing: .*output has no place for the certificate\. Add fullchain: FILE/,
  ],
  [
    'a name that a development CA may not issue for',
    `${issuers}certificates:\n  example.com: { issuer: local }`,
    /^6: plan-not-permitted: Issuer "local" may not issue for example\.com/,
  ],
  [
    'a command as for a shell',
    `${issuers}certificates:\n  a.test: { issuer: local, after: nginx -s reload }`,
    /^6: plan-value: .*after: "nginx -s reload" is one word, .* Write \[nginx, -s, reload\]\.$/,
  ],
  [
    'several names in one text',
    `${issuers}certificates:\n  a: { names: "a.test, b.test", issuer: local }`,
    /^6: plan-name: .*"a\.test, b\.test" is no domain name: a name has no blanks\. Write several as a list: \[/,
  ],
  [
    'a URL for a name',
    `${issuers}certificates:\n  a: { names: "https://a.test/", issuer: local }`,
    /^6: plan-name: .*is no domain name: write the host name alone\.$/,
  ],
  [
    'a name with two dots side by side',
    `${issuers}certificates:\n  mail..test: { issuer: local }`,
    /^6: plan-name: .*"mail\.\.test" is no domain name: nothing stands before or between dots\.$/,
  ],
  [
    'a name that begins with a hyphen',
    `${issuers}certificates:\n  -a.test: { issuer: local }`,
    /^6: plan-name: .*is no domain name: "-a" begins or ends with a hyphen\.$/,
  ],
  [
    'a number for a name',
    `${issuers}certificates:\n  123: { issuer: local }`,
    /^6: plan-name: Certificate "123": "123" is no domain name: numbers alone make an address, which has four from 0 to 255\.$/,
  ],
  [
    'an entry twice',
    `${issuers}certificates:\n  a.test: { issuer: local }\n  a.test: { issuer: local }`,
    /^7: plan-syntax: a\.test is here twice\. Rename one, or merge the two\.$/,
  ],
  [
    'a challenge that is no map',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: http-01 }`,
    /^6: plan-type: .*challenge must be a map, such as \{type: …\}\.$/,
  ],
  [
    'a challenge of no kind',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { type: http } }`,
    /^6: plan-challenge: .*"http" is not supported\. Use one of http-01, dns-01, tls-alpn-01\.$/,
  ],
  [
    'what another challenge takes',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { type: dns-01, webroot: w } }`,
    /^6: plan-challenge: .*challenge\.webroot belongs to http-01 and has no effect with dns-01\. Remove it,/,
  ],
  [
    'a challenge whose type was left out',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { command: [x] } }`,
    /^6: plan-challenge: .*challenge\.command belongs to dns-01: add type: dns-01\.$/,
  ],
  [
    'what a request of the user has settled',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { webroot: w }, csr: a.csr, key: rsa-2048 }`,
    /^6: plan-value: .*key has no effect beside csr, which says it all\. Remove it\.$/,
  ],
  [
    'a contact without an address',
    'issuers:\n  a: { directory: letsencrypt, contact: ops }',
    /^2: plan-value: Issuer "a": contact "ops" is no mail address, such as ops@example\.com\.$/,
  ],
  [
    'an alias of nothing',
    `${issuers}certificates:\n  a.test: *b\n`,
    /^6: plan-syntax: \*b refers to nothing: there is no &b before it\. Add one, or correct the name\.$/,
  ],
  [
    'a merge key with no map',
    `${issuers}certificates:\n  a.test: { <<: 1, issuer: local }\n`,
    /^6: plan-syntax: << takes a map, or a list of maps\. Name one with &NAME/,
  ],
  [
    'two documents',
    `${issuers}---\nissuers: {}\n`,
    /^5: plan-syntax: A plan is one document\. Take out the line --- between them\.$/,
  ],
  [
    'a challenge folder as webroot',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { webroot: w/.well-known/acme-challenge/ } }`,
    /^6: plan-webroot: .* is the challenge folder itself, .* Write challengeDirectory in its place\.$/,
  ],
  [
    'a port that is none',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { listen: 99999 } }`,
    /^6: plan-value: .*"99999" is no address\. Write ":80"/,
  ],
  [
    'the port 0',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { listen: ":0" } }`,
    /^6: plan-value: .*":0" is no address\. Write ":80"/,
  ],
  [
    'what is permitted, and is none',
    'issuers:\n  l: { type: local, permitted: ["10.0.0.0/33"] }\ncertificates:\n  a: { names: [10.0.0.1], issuer: l }',
    /^2: plan-value: Issuer "l": permitted "10\.0\.0\.0\/33" is no network: write a number from 0 to 32 after the \/\.$/,
  ],
  [
    'a file for all of it without the key',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { webroot: w }, csr: a.csr, output: { combined: a.pem } }`,
    /^6: plan-value: .*output\.combined gets no key, since csr has one that is not known here\. Use fullchain/,
  ],
  [
    'a mode that lets everyone read the key',
    `${issuers}certificates:\n  a.test: { issuer: local, output: { key: a, fullchain: b, mode: "0644" } }`,
    /^6: plan-value: .*everyone on the machine could use the key/,
  ],
  [
    'a mode that lets everyone write the key',
    `${issuers}certificates:\n  a.test: { issuer: local, output: { key: a, fullchain: b, mode: "0666" } }`,
    /^6: plan-value: .*everyone on the machine could replace the key/,
  ],
  [
    'Must-Staple at a CA without OCSP',
    `${issuers}certificates:\n  a.example.com: { issuer: staging, mustStaple: true, challenge: { webroot: w } }`,
    /^6: plan-must-staple: Let's Encrypt \(staging\) refuses OCSP Must-Staple\. It has had no OCSP since 2025-08-06/,
  ],
  [
    'a key of another family than the CA takes',
    'issuers:\n  ssl: { directory: sslcom-rsa, eab: { kid: k } }\ncertificates:\n  a.example.com: { issuer: ssl, challenge: { webroot: w } }',
    /^4: plan-key-type: SSL\.com \(RSA\) issues for RSA keys only\. Use key: rsa-2048, or its other directory/,
  ],
  [
    'a text where a list of texts belongs',
    `${issuers}certificates:\n  a.test: { issuer: local, names: { a: 1 } }`,
    /^6: plan-type: .*must be a list of texts/,
  ],
] as const) {
  test(`${what} is told with its line and the next step`, async () => {
    const [first] = await diagnose(text);
    assert.match(first ?? 'nothing', expected);
  });
}

test('no text makes it throw', async () => {
  for (const text of [
    '',
    '- a',
    '{',
    'a: &x [*x]',
    'certificates: 5',
    'certificates:\n  a:',
    'issuers:\n  a: []',
    '__proto__: 1',
    '\0',
    'a: !!binary x',
    'certificates: {a: {names: [[]]}}',
  ]) {
    await readPlan('/p.yaml', text);
  }
});

test('anchors and merge keys are resolved', async () => {
  const { plan, diagnostics } = await readPlan(
    '/p.yaml',
    `issuers: { local: { type: local, permitted: ["*.test"] } }
certificates:
  a.test: &base { issuer: local, key: ecdsa-p384 }
  b.test: { <<: *base }
`,
  );
  assert.deepEqual(diagnostics, []);
  assert.equal(plan.certificates.get('b.test')?.key, 'ecdsa-p384');
});

test('what several certificates share may lie in a key of its own that begins with x-', async () => {
  const { plan, diagnostics } = await readPlan(
    '/p.yaml',
    `x-mine: &mine { issuer: local, key: rsa-3072 }
issuers: { local: { type: local, permitted: ["*.test"] } }
certificates:
  a.test: { <<: *mine }
  x-b.test: { <<: *mine }
`,
  );
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(
    [...plan.certificates.values()].map(({ name, key }) => [name, key]),
    [
      ['a.test', 'rsa-3072'],
      ['x-b.test', 'rsa-3072'],
    ],
  );
});

test('a blank in the path of a program is one, and a command as for a shell is told', async () => {
  const told = async (command: string) => {
    const after = JSON.stringify(command);
    return (await diagnose(`${issuers}certificates:\n  a.test: { issuer: local, after: ${after} }`)).length === 1;
  };
  for (const path of ['/opt/My Server/reload', 'C:\\Program Files\\nginx\\nginx.exe', '/Volumes/a b/c d/bin/run.sh'])
    assert.ok(!(await told(path)), path);
  for (const line of [
    '/usr/sbin/nginx -s reload',
    '/bin/sh tools/reload.sh',
    '/usr/local/bin/copy a/b c/d',
    '/opt/tool /srv/a/b',
    'sh tools/reload.sh',
    '/opt/x/systemctl reload nginx',
  ])
    assert.ok(await told(line), line);
});

test('listeners and DNS servers by port, name and address', async () => {
  for (const [text, host, port] of [
    [':80', undefined, 80],
    ['8080', undefined, 8080],
    ['127.0.0.1:8080', '127.0.0.1', 8080],
    ['"[::1]:80"', '::1', 80],
    ['localhost', 'localhost', 80],
    [':65535', undefined, 65535],
  ] as const) {
    const { plan } = await readPlan(
      '/p.yaml',
      `${issuers}certificates:\n  a.example.com: { issuer: staging, challenge: { listen: ${text} } }`,
    );
    const challenge = plan.certificates.get('a.example.com')?.challenge;
    assert.deepEqual(challenge, { type: 'http-01', how: 'listen', address: { host, port } }, text);
  }
});

test('a merge key takes a list of maps, of which the first wins', async () => {
  const text = `${issuers}certificates:
  a.example.com: &a { issuer: staging, key: rsa-2048, challenge: { webroot: w } }
  b.example.com: &b { issuer: staging, key: rsa-3072, profile: tlsserver, challenge: { webroot: v } }
  c.example.com: { <<: [*a, *b] }
`;
  const { plan, diagnostics } = await readPlan('/p.yaml', text);
  assert.deepEqual(diagnostics, []);
  const { key, profile } = plan.certificates.get('c.example.com') ?? {};
  assert.deepEqual([key, profile], ['rsa-2048', 'tlsserver']);
});
