import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect, createServer } from 'node:tls';
import {
  basicConstraints,
  makeCertificate,
  publicKeyOf,
  subjectAltNames,
} from '../../src/acme/local/make-certificate.ts';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';

let place: Workplace;

before(() => {
  place = createWorkplace();
  writeFileSync(
    join(place.folder, 'tls-workbench.yaml'),
    `issuers:
  local: { type: local, permitted: [localhost, "*.test"] }
certificates:
  dev:
    names: [localhost, app.test, "*.app.test", 127.0.0.1, "::1"]
    issuer: local
    output: { certificate: dev.crt, key: dev.key, chain: root.pem, fullchain: full.pem }
`,
  );
});
after(() => place.remove());

const file = (name: string): string => join(place.folder, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');

function verify(pem: string): string {
  writeFileSync(file('judged.pem'), pem);
  const { stdout, stderr } = spawnSync(
    'openssl',
    ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', file('root.pem'), file('judged.pem')],
    { encoding: 'utf8' },
  );
  return stdout + stderr;
}

test('a certificate is issued without a network, and OpenSSL takes it strictly', async () => {
  const outcome = await place.run('issue', '--format', 'json');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(onlyRow(outcome)['status'], 'issued');
  assert.match(outcome.stderr, /To have its certificates trusted on this machine: /);
  assert.match(verify(read('dev.crt')), /judged\.pem: OK/);
  assert.equal(statSync(file('dev.key')).mode & 0o777, 0o600);
  assert.equal(read('full.pem'), read('dev.crt'), 'a server sends no root');
  const text = execFileSync('openssl', ['x509', '-in', file('root.pem'), '-noout', '-text'], { encoding: 'utf8' });
  assert.match(text, /Name Constraints: critical\s+Permitted:\s+DNS:localhost\s+DNS:test\s+IP:127\.0\.0\.1/);
  assert.match(text, /CA:TRUE, pathlen:0/);
});

test('a client that trusts the root takes it for each of its names', async () => {
  const server = createServer({ key: read('dev.key'), cert: read('full.pem') }, (socket) =>
    socket.on('error', () => undefined).end(),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  for (const servername of ['localhost', 'app.test', 'x.app.test']) {
    await new Promise<void>((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port, servername, ca: read('root.pem') }, () => {
        socket.destroy();
        resolve();
      });
      socket.on('error', reject);
    });
  }
  await new Promise((resolve) => server.close(resolve));
});

test('its key, should it leak, makes no certificate for other names that OpenSSL takes', async () => {
  const [ca = ''] = readdirSync(file('state/local-ca'));
  const key = createPrivateKey(read(`state/local-ca/${ca}/root.key`));
  assert.equal(statSync(file(`state/local-ca/${ca}/root.key`)).mode & 0o777, 0o600);
  const issuer = /^CN=(.*)$/m.exec(new X509Certificate(read('root.pem')).subject)?.[1] ?? '';
  const forge = (value: string, type: 'dns' | 'ip'): string =>
    makeCertificate(
      {
        subject: '',
        issuer,
        notBefore: new Date(Date.now() - 1000),
        notAfter: new Date(Date.now() + 86_400_000),
        publicKey: publicKeyOf(key),
        extensions: [basicConstraints(false), subjectAltNames([{ type, value }])],
      },
      key,
    );
  assert.match(verify(forge('example.com', 'dns')), /permitted subtree violation/);
  assert.match(verify(forge('192.0.2.1', 'ip')), /permitted subtree violation/);
});

test('it is renewed when due, and by the same root', async () => {
  const root = read('root.pem');
  assert.equal(onlyRow(await place.run('renew', '--format', 'json'))['status'], 'current');
  const due = await place.run(
    'renew',
    '--format',
    'json',
    '--now',
    new Date(Date.now() + 61 * 86_400_000).toISOString(),
  );
  assert.equal(onlyRow(due)['status'], 'issued');
  assert.equal(read('root.pem'), root);
});

test('a command that was allowed in one folder is another one elsewhere', async () => {
  for (const folder of ['here', 'there']) {
    mkdirSync(file(folder));
    writeFileSync(
      file(`${folder}/tls-workbench.yaml`),
      'issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { a.test: { issuer: local, after: [sh, ./reload] } }\n',
    );
    writeFileSync(file(`${folder}/reload`), 'echo ran >ran.txt\n');
  }
  const issue = (folder: string, ...more: readonly string[]) =>
    place.run('issue', '--plan', `${folder}/tls-workbench.yaml`, '--force', '--quiet', ...more);
  assert.equal((await issue('here', '--trust')).code, 0);
  assert.equal((await issue('here')).stderr, '');
  const elsewhere = await issue('there');
  assert.match(elsewhere.stderr, /"sh \.\/reload" was not run in \S+\/there: it is not trusted yet\..*--trust/);
  assert.equal(elsewhere.code, 1);
  assert.deepEqual(readdirSync(file('there')).sort(), ['reload', 'tls', 'tls-workbench.yaml']);
});

