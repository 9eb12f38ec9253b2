import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { parseAllDocuments } from 'yaml';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let place: Workplace;

before(async () => {
  pebble = await startPebble();
  place = createWorkplace();
});
after(async () => {
  await pebble.stop();
  place.remove();
});

const file = (name: string): string => join(place.folder, name);

/** The plan that was imported, with the issuer's own root, which no other client writes down. */
function usePlan(text: string): void {
  writeFileSync(
    file('tls-workbench.yaml'),
    text.replace('agreeToTerms: true', `agreeToTerms: true\n    ca: ${pebble.caFile}`),
  );
}

test('the commands for certbot issue, and what certbot then has is imported again', { timeout: 60_000 }, async () => {
  place.plan(
    pebble,
    `  site:
    names: [one.test, two.test]
    issuer: pebble
    challenge: { type: http-01, webroot: { one.test: "${pebble.webroot}", two.test: "${pebble.webroot}" } }
    key: ecdsa-p384
`,
    ', contact: [ops@example.test]',
  );
  const exported = await place.run('export', 'certbot');
  assert.equal(exported.code, 0, exported.stderr);
  const folders = ['config', 'work', 'logs'].map((kind) => `--${kind}-dir "${file(`certbot/${kind}`)}"`).join(' ');
  execFileSync('sh', ['-c', exported.stdout.replaceAll('certbot certonly', `certbot certonly ${folders}`)], {
    stdio: 'pipe',
    env: { ...process.env, REQUESTS_CA_BUNDLE: pebble.caFile },
  });
  const live = new X509Certificate(readFileSync(file('certbot/config/live/site/cert.pem')));
  assert.equal(live.subjectAltName, 'DNS:one.test, DNS:two.test');

  const imported = await place.run('import', 'certbot', 'certbot/config');
  assert.equal(imported.code, 0, imported.stderr);
  usePlan(imported.stdout);
  const current = await place.run('issue');
  assert.match(current.stdout, /site: current\. It is valid until/, current.stderr);
  const again = await place.run('issue', '--force');
  assert.equal(again.code, 0, again.stderr);
  const renewed = new X509Certificate(readFileSync(file('certbot/config/live/site/cert.pem')));
  assert.notEqual(renewed.serialNumber, live.serialNumber);
});

