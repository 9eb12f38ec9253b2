import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createHttpClient } from '../../src/network/http.ts';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';

let pebble: Pebble;
let proxy: FaultProxy;
let place: Workplace;

before(async () => {
  pebble = await startPebble({ env: { PEBBLE_ALTERNATE_ROOTS: '2' } });
  proxy = await startFaultProxy(pebble);
  place = createWorkplace();
});
after(async () => {
  await proxy.stop();
  await pebble.stop();
  place.remove();
});

const day = 86_400_000;

/** An entry of the plan; `more` are further fields. */
const entry = (name: string, more = ''): string =>
  `  ${name}: { issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" }${more} }\n`;

/** Payloads of the orders that were placed since the last reset. */
function orders(): readonly Readonly<Record<string, unknown>>[] {
  return proxy.payloads.filter((_payload, index) => proxy.requests[index]?.includes('order-plz')) as never;
}

function openssl(...args: readonly string[]): string {
  return execFileSync('openssl', args, { cwd: place.folder, encoding: 'utf8' });
}

/** RFC 9773 section 4.1, from what OpenSSL prints. */
function renewalIdentifier(file: string): string {
  const octets = (hex = ''): string => Buffer.from(hex.replaceAll(':', ''), 'hex').toString('base64url');
  const text = openssl('x509', '-in', file, '-noout', '-ext', 'authorityKeyIdentifier');
  const [, authority] = /([0-9A-F]{2}(?::[0-9A-F]{2}){10,})/.exec(text) ?? [];
  const serial = openssl('x509', '-in', file, '-noout', '-serial').trim().replace('serial=', '');
  return `${octets(authority)}.${octets(/^[89A-F]/.test(serial) ? `00${serial}` : serial)}`;
}

/** Common names of Pebble's roots, its default one first. */
async function rootNames(): Promise<readonly string[]> {
  const http = createHttpClient({ ca: readFileSync(pebble.caFile, 'utf8'), keepAlive: false });
  const names: string[] = [];
  for (let index = 0; index < 3; index++) {
    const { body } = await http.request({ url: `${pebble.managementApi}/roots/${index}` });
    const subject = execFileSync('openssl', ['x509', '-noout', '-subject', '-nameopt', 'multiline'], { input: body });
    names.push(/commonName\s+= (.*)/.exec(subject.toString())?.[1] ?? '');
  }
  return names;
}

test('the chain that the plan prefers is taken; where there is none, the others are named', async () => {
  const roots = await rootNames();
  assert.equal(new Set(roots).size, 3);
  for (const root of roots) {
    place.plan(
      pebble,
      entry(
        'chain.test',
        `, preferredChain: "${root}", output: { certificate: chain.crt, chain: chain.pem, key: chain.key }`,
      ),
    );
    const outcome = await place.run('issue', '--force');
    assert.equal(outcome.code, 0, outcome.stderr);
    assert.equal(outcome.stderr, '');
    assert.ok(openssl('x509', '-in', 'chain.pem', '-noout', '-issuer').includes(root));
  }
  place.plan(
    pebble,
    entry(
      'chain.test',
      ', preferredChain: "Elsewhere", output: { certificate: chain.crt, chain: chain.pem, key: chain.key }',
    ),
  );
  const { code, stderr } = await place.run('issue', '--force');
  assert.equal(code, 0);
  assert.match(stderr, /No chain of pebble ends in "Elsewhere"; its own default was taken/);
  for (const root of roots) assert.ok(stderr.includes(root), stderr);
});

test('ten renewals at once, each order names the certificate that it replaces', { timeout: 60_000 }, async () => {
  const names = Array.from({ length: 10 }, (_, index) => `ten${index}.test`);
  place.plan(proxy.pebble, names.map((name) => entry(name)).join(''));
  proxy.reset(() => 'pass');
  assert.equal((await place.run('issue')).code, 0);
  assert.deepEqual(
    orders().map(({ replaces }) => replaces),
    names.map(() => undefined),
  );
  const file = (name: string): string => `tls/${name}.fullchain.pem`;
  const replaced = new Map(names.map((name) => [name, renewalIdentifier(file(name))]));
  const serials = new Set(names.map((name) => openssl('x509', '-in', file(name), '-noout', '-serial')));

  proxy.reset(() => 'pass');
  const later = new Date(Date.now() + 4.5 * 365 * day).toISOString();
  const renewed = await place.run('renew', '--now', later, '--parallel', '10');
  assert.equal(renewed.code, 0, renewed.stderr);
  // Pebble 2.6 does not find every tenth certificate again, and answers 500; such an order is placed anew without it.
  const renewals = orders().filter((order) => 'replaces' in order);
  assert.equal(renewals.length, 10);
  for (const { identifiers, replaces } of renewals) {
    const [{ value }] = identifiers as [{ readonly value: string }];
    assert.equal(replaces, replaced.get(value), value);
  }
  for (const name of names) serials.add(openssl('x509', '-in', file(name), '-noout', '-serial'));
  assert.equal(serials.size, 20);
});

