import assert from 'node:assert/strict';
import { createPrivateKey } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

const eabSecret = 'zWNDZM6eQGHWpSRTPal5eIUYFTu7EajVIoguysqZ9wG44nMEtx3MUAsUDkMTQ12W';
const dnsSecret = Buffer.alloc(32, 0x5a).toString('base64');

let pebble: Pebble;
let proxy: FaultProxy;
let place: Workplace;
let said = '';
let sent = '';

before(async () => {
  pebble = await startPebble({
    config: { externalAccountBindingRequired: true, externalAccountMACKeys: { 'kid-1': eabSecret } },
  });
  proxy = await startFaultProxy(pebble);
  place = createWorkplace();
  const webroot = `challenge: { type: http-01, webroot: "${pebble.webroot}" }`;
  place.plan(
    proxy.pebble,
    `  ecdsa.test: { issuer: pebble, ${webroot} }
  rsa.test: { issuer: pebble, key: rsa-2048, reuse: true, ${webroot} }
  dns.test: { issuer: pebble, challenge: { type: dns-01, rfc2136: { server: "127.0.0.1:1", key: mine } } }
`,
    ', eab: { kid: kid-1 }',
  );
});
after(async () => {
  await proxy.stop();
  await pebble.stop();
  place.remove();
});

/** Runs a command and keeps whatever it says and sends. */
async function run(code: number, command: Parameters<Workplace['run']>[0], ...args: readonly string[]): Promise<void> {
  const env = { TLS_WORKBENCH_EAB_PEBBLE: eabSecret, TLS_WORKBENCH_TSIG_MINE: dnsSecret };
  proxy.reset(() => 'pass');
  const outcome = await place.runWith({ env }, command, ...args, '-v');
  assert.equal(outcome.code, code, outcome.stderr);
  said += outcome.stdout + outcome.stderr;
  sent += JSON.stringify(proxy.payloads);
}

test('whatever is said, sent or kept holds no secret but for key files, which only their owner reads', async () => {
  await run(0, 'account', 'create', 'pebble');
  await run(0, 'issue', 'ecdsa.test', 'rsa.test');
  await run(1, 'issue', 'dns.test');
  await run(0, 'account', 'rollover', 'pebble');
  await run(0, 'issue', '--force', 'rsa.test', '--format', 'json');
  await run(0, 'revoke', 'ecdsa.test', '--by-key');
  await run(0, 'account', 'deactivate', 'pebble');
  await run(0, 'account', 'list', '--format', 'json');
  assert.match(said, /Placed the order/);
  assert.match(sent, /"csr":/);

  const files = readdirSync(place.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const keys = files.filter((file) => file.endsWith('.key'));
  assert.ok(keys.length >= 3, keys.join());
  const secrets = [eabSecret, dnsSecret, 'PRIVATE KEY'];
  for (const file of keys) {
    assert.equal(statSync(file).mode & 0o777, 0o600, file);
    const { d = '' } = createPrivateKey(readFileSync(file)).export({ format: 'jwk' });
    assert.ok(d.length > 40);
    secrets.push(d, Buffer.from(d, 'base64url').toString('hex'), Buffer.from(d, 'base64url').toString('base64'));
  }
  const places = [
    ['what was said', said],
    ['what was sent', sent],
    ...files.filter((file) => !keys.includes(file)).map((file) => [file, readFileSync(file, 'latin1')] as const),
  ] as const;
  for (const [where, text] of places)
    for (const secret of secrets) assert.ok(!text.includes(secret), `${where} holds ${secret.slice(0, 12)}…`);
});
