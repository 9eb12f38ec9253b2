import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHttpClient } from '../../src/network/http.ts';
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

/** A certificate with these output files, of the first of the issuers, each with the address of its directory. */
function plan(output: string, issuers: Readonly<Record<string, string>>): void {
  const entries = Object.entries(issuers).map(([name, fields]) => `  ${name}: { ${fields}, agreeToTerms: true }\n`);
  writeFileSync(
    file('tls-workbench.yaml'),
    `issuers:\n${entries.join('')}certificates:\n  a.test: { names: [a.example.com], issuer: ${Object.keys(issuers)[0]}, challenge: { webroot: "${pebble.webroot}" }, output: ${output} }\n`,
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
