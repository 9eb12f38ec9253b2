import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createWorkplace, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';
import { throughDnsOf } from '../support/through-dns.ts';

let pebble: Pebble;
let place: Workplace;

before(async () => {
  pebble = await startPebble({ nginx: false });
  place = createWorkplace();
});
after(async () => {
  await pebble.stop();
  place.remove();
});

function names(file: string): string | undefined {
  const { subjectAltName } = new X509Certificate(readFileSync(join(place.folder, file)));
  return subjectAltName?.split(', ').sort().join(', ');
}

/** Words of a program that sets and removes records, as JSON. */
function dnsCommand(): string {
  const script = join(place.folder, 'dns.mjs');
  writeFileSync(
    script,
    `const [action, name, value] = process.argv.slice(2);
const path = action === 'add' ? '/set-txt' : '/clear-txt';
await fetch('${pebble.dnsApi}' + path, { method: 'POST', body: JSON.stringify({ host: name + '.', value }) });
`,
  );
  return JSON.stringify([process.execPath, script]);
}

test('http-01 by a listener of our own, three certificates at once through one port', async () => {
  const entry = (name: string): string =>
    `  ${name}: { issuer: pebble, challenge: { type: http-01, listen: "127.0.0.1:${pebble.httpPort}" } }\n`;
  place.plan(pebble, ['one.test', 'two.test', 'three.test'].map(entry).join(''));
  const outcome = await place.run('issue');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(names('tls/three.test.fullchain.pem'), 'DNS:three.test');
});

test('tls-alpn-01 for names and addresses', async () => {
  place.plan(
    pebble,
    `  alpn: { names: [alpn.test, 127.0.0.1], issuer: pebble, challenge: { type: tls-alpn-01, listen: "127.0.0.1:${pebble.tlsPort}" } }\n`,
  );
  const outcome = await place.run('issue');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(names('tls/alpn.fullchain.pem'), 'DNS:alpn.test, IP Address:127.0.0.1');
});

test('a port that another run has for a moment is waited for', async () => {
  place.plan(
    pebble,
    `  moment.test: { issuer: pebble, challenge: { type: http-01, listen: "127.0.0.1:${pebble.httpPort}" } }\n`,
  );
  const other = createServer().listen(pebble.httpPort, '127.0.0.1');
  await once(other, 'listening');
  setTimeout(() => other.close(), 1500);
  const outcome = await place.run('issue');
  assert.equal(outcome.code, 0, outcome.stderr);
});

test('a port that is taken is named', async () => {
  place.plan(
    pebble,
    `  taken.test: { issuer: pebble, challenge: { type: http-01, listen: "127.0.0.1:${new URL(pebble.directory).port}" } }\n`,
  );
  const outcome = await place.run('issue');
  assert.equal(outcome.code, 1);
  assert.match(outcome.stderr, /Port \d+ of 127\.0\.0\.1 is taken by another program/);
});

test('dns-01 by command: base name and wildcard, after the command was trusted', async () => {
  const command = dnsCommand();
  place.plan(
    pebble,
    `  wild:\n    names: [wild.test, "*.wild.test"]\n    issuer: pebble\n    challenge: { type: dns-01, command: ${command} }\n`,
  );
  const refused = await place.run('issue');
  assert.equal(refused.code, 1);
  assert.match(refused.stderr, /not trusted yet.*--trust/);
  const outcome = await place.run('issue', '--trust');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(names('tls/wild.fullchain.pem'), 'DNS:*.wild.test, DNS:wild.test');
});

test('a command that could set no record is not said to have left one', async () => {
  place.plan(pebble, `  no: { names: [no.test], issuer: pebble, challenge: { type: dns-01, command: ["false"] } }\n`);
  const { stderr } = await place.run('issue', '--trust');
  assert.match(
    stderr,
    /^no: failed: "false" could not add _acme-challenge\.no\.test: it ended with exit code 1\. Correct/,
  );
});

