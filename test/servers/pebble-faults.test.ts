import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type FaultProxy, startFaultProxy } from '../support/fault-proxy.ts';
import { createWorkplace, onlyRow, type Workplace } from '../support/issuance.ts';
import { type Pebble, startPebble } from '../support/pebble.ts';
import { throughDnsOf } from '../support/through-dns.ts';

let pebble: Pebble;
let proxy: FaultProxy;
let place: Workplace;
let used = 0;

before(async () => {
  pebble = await startPebble();
  proxy = await startFaultProxy(pebble);
  place = createWorkplace();
  // The account is there before anything goes wrong.
  await issueNew();
});
after(async () => {
  await proxy.stop();
  await pebble.stop();
  place.remove();
});

/** @param isFresh the directory has not been read by this process */
function newPlan(names: number, isFresh = false): void {
  used++;
  const list = Array.from({ length: names }, (_, index) => `n${index}.f${used}.test`).join(', ');
  const directory = isFresh ? `${proxy.pebble.directory}?${used}` : proxy.pebble.directory;
  place.plan(
    { ...proxy.pebble, directory },
    `  f${used}: { names: [${list}], issuer: pebble, challenge: { type: http-01, webroot: "${pebble.webroot}" } }\n`,
  );
}

/** Asks for certificates with names that were never asked for. */
async function issueNew(names = 1, signal?: AbortSignal, isFresh = false) {
  newPlan(names, isFresh);
  const outcome = await place.runWith(signal === undefined ? {} : { signal }, 'issue', '--format', 'json');
  return { ...outcome, row: onlyRow(outcome) };
}

test('7 requests for one name once the directory is known, 3 more for each further name', async () => {
  // What the CA decides on its own time is asked about when it is decided, so that each first poll is final.
  const onceDecided = (_number: number, request: string) =>
    /authZ|my-order/.test(request) && proxy.requests.some((earlier) => earlier.includes('chalZ')) ? 'late' : 'pass';
  for (const [names, requests] of [
    [1, 7],
    [5, 7 + 4 * 3],
  ] as const) {
    proxy.reset(onceDecided);
    assert.equal((await issueNew(names)).code, 0);
    assert.equal(proxy.requests.length, requests, proxy.requests.join('\n'));
  }
});

test('an account that could not be opened for one certificate is tried anew for the next', async () => {
  used++;
  const entry = (name: string) =>
    `  ${name}: { names: [${name}.f${used}.test], issuer: pebble, challenge: { webroot: "${pebble.webroot}" } }\n`;
  const directory = `${proxy.pebble.directory}?${used}`;
  place.plan({ ...proxy.pebble, directory }, ['first', 'second'].map(entry).join(''));
  proxy.reset((number) => (number === 1 ? { status: 200, body: '<html>Log in</html>' } : 'pass'));
  const { stdout } = await place.run('issue', '--parallel', '1', '--format', 'json');
  const { certificates } = JSON.parse(stdout);
  assert.deepEqual(
    certificates.map(({ status }: { status: string }) => status),
    ['failed', 'issued'],
  );
});

test('each answer lost once: the same run gets its certificate', { timeout: 60_000 }, async () => {
  for (let lost = 1; lost <= 9; lost++) {
    proxy.reset((number) => (number === lost ? 'cut-after' : 'pass'));
    const { code, row } = await issueNew();
    assert.equal(code, 0, `answer ${lost} lost: ${row.error?.detail}`);
  }
});

test('a CA that is busy for a moment is waited for', async () => {
  const busy = {
    status: 503,
    headers: { 'retry-after': '1', 'content-type': 'application/problem+json' },
    body: '{"type":"about:blank","detail":"busy"}',
  };
  proxy.reset((number) => (number === 4 ? busy : 'pass'));
  const { code, stderr } = await issueNew();
  assert.equal(code, 0, stderr);
  assert.match(stderr, /pebble is busy: waiting until 20/);
});