test('a key is used again as long as the plan wants its type, and one with a passphrase is not lost', async () => {
  const renew = async (key: string) => {
    writeFileSync(
      file('reuse.yaml'),
      `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { reuse.test: { issuer: local, key: { type: ${key}, reuse: true }, output: { fullchain: reuse.pem, key: reuse.key } } }\n`,
    );
    return onlyRow(await place.run('renew', '--plan', 'reuse.yaml', '--format', 'json'));
  };
  assert.equal((await renew('ecdsa-p256'))['status'], 'issued');
  assert.equal((await renew('ecdsa-p384'))['status'], 'issued');
  assert.equal((await renew('ecdsa-p384'))['status'], 'current');
  const before = file('reuse.key');
  const locked = execFileSync('openssl', ['pkcs8', '-topk8', '-in', before, '-passout', 'pass:x']);
  // As of old, with a header that says how it is encrypted.
  const traditional = ['ec', '-in', before, '-aes256', '-passout', 'pass:x'];
  writeFileSync(before, execFileSync('openssl', traditional, { stdio: 'pipe' }));
  const old = read('reuse.key');
  assert.equal((await renew('ecdsa-p384'))['status'], 'failed');
  assert.equal(read('reuse.key'), old);
  writeFileSync(before, locked);
  const { error } = await renew('ecdsa-p384');
  assert.match(
    String(error?.detail),
    /reuse\.key holds a key that cannot be read, so not be used again\. Take its pass/,
  );
  assert.equal(read('reuse.key'), locked.toString());
});

test('names beyond the permitted ones are refused before anything is made', async () => {
  writeFileSync(
    file('other.yaml'),
    'issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { example.com: { issuer: local } }\n',
  );
  const outcome = await place.run('issue', '--plan', 'other.yaml');
  assert.equal(outcome.code, 2);
  assert.match(
    outcome.stderr,
    /other\.yaml:2:\d+: Issuer "local" may not issue for example\.com\. Add it to its permitted names/,
  );
});

test('RSA keys work as well', async () => {
  writeFileSync(
    file('rsa.yaml'),
    'issuers: { local: { type: local, permitted: [localhost, "*.test"] } }\ncertificates: { rsa.test: { issuer: local, key: rsa-2048, output: { fullchain: rsa.pem, key: rsa.key } } }\n',
  );
  assert.equal((await place.run('issue', '--plan', 'rsa.yaml')).code, 0);
  assert.match(verify(read('rsa.pem')), /OK/);
});

test('a certificate whose entry is wrong fails alone', async () => {
  writeFileSync(
    file('mixed.yaml'),
    `issuers: { local: { type: local, permitted: ["*.test"] } }
x-shared: &shared { issuer: local, key: rsa-1024 }
certificates:
  good.test: { issuer: local, output: { fullchain: good.pem, key: good.key } }
  wrong.test: { issuer: local, key: rsa-1024 }
  shared.test: { <<: *shared }
`,
  );
  const outcome = await place.run('issue', '--plan', 'mixed.yaml', '--format', 'json');
  assert.equal(outcome.code, 1);
  const rows: readonly {
    readonly name: string;
    readonly status: string;
    readonly error: { readonly detail: string } | null;
  }[] = JSON.parse(outcome.stdout).certificates;
  assert.deepEqual(
    rows.map(({ name, status }) => `${name} ${status}`),
    ['good.test issued', 'wrong.test failed', 'shared.test failed'],
  );
  assert.match(rows[1]?.error?.detail ?? '', /mixed\.yaml:5:\d+: .*"rsa-1024" is no key type\./);
  assert.match(rows[2]?.error?.detail ?? '', /mixed\.yaml:\d:\d+: .*"shared\.test".*"rsa-1024" is no key type\./);
});

test('what several certificates have from one anchor is told once', async () => {
  writeFileSync(
    file('shared.yaml'),
    `issuers: { local: { type: local, permitted: ["*.test"] }, le: { directory: letsencrypt } }
x-shared: &shared { issuer: le, profile: long, challenge: { webroot: public } }
certificates:
  good.test: { issuer: local, output: { fullchain: good.pem, key: good.key } }
  a.example.com: { <<: *shared }
  b.example.com: { <<: *shared }
`,
  );
  const { code, stderr } = await place.run('issue', 'good.test', '--plan', 'shared.yaml');
  assert.equal(code, 0, stderr);
  assert.equal(stderr.match(/not known to have a profile "long"/g)?.length, 1, stderr);
});