test('an order is placed without naming the old certificate where the CA does not take that', async () => {
  place.plan(proxy.pebble, entry('again.test'));
  assert.equal((await place.run('issue')).code, 0);
  for (const [status, type] of [
    [409, 'alreadyReplaced'],
    [404, 'malformed'],
    [403, 'unauthorized'],
    [500, 'serverInternal'],
  ] as const) {
    let refused = 0;
    proxy.reset((_number, request) => {
      if (!request.includes('order-plz') || refused++ > 0) return 'pass';
      const body = JSON.stringify({ type: `urn:ietf:params:acme:error:${type}`, detail: 'not this one' });
      return { status, headers: { 'content-type': 'application/problem+json' }, body };
    });
    assert.equal((await place.run('issue', '--force')).code, 0, type);
    assert.deepEqual(
      orders().map((order) => 'replaces' in order),
      [true, false],
    );
  }
});

test('names, addresses and profile reach the CA as the plan says', async () => {
  proxy.reset(() => 'pass');
  place.plan(proxy.pebble, entry('p.test', ', names: [p.test, 127.0.0.1], profile: shortlived'));
  assert.equal((await place.run('issue')).code, 0);
  const identifiers = [
    { type: 'dns', value: 'p.test' },
    { type: 'ip', value: '127.0.0.1' },
  ];
  assert.deepEqual(orders(), [{ identifiers, profile: 'shortlived' }]);
});

test('a profile is told to have no effect where the CA offers none', async () => {
  proxy.reset(() => 'pass');
  place.plan(proxy.pebble, entry('none.test', ', profile: shortlived'));
  const { code, stderr } = await place.run('issue');
  assert.equal(code, 0);
  assert.match(stderr, /^none\.test: pebble offers no profiles, so "shortlived" has no effect there\. Remove profile/);
});

test('a refused order, and one that was given up, leave no key behind', async () => {
  const left = (): readonly string[] => readdirSync(join(place.folder, 'state', 'orders'));
  proxy.reset(() => 'pass');
  place.plan(proxy.pebble, entry('my_host.test'));
  assert.equal((await place.run('issue')).code, 1);
  assert.deepEqual(left(), []);
  mkdirSync(join(pebble.folder, 'unserved'));
  place.plan(proxy.pebble, entry('lost.test').replace(pebble.webroot, join(pebble.folder, 'unserved')));
  assert.match((await place.run('issue')).stderr, /lost\.test could not be validated/);
  assert.deepEqual(left(), []);
});

test('another profile, Must-Staple or another chain in the plan brings a new certificate, once', async () => {
  const reason = async (more: string): Promise<unknown> => {
    place.plan(proxy.pebble, entry('wish.test', more));
    const row = onlyRow(await place.run('renew', '--format', 'json'));
    assert.equal(row['status'], 'issued');
    const again = onlyRow(await place.run('renew', '--format', 'json'));
    assert.equal(again['status'], 'current');
    return row['reason'];
  };
  proxy.reset(() => 'pass');
  assert.match(String(await reason('')), /no certificate yet/);
  assert.equal(
    await reason(', profile: shortlived'),
    'The plan names profile "shortlived"; it was asked for with no profile.',
  );
  assert.match(String(await reason(', profile: shortlived, mustStaple: true')), /wants OCSP Must-Staple/);
  assert.match(
    openssl('x509', '-in', 'tls/wish.test.fullchain.pem', '-noout', '-text'),
    /TLS Feature|1\.3\.6\.1\.5\.5\.7\.1\.24/,
  );
  assert.match(String(await reason(', profile: shortlived')), /with OCSP Must-Staple, which the plan does not want/);
  // Pebble has no such chain, and is not asked for it at every run.
  assert.match(String(await reason(', profile: shortlived, preferredChain: Elsewhere')), /chain of "Elsewhere"/);
});