test('an address that the machine has not is no place to listen at', async () => {
  place.plan(pebble, `  na: { names: [na.test], issuer: pebble, challenge: { listen: "203.0.113.9:8080" } }\n`);
  const { stderr } = await place.run('issue');
  assert.match(
    stderr,
    /Port 8080 of 203\.0\.113\.9 cannot be opened: this machine has no such address\. Correct listen/,
  );
});

test('the name servers are waited for once, however many records are set', async () => {
  const command = dnsCommand();
  const challenge = `{ type: dns-01, command: ${command}, wait: 2 }`;
  place.plan(
    pebble,
    `  spread: { names: [a.spread.test, b.spread.test, "*.b.spread.test"], issuer: pebble, challenge: ${challenge} }\n`,
  );
  const outcome = await place.run('issue', '--trust');
  assert.equal(outcome.code, 0, outcome.stderr);
  const waits = outcome.stderr.match(/.*waiting until.*/g) ?? [];
  assert.equal(waits.length, 1, outcome.stderr);
  assert.match(waits[0] ?? '', /^spread: _acme-challenge\.\S+ and 2 more spread to all name servers: waiting until /);
  const quiet = await place.run('issue', '--force', '--quiet');
  assert.deepEqual([quiet.code, quiet.stderr], [0, '']);
});

test('dns-01 by hand stops with the record to set, and goes on with the same order', async () => {
  place.plan(pebble, '  hand.test: { issuer: pebble, challenge: { type: dns-01 } }\n');
  const first = await place.run('issue', '-v');
  assert.equal(first.code, 1);
  const [, name, value] = /Set the DNS record (\S+) TXT "(\S+)"/.exec(first.stderr) ?? [];
  assert.ok(name && value, first.stderr);
  await fetch(`${pebble.dnsApi}/set-txt`, { method: 'POST', body: JSON.stringify({ host: `${name}.`, value }) });
  const second = await place.run('issue', '-v', '--published');
  assert.equal(second.code, 0, second.stderr);
  assert.match(second.stderr, /Going on with the order/);
});

test('a record that was set by hand is found, so that nobody need say so', async () => {
  place.plan(pebble, '  found.test: { issuer: pebble, challenge: { type: dns-01 } }\n');
  const first = await place.run('issue');
  const [, name, value] = /Set the DNS record (\S+) TXT "(\S+)"/.exec(first.stderr) ?? [];
  await fetch(`${pebble.dnsApi}/set-txt`, { method: 'POST', body: JSON.stringify({ host: `${name}.`, value }) });
  const second = await throughDnsOf(pebble, () => place.run('issue'));
  assert.equal(second.code, 0, second.stderr);
});

test('the records for a name and its wildcard are told together', async () => {
  place.plan(pebble, '  both: { names: ["*.both.test", both.test], issuer: pebble, challenge: { type: dns-01 } }\n');
  const first = await place.run('issue');
  const records = [...first.stderr.matchAll(/(_acme-challenge\.\S+) TXT "(\S+)"/g)];
  assert.equal(records.length, 2, first.stderr);
  for (const [, name, value] of records)
    await fetch(`${pebble.dnsApi}/set-txt`, { method: 'POST', body: JSON.stringify({ host: `${name}.`, value }) });
  const second = await place.run('issue', '--published');
  assert.equal(second.code, 0, second.stderr);
});

test('a record that is not there is told with what to do', async () => {
  place.plan(pebble, '  none.test: { issuer: pebble, challenge: { type: dns-01 } }\n');
  const outcome = await place.run('issue', '--published');
  assert.match(outcome.stderr, /No TXT records found.* Set the record, wait until all name servers/);
});

test('an internationalised name is issued as its ASCII form', async () => {
  place.plan(
    pebble,
    `  bücher: { names: [bücher.test], issuer: pebble, challenge: { type: http-01, listen: "127.0.0.1:${pebble.httpPort}" }, output: { fullchain: idn.pem, key: idn.key } }\n`,
  );
  const outcome = await place.run('issue');
  assert.equal(outcome.code, 0, outcome.stderr);
  assert.equal(names('idn.pem'), 'DNS:xn--bcher-kva.test');
});