test('a failure blames the file that it is about, and is kept in the history with its reason', async () => {
  const other = createWorkplace();
  try {
    const entry = '{ names: [a.test], issuer: local, output: { fullchain: plain/a.pem, key: plain/a.key } }';
    const plan = `issuers:\n  local: { type: local, permitted: ["*.test"] }\ncertificates:\n  dev: ${entry}\n`;
    writeFileSync(join(other.folder, 'tls-workbench.yaml'), plan);
    writeFileSync(join(other.folder, 'plain'), 'A file where the folder should be.');
    const history = join(other.folder, 'state/history.jsonl');
    mkdirSync(join(other.folder, 'state/accounts'), { recursive: true });
    writeFileSync(history, '{"time":"2026-01-01T00:00:00Z","certif');
    assert.equal((await other.run('issue')).code, 1);
    const [, line = ''] = readFileSync(history, 'utf8').split('\n');
    const { event, certificate, detail } = JSON.parse(line);
    assert.deepEqual([event, certificate], ['failed', 'dev']);
    assert.equal(
      detail.replace(other.folder, ''),
      '/plain/a.key cannot be written: a part of its path is no folder. Correct the path in the plan, and run it again.',
    );
    const kept = readFileSync(history, 'utf8');
    writeFileSync(
      join(other.folder, 'tls-workbench.yaml'),
      plan.replace('local, output', 'local, csr: no.csr, output'),
    );
    assert.equal((await other.run('issue', '--dry-run')).code, 1);
    assert.equal(readFileSync(history, 'utf8'), kept, 'what is only tried is no failure');
  } finally {
    other.remove();
  }
});

test('a development CA that was damaged is named, with what a new one costs; one that has ended is replaced', async () => {
  const other = createWorkplace();
  try {
    const plan =
      'issuers:\n  local: { type: local, permitted: ["*.test"] }\ncertificates:\n  a.test: { issuer: local }\n';
    writeFileSync(join(other.folder, 'tls-workbench.yaml'), plan);
    const issue = async (...args: readonly string[]) => onlyRow(await other.run('issue', '--format', 'json', ...args));
    assert.equal((await issue())['status'], 'issued');
    const [ca = ''] = readdirSync(join(other.folder, 'state/local-ca'));
    const [root, key] = ['root.pem', 'root.key'].map((name) => join(other.folder, 'state/local-ca', ca, name));
    assert.ok(root && key);
    const [goodRoot, goodKey] = [readFileSync(root), readFileSync(key)];
    const anotherKey = readFileSync(join(other.folder, 'tls/a.test.key'));
    for (const [path, content] of [
      [key, ''],
      [root, ''],
      [key, 'x'],
      [key, anotherKey],
    ] as const) {
      writeFileSync(path, content);
      const { type, detail } = (await issue('--force')).error ?? {};
      assert.equal(type, 'local-ca-unreadable');
      assert.match(
        detail ?? '',
        /root\.pem and root\.key in .*local-ca.* are no .* Put them back from a backup, or remove/,
      );
      writeFileSync(root, goodRoot);
      writeFileSync(key, goodKey);
    }
    // Killed while the next root was written, whose key comes first.
    writeFileSync(key, anotherKey);
    const inTenYears = new Date(Date.now() + 3600 * 86_400_000).toISOString();
    assert.equal((await issue('--force', '--now', inTenYears))['status'], 'issued');
    assert.notDeepEqual(readFileSync(root), goodRoot);
    rmSync(key);
    mkdirSync(key);
    assert.match(
      (await issue('--force')).error?.detail ?? '',
      /root\.key cannot be read: it is a folder\. Move it away, and/,
    );
  } finally {
    other.remove();
  }
});

test('after a clock that was far ahead a certificate is replaced, and a root told that nobody takes yet', async () => {
  const own = createWorkplace();
  try {
    writeFileSync(join(own.folder, 'tls-workbench.yaml'), readFileSync(file('tls-workbench.yaml')));
    const pem = () => readFileSync(join(own.folder, 'full.pem'));
    await own.run('issue', '--now', '2027-01-01T00:00:00Z');
    await own.run('issue', '--now', '2032-01-01T00:00:00Z', '--force');
    const ahead = new X509Certificate(pem());
    const mended = await own.run('renew', '--now', '2027-01-02T00:00:00Z');
    assert.match(
      mended.stdout,
      /^dev: It is valid only from 2031-12-31 23:00:00 UTC, as if .* Issued, valid until 2027-04/,
    );
    assert.notEqual(new X509Certificate(pem()).serialNumber, ahead.serialNumber);
    const before = await own.run('issue', '--now', '2026-06-01T00:00:00Z');
    assert.equal(before.code, 1);
    assert.match(
      before.stderr,
      /root\.pem in .* is valid only from 2026-12-31 00:00:00 UTC: .* Set the clock, or remove/,
    );
    assert.match((await own.run('issue', '--now', '2027-01-02T00:00:00Z')).stdout, /current/);
  } finally {
    own.remove();
  }
});
