import assert from 'node:assert/strict';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHttpClient } from '../../src/network/http.ts';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';
import { buildOwnProcess, type OwnProcess } from '../support/own-process.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let own: OwnProcess;
/** Every seventh step by default; `JUDGE=full` tries each. */
const stride = process.env['JUDGE'] === 'full' ? 1 : 7;

before(async () => {
  pebble = await startPebble();
  own = await buildOwnProcess();
});
after(async () => {
  await pebble.stop();
  own.remove();
});

interface Killed {
  readonly place: Workplace;
  readonly name: string;
  /** Which step it was, for messages. */
  readonly what: string;
  /** Orders and certificates that Pebble made for the killed command and since. */
  spent(): { readonly orders: number; readonly certificates: number };
}

interface Scenario {
  readonly title: string;
  /** Fewer steps than these mean that they were not seen. */
  readonly steps: number;
  readonly command: readonly string[];
  /** What is there before. */
  prepare(place: Workplace, name: string): Promise<void> | void;
  /** Runs it again, and looks at what came of it. */
  check(killed: Killed): Promise<void>;
}

/** Kills the command before and after each of its steps, each time in a new place. */
function survives({ title, steps, command, prepare, check }: Scenario): void {
  const name = `killed at each step of ${title} and run again: nothing lost, nothing doubled`;
  test(name, { timeout: 600_000 }, async () => {
    for (const when of ['before', 'after']) {
      let step = 1;
      for (; step < 400; step += stride) {
        const place = createWorkplace();
        const host = `${title.replace(/\W+/g, '-')}-${when}-${step}.test`;
        await prepare(place, host);
        const [orders, certificates] = [pebble.count(/Added order/g), pebble.count(/Issued certificate/g)];
        const { wasKilled } = await own.run(place, command, when, step);
        const spent = () => ({
          orders: pebble.count(/Added order/g) - orders,
          certificates: pebble.count(/Issued certificate/g) - certificates,
        });
        await check({ place, name: host, what: `${when} step ${step}`, spent });
        place.remove();
        if (!wasKilled) break;
      }
      assert.ok(step > steps, `only ${step} steps were seen`);
      assert.ok(step < 400, 'it never ran to its end');
    }
  });
}

const output = 'output: { certificate: a.crt, key: a.key, fullchain: a.pem }';
const webroot = (): string => `challenge: { type: http-01, webroot: "${pebble.webroot}" }`;

/** Runs it again: it is issued once, at the price of at most one order more, and only what belongs there is left. */
async function isIssuedOnce({ place, name, what, spent }: Killed, names = [name]): Promise<void> {
  const again = await place.run('issue', '--trust', '--format', 'json');
  assert.equal(again.code, 0, `${what}: ${again.stderr}`);
  assert.match(String(onlyRow(again)['status']), /^(issued|current)$/, what);
  const certificate = new X509Certificate(readIn(place, 'a.crt'));
  assert.ok(certificate.checkPrivateKey(createPrivateKey(readIn(place, 'a.key'))), what);
  const { serialNumber } = new X509Certificate(readIn(place, 'a.pem'));
  assert.equal(serialNumber, certificate.serialNumber, `${what}: one set of files`);
  assert.deepEqual(certificate.subjectAltName, names.map((each) => `DNS:${each}`).join(', '), what);
  const { orders, certificates } = spent();
  assert.equal(certificates, 1, `${what}: one certificate`);
  assert.ok(orders <= 2, `${what}: at most one order orphaned`);
  for (const folder of ['orders', 'challenges'])
    assert.deepEqual(readdirSync(join(place.folder, 'state', folder)), [], `${what}: ${folder}`);
  // A dead process's lock stays until somebody needs it; the certificate's own one was needed.
  const locks = readdirSync(join(place.folder, 'state', 'locks'));
  assert.ok(!locks.some((file) => file.startsWith('crash-')), `${what}: ${locks.join()}`);
  const all = readdirSync(place.folder, { recursive: true, encoding: 'utf8' });
  assert.deepEqual(
    all.filter((file) => file.endsWith('.tmp')),
    [],
    what,
  );
  assert.ok(!existsSync(join(pebble.webroot, '.well-known')), what);
  assert.equal(readdirSync(join(place.folder, 'state', 'accounts')).length, 1, what);
}

