import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { type ConnectProxy, startConnectProxy } from '../support/connect-proxy.ts';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let place: Workplace;
let proxy: ConnectProxy;

before(async () => {
  pebble = await startPebble();
  place = createWorkplace();
  place.plan(pebble, `  a.test: { issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" } }\n`);
  proxy = await startConnectProxy('ops:p@ss100%x');
});
beforeEach(() => proxy.reset());
after(async () => {
  proxy.stop();
  await pebble.stop();
  place.remove();
});

const issue = (env: Readonly<Record<string, string>>) => place.runWith({ env }, 'issue', '--force');

test('the CA is asked through the proxy of HTTPS_PROXY, and tunnels are kept open', async () => {
  const { code, stderr } = await issue({ HTTPS_PROXY: `http://ops:p%40ss100%x@127.0.0.1:${proxy.port}` });
  assert.equal(code, 0, stderr);
  assert.deepEqual([...new Set(proxy.tunnels)], [new URL(pebble.directory).host]);
  // Nonce and account are asked for at the same time.
  assert.ok(proxy.tunnels.length <= 2, `${proxy.tunnels.length} tunnels`);
});

test('a host that NO_PROXY names is asked directly', async () => {
  const { code, stderr } = await issue({
    HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
    NO_PROXY: 'localhost,127.0.0.1',
  });
  assert.equal(code, 0, stderr);
  assert.deepEqual(proxy.tunnels, []);
});

test('a proxy that refuses, or is not there, is named without its password', async () => {
  const refused = await issue({ HTTPS_PROXY: `http://ops:wrong-secret@127.0.0.1:${proxy.port}` });
  assert.equal(refused.code, 1);
  assert.match(
    refused.stderr,
    /\/dir cannot be reached: the proxy http:\/\/127\.0\.0\.1:\d+ answered with HTTP status 407; write its user and password/,
  );
  assert.doesNotMatch(refused.stderr, /wrong-secret/);
  const missing = await issue({ HTTPS_PROXY: 'http://127.0.0.1:1' });
  assert.match(missing.stderr, /the proxy http:\/\/127\.0\.0\.1:1 of HTTPS_PROXY does not work \(connect ECONNREFUSED/);
});
