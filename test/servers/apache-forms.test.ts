import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { valueForms } from '../../src/languages/apache/data/value-forms.ts';
import { wordLists } from '../../src/languages/apache/data/values.ts';
import { factOf } from '../../src/languages/apache/directives/facts.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { projectOf } from '../languages/apache/project.ts';
import { randomNumbers } from '../support/random.ts';
import { type ApacheRoot, createApacheRoot, isRefusal, modulesFolder } from './apache-server.ts';

const seed = Number(process.env['SEED'] ?? 20_261_127);
const whole = process.env['JUDGE'] === 'full';

/** None beyond 32 bits, where httpd's numbers begin again. */
const words =
  'xyzzy -1 -5 0 1 +5 1.5 007 5 10 15 16 20 21 24 302 304x 400-500 2000 0x10 10x x1 3s 3ms 3min on off none default auth ' +
  'MD5 Unsafe Prefer input .a .a.b s/a/b/ /x a=b a&b full file Ascending';

/** What a process of its own decides, what asks for more than the form of a word, and what older versions take too. */
const elsewhere =
  /^(?:user|group|mutex|suexec|authdigestqop|authdigestshmemsize|cachedirlevels|cachedirlength|watchdoginterval)$/;

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});

after(() => root.remove());

test('Apache takes and refuses the same words', { timeout: 1_800_000 }, () => {
  const random = randomNumbers(seed);
  const names = [
    ...valueForms
      .trim()
      .split('\n')
      .map((row) => row.split('\t')[0] ?? ''),
    ...Object.keys(wordLists),
  ];
  const differences: string[] = [];
  let tried = 0;
  for (const key of new Set(names.map((name) => name.toLowerCase()))) {
    const fact = factOf(key);
    const [module = ''] = fact?.modules ?? [];
    const isThere = module === 'core' || existsSync(`${modulesFolder}/${module}.so`);
    if (!fact || !isThere || elsewhere.test(key)) continue;
    const all = words.split(' ');
    const some = whole ? all : [all[Math.floor(random() * all.length)] as string];
    for (const word of some) {
      const line = `${fact.name} ${Array(Math.max(1, fact.args.min)).fill(word).join(' ')}`;
      const [refused, told] = [isRefused(line, fact.contexts, module), isTold(line, fact.contexts, module)];
      tried++;
      if (refused !== told) differences.push(`${line}: Apache ${refused ? 'refuses' : 'takes'} it`);
    }
  }
  assert.ok(tried > 60);
  assert.deepEqual(differences, []);
});

function textOf(line: string, contexts: ReadonlySet<string>, module: string): string {
  const modules = [
    'mpm_event',
    'proxy',
    'authz_core',
    'authn_core',
    'cache',
    'session',
    'dav',
    'socache_shmcb',
    'slotmem_shm',
    'request',
    'ldap',
  ];
  const named = module.replace(/^mod_/, '');
  const loads = [...new Set([...modules, ...(module === 'core' || /^mpm|^mod_so$/.test(module) ? [] : [named])])]
    .filter((name) => existsSync(`${modulesFolder}/mod_${name}.so`))
    .map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so\n`);
  const placed = contexts.has('server config') ? line : `<Directory /srv>\n${line}\n</Directory>`;
  return `ServerRoot "${root.folder}"\nServerName a\n${loads.join('')}Listen 80\n${placed}\n`;
}

function isRefused(line: string, contexts: ReadonlySet<string>, module: string): boolean {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, textOf(line, contexts, module));
  return !spawnSync('apache2', ['-t', '-f', file], { encoding: 'utf8' }).stderr.includes('Syntax OK');
}

function isTold(line: string, contexts: ReadonlySet<string>, module: string): boolean {
  const file = '/etc/apache2/apache2.conf';
  const found = apache.check(projectOf({ [file]: textOf(line, contexts, module) }, { complete: true }));
  return found.some(isRefusal);
}