test('a profile that the directory does not list is refused before an order is spent', async () => {
  const urls = { newNonce: '/nonce-plz', newAccount: '/sign-me-up', newOrder: '/order-plz' };
  const absolute = Object.entries(urls).map(([name, path]) => [name, new URL(path, proxy.pebble.directory).href]);
  const meta = { profiles: { classic: 'ninety days', shortlived: 'six days' } };
  const body = JSON.stringify({ ...Object.fromEntries(absolute), meta });
  const advertised = { ...proxy.pebble, directory: `${proxy.pebble.directory}?profiles` };
  const withProfiles = (_number: number, request: string) =>
    request.startsWith('GET /dir') ? { status: 200, body } : ('pass' as const);
  place.plan(advertised, entry('q.test', ', profile: tlsserver'));
  proxy.reset(withProfiles);
  const { code, stderr } = await place.run('issue');
  assert.equal(code, 1);
  assert.match(stderr, /pebble has no profile "tlsserver", only classic, shortlived\. Correct it in the plan/);
  assert.deepEqual(orders(), []);
  place.plan(advertised, entry('q.test', ', profile: classic'));
  assert.equal((await place.run('issue')).code, 0);
  assert.deepEqual(
    orders().map(({ profile }) => profile),
    ['classic'],
  );
});

test('the proofs of a dry run, and of an order that says so, serve no later order', { timeout: 60_000 }, async () => {
  const reusing = await startPebble({ env: { PEBBLE_AUTHZREUSE: '100' } });
  const through = await startFaultProxy(reusing);
  try {
    const certificates = `  reuse.test: { issuer: pebble, challenge: { type: http-01, webroot: "${reusing.webroot}" } }\n`;
    place.plan(through.pebble, certificates);
    const proofs = async (...args: readonly string[]): Promise<number> => {
      through.reset(() => 'pass');
      const { code, stderr } = await place.run('issue', '--force', ...args);
      assert.equal(code, 0, stderr);
      return through.requests.filter((request) => request.includes('chalZ')).length;
    };
    assert.equal(await proofs('--dry-run'), 1);
    assert.equal(await proofs(), 1, 'the dry run took its proof back');
    assert.equal(await proofs('--deactivate-authorizations'), 0, 'the CA remembers the last one');
    assert.equal(await proofs(), 1, 'it was taken back');
    through.reset((_number, request) =>
      request.includes('authZ') ? { status: 403, body: '{"detail":"kept"}' } : 'pass',
    );
    const kept = await place.run('issue', '--force', '--deactivate-authorizations');
    assert.equal(kept.code, 0, kept.stderr);
    assert.match(kept.stderr, /reuse\.test: An authorization was not deactivated, and ends by itself: .*kept/);
  } finally {
    await through.stop();
    await reusing.stop();
  }
});

for (const [what, off] of [
  ['slow', -day],
  ['fast', day],
] as const) {
  test(`with a clock that is a day ${what} it issues once, and a busy CA is waited for as it says`, async () => {
    const now = new Date(Date.now() + off).toISOString();
    place.plan(proxy.pebble, entry(`${what}.test`));
    proxy.reset((number) => {
      if (number !== 2) return 'pass';
      const retryAfter = new Date(Date.now() + 2000).toUTCString();
      return { status: 503, headers: { 'retry-after': retryAfter }, body: '{"detail":"busy"}' };
    });
    const first = await place.run('issue', '--now', now, '--format', 'json');
    assert.equal(first.code, 0, first.stdout);
    assert.equal(onlyRow(first)['status'], 'issued');
    const second = await place.run('renew', '--now', now, '--format', 'json');
    assert.equal(onlyRow(second)['status'], 'current');
  });
}

