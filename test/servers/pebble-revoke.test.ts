import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHttpClient } from '../../src/network/http.ts';
import { startFaultProxy } from '../support/fault-proxy.ts';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
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

/** A certificate with these output files, of the issuer that is named or the first one, each with the fields that it has. */
function plan(output: string, issuers: Readonly<Record<string, string>>, issuer = Object.keys(issuers)[0]): void {
  const entries = Object.entries(issuers).map(([name, fields]) => `  ${name}: { ${fields}, agreeToTerms: true }\n`);
  writeFileSync(
    file('tls-workbench.yaml'),
    `issuers:\n${entries.join('')}  dev: { type: local, permitted: [a.example.com] }
certificates:\n  a.test: { names: [a.example.com], issuer: ${issuer}, challenge: { webroot: "${pebble.webroot}" }, output: ${output} }\n`,
  );
}

const ours = () => `directory: "${pebble.directory}", ca: ${pebble.caFile}`;
const down = 'directory: "https://127.0.0.1:1/dir"';

/** `Valid`, or `Revoked` with the number of a reason that was given, as the CA has it. */
async function statusOf(name: string): Promise<string> {
  const { serialNumber } = new X509Certificate(readFileSync(file(name)));
  const http = createHttpClient({ ca: readFileSync(pebble.caFile, 'utf8'), keepAlive: false });
  const url = `${pebble.managementApi}/cert-status-by-serial/${serialNumber.toLowerCase()}`;
  const { Status, Reason } = JSON.parse((await http.request({ url })).body.toString());
  return [Status, Reason].filter((each) => each !== undefined).join(' ');
}

test('a dry run revokes nothing, and the reason reaches the CA', async () => {
  plan('{ certificate: a.crt, key: a.key }', { pebble: ours() });
  assert.equal((await place.run('issue')).code, 0);
  const tried = await place.run('revoke', 'a.test', '--dry-run');
  assert.equal(tried.stdout, 'a.test: would be revoked (dry run).\n');
  assert.equal(await statusOf('a.crt'), 'Valid');
  assert.match((await place.run('issue')).stdout, /current/);
  const key = readFileSync(file('a.key'));
  rmSync(file('a.key'));
  assert.match(
    (await place.run('revoke', 'a.test', '--by-key')).stderr,
    /The private key of \S+ is not here\. Revoke by/,
  );
  writeFileSync(file('a.key'), key);
  assert.equal((await place.run('revoke', 'a.test', '--reason', 'superseded')).code, 0);
  assert.equal(await statusOf('a.crt'), 'Revoked 4');
});

test('what another issuer of the plan stood in for is revoked there', async () => {
  const fallback = { first: `${down}, fallback: second`, second: ours() };
  plan('{ combined: b.pem }', fallback);
  const issued = await place.run('issue');
  assert.equal(issued.code, 0, issued.stderr);
  plan('{ combined: b.pem }', { first: down });
  const lost = await place.run('revoke', 'a.test');
  assert.match(lost.stderr, /b\.pem was issued by https:\/\/\S+, which is no issuer of the plan\. Add that CA/);
  assert.equal(lost.code, 1);
  plan('{ combined: b.pem }', fallback);
  const revoked = await place.run('revoke', 'a.test');
  assert.equal(revoked.code, 0, revoked.stderr);
  assert.equal(await statusOf('b.pem'), 'Revoked');
});

test('a reason that a CA does not take is told before it is asked', async () => {
  plan('{ certificate: a.crt, key: a.key }', { letsencrypt: 'directory: letsencrypt' });
  const elsewhere = ['--state', file('other'), '--dry-run'];
  const refused = await place.run('revoke', 'a.test', '--reason', 'affiliationChanged', ...elsewhere);
  assert.match(refused.stderr, /Let's Encrypt does not take the reason affiliationChanged\. Use one of unspecified, /);
  assert.equal((await place.run('revoke', 'a.test', '--reason', 'superseded', ...elsewhere)).code, 0);
});

test('the history tells the CA of each certificate by its serial number, also of one of a development CA', async () => {
  const output = '{ fullchain: c.pem, key: c.key }';
  plan(output, { pebble: ours() });
  assert.equal((await place.run('issue')).code, 0);
  copyFileSync(file('c.pem'), file('old.pem'));
  plan(output, { pebble: ours() }, 'dev');
  assert.equal((await place.run('issue', '--force')).code, 0);
  plan(output, { pebble: ours() });
  const local = await place.run('revoke', 'a.test');
  assert.match(local.stderr, /a\.test is of "local", and a development CA keeps no revocation list/);
  assert.equal(local.code, 1);
  const old = await place.run('revoke', 'a.test', '--certificate', 'old.pem');
  assert.equal(old.code, 0, old.stderr);
  assert.equal(await statusOf('old.pem'), 'Revoked');
});

test('of a file in which the CA’s certificate comes first the server’s own is revoked', async () => {
  plan('{ certificate: d.crt, chain: d.chain.pem, key: d.key }', { pebble: ours() });
  assert.equal((await place.run('issue')).code, 0);
  const texts = ['d.chain.pem', 'd.crt'].map((name) => readFileSync(file(name), 'utf8'));
  writeFileSync(file('upside-down.pem'), texts.join(''));
  const revoked = await place.run('revoke', 'a.test', '--certificate', 'upside-down.pem');
  assert.equal(revoked.code, 0, revoked.stderr);
  assert.equal(await statusOf('d.crt'), 'Revoked');
});

test('--by-key is named where the account is refused, and not where the key itself or something else is', async () => {
  const proxy = await startFaultProxy(pebble);
  try {
    plan('{ certificate: e.crt, key: e.key }', {
      pebble: `directory: "${proxy.pebble.directory}", ca: ${pebble.caFile}`,
    });
    assert.equal((await place.run('issue')).code, 0);
    const revokeAs = async (type: string, ...args: readonly string[]) => {
      const body = JSON.stringify({ type: `urn:ietf:params:acme:error:${type}`, detail: 'Not so.' });
      const refusal = { status: 403, headers: { 'content-type': 'application/problem+json' }, body };
      proxy.reset((_number, request) => (request.includes('revoke') ? refusal : 'pass'));
      return (await place.run('revoke', 'a.test', ...args)).stderr;
    };
    assert.match(await revokeAs('unauthorized'), /Not so\. Where the account .* "tls-workbench revoke --by-key"/);
    assert.match(await revokeAs('unauthorized', '--by-key'), /Not so\.\n$/);
    assert.match(await revokeAs('malformed'), /Not so\.\n$/);
    assert.equal(await statusOf('e.crt'), 'Valid');
  } finally {
    await proxy.stop();
  }
});

test('of two issuers with one directory the one of the certificate is asked', async () => {
  const issuers = { other: `directory: "${pebble.directory}"`, own: ours() };
  plan('{ certificate: f.crt, key: f.key }', issuers, 'own');
  assert.equal((await place.run('issue')).code, 0);
  const revoked = await place.run('revoke', 'a.test');
  assert.equal(revoked.code, 0, revoked.stderr);
  assert.equal(await statusOf('f.crt'), 'Revoked');
});
