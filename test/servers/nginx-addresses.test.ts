import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { readPage } from '../rules/support/pages.ts';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';

/** Blocks of `listen` with the ports P and Q; whether nginx opens all of them is asked of nginx. */
const cases: readonly (readonly [http: readonly string[], stream?: readonly string[], mail?: readonly string[]])[] = [
  [['P', '127.0.0.1:P bind']],
  [['P', '127.0.0.1:P backlog=5']],
  [['P', '127.0.0.1:P so_keepalive=on']],
  [['127.0.0.1:P bind', 'P']],
  [['P', '127.0.0.1:P', '127.0.0.2:P']],
  [['127.0.0.1:P', '127.0.0.2:P bind']],
  [['P reuseport', '127.0.0.1:P reuseport']],
  [['P reuseport', '127.0.0.1:P bind']],
  [['P', '[::]:P']],
  [['P', '[::]:P ipv6only=on']],
  [['P', '[::]:P ipv6only=off']],
  [['[::]:P ipv6only=off', '127.0.0.1:P']],
  [['[::]:P ipv6only=off reuseport', 'P reuseport']],
  [['[::]:P ipv6only=off', '[::1]:P']],
  [['[::]:P ipv6only=off', '[::1]:P bind']],
  [['[::1]:P ipv6only=off', '127.0.0.1:P']],
  [['[::]:P ipv6only=off', '127.0.0.1:Q']],
  [['127.0.0.1:P'], ['127.0.0.1:P']],
  [['127.0.0.1:P'], ['127.0.0.2:P']],
  [['127.0.0.1:P'], ['127.0.0.1:P udp']],
  [['127.0.0.1:P'], ['127.0.0.1:Q']],
  [['127.0.0.1:P reuseport'], ['127.0.0.1:P reuseport']],
  [['127.0.0.1:P reuseport'], ['P']],
  [['127.0.0.1:P', '[::1]:P'], ['[::]:P']],
  [['127.0.0.1:P-Q'], ['127.0.0.1:Q']],
  [['P'], [], ['127.0.0.1:P']],
  [['127.0.0.1:Q'], ['127.0.0.1:P'], ['P']],
  [['unix:FOLDER/a.sock'], ['unix:FOLDER/a.sock']],
  [['unix:FOLDER/b.sock'], ['unix:FOLDER/c.sock']],
];

const around = ['stream', 'mail'].map((name) => `load_module /usr/lib/nginx/modules/ngx_${name}_module.so;`).join('\n');
const modules = `daemon off;\nmaster_process off;\nerror_log stderr notice;\npid nginx.pid;\n${around}\n`;

let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'nginx-addresses-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

function configuration([http, stream = [], mail = []]: (typeof cases)[number]): string {
  const servers = (listens: readonly string[], rest: string) =>
    listens.map((listen, index) => `server { listen ${listen}; ${rest.replace('#', String(index))} }`).join('\n');
  return [
    'events { }',
    `http {\naccess_log off;\n${servers(http, 'server_name s#;')}\n}`,
    stream.length > 0 ? `stream {\n${servers(stream, 'return a;')}\n}` : '',
    mail.length > 0 ? `mail {\nauth_http 127.0.0.1:9;\nserver_name m;\n${servers(mail, 'protocol pop3;')}\n}` : '',
  ].join('\n');
}

/** What nginx says about the first address that is taken; undefined where it opens them all. */
function start(text: string): Promise<string | undefined> {
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, modules + text);
  return new Promise((resolve, reject) => {
    const child = spawn('nginx', ['-p', folder, '-c', file], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 10_000 });
    let log = '';
    let said: string | undefined;
    child.stderr.on('data', (data: Buffer) => {
      log += data;
      said ??= /bind\(\) to .* failed \(98: .*\)/.exec(log)?.[0];
      if (said !== undefined || log.includes('using the "')) child.kill('SIGTERM');
    });
    child.on('close', () => (said === undefined && /\[emerg\]/.test(log) ? reject(new Error(log)) : resolve(said)));
  });
}

function findings(text: string) {
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
  return findings.filter(({ rule }) => rule === 'address-in-use');
}

for (const one of cases) {
  test(`nginx opens these together as we say: ${one.map((list = []) => list.join(', ')).join(' | ')}`, async () => {
    const port = await freePort();
    const text = configuration(one)
      .replaceAll('FOLDER', folder)
      .replace(/\bP\b/g, String(port))
      .replace(/\bQ\b/g, String(port + 1));
    const said = await start(text);
    const [first, ...others] = findings(text);
    assert.equal(first !== undefined, said !== undefined, `${text}\n${said ?? 'it starts'}`);
    assert.equal(others.length, 0);
    for (const { edits } of first?.fixes ?? []) assert.equal(await start(applyEdits(text, edits)), undefined);
  });
}

test('the page shows what nginx does not open, and what it does', async () => {
  const port = await freePort();
  for (const { kind, text } of readPage('address-in-use').samples) {
    const whole = text.startsWith('events') ? text : `events { }\nhttp {\naccess_log off;\n${text}\n}`;
    assert.equal((await start(whole.replaceAll('8080', String(port)))) === undefined, kind === 'good', text);
  }
});
