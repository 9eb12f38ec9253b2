import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { appendFileSync, chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { parse } from 'yaml';
import { startCaddy } from '../support/caddy.ts';
import { createWorkplace, type Outcome, type Workplace } from '../support/issuance.ts';
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

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: 'pipe', cwd: place.folder });
}

/** All that the client got is current by the plan, and can be issued over its files. */
async function takeOver(imported: Outcome, names: readonly string[]): Promise<void> {
  assert.equal(imported.code, 0, imported.stderr);
  const text = imported.stdout.includes('ca: ')
    ? imported.stdout
    : imported.stdout.replace('agreeToTerms: true', `agreeToTerms: true\n    ca: ${pebble.caFile}`);
  writeFileSync(file('tls-workbench.yaml'), text);
  for (const [force, status] of [
    [[], 'current'],
    [['--force'], 'issued'],
  ] as const) {
    const { stdout, stderr } = await place.run('issue', '--format', 'json', ...force);
    const rows: readonly { readonly name: string; readonly status: string }[] = JSON.parse(stdout).certificates;
    assert.deepEqual(
      rows,
      rows.map((row) => ({ ...row, status })),
      stderr,
    );
    assert.deepEqual(
      rows.map(({ name }) => name),
      names,
    );
  }
}

test('what a real acme.sh has becomes a plan by which all of it is current', { timeout: 120_000 }, async () => {
  const home = file('acme.sh');
  const common = ['--issue', '--home', home, '--server', pebble.directory, '--ca-bundle', pebble.caFile];
  const webroot = ['--webroot', pebble.webroot];
  const installed = ['--key-file', file('installed.key'), '--fullchain-file', file('installed.pem')];
  run('acme.sh', [
    ...common,
    '-d',
    'sh.test',
    '-d',
    'www.sh.test',
    ...webroot,
    ...installed,
    '--reloadcmd',
    'true "a b"',
  ]);
  run('acme.sh', [...common, '-d', 'sh.test', '-k', '2048', ...webroot, '--always-force-new-domain-key']);
  run('acme.sh', [...common, '-d', 'alpn.test', '--alpn', '--tlsport', String(pebble.tlsPort)]);
  mkdirSync(join(home, 'dns.test_ecc'));
  const failed = "Le_Domain='dns.test'\nLe_Alt='no'\nLe_Webroot='dns_cf'\n";
  writeFileSync(join(home, 'dns.test_ecc/dns.test.conf'), failed);

  const imported = await place.run('import', 'acme.sh', 'acme.sh');
  const { certificates } = parse(imported.stdout);
  assert.deepEqual(certificates['sh.test'], {
    names: ['sh.test'],
    issuer: '127.0.0.1',
    challenge: { type: 'http-01', webroot: pebble.webroot },
    key: 'rsa-2048',
    output: { key: join(home, 'sh.test/sh.test.key'), fullchain: join(home, 'sh.test/fullchain.cer') },
  });
  const ecc = certificates['sh.test_ecc'];
  assert.deepEqual(
    [ecc.names, ecc.reuse, ecc.output],
    [['sh.test', 'www.sh.test'], true, { key: file('installed.key'), fullchain: file('installed.pem') }],
  );
  assert.deepEqual(certificates['alpn.test'].challenge, { type: 'tls-alpn-01', listen: `:${pebble.tlsPort}` });
  assert.match(imported.stderr, /its hook "true "a b"" was left out\. Add it as after:/);
  assert.match(imported.stderr, /dns\.test\.conf was left out: acme\.sh has got no certificate by it yet/);
  await takeOver(imported, ['alpn.test', 'sh.test', 'sh.test_ecc']);

  appendFileSync(join(home, 'dns.test_ecc/dns.test.conf'), "Le_CertCreateTime='1'\nLe_API='letsencrypt'\n");
  const dns = await place.run('import', 'acme.sh', 'acme.sh/dns.test_ecc');
  assert.deepEqual(parse(dns.stdout).certificates['dns.test'].challenge, { type: 'dns-01' });
  assert.match(dns.stderr, /the DNS provider dns_cf has no counterpart/);
});