function readIn(place: Workplace, file: string): Buffer {
  return readFileSync(join(place.folder, file));
}

survives({
  title: 'an order by http-01',
  steps: 30,
  command: ['issue'],
  prepare: (place, name) =>
    place.plan(pebble, `  crash: { names: [${name}], issuer: pebble, ${webroot()}, ${output} }\n`),
  check: isIssuedOnce,
});

survives({
  title: 'an order by dns-01, with a command afterwards',
  steps: 30,
  command: ['issue', '--trust'],
  prepare(place, name) {
    writeFileSync(
      join(place.folder, 'dns.mjs'),
      `import { appendFileSync } from 'node:fs';
const [action, host, value] = process.argv.slice(2);
const path = action === 'add' ? '/set-txt' : '/clear-txt';
await fetch('${pebble.dnsApi}' + path, { method: 'POST', body: JSON.stringify({ host: host + '.', value }) });
appendFileSync('records', action + '\\n');
`,
    );
    const command = JSON.stringify([process.execPath, 'dns.mjs']);
    const ran = JSON.stringify(['sh', '-c', 'echo ran >> after']);
    place.plan(
      pebble,
      `  crash:\n    names: [${name}]\n    issuer: pebble\n    challenge: { type: dns-01, command: ${command} }\n    ${output}\n    after: ${ran}\n`,
    );
  },
  async check(killed) {
    await isIssuedOnce(killed);
    const { place, what } = killed;
    assert.equal(String(readIn(place, 'records')).trim().split('\n').at(-1), 'remove', `${what}: the record is gone`);
    assert.match(String(readIn(place, 'after')), /^ran\n/, what);
  },
});

survives({
  title: 'an order by tls-alpn-01',
  steps: 20,
  command: ['issue'],
  prepare: (place, name) =>
    place.plan(
      pebble,
      `  crash: { names: [${name}], issuer: pebble, challenge: { type: tls-alpn-01, listen: "127.0.0.1:${pebble.tlsPort}" }, ${output} }\n`,
    ),
  check: isIssuedOnce,
});

survives({
  title: 'an order whose proofs are taken back',
  steps: 30,
  command: ['issue', '--deactivate-authorizations'],
  prepare: (place, name) =>
    place.plan(pebble, `  crash: { names: [${name}], issuer: pebble, ${webroot()}, ${output} }\n`),
  check: isIssuedOnce,
});

survives({
  title: 'a renewal that keeps its key',
  steps: 25,
  command: ['issue'],
  async prepare(place, name) {
    const plan = (names: string) =>
      place.plan(pebble, `  crash: { names: [${names}], issuer: pebble, reuse: true, ${webroot()}, ${output} }\n`);
    plan(name);
    assert.equal((await place.run('issue')).code, 0);
    writeFileSync(join(place.folder, 'before.key'), readIn(place, 'a.key'));
    plan(`${name}, www.${name}`);
  },
  async check(killed) {
    const { place, name, what } = killed;
    await isIssuedOnce(killed, [name, `www.${name}`]);
    assert.deepEqual(readIn(place, 'a.key'), readIn(place, 'before.key'), `${what}: the key is the same`);
  },
});

/** What the account's own CA says of it, asked by its key. */
async function accountsOf(place: Workplace): Promise<readonly { readonly url: string; readonly status: string }[]> {
  return JSON.parse((await place.run('account', 'list', '--format', 'json')).stdout).accounts;
}

survives({
  title: 'a revocation',
  steps: 4,
  command: ['revoke', 'crash', '--reason', 'superseded'],
  async prepare(place, name) {
    place.plan(pebble, `  crash: { names: [${name}], issuer: pebble, ${webroot()}, ${output} }\n`);
    assert.equal((await place.run('issue')).code, 0);
  },
  async check({ place, what }) {
    const again = await place.run('revoke', 'crash', '--reason', 'superseded');
    assert.equal(again.code, 0, `${what}: ${again.stderr}`);
    const { serialNumber } = new X509Certificate(readIn(place, 'a.crt'));
    const http = createHttpClient({ ca: readFileSync(pebble.caFile, 'utf8'), keepAlive: false });
    const url = `${pebble.managementApi}/cert-status-by-serial/${serialNumber.toLowerCase()}`;
    assert.equal(JSON.parse((await http.request({ url })).body.toString()).Status, 'Revoked', what);
    const history = String(readIn(place, 'state/history.jsonl')).trim().split('\n');
    assert.equal(history.filter((line) => line.includes('"revoked"')).length, 1, what);
  },
});

