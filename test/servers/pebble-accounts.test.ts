import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHttpClient } from '../../src/network/http.ts';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let place: Workplace;

before(async () => {
  pebble = await startPebble();
  place = createWorkplace();
  place.plan(pebble, entry('a.test'), ', contact: [ops@example.test]');
});
after(async () => {
  await pebble.stop();
  place.remove();
});

const entry = (name: string): string =>
  `  ${name}: { issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" } }\n`;

async function account(action: string, ...more: string[]) {
  const outcome = await place.run('account', action, ...more, '--format', 'json');
  return { ...outcome, value: outcome.code === 0 ? JSON.parse(outcome.stdout) : undefined };
}

async function isRevoked(file: string): Promise<boolean> {
  const { serialNumber } = new X509Certificate(readFileSync(join(place.folder, file)));
  const http = createHttpClient({ ca: readFileSync(pebble.caFile, 'utf8'), keepAlive: false });
  const { body } = await http.request({
    url: `${pebble.managementApi}/cert-status-by-serial/${serialNumber.toLowerCase()}`,
  });
  return JSON.parse(body.toString()).Status === 'Revoked';
}

test('an account is made once, changed, and given a new key that then signs', async () => {
  const made = await account('create', 'pebble');
  assert.equal(made.code, 0, made.stderr);
  assert.equal((await account('create', 'pebble')).value.url, made.value.url);
  assert.equal((await account('update', 'pebble')).code, 0);
  const rolled = await account('rollover', 'pebble');
  assert.equal(rolled.code, 0, rolled.stderr);
  const issued = await place.run('issue');
  assert.equal(issued.code, 0, issued.stderr);
  const { accounts } = JSON.parse((await place.run('account', 'list', '--format', 'json')).stdout);
  assert.equal(accounts.length, 1);
  assert.equal(accounts[0].url, made.value.url);
  assert.equal(statSync(join(accounts[0].folder, 'account.key')).mode & 0o777, 0o600);
});