test('a CA that is busy for a moment is waited for before the first signed request too', async () => {
  for (const [asked, after] of [
    ['GET /dir', '1'],
    ['HEAD ', 'Sat, 28 Nov 2020 00:00:00 GMT'],
  ] as const) {
    const busy = { status: 503, headers: { 'retry-after': after }, body: 'busy' };
    const seen = new Set<string>();
    proxy.reset((_number, request) => {
      if (!request.startsWith(asked) || seen.has(asked)) return 'pass';
      seen.add(asked);
      return busy;
    });
    const { code, stderr } = await issueNew(1, undefined, true);
    assert.equal(code, 0, `${asked}: ${stderr}`);
    assert.ok(seen.has(asked), asked);
    assert.match(stderr, /pebble is busy: waiting until 20/);
  }
});

test('a rate limit is told with its time, and nothing sleeps', async () => {
  const limited = {
    status: 429,
    headers: { 'retry-after': '3600', 'content-type': 'application/problem+json' },
    body: '{"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many new orders"}',
  };
  proxy.reset((_number, request) => (request.includes('order') ? limited : 'pass'));
  const started = Date.now();
  const { code, row } = await issueNew();
  assert.equal(code, 1);
  assert.equal(row.error?.type, 'urn:ietf:params:acme:error:rateLimited');
  const wait = Date.parse(row.error?.retryAt ?? '') - started;
  assert.ok(wait > 3_500_000 && wait < 3_700_000);
});

test('a time that the CA named is kept by the runs until then, unless somebody asks all the same', async () => {
  const limited = {
    status: 429,
    headers: { 'retry-after': '3600', 'content-type': 'application/problem+json' },
    body: '{"type":"urn:ietf:params:acme:error:rateLimited","detail":"too many new orders"}',
  };
  proxy.reset((_number, request) => (request.includes('order') ? limited : 'pass'));
  await issueNew();
  for (let again = 0; again < 2; again++) {
    proxy.reset(() => 'pass');
    const held = onlyRow(await place.run('renew', '--format', 'json'));
    assert.equal(held.error?.type, 'rate-limit-foreseen');
    assert.match(held.error?.detail ?? '', /^127\.0\.0\.1:\d+ refused these names for now, and takes them after 20/);
    assert.deepEqual(proxy.requests, []);
  }
  const later = new Date(Date.now() + 3_700_000).toISOString();
  assert.equal((await place.run('issue', '--now', later, '--dry-run')).code, 0);
  assert.equal((await place.run('issue', '--ignore-limits')).code, 0);
});

for (const [what, body, expected] of [
  ['a page of a captive portal', '<html>Log in</html>', /is no ACME directory/],
  ['JSON of something else', '{"hello":1}', /is no ACME directory: it has no "newNonce"/],
  [
    'a directory of 10 MB',
    JSON.stringify({ newNonce: 'x'.repeat(10_000_000) }),
    /answered with more than 1048576 bytes/,
  ],
] as const) {
  test(`${what} in place of the directory is refused`, async () => {
    proxy.reset((number) => (number === 1 ? { status: 200, headers: { 'content-type': 'text/html' }, body } : 'pass'));
    const { code, row } = await issueNew(1, undefined, true);
    assert.equal(code, 1);
    assert.match(row.error?.detail ?? '', expected);
  });
}

test('an answer without end, a redirect and a page of HTML in the middle of an order are refused', async () => {
  for (const [fault, expected] of [
    ['endless' as const, /answered with more than/],
    [
      { status: 302, headers: { location: 'https://elsewhere.test/' }, body: '' },
      /redirects .* to https:\/\/elsewhere\.test/,
    ],
    [
      { status: 502, headers: { 'content-type': 'text/html' }, body: '<html>' },
      /HTTP status 502 and text\/html instead of an ACME answer\. Run it again later\./,
    ],
    [
      { status: 429, headers: { 'content-type': 'text/html' }, body: '<html>' },
      /HTTP status 429 and text\/html instead of an ACME answer\. Run it again later\./,
    ],
    [
      { status: 403, headers: { 'content-type': 'text/html' }, body: '<html>' },
      /instead of an ACME answer\. A proxy or a firewall on the way may have refused: ask who runs it, or check/,
    ],
  ] as const) {
    proxy.reset((number) => (number === 5 ? fault : 'pass'));
    const { code, row } = await issueNew();
    assert.equal(code, 1);
    assert.match(row.error?.detail ?? '', expected);
    // The challenge was taken away, and the order goes on.
    assert.ok(!existsSync(join(pebble.webroot, '.well-known')));
    proxy.reset(() => 'pass');
    const next = await place.run('issue');
    assert.equal(next.code, 0, next.stderr);
  }
});

