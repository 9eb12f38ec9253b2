import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';

let place: Workplace;
const file = (name: string): string => join(place.folder, name);
const read = (name: string): string => readFileSync(file(name), 'utf8');

before(async () => {
  place = createWorkplace();
  writeFileSync(
    file('tls-workbench.yaml'),
    `issuers: { local: { type: local, permitted: ["*.test"] } }
certificates: { dev.test: { issuer: local, output: { certificate: dev.crt, key: dev.key } } }
`,
  );
  await place.run('issue');
});
after(() => place.remove());

test('an output that was added to the plan, or taken away, is written out of the others', async () => {
  const plan = (output: string) =>
    writeFileSync(
      file('output.yaml'),
      `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { out.test: { issuer: local, output: { ${output} }, after: [sh, -c, "echo ran >>after.txt"] } }\n`,
    );
  const issue = async (...args: readonly string[]) => {
    const outcome = await place.run('issue', '--plan', 'output.yaml', '--format', 'json', ...args);
    return onlyRow(outcome);
  };
  plan('certificate: out.crt, key: out.key');
  assert.equal((await issue())['status'], 'issued');
  plan('certificate: out.crt, key: out.key, chain: out.chain, fullchain: out.full');
  const chain = await issue();
  assert.match(
    String(chain['reason']),
    /The plan wants .*out\.chain, which is not there or holds another one, and the other files do not/,
  );
  const leaf = read('out.crt');
  rmSync(file('out.crt'));
  plan('certificate: out.crt, key: out.key, chain: out.chain, fullchain: out.full, combined: out.pem');
  assert.match(String((await issue('--dry-run'))['reason']), /^Dry run: .*out\.crt, .*out\.pem would be written/);
  const row = await issue();
  assert.match(String(row['reason']), /^Wrote .*out\.crt, .*out\.pem out of the other files\. It is valid until/);
  assert.deepEqual([row['status'], read('out.crt'), read('out.pem')], ['current', leaf, `${leaf}${read('out.key')}`]);
  assert.equal(statSync(file('out.pem')).mode & 0o777, 0o600);
  assert.doesNotMatch(String((await issue())['reason']), /Wrote/);
  rmSync(file('out.full'));
  writeFileSync(file('out.pem'), read('dev.crt'));
  assert.match(String((await issue())['reason']), /^Wrote .*out\.full, .*out\.pem out of/);
  assert.deepEqual([read('out.full'), read('out.pem')], [leaf, `${leaf}${read('out.key')}`]);
});

test('a file that holds another certificate than the first, or none, is written again, and left alone once it is right', async () => {
  writeFileSync(
    file('stale.yaml'),
    'issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { stale.test: { issuer: local, output: { certificate: stale.crt, key: stale.key, chain: stale.chain, fullchain: stale.full }, after: [sh, -c, "echo ran >>stale.txt"] } }\n',
  );
  const issue = async (...args: readonly string[]) =>
    onlyRow(await place.run('issue', '--plan', 'stale.yaml', '--format', 'json', '--trust', ...args));
  await issue();
  const old = read('stale.full');
  await issue('--force');
  const leaf = read('stale.crt');
  assert.notEqual(old, leaf);
  for (const content of [old, '', 'no certificate', '-----BEGIN CERTIFICATE-----\nMIIB']) {
    writeFileSync(file('stale.full'), content);
    const before = read('stale.txt');
    const row = await issue();
    assert.deepEqual([row['status'], read('stale.full')], ['current', leaf]);
    assert.match(String(row['reason']), /^Wrote .*stale\.full out of the other files\. It is valid until/);
    assert.equal(read('stale.txt'), `${before}ran\n`, 'the server reads it again');
    assert.doesNotMatch(String((await issue())['reason']), /Wrote/);
  }
  // However its lines are broken, and whatever stands around it.
  writeFileSync(file('stale.full'), `# ours\n${leaf.replaceAll('\n', '\r\n')}`);
  assert.doesNotMatch(String((await issue())['reason']), /Wrote/);
  // Of two, the one that has the key is in place.
  for (const content of [old, 'no certificate']) {
    writeFileSync(file('stale.crt'), content);
    assert.match(String((await issue())['reason']), /^Wrote .*stale\.crt out of the other files/);
    assert.equal(read('stale.crt'), leaf);
  }
  for (const name of ['stale.crt', 'stale.full']) writeFileSync(file(name), 'no certificate');
  const { status, reason } = await issue();
  assert.equal(status, 'issued');
  assert.match(String(reason), /^\S+\/stale\.crt holds no certificate that can be read\.$/);
});

test('of two certificates by the key that is used again, the newer is in place', async () => {
  writeFileSync(
    file('reuse.yaml'),
    'issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { reuse.test: { issuer: local, reuse: true, output: { certificate: reuse.crt, key: reuse.key, chain: reuse.chain, fullchain: reuse.full } } }\n',
  );
  const issue = async (...args: readonly string[]) =>
    onlyRow(await place.run('issue', '--plan', 'reuse.yaml', '--format', 'json', ...args));
  const [day, next] = [1, 2].map((days) => new Date(Date.now() + days * 86_400_000).toISOString());
  await issue('--now', String(day));
  const old = read('reuse.crt');
  await issue('--force', '--now', String(next));
  const leaf = read('reuse.crt');
  for (const name of ['reuse.crt', 'reuse.full']) {
    writeFileSync(file(name), old);
    assert.match(String((await issue('--now', String(next)))['reason']), /^Wrote /);
    assert.deepEqual([read('reuse.crt'), read('reuse.full')], [leaf, leaf]);
  }
});