test('a rollover that was killed before the CA agreed keeps the old key', async () => {
  const { accounts } = JSON.parse((await place.run('account', 'list', '--format', 'json')).stdout);
  const stray = execFileSync('openssl', ['genpkey', '-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
  writeFileSync(join(accounts[0].folder, 'account.new.key'), stray);
  const issued = await place.run('issue', '--force');
  assert.equal(issued.code, 0, issued.stderr);
});

test('revoked by the account, with a reason; again it says so; by the key of the certificate', async () => {
  const revoked = await place.run('revoke', 'a.test', '--reason', 'superseded');
  assert.equal(revoked.code, 0, revoked.stderr);
  assert.ok(await isRevoked('tls/a.test.fullchain.pem'));
  const again = await place.run('revoke', 'a.test');
  assert.match(again.stdout, /a\.test: was revoked before\. Have it replaced: "tls-workbench renew"\.\n/);
  // By our own record: only `renew` asks the CA.
  assert.match((await place.run('issue')).stdout, /It was revoked on .* Issued/);
  assert.match((await place.run('issue')).stdout, /current/);
  assert.ok(!(await isRevoked('tls/a.test.fullchain.pem')));
  const key = join(place.folder, 'tls/a.test.key');
  const plain = readFileSync(key);
  for (const how of [
    ['ec', '-aes128'],
    ['pkcs8', '-topk8'],
  ]) {
    writeFileSync(key, execFileSync('openssl', [...how, '-in', key, '-passout', 'pass:x'], { stdio: 'pipe' }));
    const locked = await place.run('revoke', 'a.test', '--by-key');
    assert.match(locked.stderr, /The private key of \S+ cannot be read here\. Remove its passphrase, or revoke by/);
    writeFileSync(key, plain);
  }
  const byKey = await place.run('revoke', 'a.test', '--by-key', '--reason', 'keyCompromise');
  assert.equal(byKey.code, 0, byKey.stderr);
  assert.ok(await isRevoked('tls/a.test.fullchain.pem'));
});

test('an older certificate is revoked from whatever container it was kept in', async () => {
  const file = (name: string) => join(place.folder, name);
  for (const name of ['kept.der', 'kept.p12']) {
    assert.equal((await place.run('issue', '--force')).code, 0);
    const args =
      name === 'kept.der'
        ? ['x509', '-outform', 'DER']
        : ['pkcs12', '-export', '-inkey', file('tls/a.test.key'), '-passout', 'pass:'];
    execFileSync('openssl', [...args, '-in', file('tls/a.test.fullchain.pem'), '-out', file(name)]);
    const outcome = await place.run('revoke', 'a.test', '--certificate', name);
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.ok(await isRevoked('tls/a.test.fullchain.pem'));
  }
});

test('a revoked certificate is renewed at once, as the CA asks', async () => {
  const outcome = await place.run('renew', '--format', 'json');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(onlyRow(outcome)['status'], 'issued');
});

test('a key that was revoked as compromised is not certified again, neither as the plan keeps it nor by a request', async () => {
  const file = (name: string) => join(place.folder, name);
  const keyOf = (name: string) =>
    execFileSync('openssl', ['x509', '-in', file(name), '-noout', '-pubkey'], { encoding: 'utf8' });
  place.plan(
    pebble,
    entry('kept.test').replace(' }\n', ', reuse: true, output: { fullchain: kept.pem, key: kept.key } }\n'),
  );
  assert.equal((await place.run('issue')).code, 0);
  const leaked = keyOf('kept.pem');
  assert.equal((await place.run('revoke', 'kept.test', '--reason', 'superseded')).code, 0);
  assert.equal((await place.run('issue', '--force')).code, 0);
  assert.equal(keyOf('kept.pem'), leaked);
  // The CA takes the first reason alone: that the key has leaked is noted here, whatever was said before, and once.
  for (const reason of ['superseded', 'keyCompromise', 'keyCompromise'])
    assert.equal((await place.run('revoke', 'kept.test', '--reason', reason)).code, 0);
  const notes = readFileSync(file('state/history.jsonl'), 'utf8').match(/"kept\.test".*"revoked".*/g) ?? [];
  assert.deepEqual(
    notes.map((note) => note.includes('compromisedKey')),
    [false, false, true],
  );
  const request = [
    '-new',
    '-key',
    file('kept.key'),
    '-subj',
    '/CN=kept.test',
    '-addext',
    'subjectAltName=DNS:kept.test',
  ];
  execFileSync('openssl', ['req', ...request, '-out', file('kept.csr')]);
  const again = await place.run('renew');
  assert.equal(again.code, 0, again.stderr);
  assert.match(again.stderr, /Its key was revoked as compromised, and is not used again: a new one is made/);
  const fresh = keyOf('kept.pem');
  assert.notEqual(fresh, leaked);
  assert.equal((await place.run('issue', '--force')).code, 0);
  assert.equal(keyOf('kept.pem'), fresh);
  place.plan(pebble, entry('kept.test').replace(' }\n', ', csr: kept.csr, output: { fullchain: own.pem } }\n'));
  const own = onlyRow(await place.run('issue', '--format', 'json'));
  assert.equal(own.error?.type, 'key-compromised');
  place.plan(pebble, entry('a.test'));
});

test('a deactivated account is ended, and the next one is new', async () => {
  const before = (await account('create', 'pebble')).value.url;
  const ended = await account('deactivate', 'pebble');
  assert.equal(ended.code, 0, ended.stderr);
  assert.notEqual((await account('create', 'pebble')).value.url, before);
});

test('an account whose record a killed run did not write, or which was damaged, is ended too', async () => {
  const { url } = (await account('create', 'pebble')).value;
  const { accounts } = JSON.parse((await place.run('account', 'list', '--format', 'json')).stdout);
  writeFileSync(join(accounts[0].folder, 'account.json'), '');
  const ended = await account('deactivate', 'pebble');
  assert.equal(ended.value?.url, url, ended.stderr);
  assert.match((await account('deactivate', 'pebble')).stderr, /has no account here, so there is none to deactivate/);
});

test('an external account is bound by its secret, and what is wrong with it is told', async () => {
  const secret = 'zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W';
  // HS512 wants a secret as long as its digest (RFC 7518 section 3.2).
  const long = Buffer.alloc(64, 0xfb).toString('base64url');
  const strict = await startPebble({
    nginx: false,
    config: { externalAccountBindingRequired: true, externalAccountMACKeys: { 'kid-1': secret, 'kid-2': long } },
  });
  try {
    place.plan(strict, entry('eab.test'));
    assert.match((await account('create', 'pebble')).stderr, /wants an external account\. Get a key id and a secret/);
    place.plan(strict, entry('eab.test'), ', eab: { kid: kid-1 }');
    assert.match((await account('create', 'pebble')).stderr, /Set the environment variable TLS_WORKBENCH_EAB_PEBBLE/);
    const wrong = await place.runWith({ env: { TLS_WORKBENCH_EAB_PEBBLE: 'AAAA' } }, 'account', 'create', 'pebble');
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /Check the key id kid-1 and its secret/);
    assert.doesNotMatch(wrong.stderr, /AAAA/);
    const bound = await place.runWith({ env: { TLS_WORKBENCH_EAB_PEBBLE: secret } }, 'account', 'create', 'pebble');
    assert.equal(bound.code, 0, bound.stderr);
    for (const algorithm of ['HS384', 'HS512', 'HS1']) {
      const other = createWorkplace();
      other.plan(strict, entry('eab.test'), `, eab: { kid: kid-2, algorithm: ${algorithm} }`);
      const env = { TLS_WORKBENCH_EAB_PEBBLE: long };
      const outcome = await other.runWith({ env }, 'account', 'create', 'pebble');
      if (algorithm === 'HS1')
        assert.match(outcome.stderr, /yaml:2:\d+: .*eab\.algorithm "HS1" is not known\. Use one of/);
      else assert.equal(outcome.code, 0, `${algorithm}: ${outcome.stderr}`);
      other.remove();
    }
  } finally {
    await strict.stop();
  }
});

test('a CA whose terms are not agreed to is not registered with', async () => {
  writeFileSync(
    join(place.folder, 'tls-workbench.yaml'),
    `issuers:\n  pebble: { directory: "${pebble.directory}", ca: ${pebble.caFile}, contact: [other@example.test], eab: { kid: other } }\n`,
  );
  assert.match(
    (await account('create', 'pebble')).stderr,
    /has terms of service \(\S+\)\. Read them and set agreeToTerms: true/,
  );
});

test('an account whose key is gone is made anew, and one whose key was damaged is named', async () => {
  place.plan(pebble, entry('a.test'));
  await place.run('account', 'create', 'pebble');
  const { accounts } = JSON.parse((await place.run('account', 'list', '--format', 'json')).stdout);
  const key = join(accounts[0].folder, 'account.key');
  rmSync(key);
  const issued = await place.run('issue', '--force');
  assert.equal(issued.code, 0, issued.stderr);
  assert.match(issued.stderr, /The key of account \S+ is gone .* a new account is made/);
  const kept = readFileSync(key);
  writeFileSync(key, 'damaged');
  assert.match((await place.run('issue', '--force')).stderr, /account\.key holds no private key .* from a backup/);
  writeFileSync(key, kept);
});

test('an account that is in use is not lost to another one, nor to a key that the CA does not know', async () => {
  const own = createWorkplace();
  try {
    own.plan(pebble, entry('a.test'));
    place.plan(pebble, entry('a.test'));
    for (const each of [own, place]) assert.equal((await each.run('account', 'create', 'pebble')).code, 0);
    const keyOf = async (each: Workplace) =>
      join(
        JSON.parse((await each.run('account', 'list', '--format', 'json')).stdout).accounts[0].folder,
        'account.key',
      );
    const [ours, theirs] = [await keyOf(place), await keyOf(own)];
    const kept = readFileSync(ours);
    const refused = await place.run('account', 'import', 'pebble', theirs);
    assert.match(
      refused.stderr,
      /Issuer pebble has an account here already \(.*\)\. Deactivate it first, or move its folder away/,
    );
    assert.deepEqual(readFileSync(ours), kept);
    assert.equal((await place.run('account', 'import', 'pebble', ours)).code, 0, 'its own does no harm');
    rmSync(join(own.folder, 'state'), { recursive: true });
    execFileSync('openssl', [
      'genpkey',
      '-algorithm',
      'EC',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-out',
      join(own.folder, 'new.key'),
    ]);
    assert.match((await own.run('account', 'import', 'pebble', 'new.key')).stderr, /knows no account with this key/);
    assert.equal((await own.run('issue')).code, 0, 'nothing of it was kept');
  } finally {
    own.remove();
  }
});

test('an account that the CA has closed or forgotten is told with the way to a new one', async () => {
  place.plan(pebble, entry('a.test'));
  assert.equal((await account('create', 'pebble')).code, 0);
  const { accounts } = JSON.parse((await place.run('account', 'list', '--format', 'json')).stdout);
  const file = join(accounts[0].folder, 'account.json');
  const record = readFileSync(file, 'utf8');
  assert.equal((await account('deactivate', 'pebble')).code, 0);
  const names = readdirSync(accounts[0].folder).sort();
  const closed = names.findLast((name) => name.endsWith('.deactivated.key')) ?? '';
  const key = readFileSync(join(accounts[0].folder, closed));
  const comeBack = (url: string): void => {
    writeFileSync(join(accounts[0].folder, 'account.key'), key, { mode: 0o600 });
    writeFileSync(file, record.replace(accounts[0].url, url));
  };
  for (const url of [accounts[0].url, new URL('/my-account/0123456789abcdef', pebble.directory).href]) {
    comeBack(url);
    for (const outcome of [await place.run('issue', '--force'), await place.run('account', 'create', 'pebble')])
      assert.match(outcome.stderr, /"tls-workbench account deactivate ISSUER" makes room for a new one/);
    assert.equal((await account('deactivate', 'pebble')).code, 0);
    const issued = await place.run('issue', '--force');
    assert.equal(issued.code, 0, issued.stderr);
  }
  // Killed when it had closed the account, and before its files were put aside.
  const { accounts: latest } = JSON.parse((await place.run('account', 'list', '--format', 'json')).stdout);
  assert.equal((await account('deactivate', 'pebble')).code, 0);
  comeBack(accounts[0].url);
  writeFileSync(file, record.replace('"status": "valid"', '"status": "deactivated"'));
  const issued = await place.run('issue', '--force');
  assert.equal(issued.code, 0, issued.stderr);
  const { url } = JSON.parse(readFileSync(file, 'utf8'));
  assert.ok(url !== accounts[0].url && url !== latest[0].url, 'a new account');
});

test('where another account got the certificate, its own key is named as the way to revoke it', async () => {
  place.plan(pebble, entry('a.test'));
  rmSync(join(place.folder, 'state'), { recursive: true });
  assert.match((await place.run('revoke', 'a.test')).stderr, /not associated .* "tls-workbench revoke --by-key"/);
});