survives({
  title: 'the making of an account',
  steps: 6,
  command: ['account', 'create', 'pebble'],
  prepare: (place, name) =>
    place.plan(pebble, `  crash: { names: [${name}], issuer: pebble, ${webroot()}, ${output} }\n`),
  async check({ place, what }) {
    const made = await place.run('account', 'create', 'pebble', '--format', 'json');
    assert.equal(made.code, 0, `${what}: ${made.stderr}`);
    assert.deepEqual(
      (await accountsOf(place)).map(({ url }) => url),
      [JSON.parse(made.stdout).url],
      what,
    );
  },
});

survives({
  title: 'the import of an account',
  steps: 3,
  command: ['account', 'import', 'pebble', 'old.key'],
  async prepare(place, name) {
    place.plan(pebble, `  crash: { names: [${name}], issuer: pebble, ${webroot()}, ${output} }\n`);
    const made = await place.run('account', 'create', 'pebble', '--state', 'other', '--format', 'json');
    writeFileSync(join(place.folder, 'account-before'), JSON.parse(made.stdout).url);
    const [account = ''] = readdirSync(join(place.folder, 'other/accounts'));
    writeFileSync(join(place.folder, 'old.key'), readIn(place, `other/accounts/${account}/account.key`));
  },
  async check({ place, what }) {
    const again = await place.run('account', 'import', 'pebble', 'old.key');
    assert.equal(again.code, 0, `${what}: ${again.stderr}`);
    const issued = await place.run('issue');
    assert.equal(issued.code, 0, `${what}: ${issued.stderr}`);
    const urls = (await accountsOf(place)).map(({ url }) => url);
    assert.deepEqual(urls, [String(readIn(place, 'account-before'))], `${what}: the same account`);
  },
});

survives({
  title: 'a change of the account key',
  steps: 4,
  command: ['account', 'rollover', 'pebble'],
  async prepare(place, name) {
    place.plan(pebble, `  crash: { names: [${name}], issuer: pebble, ${webroot()}, ${output} }\n`);
    const made = await place.run('account', 'create', 'pebble');
    writeFileSync(join(place.folder, 'account-before'), made.stdout);
  },
  async check({ place, what }) {
    const issued = await place.run('issue');
    assert.equal(issued.code, 0, `${what}: ${issued.stderr}`);
    const again = await place.run('account', 'rollover', 'pebble');
    assert.equal(again.code, 0, `${what}: ${again.stderr}`);
    const [account, ...others] = await accountsOf(place);
    assert.ok(account && String(readIn(place, 'account-before')).includes(account.url), `${what}: the same account`);
    assert.deepEqual(others, [], what);
  },
});

survives({
  title: 'the end of an account',
  steps: 3,
  command: ['account', 'deactivate', 'pebble'],
  async prepare(place, name) {
    place.plan(pebble, `  crash: { names: [${name}], issuer: pebble, ${webroot()}, ${output} }\n`);
    const made = await place.run('account', 'create', 'pebble', '--format', 'json');
    writeFileSync(join(place.folder, 'account-before'), JSON.parse(made.stdout).url);
  },
  async check({ place, what }) {
    const again = await place.run('account', 'deactivate', 'pebble');
    if (again.code !== 0) assert.match(again.stderr, /has no account here, so there is none to deactivate/, what);
    const issued = await place.run('issue');
    assert.equal(issued.code, 0, `${what}: ${issued.stderr}`);
    const [account] = await accountsOf(place);
    assert.notEqual(account?.url, String(readIn(place, 'account-before')), `${what}: a new account`);
    const kept = readdirSync(join(place.folder, 'state', 'accounts'), { recursive: true, encoding: 'utf8' });
    assert.equal(kept.filter((file) => file.endsWith('.deactivated.key')).length, 1, `${what}: the old key is kept`);
  },
});