test('the Diffie-Hellman parameters of a file for all of it outlive a renewal', async () => {
  writeFileSync(
    file('dh.yaml'),
    'issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { dh.test: { issuer: local, output: { combined: dh.pem } } }\n',
  );
  const issue = () => place.run('issue', '--plan', 'dh.yaml', '--force', '--format', 'json');
  await issue();
  const first = read('dh.pem');
  const parameters = execFileSync('openssl', [
    'genpkey',
    '-genparam',
    '-algorithm',
    'DH',
    '-pkeyopt',
    'group:ffdhe2048',
  ]);
  writeFileSync(file('dh.pem'), `${first}${parameters}`);
  for (let renewal = 0; renewal < 2; renewal++) {
    assert.equal(onlyRow(await issue())['status'], 'issued');
    const renewed = read('dh.pem');
    assert.notEqual(new X509Certificate(renewed).serialNumber, new X509Certificate(first).serialNumber);
    assert.ok(renewed.endsWith(`-----END PRIVATE KEY-----\n${parameters}`));
  }
  assert.equal(statSync(file('dh.pem')).mode & 0o777, 0o600);
});

test('the mode and the group that the plan says later are given to the key in place', async () => {
  const issue = async (access: string, ...args: readonly string[]) => {
    writeFileSync(
      file('access.yaml'),
      `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { access.test: { issuer: local, output: { fullchain: access.pem, key: access.key, combined: access.all${access} }, after: [sh, -c, "echo ran >>opened.txt"] } }\n`,
    );
    return onlyRow(await place.run('issue', '--plan', 'access.yaml', '--format', 'json', '--trust', ...args));
  };
  const modes = () => ['access.key', 'access.all', 'access.pem'].map((name) => statSync(file(name)).mode & 0o777);
  await issue('');
  assert.deepEqual(modes(), [0o600, 0o600, 0o644]);
  const tried = await issue(', mode: "0640"', '--dry-run');
  assert.match(String(tried['reason']), /^Dry run: would give \S+access\.key, \S+access\.all the mode and group/);
  assert.deepEqual(modes(), [0o600, 0o600, 0o644]);
  const row = await issue(', mode: "0640"');
  assert.match(
    String(row['reason']),
    /^Gave \S+access\.key, \S+access\.all the mode and group of the plan\. It is valid/,
  );
  assert.deepEqual(modes(), [0o640, 0o640, 0o644]);
  assert.equal(read('opened.txt'), 'ran\nran\n');
  assert.match(String((await issue(`, group: "${process.getgid?.()}"`))['reason']), /^It is valid until/);
  chmodSync(file('.'), 0o777);
  assert.match(String((await issue(', mode: "0600"'))['reason']), /^It is valid until/);
  chmodSync(file('.'), 0o700);
});

test('of what changes for clients that which they may notice is told as the files are replaced', async () => {
  const issue = async (names: string, ...args: readonly string[]) => {
    const entry = `notice: { names: [${names}], issuer: local, output: { combined: notice.pem } }`;
    writeFileSync(
      file('notice.yaml'),
      `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { ${entry} }\n`,
    );
    const { code, stderr } = await place.run('issue', '--plan', 'notice.yaml', ...args);
    assert.equal(code, 0, stderr);
    return stderr;
  };
  assert.equal(await issue('a.test, b.test'), '');
  assert.equal(await issue('b.test, c.test'), 'notice: It no longer covers a.test.\n');
  assert.equal(await issue('b.test, c.test', '--force'), '');
});

test('a key that another file would be written over by a link is not lost, and its folder is no place for others', async () => {
  const plan = (output: string) =>
    writeFileSync(
      file('linked.yaml'),
      `issuers: { local: { type: local, permitted: ["*.test"] } }\ncertificates: { linked.test: { issuer: local, output: { ${output} } } }\n`,
    );
  symlinkSync('linked.key', file('linked.pem'));
  plan('fullchain: linked.pem, key: linked.key');
  const refused = await place.run('issue', '--plan', 'linked.yaml');
  assert.match(
    refused.stderr,
    /linked\.key and \S+linked\.pem lead to one file, \S+linked\.key, so that the key would/,
  );
  assert.equal(refused.code, 1);
  const umask = process.umask(0);
  plan('combined: linked.pem, key: linked.key, certificate: open/linked.crt');
  const taken = await place.run('issue', '--plan', 'linked.yaml');
  process.umask(umask);
  assert.equal(taken.code, 0, taken.stderr);
  assert.equal(statSync(file('open')).mode & 0o777, 0o755);
  assert.match((await place.run('issue', '--plan', 'linked.yaml')).stdout, /current/);
  // Nor when the plan names it later, for a certificate that is there.
  plan('key: late.key, fullchain: late.crt');
  assert.equal((await place.run('issue', '--plan', 'linked.yaml', '--force')).code, 0);
  const key = readFileSync(file('late.key'), 'utf8');
  symlinkSync('late.key', file('late.pem'));
  plan('key: late.key, fullchain: late.crt, certificate: late.pem');
  const late = await place.run('issue', '--plan', 'linked.yaml');
  assert.match(late.stderr, /late\.key and \S+late\.pem lead to one file/);
  assert.equal(late.code, 1);
  assert.equal(readFileSync(file('late.key'), 'utf8'), key);
  // What is combined holds the key, whatever else leads there.
  symlinkSync('all.pem', file('web.pem'));
  plan('combined: all.pem, fullchain: web.pem');
  for (let run = 0; run < 2; run++) {
    const both = await place.run('issue', '--plan', 'linked.yaml', '--force');
    assert.equal(both.code, 0, both.stderr);
    assert.match(readFileSync(file('web.pem'), 'utf8'), /PRIVATE KEY/);
  }
  assert.match((await place.run('issue', '--plan', 'linked.yaml')).stdout, /current/);
});