test('what a real dehydrated has becomes a plan by which all of it is current', { timeout: 120_000 }, async () => {
  const folder = file('dehydrated');
  const wellKnown = join(pebble.webroot, '.well-known/acme-challenge');
  mkdirSync(join(folder, 'var/certs/second'), { recursive: true });
  mkdirSync(wellKnown, { recursive: true });
  writeFileSync(
    join(folder, 'config'),
    `BASEDIR="${folder}/var"\nDOMAINS_TXT='${folder}/domains.txt'\nCA="${pebble.directory}"\nWELLKNOWN=${wellKnown}\nCURL_OPTS="--cacert ${pebble.caFile}"\nexport CONTACT_EMAIL=a@example.test\nHOOK="\${BASEDIR}/hook.sh"\n`,
  );
  writeFileSync(join(folder, 'domains.txt'), '# Ours.\nfirst.test www.first.test\n\nsecond.test > second\n');
  writeFileSync(join(folder, 'var/certs/second/config'), 'KEY_ALGO=rsa\nKEYSIZE="3072"\nPRIVATE_KEY_RENEW="no"\n');
  writeFileSync(join(folder, 'var/hook.sh'), '#!/bin/sh\n');
  chmodSync(join(folder, 'var/hook.sh'), 0o755);
  run('dehydrated', ['--register', '--accept-terms', '-f', join(folder, 'config')]);
  run('dehydrated', ['--cron', '-f', join(folder, 'config')]);

  const imported = await place.run('import', 'dehydrated', 'dehydrated');
  const { certificates } = parse(imported.stdout);
  assert.deepEqual(certificates['first.test'], {
    names: ['first.test', 'www.first.test'],
    issuer: '127.0.0.1',
    challenge: { type: 'http-01', webroot: pebble.webroot },
    key: 'ecdsa-p384',
    output: Object.fromEntries(
      [
        ['certificate', 'cert'],
        ['key', 'privkey'],
        ['chain', 'chain'],
        ['fullchain', 'fullchain'],
      ].map(([kind, name]) => [kind, `${folder}/var/certs/first.test/${name}.pem`]),
    ),
  });
  assert.deepEqual([certificates.second.key, certificates.second.reuse], ['rsa-3072', true]);
  assert.match(imported.stderr, /what the hook .*\/var\/hook\.sh does for deploy_cert was left out/);
  await takeOver(imported, ['first.test', 'second']);
});

test('what a real Caddy has becomes a plan by which all of it is current', { timeout: 60_000 }, async () => {
  const data = file('home/.local/share/caddy');
  mkdirSync(data, { recursive: true });
  startCaddy(pebble, data, 'A.caddy.test, b.caddy.test', 'email a@example.test', 'tls {\nkey_type rsa2048\n}');
  startCaddy(pebble, data, 'b.caddy.test', 'email a@example.test');
  startCaddy(pebble, data, 'own.caddy.test', '', 'tls internal');

  const imported = await place.run('import', 'caddy', 'home');
  const { issuers, certificates } = parse(imported.stdout);
  const folder = join(data, 'certificates', new URL(pebble.directory).host.replace(':', '-').concat('-dir'));
  assert.deepEqual(issuers['127.0.0.1'].contact, ['a@example.test']);
  assert.deepEqual(certificates['a.caddy.test'], {
    names: ['a.caddy.test'],
    issuer: '127.0.0.1',
    challenge: { type: 'http-01', webroot: '/var/www/html' },
    key: 'rsa-2048',
    output: {
      fullchain: join(folder, 'a.caddy.test/a.caddy.test.crt'),
      key: join(folder, 'a.caddy.test/a.caddy.test.key'),
    },
  });
  assert.match(
    imported.stderr,
    /own\.caddy\.test\.crt was left out: its CA "local" is none that Caddy reached by ACME/,
  );
  assert.match(imported.stderr, new RegExp(`${pebble.directory} was made of the name of the folder`));
  const stdout = imported.stdout.replaceAll('/var/www/html', pebble.webroot);
  await takeOver({ ...imported, stdout }, ['a.caddy.test', 'b.caddy.test']);
});

