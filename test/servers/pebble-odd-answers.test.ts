import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let proxy: FaultProxy;
let place: Workplace;

before(async () => {
  pebble = await startPebble({ env: { PEBBLE_ALTERNATE_ROOTS: '1' } });
  proxy = await startFaultProxy(pebble);
  place = createWorkplace();
});
after(async () => {
  await proxy.stop();
  await pebble.stop();
  place.remove();
});

async function issue(name: string, more = '', directory = proxy.pebble.directory) {
  const entry = `  ${name}: { issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" }${more} }\n`;
  place.plan({ ...proxy.pebble, directory }, entry);
  const outcome = await place.run('issue', '--format', 'json');
  return { ...outcome, row: onlyRow(outcome) };
}

const orders = (): number => proxy.requests.filter((request) => request.includes('order-plz')).length;

const refuse = (status: number, type: string) => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: JSON.stringify({ type: `urn:ietf:params:acme:error:${type}`, detail: 'not now' }),
});

test('URLs without their beginning count from where they were given', async () => {
  const { origin } = new URL(proxy.pebble.directory);
  const shortened = { change: (text: string) => text.replaceAll(`${origin}/`, '/') };
  proxy.reset(() => shortened);
  const { code, row } = await issue('relative.test', '', `${proxy.pebble.directory}?relative`);
  assert.equal(code, 0, row.error?.detail);
  // A header may leave out the folders, too.
  proxy.reset((_number, request) => ({
    change: (text) => (request.includes('order-plz') ? text.replace(`"location":"${origin}/`, '"location":"') : text),
  }));
  const again = await issue('shorter.test');
  assert.equal(again.code, 0, again.row.error?.detail);
});

test('a CA that refuses the answer to a challenge is not waited for as if it were at work', async () => {
  proxy.reset((_number, request) => (request.includes('chalZ') ? refuse(400, 'malformed') : 'pass'));
  const { code, row } = await issue('refused.test');
  assert.equal(code, 1);
  assert.equal(row.error?.type, 'urn:ietf:params:acme:error:malformed');
  assert.match(row.error?.detail ?? '', /not now/);
  const polls = proxy.requests.filter((request) => request.includes('authZ')).length;
  assert.ok(polls < 60, `${polls}`);
});

test('a certificate that the CA cannot give at the moment is fetched by the next run, and no other ordered', async () => {
  for (const fault of [refuse(500, 'serverInternal'), refuse(503, 'rateLimited'), refuse(429, 'rateLimited')]) {
    proxy.reset((_number, request) => (request.includes('certZ') ? fault : 'pass'));
    const name = `late${fault.status}${fault.body.length}.test`;
    assert.equal((await issue(name)).code, 1);
    proxy.reset(() => 'pass');
    const { code, row } = await issue(name);
    assert.equal(code, 0, row.error?.detail);
    assert.equal(orders(), 0);
  }
});

test('an order whose proof has ended since is given up for a new one in the same run', async () => {
  proxy.reset((_number, request) => (request.includes('chalZ') ? refuse(500, 'serverInternal') : 'pass'));
  assert.equal((await issue('ended.test')).code, 1);
  let looks = 0;
  const ended = { change: (text: string) => text.replace(/"status":\s*"pending"/, '"status":"deactivated"') };
  proxy.reset((_number, request) => (request.includes('authZ') && looks++ === 0 ? ended : 'pass'));
  const { code, row } = await issue('ended.test');
  assert.equal(code, 0, row.error?.detail);
  assert.equal(orders(), 1);
});

test('an alternate chain that the CA does not give, or that is none, keeps nobody from the certificate', async () => {
  for (const fault of [
    refuse(404, 'malformed'),
    { status: 200, body: '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----' },
  ]) {
    proxy.reset((_number, request) => (/certZ\/.*\/alternate/.test(request) ? fault : 'pass'));
    const { code, row, stderr } = await issue(`alternate${fault.status}.test`, ', preferredChain: "Elsewhere"');
    assert.equal(code, 0, row.error?.detail);
    assert.match(stderr, /No chain of pebble ends in "Elsewhere"; its own default was taken\. There are: Pebble Root/);
  }
});

test('a TLS error on the way to a challenge file is one of a redirect, and an address may be written in full', async () => {
  const failed = {
    change: (text: string) => {
      const authorization = JSON.parse(text);
      const error = { type: 'urn:ietf:params:acme:error:tls', detail: 'handshake failure' };
      const challenges = [{ ...authorization.challenges?.[0], type: 'http-01', status: 'invalid', error }];
      return JSON.stringify({ ...authorization, status: 'invalid', challenges });
    },
  };
  let looks = 0;
  proxy.reset((_number, request) => (request.includes('authZ') && looks++ > 0 ? failed : 'pass'));
  const { row } = await issue('handshake.test');
  const next =
    'Keep http://handshake.test/.well-known/acme-challenge/ out of the redirect to HTTPS, or mend TLS there.';
  assert.equal(row.error?.detail, `handshake.test could not be validated: handshake failure. ${next}`);

  const inFull = {
    change: (text: string) => text.replace('"127.0.0.1"', '"0:0:0:0:0:0:0:1"').replace('"::1"', '"0:0:0:0:0:0:0:1"'),
  };
  proxy.reset((_number, request) => (request.includes('authZ') ? inFull : 'pass'));
  const address = await issue('six', ', names: ["::1"]');
  assert.doesNotMatch(address.row.error?.detail ?? '', /No webroot in the plan serves/);
});