const hostileToken = (token: string) =>
  JSON.stringify({
    status: 'pending',
    identifier: { type: 'dns', value: `n0.f${used}.test` },
    challenges: [{ type: 'http-01', url: new URL('/chalZ/1', proxy.pebble.directory).href, token, status: 'pending' }],
  });

test('a chain that is none, or another certificate, is refused, and the next run gets the right one', async () => {
  const { fullchain = '' } = (await issueNew()).row['files'] as Readonly<Record<string, string>>;
  const another = readFileSync(join(place.folder, fullchain), 'utf8');
  for (const [body, expected] of [
    ['<html>', /something that is no PEM certificate chain\. Nothing was written\. Run it again/],
    ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n', /cannot be decoded\. Nothing was written/],
    [another, /a certificate for another key than ours\. Nothing was written/],
  ] as const) {
    proxy.reset((_number, request) => (request.includes('certZ') ? { status: 200, body } : 'pass'));
    const { code, row } = await issueNew();
    assert.equal(code, 1, body);
    assert.match(row.error?.detail ?? '', expected);
    proxy.reset(() => 'pass');
    assert.equal((await place.run('issue')).code, 0);
  }
});

test('a token that is a path is refused, and nothing is written', async () => {
  for (const token of ['../../../etc/cron.d/x-and-more-of-it', 'a/b', '..', 'x'.repeat(5000), '']) {
    proxy.reset((_number, request) =>
      request.includes('authZ') ? { status: 200, body: hostileToken(token) } : 'pass',
    );
    const { code, row } = await issueNew();
    assert.equal(code, 1);
    assert.equal(row.error?.type, 'hostile-answer');
    assert.match(row.error?.detail ?? '', /which is not base64url\. Nothing was written/);
    assert.deepEqual(readdirSync(pebble.webroot), []);
  }
});

test('a directory that names another host, or redirects in a loop, is refused', async () => {
  const elsewhere = 'https://elsewhere.test/x';
  const directory = JSON.stringify({ newNonce: elsewhere, newAccount: elsewhere, newOrder: elsewhere });
  proxy.reset((number) => (number === 1 ? { status: 200, body: directory } : 'pass'));
  assert.match(
    (await issueNew(1, undefined, true)).row.error?.detail ?? '',
    /sends us to https:\/\/elsewhere\.test\/x\. Requests stay on the directory's host/,
  );
  proxy.reset(() => ({ status: 302, headers: { location: proxy.pebble.directory }, body: '' }));
  assert.equal((await issueNew(1, undefined, true)).row.error?.type, 'hostile-answer');
  assert.equal(proxy.requests.length, 1);
});