test('what a real lego has kept becomes a plan by which all of it is current', { timeout: 60_000 }, async () => {
  const folder = file('own/.lego');
  const common = ['--server', pebble.directory, '--email', 'a@example.test', '--accept-tos', '--path', folder];
  const options = [...common, '--http', '--http.webroot', pebble.webroot];
  const env = { ...process.env, LEGO_CA_CERTIFICATES: pebble.caFile };
  for (const more of [
    ['-d', 'first.lego.test', '-d', 'www.lego.test', '--pem', 'run'],
    ['-d', 'second.lego.test', '-k', 'rsa2048', 'run', '--no-bundle'],
  ])
    execFileSync('lego', [...options, ...more], { stdio: 'pipe', env });

  const imported = await place.run('import', 'lego', 'own');
  const { issuers, certificates } = parse(imported.stdout);
  const base = join(folder, 'certificates');
  assert.deepEqual(issuers['127.0.0.1'].contact, ['a@example.test']);
  assert.deepEqual(certificates['first.lego.test'], {
    names: ['first.lego.test', 'www.lego.test'],
    issuer: '127.0.0.1',
    challenge: { type: 'http-01', listen: ':80' },
    key: 'ecdsa-p256',
    output: {
      fullchain: join(base, 'first.lego.test.crt'),
      key: join(base, 'first.lego.test.key'),
      chain: join(base, 'first.lego.test.issuer.crt'),
      combined: join(base, 'first.lego.test.pem'),
    },
  });
  const { key, output } = certificates['second.lego.test'];
  assert.deepEqual([key, output.certificate], ['rsa-2048', join(base, 'second.lego.test.crt')]);
  assert.match(imported.stderr, /\/directory was made of the address of a certificate/);
  assert.match(imported.stderr, new RegExp(`account import ISSUER ${folder}`));
  const stdout = imported.stdout
    .replace(new RegExp(`${new URL(pebble.directory).origin}/directory`), pebble.directory)
    .replaceAll('listen: :80', `webroot: ${pebble.webroot}`);
  await takeOver({ ...imported, stdout }, ['first.lego.test', 'second.lego.test']);
  for (const path of [folder, base]) assert.equal((await place.run('import', 'lego', path)).stdout, imported.stdout);
  assert.match((await place.run('import', 'lego', place.folder)).stderr, /holds no certificate of lego/);

  const request = ['req', '-newkey', 'rsa:2048', '-nodes', '-keyout', file('by.key'), '-subj', '/CN=by.lego.test'];
  execFileSync('openssl', [...request, '-addext', 'subjectAltName=DNS:by.lego.test', '-out', file('by.csr')], {
    stdio: 'pipe',
  });
  execFileSync('lego', [...options, '--csr', file('by.csr'), 'run'], { stdio: 'pipe', env });
  writeFileSync(join(base, 'nobody.json'), '{ "certUrl": "https://ca.example/1" }');
  const nobody = ['-newkey', 'ed25519', '-nodes', '-keyout', '/dev/null', '-subj', '/CN=x'];
  execFileSync('openssl', ['req', '-x509', ...nobody, '-out', join(base, 'nobody.crt')], { stdio: 'pipe' });
  const more = await place.run('import', 'lego', folder);
  assert.match(more.stderr, /by\.lego\.test: lego was given a request \(--csr\)/);
  assert.match(more.stderr, /nobody\.json was left out/);
  const { 'by.lego.test': by, ...others } = parse(more.stdout).certificates;
  assert.equal(by.output.key, undefined, 'a new key would not be the one that servers read');
  assert.deepEqual(Object.keys(others).sort(), ['first.lego.test', 'second.lego.test']);
});

