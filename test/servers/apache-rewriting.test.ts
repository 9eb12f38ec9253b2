import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { randomNumbers } from '../support/random.ts';
import {
  type AnsweringServer,
  compareAnswers,
  configurationWith,
  createAnsweringServer,
  rewriting,
  section,
} from './apache-answering.ts';

const seed = Number(process.env['SEED'] ?? 20_261_127);
const count = process.env['JUDGE'] === 'full' ? 300 : 25;

let server: AnsweringServer;

before(async () => {
  server = await createAnsweringServer();
});
after(() => server.remove());

const conditions = [
  ...['^/\\.well-known', '!^/\\.well-known', 'acme', '^/$', '!acme-challenge', 'TOKEN$'].map(
    (pattern) => `%{REQUEST_URI} ${pattern}`,
  ),
  ...['on', 'off', '!on', '=off', '!=on'].map((pattern) => `%{HTTPS} ${pattern}`),
  '%{ENV:HTTPS} !=on',
  ...['^own', '!^own', '=own.example.com', '^www\\.'].map((pattern) => `%{HTTP_HOST} ${pattern}`),
  '%{REQUEST_FILENAME} -f',
  '%{REQUEST_FILENAME} !-f',
  '%{REQUEST_METHOD} ^POST$',
  '%{REQUEST_METHOD} !^POST$',
  '%{HTTP:Upgrade} =websocket',
  '%{HTTP:upgrade} !websocket',
];
const changing = ['L', 'END', 'C', 'C', 'S=1', 'S=2', 'NC', 'QSA', 'NE', 'R', 'R=301', 'R,L', 'R=301,L', 'F', 'G'];
const token = '/sub/.well-known/acme-challenge/TOKEN';

/** At times one beside the rules. */
function redirectOf(random: () => number, share: number): string {
  const paths = ['/sub', '/', '/index.html', '/.well-known', '/nothing'];
  return random() < share ? `\nRedirect ${paths[Math.floor(random() * paths.length)]} http://redirected.example/` : '';
}

/** Rules of a server, or of a folder, which sees no slash in front. */
function rulesOf(random: () => number, isFolder: boolean): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const slash = isFolder ? '' : '/';
  const lines: string[] = [];
  for (let left = 1 + Math.floor(random() * 4); left > 0; left--) {
    while (random() < 0.4) lines.push(`RewriteCond ${pick(conditions)}${pick(['', '', '', ' [OR]', ' [NC]'])}`);
    const pattern = pick([
      ...['^', `^${slash}(.*)$`, `^${slash}\\.well-known/(.*)$`, `!^${slash}\\.well-known`, `^${slash}$`],
      ...[`^${slash}nothing`, `^${slash}sub/`, `!^${slash}sub`],
    ]);
    const targets = ['-', '-', token, 'http://away.example/', 'http://away.example/$1', '/sub/index.html'];
    const folders = [
      '/sub',
      '/sub/',
      '/sub/$1',
      '/sub/.well-known',
      '/nothing/$1',
      ...(isFolder ? ['sub', 'sub/$1'] : []),
    ];
    const target = pick([...targets, ...targets, 'https://%{HTTP_HOST}%{REQUEST_URI}', '/index.html', ...folders]);
    const flags = random() < 0.6 ? pick(changing) : '';
    // A redirect to nothing is none.
    const fitting = target === '-' && flags.startsWith('R') ? 'L' : flags;
    lines.push(`RewriteRule ${pattern} ${target}${fitting === '' ? '' : ` [${fitting}]`}`);
  }
  return rewriting(lines.join('\n'));
}

test(`of ${count} lists of rules (seed ${seed}) we know what Apache makes of them`, { timeout: 900_000 }, async (t) => {
  const random = randomNumbers(seed);
  let followed = 0;
  const differences: string[] = [];
  for (let index = 0; index < count; index++) {
    const lines = [
      ...(random() < 0.7 ? [rulesOf(random, false)] : []),
      ...(random() < 0.4 ? [section('Directory WWW', rulesOf(random, true) + redirectOf(random, 0.3))] : []),
      redirectOf(random, 0.3),
    ].join('\n');
    try {
      followed += await compareAnswers(server, configurationWith(server, '', lines));
    } catch (error) {
      differences.push(`${lines}\n${(error as Error).message}`);
    }
  }
  t.diagnostic(`${followed} of ${2 * count} answers followed`);
  assert.ok(followed > count);
  assert.deepEqual(differences, []);
});
