import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { rootCertificates } from 'node:tls';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';
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

const webroot = (): string => `challenge: { type: http-01, webroot: "${pebble.webroot}" }`;

test('a certificate is issued through a real web server, kept while current, and its traces are removed', async () => {
  place.plan(
    pebble,
    `  example.test:
    names: [example.test, www.example.test]
    issuer: pebble
    ${webroot()}
    output: { certificate: tls/a.crt, key: tls/a.key, chain: tls/a.chain.pem, fullchain: tls/a.full.pem, combined: tls/a.pem }
`,
  );
  const first = await place.run('issue', '--format', 'json');
  assert.equal(first.code, 0, first.stderr);
  const row = onlyRow(first);
  assert.equal(row['status'], 'issued');
  assert.deepEqual(row['files'], {
    certificate: 'tls/a.crt',
    key: 'tls/a.key',
    chain: 'tls/a.chain.pem',
    fullchain: 'tls/a.full.pem',
    combined: 'tls/a.pem',
  });
  const certificate = new X509Certificate(readFileSync(join(place.folder, 'tls/a.crt')));
  assert.equal(certificate.subjectAltName, 'DNS:example.test, DNS:www.example.test');
  assert.equal(statSync(join(place.folder, 'tls/a.key')).mode & 0o777, 0o600);
  assert.equal(statSync(join(place.folder, 'tls/a.pem')).mode & 0o777, 0o600);
  assert.equal(statSync(join(place.folder, 'state')).mode & 0o777, 0o700);
  assert.ok(!existsSync(join(pebble.webroot, '.well-known')), 'the challenge folder is gone');
  assert.match(pebble.webLog(), /GET \/\.well-known\/acme-challenge\/\S+ HTTP\/1\.1" 200/);
  assert.deepEqual(readdirSync(join(place.folder, 'state', 'orders')), []);
  assert.deepEqual(readdirSync(join(place.folder, 'state', 'challenges')), []);
  assert.equal(readdirSync(join(place.folder, 'tls')).length, 5);

  const second = await place.run('renew', '--format', 'json');
  assert.equal(second.code, 0, second.stderr);
  assert.equal(onlyRow(second)['status'], 'current');
});

test('a renewal window of the CA that has come renews, and the new order names the old certificate', async () => {
  const before = readFileSync(join(place.folder, 'tls/a.crt'), 'utf8');
  const due = await place.run(
    'renew',
    '--now',
    new Date(Date.now() + 4.5 * 365 * 86_400_000).toISOString(),
    '--format',
    'json',
  );
  assert.equal(due.code, 0, due.stderr);
  assert.equal(onlyRow(due)['status'], 'issued');
  assert.match(String(onlyRow(due)['reason']), /^The CA asks for its renewal from /);
  assert.notEqual(readFileSync(join(place.folder, 'tls/a.crt'), 'utf8'), before);
});

test('a dry run issues for trying and touches no live file', async () => {
  const before = readFileSync(join(place.folder, 'tls/a.crt'), 'utf8');
  const outcome = await place.run('issue', '--dry-run', '--force', '--format', 'json');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(onlyRow(outcome)['dryRun'], true);
  assert.equal(readFileSync(join(place.folder, 'tls/a.crt'), 'utf8'), before);
  assert.equal(readdirSync(join(place.folder, 'tls')).length, 5);
  assert.deepEqual(readdirSync(join(place.folder, 'state', 'orders')), []);
});

test('changed names are issued again, the same key is kept where the plan says so', async () => {
  place.plan(
    pebble,
    `  example.test:
    names: [example.test, new.example.test]
    issuer: pebble
    reuse: true
    ${webroot()}
    output: { certificate: tls/a.crt, key: tls/a.key }
`,
  );
  const key = readFileSync(join(place.folder, 'tls/a.key'), 'utf8');
  const outcome = await place.run('issue', '--format', 'json');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(onlyRow(outcome)['reason'], 'The plan names new.example.test, which it lacks.');
  assert.equal(readFileSync(join(place.folder, 'tls/a.key'), 'utf8'), key);
});

test('two plans that write the same file do not order in turn for ever', async () => {
  const shared = (name: string) =>
    `  ${name}: { names: [${name}.test], issuer: pebble, ${webroot()}, output: { fullchain: same.pem, key: same.key } }\n`;
  place.plan(pebble, shared('ours'));
  assert.equal((await place.run('renew')).code, 0);
  const file = join(place.folder, 'tls-workbench.yaml');
  writeFileSync(join(place.folder, 'other.yaml'), readFileSync(file, 'utf8').replaceAll('ours', 'theirs'));
  assert.equal((await place.run('renew', '--plan', 'other.yaml')).code, 0);
  const again = await place.run('renew', '--format', 'json');
  assert.equal(again.code, 1);
  assert.equal(onlyRow(again).error?.type, 'output-shared');
  assert.match(
    onlyRow(again).error?.detail ?? '',
    /same\.pem holds certificate "theirs" of \S+other\.yaml, which took the place of this one: .* Give each its own file/,
  );
  assert.equal((await place.run('renew', '--plan', 'other.yaml')).code, 0);
  // Whoever renames a certificate, or gives up a plan, is alone with the file.
  rmSync(join(place.folder, 'other.yaml'));
  assert.equal((await place.run('renew')).code, 0);
  place.plan(pebble, shared('theirs'));
  assert.equal((await place.run('renew')).code, 0);
});

test('two plans that share but one of their files do not order in turn for ever', async () => {
  const shared = (name: string) =>
    `  ${name}: { names: [${name}.test], issuer: pebble, ${webroot()}, output: { certificate: ${name}.crt, key: ${name}.key, fullchain: half.pem } }\n`;
  place.plan(pebble, shared('mine'));
  assert.equal((await place.run('renew')).code, 0);
  const file = join(place.folder, 'tls-workbench.yaml');
  const other = join(place.folder, 'half.yaml');
  writeFileSync(other, readFileSync(file, 'utf8').replaceAll('mine', 'yours'));
  assert.equal((await place.run('renew', '--plan', 'half.yaml')).code, 0);
  const again = await place.run('renew', '--format', 'json');
  assert.equal(onlyRow(again).error?.type, 'output-shared');
  assert.match(onlyRow(again).error?.detail ?? '', /half\.pem holds certificate "yours" of \S+half\.yaml, which took/);
  assert.equal((await place.run('issue', '--force')).code, 0, 'as the message says');
  rmSync(other);
  assert.equal((await place.run('renew')).code, 0);
});

test('nor do they write it in turn, where the others hold all of it', async () => {
  const shared = `  left: { names: [left.test], issuer: pebble, ${webroot()}, output: { certificate: left.crt, key: left.key, chain: left.chain, fullchain: both.pem } }\n`;
  place.plan(pebble, shared);
  assert.equal((await place.run('renew')).code, 0);
  const text = readFileSync(join(place.folder, 'tls-workbench.yaml'), 'utf8');
  const other = join(place.folder, 'right.yaml');
  writeFileSync(other, text.replaceAll('left', 'right'));
  assert.equal((await place.run('renew', '--plan', 'right.yaml')).code, 0);
  const written = readFileSync(join(place.folder, 'both.pem'), 'utf8');
  assert.equal(onlyRow(await place.run('renew', '--format', 'json')).error?.type, 'output-shared');
  assert.equal(onlyRow(await place.run('renew', '--plan', 'right.yaml', '--format', 'json'))['status'], 'current');
  assert.equal(readFileSync(join(place.folder, 'both.pem'), 'utf8'), written);
  rmSync(other);
  assert.match(String(onlyRow(await place.run('renew', '--format', 'json'))['reason']), /^Wrote .*both\.pem out of/);
});

test('what stands against a proof on this machine is told before an order is spent, also by a dry run', async () => {
  const before = pebble.count(orders);
  const refused = async (challenge: string, message: RegExp) => {
    place.plan(pebble, `  lost.test: { issuer: pebble, challenge: { ${challenge} } }\n`);
    for (const args of [[], ['--dry-run']]) {
      const { code, stderr } = await place.run('issue', ...args);
      assert.equal(code, 1);
      assert.match(stderr, message);
    }
  };
  await refused('webroot: nowhere', /lost\.test: failed: The web root \S+\/nowhere does not exist\./);
  await refused('challengeDirectory: nowhere', /The challenge folder \S+\/nowhere does not exist\./);
  await refused('listen: "203.0.113.9:8080"', /this machine has no such address\. Correct listen/);
  await refused('type: tls-alpn-01, listen: "203.0.113.9:8080"', /this machine has no such address\. Correct listen/);
  await refused('type: dns-01, command: ["true"]', /not trusted yet.*--trust/);
  const update = '{ server: "127.0.0.1:9", key: k }';
  await refused(`type: dns-01, rfc2136: ${update}`, /Set the environment variable TLS_WORKBENCH_TSIG_K/);
  assert.equal(pebble.count(orders) - before, 0);
});

const orders = /Added order/g;

test('nothing is written through a symbolic link below the web root', async () => {
  const root = join(place.folder, 'linked');
  const elsewhere = join(place.folder, 'elsewhere');
  mkdirSync(root);
  mkdirSync(elsewhere);
  symlinkSync(elsewhere, join(root, '.well-known'));
  place.plan(pebble, '  linked.test: { issuer: pebble, challenge: { type: http-01, webroot: linked } }\n');
  const { code, stderr } = await place.run('issue');
  assert.equal(code, 1);
  assert.match(stderr, /linked\/\.well-known is a symbolic link/);
  assert.deepEqual(readdirSync(elsewhere), []);
});

test("a name that the web server does not serve fails with the CA's reason", async () => {
  const root = join(place.folder, 'wrong');
  mkdirSync(root);
  place.plan(pebble, '  wrong.test: { issuer: pebble, challenge: { type: http-01, webroot: wrong } }\n');
  const outcome = await place.run('issue', '--format', 'json');
  assert.equal(outcome.code, 1);
  const { error } = onlyRow(outcome);
  assert.equal(error?.type, 'urn:ietf:params:acme:error:unauthorized');
  assert.match(error?.detail ?? '', /^wrong\.test could not be validated: .*404/);
  assert.match(error?.detail ?? '', /Let the web server of wrong\.test answer there from \S+acme-challenge/);
  assert.deepEqual(readdirSync(root), []);
});

test('all names that could not be validated are told at once, and how long there is to mend it', async () => {
  mkdirSync(join(place.folder, 'nobody'));
  const entry = (folder: string): string =>
    `  shop: { names: [shop.test, a.shop.test, b.shop.test], issuer: pebble, challenge: { webroot: { shop.test: "${pebble.webroot}", a.shop.test: ${folder}, b.shop.test: ${folder} } } }\n`;
  place.plan(pebble, entry(`"${pebble.webroot}"`));
  assert.equal((await place.run('issue')).code, 0);
  const { notAfter } = onlyRow(await place.run('issue', '--format', 'json'));
  place.plan(pebble, entry('nobody'));
  const failed = await place.run('issue', '--force', '--quiet');
  assert.equal(failed.code, 1);
  assert.match(
    failed.stderr,
    /(a|b)\.shop\.test could not be validated: .* Nor could (?!\1)[ab]\.shop\.test \(unauthorized\)\. /,
  );
  assert.match(failed.stderr, / The certificate in place is valid until \S+ \S+ UTC\.\n$/);
  const row = onlyRow(await place.run('issue', '--force', '--format', 'json'));
  assert.deepEqual([row['status'], row['notAfter']], ['failed', notAfter]);
  const last = readFileSync(join(place.folder, 'state/history.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? '';
  assert.deepEqual(JSON.parse(last).failedNames.toSorted(), ['a.shop.test', 'b.shop.test'], 'limits count these alone');
  const late = await place.run('issue', '--now', '2050-01-01T00:00:00Z', '--quiet');
  assert.match(late.stderr, / The certificate in place ended on /);
});

test('the signing request of the user is taken as it is', async () => {
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'own.key'];
  const request = () =>
    execFileSync(
      'openssl',
      ['req', ...key, '-subj', '/', '-addext', 'subjectAltName=DNS:own.test', '-out', 'own.csr'],
      {
        cwd: place.folder,
        stdio: 'pipe',
      },
    );
  request();
  place.plan(
    pebble,
    `  own: { names: [own.test], issuer: pebble, csr: own.csr, ${webroot()}, output: { fullchain: own.pem } }\n`,
  );
  const outcome = await place.run('issue');
  assert.equal(outcome.code, 0, outcome.stderr);
  const certificate = new X509Certificate(readFileSync(join(place.folder, 'own.pem')));
  assert.equal(certificate.publicKey.asymmetricKeyType, 'rsa');
  assert.ok(!existsSync(join(place.folder, 'tls/own.key')));
  const renewed = async () => onlyRow(await place.run('renew', '--format', 'json'));
  assert.equal((await renewed())['status'], 'current');
  request();
  // In words too, as `openssl req -text` writes it.
  const words = execFileSync('openssl', ['req', '-in', 'own.csr', '-text'], { cwd: place.folder });
  writeFileSync(join(place.folder, 'own.csr'), words);
  const row = await renewed();
  assert.match(String(row['reason']), /own\.csr asks for another key than it has\./);
  assert.equal((await renewed())['status'], 'current');
});

test('a signing request with its name in the subject alone is told of where the CA does not look there', async () => {
  const csr = join(place.folder, 'subject.csr');
  const subject = ['-subj', '/CN=subject.test', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  execFileSync('openssl', ['req', '-new', ...subject, '-keyout', '/dev/null', '-out', csr], { stdio: 'pipe' });
  place.plan(
    pebble,
    `  subject: { names: [subject.test], issuer: pebble, ${webroot()}, csr: subject.csr, output: { fullchain: s.pem } }\n`,
  );
  const { error } = onlyRow(await place.run('issue', '--format', 'json'));
  assert.match(
    error?.detail ?? '',
    /subject\.csr has its name in the subject alone, .* create it again with "-addext subj/,
  );
  const entry = `names: [other.test], issuer: pebble, ${webroot()}, csr: subject.csr, output: { fullchain: s.pem }`;
  place.plan(pebble, `  other: { ${entry} }\n`);
  const { stderr } = await place.run('issue');
  assert.match(stderr, /differ: other\.test only in the plan, and subject\.test only in the request\. Make them/);
});

test('a signing request with Must-Staple is refused for a CA that would refuse it at the end of the order', async () => {
  const names = ['-addext', 'subjectAltName=DNS:staple.example.com', '-addext', 'tlsfeature=status_request'];
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', 'staple.key'];
  execFileSync('openssl', ['req', ...key, '-subj', '/', ...names, '-out', 'staple.csr'], {
    cwd: place.folder,
    stdio: 'pipe',
  });
  writeFileSync(
    join(place.folder, 'staple.yaml'),
    `issuers: { staging: { directory: letsencrypt-staging, agreeToTerms: true } }
certificates: { staple.example.com: { issuer: staging, csr: staple.csr, ${webroot()} } }
`,
  );
  const { code, stderr } = await place.run('issue', '--plan', 'staple.yaml');
  assert.equal(code, 1);
  assert.match(
    stderr,
    /staple\.csr asks for OCSP Must-Staple, which Let's Encrypt \(staging\) refuses\. It has had no OCSP/,
  );
});

test('a CA that is down, or whose root is not known, is named with the next step', async () => {
  const certificates = `  a.test: { issuer: pebble, ${webroot()} }\n`;
  place.plan({ ...pebble, directory: 'https://127.0.0.1:1/dir' }, certificates);
  assert.match(
    (await place.run('issue')).stderr,
    /a\.test: failed: Issuer pebble: https:\/\/127\.0\.0\.1:1\/dir cannot be reached: connection refused\. Check the directory URL/,
  );
  writeFileSync(
    join(place.folder, 'tls-workbench.yaml'),
    `issuers:\n  pebble: { directory: "${pebble.directory}", agreeToTerms: true }\ncertificates:\n${certificates}`,
  );
  assert.match((await place.run('issue')).stderr, /not trusted here .* Name the CA's own root with "ca: FILE"/);
  const file = join(place.folder, 'other.pem');
  place.plan({ ...pebble, caFile: file }, certificates);
  assert.match((await place.run('issue')).stderr, /its ca file \S+other\.pem does not exist\. Correct the path/);
  writeFileSync(file, 'no certificate');
  assert.match(
    (await place.run('issue')).stderr,
    /its ca file \S+other\.pem holds no certificate that can be read\. Name the file of the CA’s own root\./,
  );
  const pkcs12 = (password: string, ...how: readonly string[]) =>
    execFileSync('openssl', [
      'pkcs12',
      '-export',
      '-nokeys',
      '-in',
      pebble.caFile,
      '-out',
      file,
      ...how,
      '-passout',
      `pass:${password}`,
    ]);
  pkcs12('x');
  assert.match(
    (await place.run('issue')).stderr,
    /its ca file \S+other\.pem is locked\. "tls-workbench convert --password/,
  );
  const profiles = () => place.run('account', 'profiles', 'pebble');
  for (const how of [[], ['-certpbe', 'NONE']]) {
    pkcs12(how.length === 0 ? '' : 'x', ...how);
    assert.equal((await profiles()).code, 0);
  }
  execFileSync('openssl', ['x509', '-in', pebble.caFile, '-outform', 'DER', '-out', file]);
  assert.equal((await profiles()).code, 0);
  writeFileSync(file, String(rootCertificates[0]));
  assert.match((await place.run('issue')).stderr, /not trusted here .* names holds other roots/);
  place.plan({ ...pebble, directory: new URL('/nothing', pebble.directory).href }, certificates);
  assert.match((await place.run('issue')).stderr, /instead of an ACME answer\. Check the directory URL of the issuer/);
});

test('where the issuer is down, its fallback is asked, and its certificate is kept', async () => {
  const file = join(place.folder, 'tls-workbench.yaml');
  writeFileSync(
    file,
    `issuers:
  main: { directory: "https://127.0.0.1:1/dir", agreeToTerms: true, fallback: second }
  second: { directory: "${pebble.directory}", ca: ${pebble.caFile}, agreeToTerms: true }
certificates:
  fallback.test: { issuer: main, ${webroot()} }
`,
  );
  const outcome = await place.run('issue');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.match(outcome.stderr, /Issuer second is asked instead, as the plan says/);
  assert.equal(onlyRow(await place.run('renew', '--format', 'json'))['status'], 'current');
  const later = new Date(Date.now() + 4.5 * 365 * 86_400_000).toISOString();
  const renewed = onlyRow(await place.run('renew', '--now', later, '--format', 'json'));
  assert.match(String(renewed['reason']), /^The CA asks for its renewal from /, 'the one that issued it is asked');
  const revoked = await place.run('revoke', 'fallback.test');
  assert.match(revoked.stdout, /fallback\.test: revoked/, revoked.stderr);
  writeFileSync(
    file,
    readFileSync(file, 'utf8')
      .replace(', fallback: second', '')
      .replace(/^ {2}second: .*$/m, ''),
  );
  const unknown = await place.run('revoke', 'fallback.test');
  assert.match(unknown.stderr, /was issued by \S+, which is no issuer of the plan\. Add that CA to its issuers/);
});