test('what the acme.json of Traefik holds becomes a plan by which it can be issued, and its account is taken over', async () => {
  mkdirSync(file('old'));
  writeFileSync(
    file('tls-workbench.yaml'),
    `issuers: { pebble: { directory: "${pebble.directory}", ca: ${pebble.caFile}, agreeToTerms: true } }
certificates: { t: { names: [t.test, www.t.test], issuer: pebble, key: ecdsa-p384, challenge: { webroot: ${pebble.webroot} } } }
`,
  );
  assert.equal((await place.run('issue', '--state', file('old'))).code, 0);
  // An account by the kind of key that Traefik makes.
  const [folder = ''] = readdirSync(file('old/accounts'));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  rmSync(file(`old/accounts/${folder}/account.json`));
  writeFileSync(file(`old/accounts/${folder}/account.key`), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  assert.equal((await place.run('account', 'create', 'pebble', '--state', file('old'))).code, 0);
  const { url } = JSON.parse(readFileSync(file(`old/accounts/${folder}/account.json`), 'utf8'));
  const certificates = [
    {
      domain: { main: 't.test', sans: ['www.t.test'] },
      certificate: readFileSync(file('tls/t.fullchain.pem')).toString('base64'),
      key: readFileSync(file('tls/t.key')).toString('base64'),
      Store: 'default',
    },
    { domain: { main: '*.w.test' }, certificate: '', key: '', Store: 'default' },
  ];
  mkdirSync(file('traefik/data'), { recursive: true });
  writeFileSync(file('traefik/data/acme.json'), traefikStore(url, certificates, privateKey));
  writeFileSync(
    file('traefik/traefik.yml'),
    `certificatesResolvers: { le: { acme: { caServer: "${pebble.directory}", storage: acme.json, httpChallenge: { entryPoint: web } } } }\n`,
  );

  const imported = await place.run('import', 'traefik', 'traefik');
  const { issuers, certificates: found } = parse(imported.stdout);
  assert.deepEqual(
    [issuers['127.0.0.1'].directory, issuers['127.0.0.1'].contact],
    [pebble.directory, ['a@example.test']],
  );
  assert.deepEqual(found['t.test'], {
    names: ['t.test', 'www.t.test'],
    issuer: '127.0.0.1',
    challenge: { type: 'http-01', webroot: '/var/www/html' },
    key: 'ecdsa-p384',
  });
  assert.deepEqual(found['*.w.test'].challenge, { type: 'dns-01' });
  assert.match(imported.stderr, /the first run orders new ones, and writes files/);
  const text = imported.stdout.replace('/var/www/html', pebble.webroot);
  writeFileSync(
    file('tls-workbench.yaml'),
    text.replace('agreeToTerms: true', `agreeToTerms: true\n    ca: ${pebble.caFile}`),
  );
  const account = await place.run(
    'account',
    'import',
    '127.0.0.1',
    'traefik',
    '--state',
    file('new'),
    '--format',
    'json',
  );
  assert.match(JSON.parse(account.stdout).url, /my-account/, account.stderr);
  const { code, stderr } = await place.run('issue', 't.test', '--state', file('new'));
  assert.equal(code, 0, stderr);
});

test('the CA of a Traefik without a configuration is told by its account, and one without an account is left out', async () => {
  mkdirSync(file('alone'));
  const certificates = [{ domain: { main: 'a.example.com' }, certificate: 'AAAA', key: 'AAAA' }];
  for (const [url, directory] of [
    ['https://acme-v02.api.letsencrypt.org/acme/acct/1', 'letsencrypt'],
    ['https://ca.test/acme/acme/account/x', 'https://ca.test/acme/acme/directory'],
  ] as const) {
    writeFileSync(file('alone/acme.json'), traefikStore(url, certificates));
    const { stdout, stderr } = await place.run('import', 'traefik', 'alone/acme.json');
    const { issuers } = parse(stdout);
    assert.deepEqual(
      Object.values(issuers).map((issuer) => (issuer as { directory: string }).directory),
      [directory],
    );
    assert.match(stderr, /There is no traefik\.yml beside/);
  }
  writeFileSync(file('alone/acme.json'), '{ "le": { "Account": null, "Certificates": null } }');
  assert.match(
    (await place.run('import', 'traefik', 'alone')).stderr,
    /Resolver le was left out: it has no account yet/,
  );
  writeFileSync(file('alone/acme.json'), '{ "a": 1 }');
  const { code, stderr } = await place.run('import', 'traefik', 'alone');
  assert.match(`${code} ${stderr}`, /^2 .*alone holds no certificate of Traefik, or cannot be read\./);
});

test('of Traefik certificates that begin with one name are all taken over, also beside a configuration that is no YAML', async () => {
  mkdirSync(file('alike'));
  const url = 'https://acme-v02.api.letsencrypt.org/acme/acct/1';
  const certificates = [[], ['w.a.test'], ['v.a.test']].map((sans) => ({ domain: { main: 'a.test', sans } }));
  writeFileSync(file('alike/acme.json'), traefikStore(url, certificates));
  writeFileSync(file('alike/traefik.yml'), 'certificatesResolvers: { le: *missing }\n');
  const { stdout, stderr } = await place.run('import', 'traefik', 'alike');
  assert.deepEqual(Object.keys(parse(stdout).certificates), ['a.test', 'a.test-le', 'a.test-le-2']);
  assert.match(stderr, /alike\/traefik\.yml was left out: it is no YAML \(Unresolved alias .*missing\)/);
  writeFileSync(file('alike/acme.json'), traefikStore('mailto:x', certificates));
  const nothing = await place.run('import', 'traefik', 'alike');
  assert.match(nothing.stderr, /Resolver le was left out: it has no account/);
  assert.deepEqual([nothing.code, nothing.stdout], [2, '']);
});

/** As Traefik 3 writes it for its resolver `le`. */
function traefikStore(uri: string, certificates: readonly object[], key?: KeyObject): string {
  const Account = {
    Email: 'a@example.test',
    Registration: { body: { status: 'valid', contact: ['mailto:a@example.test'] }, uri },
    PrivateKey: key?.export({ type: 'pkcs1', format: 'der' }).toString('base64') ?? '',
    KeyType: '4096',
  };
  return JSON.stringify({ le: { Account, Certificates: certificates } }, null, 2);
}

test('the hooks that certbot runs for all are told', async () => {
  mkdirSync(file('certbot/renewal'), { recursive: true });
  mkdirSync(file('certbot/renewal-hooks/deploy'), { recursive: true });
  writeFileSync(file('certbot/renewal/a.test.conf'), '[renewalparams]\nauthenticator = standalone\n');
  for (const [name, mode] of [
    ['reload', 0o755],
    ['reload~', 0o755],
    ['README', 0o644],
  ] as const) {
    writeFileSync(file(`certbot/renewal-hooks/deploy/${name}`), '#!/bin/sh\n');
    chmodSync(file(`certbot/renewal-hooks/deploy/${name}`), mode);
  }
  const { stderr } = await place.run('import', 'certbot', 'certbot');
  const told = stderr.split('\n').filter((line) => line.includes('renewal-hooks'));
  const hook = file('certbot/renewal-hooks/deploy/reload');
  assert.deepEqual(told, [`The hook ${hook}, which certbot runs for all, was left out. Add it as after: [${hook}].`]);
});
