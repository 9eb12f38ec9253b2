import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { after, before, beforeEach, test } from 'node:test';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let place: Workplace;
let proxy: Server;
let port: number;
/** `host:port` of each tunnel that was opened. */
let tunnels: string[] = [];
const credentials = `Basic ${Buffer.from('ops:p@ss').toString('base64')}`;

before(async () => {
  pebble = await startPebble();
  place = createWorkplace();
  place.plan(pebble, `  a.test: { issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" } }\n`);
  proxy = createServer((_request, response) => response.writeHead(405).end());
  proxy.on('connect', ({ url = '', headers }, client, head) => {
    if (headers['proxy-authorization'] !== credentials) {
      client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
      return;
    }
    tunnels.push(url);
    const upstream = connect(Number(url.split(':')[1]), url.split(':')[0], () => {
      client.write('HTTP/1.1 200 Connection established\r\n\r\n');
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    upstream.on('error', () => client.destroy());
    client.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  ({ port } = proxy.address() as AddressInfo);
});
beforeEach(() => {
  tunnels = [];
});
after(async () => {
  proxy.close();
  await pebble.stop();
  place.remove();
});

const issue = (env: Readonly<Record<string, string>>) => place.runWith({ env }, 'issue', '--force');

test('the CA is asked through the proxy of HTTPS_PROXY, and tunnels are kept open', async () => {
  const { code, stderr } = await issue({ HTTPS_PROXY: `http://ops:p%40ss@127.0.0.1:${port}` });
  assert.equal(code, 0, stderr);
  assert.deepEqual([...new Set(tunnels)], [new URL(pebble.directory).host]);
  // Nonce and account are asked for at the same time.
  assert.ok(tunnels.length <= 2, `${tunnels.length} tunnels`);
});

test('a host that NO_PROXY names is asked directly', async () => {
  const { code, stderr } = await issue({ HTTPS_PROXY: `http://127.0.0.1:${port}`, NO_PROXY: 'localhost,127.0.0.1' });
  assert.equal(code, 0, stderr);
  assert.deepEqual(tunnels, []);
});

test('a proxy that refuses, or is not there, is named without its password', async () => {
  const refused = await issue({ HTTPS_PROXY: `http://ops:wrong-secret@127.0.0.1:${port}` });
  assert.equal(refused.code, 1);
  assert.match(
    refused.stderr,
    /\/dir cannot be reached: the proxy http:\/\/127\.0\.0\.1:\d+ answered with HTTP status 407; write its user and password/,
  );
  assert.doesNotMatch(refused.stderr, /wrong-secret/);
  const missing = await issue({ HTTPS_PROXY: 'http://127.0.0.1:1' });
  assert.match(missing.stderr, /the proxy http:\/\/127\.0\.0\.1:1 of HTTPS_PROXY does not work \(connect ECONNREFUSED/);
});