test('a port and a signing request of one’s own are told to certbot too', { timeout: 60_000 }, async () => {
  const bare = await startPebble({ nginx: false });
  try {
    const request = ['-subj', '/', '-addext', 'subjectAltName=DNS:csr.test', '-keyout', 'csr.key', '-out', 'csr.csr'];
    execFileSync('openssl', ['req', '-newkey', 'rsa:2048', '-nodes', ...request], { cwd: place.folder, stdio: 'pipe' });
    const listen = `challenge: { type: http-01, listen: "127.0.0.1:${bare.httpPort}" }`;
    place.plan(
      bare,
      `  own: { names: [csr.test], issuer: pebble, csr: csr.csr, ${listen}, output: { fullchain: csr.pem, certificate: csr.crt } }\n`,
      ', fallback: other }\n  other: { directory: "https://127.0.0.1:1/dir", agreeToTerms: true',
    );
    const exported = await place.run('export', 'certbot');
    assert.match(exported.stderr, /own: certbot renews no certificate of a signing request, and replaces no file/);
    assert.match(exported.stderr, /Issuer pebble: its fallback other was left out, since certbot asks one CA/);
    const folders = ['config', 'work', 'logs'].map((kind) => `--${kind}-dir "${file(`own/${kind}`)}"`).join(' ');
    execFileSync('sh', ['-c', exported.stdout.replace('certbot certonly', `certbot certonly ${folders}`)], {
      stdio: 'pipe',
      cwd: place.folder,
      env: { ...process.env, REQUESTS_CA_BUNDLE: bare.caFile },
    });
    for (const name of ['csr.pem', 'csr.crt'])
      assert.equal(new X509Certificate(readFileSync(file(name))).subjectAltName, 'DNS:csr.test');
    const caddy = await place.run('export', 'caddy');
    assert.equal(caddy.stdout.match(/issuer acme \{/g)?.length, 2);
    assert.match((await place.run('export', 'cert-manager')).stderr, /its fallback other was left out/);
  } finally {
    await bare.stop();
  }
});

test('a script that calls acme-tiny becomes a plan that issues', async () => {
  execFileSync(
    'openssl',
    [
      'req',
      '-new',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      'tiny.key',
      '-subj',
      '/CN=tiny.test',
      '-addext',
      'subjectAltName=DNS:tiny.test,DNS:www.tiny.test',
      '-out',
      'tiny.csr',
    ],
    { cwd: place.folder, stdio: 'pipe' },
  );
  mkdirSync(join(pebble.webroot, '.well-known/acme-challenge'), { recursive: true });
  writeFileSync(
    file('renew.sh'),
    `#!/bin/sh
python3 /etc/acme-tiny/acme-tiny.py \\
    --account-key "/etc/acme-tiny/account.key" --csr "${file('tiny.csr')}" \\
    --acme-dir "${pebble.webroot}/.well-known/acme-challenge" \\
    --directory-url ${pebble.directory} > ${file('tiny.crt')}
`,
  );
  const imported = await place.run('import', 'acme-tiny', 'renew.sh');
  assert.equal(imported.code, 0, imported.stderr);
  assert.match(imported.stderr, /account import ISSUER \/etc\/acme-tiny\/account\.key/);
  usePlan(imported.stdout);
  const issued = await place.run('issue');
  assert.equal(issued.code, 0, issued.stderr);
  assert.equal(new X509Certificate(readFileSync(file('tiny.crt'))).subjectAltName, 'DNS:tiny.test, DNS:www.tiny.test');
});

test('a lego command becomes a plan that issues', async () => {
  writeFileSync(
    file('crontab'),
    `0 4 * * * lego --path ${file('lego')} --server=${pebble.directory} --email ops@example.test -d lego.test -d www.lego.test -k ec384 --http --http.webroot ${pebble.webroot} renew --renew-hook "nginx -s reload"\n`,
  );
  const imported = await place.run('import', 'lego', 'crontab');
  assert.match(imported.stderr, /The hook "nginx -s reload" was left out/);
  usePlan(imported.stdout);
  const issued = await place.run('issue');
  assert.equal(issued.code, 0, issued.stderr);
  const certificate = new X509Certificate(readFileSync(file('lego/certificates/lego.test.crt')));
  assert.equal(certificate.subjectAltName, 'DNS:lego.test, DNS:www.lego.test');
  assert.equal(certificate.publicKey.asymmetricKeyDetails?.namedCurve, 'secp384r1');
});

test('an nginx configuration becomes a plan, and --write adds it to the one that is there', async () => {
  writeFileSync(
    file('nginx.conf'),
    `events {}
http {
  server { listen 80; server_name site.example.com www.site.example.com;
    location /.well-known/acme-challenge/ { alias /srv/http/acme-challenges/; }
    location / { return 301 https://$host$request_uri; } }
  server { listen 443 ssl; server_name site.example.com www.site.example.com;
    ssl_certificate /etc/nginx/ssl/site.crt; ssl_certificate_key /etc/nginx/ssl/site.key; }
}
`,
  );
  writeFileSync(file('mine.yaml'), '# Mine.\nissuers:\n  local: { type: local, permitted: ["*.test"] }\n');
  const outcome = await place.run('import', 'config', 'nginx.conf', '--plan', 'mine.yaml', '--write');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(
    readFileSync(file('mine.yaml'), 'utf8'),
    `# Mine.
issuers:
  local: { type: local, permitted: ["*.test"] }
  letsencrypt-staging:
    directory: letsencrypt-staging
    agreeToTerms: false
certificates:
  site.example.com:
    names: [site.example.com, www.site.example.com]
    issuer: letsencrypt-staging
    challenge: { type: http-01, challengeDirectory: /srv/http/acme-challenges }
    output: { fullchain: /etc/nginx/ssl/site.crt, key: /etc/nginx/ssl/site.key }
`,
  );
});

test('what certbot was told besides becomes a part of the plan, or is told', async () => {
  const server = 'https://ca.example.net/acme';
  const write = (name: string, ...lines: readonly string[]) =>
    writeFileSync(file(`renewal/${name}.conf`), `version = 4.0.0\n[renewalparams]\n${lines.join('\n')}\n`);
  mkdirSync(file('renewal'));
  write(
    'staple.example',
    `server = ${server}`,
    'authenticator = standalone',
    'http01_port = 8080',
    'http01_address = ::1',
    'required_profile = tlsserver',
    'must_staple = True',
    'key_type = ecdsa',
    'elliptic_curve = secp521r1',
  );
  write('nginx.example', 'authenticator = nginx', 'installer = nginx', 'autorenew = False', 'must_staple = True');
  write('big.example', `server = ${server}`, 'authenticator = standalone', 'key_type = rsa', 'rsa_key_size = 8192');
  const { stdout, stderr, code } = await place.run('import', 'certbot', 'renewal');
  assert.equal(code, 0, stderr);
  assert.match(stdout, /names: \[big\.example\].*listen: :80.*key: rsa-4096.*names: \[nginx\.example\]/s);
  assert.match(
    stdout,
    /names: \[staple\.example\].*listen: "\[::1\]:8080".*key: ecdsa-p384\n\s+mustStaple: true\n\s+profile: tlsserver/s,
  );
  assert.doesNotMatch(stdout.replace(/names: \[staple.*/s, ''), /mustStaple/);
  for (const told of [
    /staple\.example\.conf: a plan has no keys of type ecdsa-p521; ecdsa-p384 was taken\./,
    /big\.example\.conf: a plan has no keys of type rsa-8192; rsa-4096 was taken\./,
    /nginx\.example\.conf: its names could not be found, and nginx\.example was taken\. Complete them\.$/m,
    /nginx\.example\.conf: its installer nginx had the server read each new certificate\. Add after: /,
    /nginx\.example\.conf: certbot was told not to renew it \(autorenew = False\), and the plan does\./,
    /nginx\.example\.conf: OCSP Must-Staple was left out, since the CA refuses it\. It has had no OCSP/,
  ])
    assert.match(stderr, told);
});

test('lego’s bundles, keys and Must-Staple are kept', async () => {
  const command = `lego --path l --server=${pebble.directory} -d a.test -k RSA8192 --http run --must-staple --no-bundle`;
  writeFileSync(file('lego.sh'), `${command}\n`);
  const { stdout, stderr } = await place.run('import', 'lego', 'lego.sh');
  assert.match(stdout, /key: rsa-4096\n\s+mustStaple: true\n\s+output: \{ certificate: l\/certificates\/a\.test\.crt/);
  assert.match(stderr, /lego\.sh: a plan has no keys of type rsa-8192/);
});

test('scripts are read with the variables that they set, and what they set as they run is told', async () => {
  writeFileSync(
    file('lego.sh'),
    'mkdir -p /srv/lego\nexport LEGO_PATH=/srv/lego\nNAMES="-d a.test -d b.test"\nlego $NAMES --http run\n',
  );
  const lego = await place.run('import', 'lego', 'lego.sh');
  assert.match(lego.stdout, /names: \[a\.test, b\.test\][\s\S]* key: \/srv\/lego\/certificates\/a\.test\.key/);
  assert.match(lego.stderr, /account import ISSUER \/srv\/lego\n/);
  assert.doesNotMatch(lego.stderr, /names no domains/);
  // As the README of acme-tiny has it.
  const call = 'python acme_tiny.py --account-key $K --csr $1.csr --acme-dir /srv/acme > /srv/$1.crt.tmp || exit';
  writeFileSync(file('tiny.sh'), `#!/usr/bin/sh\nK=/etc/acme.key\n${call}\nmv /srv/$1.crt.tmp /srv/$1.crt\n`);
  const tiny = await place.run('import', 'acme-tiny', 'tiny.sh');
  assert.match(tiny.stdout, /fullchain: \/srv\/\$1\.crt \}/);
  assert.match(
    tiny.stderr,
    /tiny\.sh: \$1 is set as the script runs, and left as it stands\. Put the value in its place\./,
  );
  assert.match(tiny.stderr, /account import ISSUER \/etc\/acme\.key\n/);
});

test('what another program cannot be told is told, and certbot may ask for a record by hand', async () => {
  writeFileSync(
    file('tls-workbench.yaml'),
    `issuers: { corp: { directory: "https://127.0.0.1:1/dir", agreeToTerms: true } }
certificates:
  staple: { names: [s.example.com], issuer: corp, challenge: { listen: ":80" }, mustStaple: true, after: [nginx, -s, reload] }
  hand: { names: ["*.h.example.com"], issuer: corp, challenge: { type: dns-01 } }
  ip: { names: [93.184.216.34], issuer: corp, challenge: { listen: ":80" } }
  six: { names: [x.example.com], issuer: corp, challenge: { type: dns-01, rfc2136: { server: "[2001:db8::53]" } } }
`,
  );
  const certbot = await place.run('export', 'certbot');
  const [staple = '', hand = ''] = certbot.stdout.split('\n\n');
  assert.match(staple, /^certbot certonly --non-interactive \\\n.*--must-staple/s);
  assert.match(hand, /^certbot certonly \\\n.*--manual/s);
  assert.match(certbot.stderr, /ip: --ip-address needs certbot 5\.3 or later\./);
  const folders = ['config', 'work', 'logs'].map((kind) => `--${kind}-dir "${file(`hand/${kind}`)}"`).join(' ');
  const asked = spawnSync('sh', ['-c', hand.replace('certbot certonly', `certbot certonly ${folders}`)], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  assert.match(asked.stdout + asked.stderr, /127\.0\.0\.1/, 'it comes as far as the CA');
  const manager = await place.run('export', 'cert-manager');
  assert.match(manager.stdout, /nameserver: "?\[2001:db8::53\]:53/);
  assert.match(manager.stderr, /staple: mustStaple was left out: for cert-manager/);
  assert.match(manager.stderr, /staple: after was left out: have the Pod/);
  assert.match((await place.run('export', 'caddy')).stderr, /staple: mustStaple was left out: for Caddy/);
});

const varied = `issuers:
  staging: { directory: letsencrypt-staging, contact: [ops@example.com], agreeToTerms: true }
  bound: { directory: zerossl, agreeToTerms: true, eab: { kid: key-1 } }
  local: { type: local, permitted: [localhost, "*.test"] }
certificates:
  a: { names: [a.example.com, www.a.example.com], issuer: staging, challenge: { webroot: w }, key: rsa-3072, profile: tlsserver, preferredChain: "ISRG Root X1" }
  "*.b.example.com": { issuer: bound, challenge: { type: dns-01, rfc2136: { server: ns1.example.com, key: k } } }
  ip: { names: [93.184.216.34], issuer: staging, challenge: { listen: ":80" }, profile: shortlived }
  dev: { names: [dev.test], issuer: local }
`;

test('Caddy takes the exported Caddyfile', async () => {
  writeFileSync(file('tls-workbench.yaml'), varied);
  const { stdout, code } = await place.run('export', 'caddy');
  assert.equal(code, 0);
  writeFileSync(file('Caddyfile'), stdout);
  execFileSync('caddy', ['validate', '--adapter', 'caddyfile', '--config', file('Caddyfile')], {
    stdio: 'pipe',
    env: { ...process.env, HOME: place.folder, EAB_HMAC_KEY: 'c2VjcmV0' },
  });
});

test('the resources for cert-manager refer to each other', async () => {
  writeFileSync(file('tls-workbench.yaml'), varied);
  const { stdout, stderr } = await place.run('export', 'cert-manager');
  const resources = parseAllDocuments(stdout).map((document) => document.toJS());
  const issuers = resources.filter(({ kind }) => kind === 'Issuer').map(({ metadata }) => metadata.name);
  const certificates = resources.filter(({ kind }) => kind === 'Certificate');
  assert.deepEqual(issuers.sort(), [
    'bound-dns',
    'local',
    'local-root',
    'staging-isrg-root-x1-tlsserver',
    'staging-shortlived',
  ]);
  for (const { apiVersion, metadata, spec } of certificates) {
    assert.equal(apiVersion, 'cert-manager.io/v1');
    assert.match(metadata.name, /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
    assert.ok(issuers.includes(spec.issuerRef.name));
    assert.ok(spec.secretName);
  }
  assert.match(stderr, /put the TSIG secret of k under the key "secret" into a Secret called bound-dns-tsig/);
});

/** A resource of the package that `scripts/setup.mjs` installs, made from cert-manager's published schemas. */
interface Model {
  /** @throws Error naming the field that is wrong */
  validate(): void;
}

const schemas = resolve('.cache/cert-manager/node_modules/@kubernetes-models/cert-manager');

/** Names of all fields in a resource, at any depth. */
function fieldNames(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(fieldNames);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...fieldNames(inner)]);
}

test("cert-manager's published schemas take the exported resources", async () => {
  const keys = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096'];
  const others = keys.map((key) => `  "${key}.test": { issuer: local, key: ${key}, reuse: true }\n`).join('');
  writeFileSync(
    file('tls-workbench.yaml'),
    `${varied}  byhand: { names: ["*.c.example.com"], issuer: staging, challenge: { type: dns-01 } }\n${others}`,
  );
  const { stdout, stderr, code } = await place.run('export', 'cert-manager');
  assert.equal(code, 0, stderr);
  const models: Readonly<Record<string, new (resource: unknown) => Model>> = await import(
    pathToFileURL(join(schemas, 'cert-manager.io/v1/index.js')).href
  );
  const resources = parseAllDocuments(stdout).map((document) => document.toJS());
  assert.ok(resources.length > keys.length);
  for (const resource of resources) {
    const KindOfResource = models[resource.kind];
    assert.ok(KindOfResource, resource.kind);
    assert.doesNotThrow(() => new KindOfResource(resource).validate(), JSON.stringify(resource));
    // A cluster drops fields that it does not know without a word.
    const schema = readFileSync(join(schemas, `_schemas/CertManagerIoV1${resource.kind}.js`), 'utf8');
    for (const name of fieldNames(resource.spec)) assert.ok(schema.includes(`data.${name}`), name);
  }
  const [wrong] = resources.filter(({ kind }) => kind === 'Certificate');
  const { Certificate } = models;
  assert.ok(Certificate);
  assert.throws(() => new Certificate({ ...wrong, spec: { ...wrong.spec, usages: ['all'] } }).validate());
});