test('a CA is asked for its window once in a while, also after the clock was wrong by a year', async () => {
  place.plan(proxy.pebble, entry('clock.test'));
  assert.equal((await place.run('issue')).code, 0);
  const asked = async (...args: readonly string[]): Promise<number> => {
    proxy.reset(() => 'pass');
    assert.equal(onlyRow(await place.run('renew', '--format', 'json', ...args))['status'], 'current');
    return proxy.requests.filter((request) => request.includes('renewalInfo')).length;
  };
  assert.equal(await asked('--now', new Date(Date.now() + 365 * day).toISOString()), 1);
  assert.equal(await asked(), 1);
  assert.equal(await asked(), 0);
});

test('a CA whose windows have always passed gets a renewal once, and not at every run', async () => {
  place.plan(proxy.pebble, entry('past.test'));
  proxy.reset(() => 'pass');
  assert.equal((await place.run('issue')).code, 0);
  const body = JSON.stringify({ suggestedWindow: { start: '2026-01-01T00:00:00Z', end: '2026-01-02T00:00:00Z' } });
  proxy.reset((_number, request) => (request.includes('renewalInfo') ? { status: 200, body } : 'pass'));
  const statuses = [];
  for (let run = 0; run < 3; run++) statuses.push(onlyRow(await place.run('renew', '--format', 'json'))['status']);
  assert.deepEqual(statuses, ['issued', 'current', 'current']);
});

test('a CA that does not answer is asked for the window of one certificate, not of all', async () => {
  place.plan(proxy.pebble, ['mute1.test', 'mute2.test', 'mute3.test'].map((name) => entry(name)).join(''));
  proxy.reset(() => 'pass');
  assert.equal((await place.run('issue')).code, 0);
  proxy.reset((_number, request) => (request.includes('renewalInfo') ? 'cut' : 'pass'));
  assert.equal((await place.run('renew', '--parallel', '1', '--quiet')).code, 0);
  const asked = proxy.requests.filter((request) => request.includes('renewalInfo'));
  assert.equal(new Set(asked).size, 1, asked.join('\n'));
});

test('the second of two CAs is asked while the first fails, and the first again when a renewal is due', async () => {
  const second = await startPebble({ nginx: false, config: { httpPort: pebble.httpPort } });
  try {
    const fallback = `, fallback: second }\n  second: { directory: "${second.directory}", ca: ${second.caFile}, agreeToTerms: true`;
    place.plan(proxy.pebble, entry('two.test', ', output: { certificate: two.crt, key: two.key }'), fallback);
    proxy.reset((_number, request) =>
      request.includes('order-plz') ? { status: 500, body: '{"detail":"the database is down"}' } : 'pass',
    );
    const issuer = () => openssl('x509', '-in', 'two.crt', '-noout', '-issuer');
    const failedOver = await place.run('issue');
    assert.equal(failedOver.code, 0, failedOver.stderr);
    assert.match(failedOver.stderr, /the database is down.* Issuer second is asked instead/);
    const [theirs] = [issuer()];
    proxy.reset(() => 'pass');
    const later = new Date(Date.now() + 4.5 * 365 * day).toISOString();
    assert.equal((await place.run('renew', '--now', later)).code, 0);
    assert.notEqual(issuer(), theirs);
    // The first CA never issued the certificate that is replaced.
    assert.deepEqual(
      orders().map((order) => 'replaces' in order),
      [false],
    );
  } finally {
    await second.stop();
  }
});

test('what the second of two CAs says of its limits is not taken for the word of the first', async () => {
  const url = 'https://127.0.0.1:1/dir';
  const plan = `issuers:
  main: { directory: "${url}", agreeToTerms: true, fallback: second }
  second: { directory: "${proxy.pebble.directory}", ca: ${proxy.pebble.caFile}, agreeToTerms: true }
certificates:
${entry('limited.test').replace('issuer: pebble', 'issuer: main')}`;
  writeFileSync(join(place.folder, 'tls-workbench.yaml'), plan);
  const limited = { type: 'urn:ietf:params:acme:error:rateLimited', detail: 'too many' };
  proxy.reset((_number, request) =>
    request.includes('order-plz')
      ? { status: 429, headers: { 'retry-after': '3600' }, body: JSON.stringify(limited) }
      : 'pass',
  );
  assert.match((await place.run('issue')).stderr, /too many/);
  proxy.reset(() => 'pass');
  const again = await place.run('issue');
  assert.match(again.stderr, /Issuer main: .* Issuer second is asked instead/);
  assert.match(again.stderr, new RegExp(`${new URL(proxy.pebble.directory).host} refused these names for now`));
});