test('profiles are listed as the directory has them, and the record of dns-persist-01 names CA and account', async () => {
  newPlan(1, true);
  const urls = { newNonce: '/nonce-plz', newAccount: '/sign-me-up', newOrder: '/order-plz' };
  const absolute = Object.fromEntries(
    Object.entries(urls).map(([name, path]) => [name, new URL(path, proxy.pebble.directory).href]),
  );
  const meta = { profiles: { classic: 'ninety days', shortlived: 'six days' }, caaIdentities: ['ca.example.net'] };
  proxy.reset((number) => (number === 1 ? { status: 200, body: JSON.stringify({ ...absolute, meta }) } : 'pass'));
  const profiles = await place.run('account', 'profiles', 'pebble', '--format', 'json');
  assert.deepEqual(JSON.parse(profiles.stdout), { profiles: { classic: 'ninety days', shortlived: 'six days' } });
  proxy.reset((number) => (number === 1 ? { status: 200, body: JSON.stringify({ ...absolute, meta }) } : 'pass'));
  const record = await place.run('account', 'persist', 'pebble', '*.example.test', '--format', 'json');
  assert.equal(record.code, 0, record.stderr);
  const { name, value, isSet } = JSON.parse(record.stdout);
  assert.equal(name, '_validation-persist.example.test');
  assert.match(value, /^ca\.example\.net; accounturi=https:\/\/127\.0\.0\.1:\d+\/my-account\/\w+; policy=wildcard$/);
  assert.equal(isSet, false);
  const shown = await place.run('account', 'persist', 'pebble', 'Bücher.test', '--format', 'json');
  assert.equal(JSON.parse(shown.stdout).name, '_validation-persist.xn--bcher-kva.test');
  for (const no of ['https://example.test/', '192.0.2.1'])
    assert.equal((await place.run('account', 'persist', 'pebble', no)).code, 2, no);
  await throughDnsOf(pebble, async () => {
    const [identity, ...rest] = value.split('; ');
    const set = async (text: string): Promise<boolean> => {
      await fetch(`${pebble.dnsApi}/clear-txt`, { method: 'POST', body: JSON.stringify({ host: `${name}.` }) });
      const body = JSON.stringify({ host: `${name}.`, value: text });
      await fetch(`${pebble.dnsApi}/set-txt`, { method: 'POST', body });
      const seen = await place.run('account', 'persist', 'pebble', '*.example.test', '--format', 'json');
      return JSON.parse(seen.stdout).isSet;
    };
    assert.equal(await set(value), true);
    // Spaces and the order of parameters do not matter, other accounts do.
    assert.equal(await set(`${identity};${[...rest].reverse().join(';')};persistUntil=1900000000`), true);
    assert.equal(await set(value.replace('my-account/', 'my-account/0')), false);
    assert.equal(await set(`${identity}; ${rest[0]}`), false, 'the wildcard is missing');
  });
});

test('cancelled at each request: nothing is asked any more, nothing left behind, and the next run goes on', async () => {
  for (let at = 2; at <= 9; at++) {
    const controller = new AbortController();
    proxy.reset((number) => {
      if (number === at) controller.abort();
      return 'pass';
    });
    const { code, row } = await issueNew(1, controller.signal);
    if (!controller.signal.aborted) break;
    assert.equal(proxy.requests.length, at, proxy.requests.join('\n'));
    assert.equal(code, 1);
    assert.equal(row.error?.type, 'cancelled');
    assert.ok(!existsSync(join(pebble.webroot, '.well-known')));
    assert.deepEqual(readdirSync(join(place.folder, 'state', 'challenges')), []);
    proxy.reset(() => 'pass');
    assert.equal((await place.run('issue')).code, 0);
  }
});

test('a CA that takes no nonce at all is not asked again and again without a pause', async () => {
  const refusal = {
    status: 400,
    headers: { 'replay-nonce': 'abc', 'content-type': 'application/problem+json' },
    body: '{"type":"urn:ietf:params:acme:error:badNonce","detail":"stale"}',
  };
  proxy.reset((_, request) => (request.includes('order-plz') ? refusal : 'pass'));
  const { row } = await issueNew(1, AbortSignal.timeout(2000));
  assert.equal(row.error?.type, 'cancelled');
  assert.ok(proxy.requests.length < 40, String(proxy.requests.length));
});

test('half of all nonces refused: 100 of 100 orders', { timeout: 120_000 }, async () => {
  const moody = await startPebble({ env: { PEBBLE_WFE_NONCEREJECT: '50' } });
  try {
    const entry = (index: number): string =>
      `  m${index}.test: { issuer: pebble, challenge: { type: http-01, webroot: "${moody.webroot}" } }\n`;
    place.plan(moody, Array.from({ length: 100 }, (_, index) => entry(index)).join(''));
    const outcome = await place.run('issue', '--format', 'json');
    assert.equal(outcome.code, 0, outcome.stdout);
    const rows: readonly { readonly status: string }[] = JSON.parse(outcome.stdout).certificates;
    assert.equal(rows.filter(({ status }) => status === 'issued').length, 100);
  } finally {
    await moody.stop();
  }
});
