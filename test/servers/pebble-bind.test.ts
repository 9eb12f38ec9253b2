import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { findZone } from '../../src/network/dns-zone.ts';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';
import { freePort } from '../support/ports.ts';

const algorithms = ['hmac-sha256', 'hmac-sha384', 'hmac-sha512', 'hmac-sha1'];
const secret = Buffer.alloc(32, 7).toString('base64');

let place: Workplace;
let named: ChildProcess;
let port: number;
let pebble: Pebble;

before(async () => {
  place = createWorkplace();
  port = await freePort();
  const folder = join(place.folder, 'bind');
  mkdirSync(folder);
  const records = '$TTL 60\n@ SOA ns ops 1 60 60 60 60\n@ NS ns\nns A 127.0.0.1\n* A 127.0.0.1\n@ A 127.0.0.1\n';
  writeFileSync(join(folder, 'zone'), records);
  // This one takes no updates: its name is delegated to the other.
  const alias =
    '_acme-challenge CNAME static.zone.test.\n_acme-challenge.loop CNAME loop2\nloop2 CNAME _acme-challenge.loop\n';
  writeFileSync(join(folder, 'static'), `${records}${alias}`);
  const keys = algorithms.map((algorithm) => {
    writeFileSync(
      join(folder, `${algorithm}.key`),
      `key "${algorithm}" { algorithm ${algorithm}; secret "${secret}"; };\n`,
    );
    return `include "${folder}/${algorithm}.key";\n`;
  });
  const allowed = algorithms.map((algorithm) => `key "${algorithm}";`).join(' ');
  writeFileSync(
    join(folder, 'named.conf'),
    `${keys.join('')}
options { directory "${folder}"; pid-file none; session-keyfile none; listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; }; recursion yes; dnssec-validation no; };
controls { };
zone "zone.test" { type primary; file "${folder}/zone"; allow-update { ${allowed} }; };
zone "static.test" { type primary; file "${folder}/static"; };
`,
  );
  named = spawn('named', ['-g', '-c', join(folder, 'named.conf'), '-n', '1'], { stdio: 'ignore' });
  pebble = await startPebble({ dnsServer: `127.0.0.1:${port}`, nginx: false });
  for (let attempt = 0; attempt < 200; attempt++) {
    const server = { host: '127.0.0.1', port, key: undefined };
    if ((await findZone(server, 'a.zone.test').catch(() => undefined)) === 'zone.test') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('BIND did not start.');
});
after(async () => {
  await pebble?.stop();
  await new Promise((resolve) => {
    named.once('exit', resolve);
    named.kill();
  });
  place.remove();
});

function plan(names: string, key = 'hmac-sha256', more = `secretFile: bind/${key}.key`): void {
  const update = `{ server: "127.0.0.1:${port}", key: ${key}, algorithm: ${key}, ${more} }`;
  place.plan(
    pebble,
    `  zone:\n    names: [${names}]\n    issuer: pebble\n    challenge: { type: dns-01, rfc2136: ${update} }\n`,
  );
}

function issuedNames(): string | undefined {
  const { subjectAltName } = new X509Certificate(readFileSync(join(place.folder, 'tls/zone.fullchain.pem')));
  return subjectAltName?.split(', ').sort().join(', ');
}

for (const algorithm of algorithms) {
  test(`base name and wildcard by an update signed with ${algorithm}`, async () => {
    plan(`${algorithm}.zone.test, "*.${algorithm}.zone.test"`, algorithm);
    const outcome = await place.run('issue', '-v');
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.equal(issuedNames(), `DNS:*.${algorithm}.zone.test, DNS:${algorithm}.zone.test`);
  });
}

test('a name that is delegated by CNAME is proved in the other zone', async () => {
  plan('static.test, "*.static.test"');
  const outcome = await place.run('issue', '-v');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(issuedNames(), 'DNS:*.static.test, DNS:static.test');
});

test('the secret from the environment', async () => {
  plan('env.zone.test', 'hmac-sha256', 'zone: zone.test');
  const missing = await place.run('issue');
  assert.match(missing.stderr, /Set the environment variable TLS_WORKBENCH_TSIG_HMAC_SHA256, or rfc2136\.secretFile/);
  const env = { TLS_WORKBENCH_TSIG_HMAC_SHA256: secret };
  const outcome = await place.runWith({ env }, 'issue');
  assert.equal(outcome.code, 0, outcome.stderr);
});

test('what stands against an update is told', async () => {
  const refused = async (...args: readonly string[]): Promise<string> => {
    const outcome = await place.run('issue', ...args);
    assert.equal(outcome.code, 1, outcome.stdout);
    assert.ok(!outcome.stderr.includes(secret), 'no secret is told');
    return outcome.stderr;
  };
  const key = 'hmac-sha256';
  writeFileSync(join(place.folder, 'wrong'), `secret "${Buffer.alloc(32, 8).toString('base64')}";`);
  plan('wrong.zone.test', key, 'secretFile: wrong');
  assert.match(
    await refused(),
    /could not add _acme-challenge\.wrong\.zone\.test: .* the secret of the TSIG key is another one there/,
  );
  writeFileSync(join(place.folder, 'wrong'), secret);
  plan('wrong.zone.test', 'hmac-sha1', 'secretFile: wrong');
  const other = (text: string): string => text.replace('key: hmac-sha1', 'key: nobody');
  const file = join(place.folder, 'tls-workbench.yaml');
  writeFileSync(file, other(readFileSync(file, 'utf8')));
  assert.match(await refused(), /does not know the TSIG key, or not with this algorithm \(BADKEY\)/);
  plan('late.zone.test');
  assert.match(await refused('--now', '2026-01-01T00:00:00Z'), /clocks .* differ by more than 5 minutes \(BADTIME\)/);
  plan('www.static.test');
  assert.match(await refused(), /refuses the update of static\.test: it is not allowed \(REFUSED\)/);
  plan('elsewhere.test');
  assert.match(await refused(), /the DNS server serves no zone for _acme-challenge\.elsewhere\.test/);
  plan('loop.static.test');
  assert.match(await refused(), /_acme-challenge\.loop\.static\.test is an alias of an alias, more than 8 times/);
  plan('a.zone.test', key);
  writeFileSync(file, readFileSync(file, 'utf8').replace('algorithm: hmac-sha256', 'algorithm: hmac-md5'));
  assert.match(
    (await place.run('issue')).stderr,
    /yaml:7:\d+: .*algorithm "hmac-md5" is not known\. Use one of hmac-sha256/,
  );
});
