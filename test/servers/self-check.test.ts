import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { build } from 'esbuild';
import { checkOverHttp } from '../../src/acme/order/self-check.ts';
import { freePort } from '../support/ports.ts';

const path = '/.well-known/acme-challenge/a-token-of-22-characters';
const content = 'a-token-of-22-characters.thumbprint';
const isRoot = process.getuid?.() === 0;

let folder: string;
let nginx: ChildProcess;
/** Port of the server that answers in this way. */
const ports: Record<string, number> = {};

/** What each server says beside its port; `ROOT` is the folder of this test. */
const servers: Readonly<Record<string, string>> = {
  good: 'root ROOT/www;',
  'wrong root': 'root ROOT/other;',
  'redirect first': 'return 301 http://127.0.0.1:OTHER$request_uri;',
  'redirect to the same': 'return 301 http://127.0.0.1:GOOD$request_uri;',
  auth: 'root ROOT/www; auth_basic "Closed"; auth_basic_user_file ROOT/users;',
  denied: 'root ROOT/www; location ^~ /.well-known { deny all; }',
  symlink: 'root ROOT/linked; disable_symlinks on;',
  permission: 'root ROOT/closed;',
  'another page': 'location / { return 200 "<html>It works!</html>"; }',
};

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'self-check-'));
  chmodSync(folder, 0o755);
  for (const root of ['www', 'real', 'closed', 'linked']) {
    mkdirSync(join(folder, root, '.well-known/acme-challenge'), { recursive: true });
    writeFileSync(join(folder, root, path), content);
  }
  mkdirSync(join(folder, 'other'));
  writeFileSync(join(folder, 'users'), 'me:{PLAIN}secret\n');
  rmSync(join(folder, 'linked/.well-known'), { recursive: true });
  symlinkSync(join(folder, 'real/.well-known'), join(folder, 'linked/.well-known'));
  chmodSync(join(folder, 'closed/.well-known'), 0o700);
  for (const name of Object.keys(servers)) ports[name] = await freePort();
  const blocks = Object.entries(servers).map(([name, rest]) => `server { listen 127.0.0.1:${ports[name]}; ${rest} }`);
  // The other family of a name may lead to another server.
  blocks.push(`server { listen [::1]:${ports['good']}; root ROOT/other; }`);
  const text = `daemon off; pid ROOT/nginx.pid; error_log ROOT/error.log; ${isRoot ? 'user nobody nogroup;' : ''} events {}
http { access_log off; ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((kind) => `${kind}_temp_path ROOT/tmp-${kind};`).join(' ')}
${blocks.join('\n')} }
`;
  const configuration = text
    .replaceAll('ROOT', folder)
    .replaceAll('OTHER', String(ports['wrong root']))
    .replaceAll('GOOD', String(ports['good']));
  writeFileSync(join(folder, 'nginx.conf'), configuration);
  nginx = spawn('nginx', ['-c', join(folder, 'nginx.conf')], { stdio: 'ignore' });
  for (let attempt = 0; attempt < 200; attempt++) {
    if ((await look('good')) === undefined) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('nginx did not start.');
});
after(async () => {
  await new Promise((done) => {
    nginx.once('exit', done);
    nginx.kill();
  });
  rmSync(folder, { recursive: true, force: true });
});

function look(server: string, root = 'www'): Promise<string | undefined> {
  return checkOverHttp(`http://127.0.0.1:${ports[server]}${path}`, content, undefined, join(folder, root, path));
}

for (const [server, expected, root] of [
  [
    'wrong root',
    /answers with HTTP status 404: the web server serves another folder, or the file is not published yet\.$/,
  ],
  [
    'redirect first',
    /is not found after a redirect to http:.*\. Keep \/\.well-known\/acme-challenge\/ out of the redirect/,
  ],
  ['auth', /asks for a password\. Let everyone read/],
  ['denied', /is forbidden \(HTTP status 403\): a rule of the web server denies it\. Let everyone read/],
  [
    'symlink',
    /status 404: .*, or \S+\/linked\/\.well-known is a symbolic link, which the web server may not follow/,
    'linked',
  ],
  ['another page', /shows something else than the challenge file: another server or folder answers for this name/],
] as const) {
  test(`nginx with ${server}: the cause is named`, async () => {
    assert.match((await look(server, root)) ?? 'found', expected);
  });
}

test('a redirect to where the file is served is followed, as CAs do', async () => {
  assert.equal(await look('redirect to the same'), undefined);
});

test('nginx that may not enter a folder: the folder is named', { skip: isRoot ? false : 'needs root' }, async () => {
  assert.match(
    (await look('permission', 'closed')) ?? 'found',
    /forbidden .*: \S+\/closed\/\.well-known may not be entered by the web server \(its mode is 0700\)/,
  );
});

test('an AAAA record that leads elsewhere is told with its address', {
  skip: isRoot ? false : 'needs root',
}, async () => {
  const script = join(folder, 'check.mjs');
  await build({
    entryPoints: [resolve('test/support/check-over-http.ts')],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'error',
  });
  // The name is known to this one process: it sees another file of hosts.
  const hosts = join(folder, 'hosts');
  writeFileSync(hosts, '127.0.0.1 both.test\n::1 both.test\n');
  const url = `http://both.test:${ports['good']}${path}`;
  const run = 'mount --bind "$1" /etc/hosts && shift && exec "$@"';
  const { stdout, stderr } = spawnSync(
    'unshare',
    ['-m', 'sh', '-c', run, 'sh', hosts, process.execPath, script, url, content],
    { encoding: 'utf8' },
  );
  assert.match(
    stdout,
    /HTTP status 404.* The AAAA record of both\.test \(::1\) leads elsewhere than the other one/,
    stderr,
  );
});
