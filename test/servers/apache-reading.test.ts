import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { evaluate } from '../../src/languages/apache/evaluate/evaluate.ts';
import { projectOf } from '../languages/apache/project.ts';
import { randomNumbers } from '../support/random.ts';
import { type ApacheRoot, createApacheRoot, modulesFolder } from './apache-server.ts';

/** `SEED=n` makes other configurations. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = process.env['JUDGE'] === 'full' ? 600 : 60;

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
  mkdirSync(join(root.folder, 'inc'));
});

after(() => root.remove());

const names = ['A', 'B', 'C'];
const included = ['inc/a.conf', 'inc/b.conf', 'inc/c.conf'];

/** Lines of a configuration that is read in many ways: conditions, variables, macros and includes in each other. */
class Writer {
  #next = 0;
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  block(depth: number, isTop: boolean, files: readonly string[]): readonly string[] {
    const size = 1 + Math.floor(this.#random() * 5);
    return Array.from({ length: size }, () => this.#item(depth, isTop, files)).flat();
  }

  #directive(): string {
    return `ErrorDocument 404 ${this.#next++}${this.pick(['', '', `\${${this.pick(names)}}`])}`;
  }

  #wrapped(open: string, depth: number, isTop: boolean, files: readonly string[]): readonly string[] {
    return [open, ...this.block(depth + 1, isTop, files), `</${/^<(\w+)/.exec(open)?.[1]}>`];
  }

  #item(depth: number, isTop: boolean, files: readonly string[]): readonly string[] {
    const name = this.pick(names);
    const no = this.pick(['', '!']);
    const plain = [
      () => [this.#directive()],
      () => [this.#directive()],
      () => [`Define ${name} ${this.pick(['x', 'y'])}`],
      () => [`UnDefine ${name}`],
      () => (isTop ? [`LoadModule alias_module ${modulesFolder}/mod_alias.so`] : [this.#directive()]),
      () => (files.length > 0 ? [`Include ${this.pick(files)}`] : [this.#directive()]),
      () => (files.length > 2 ? [`IncludeOptional inc/${this.pick(['*', '[bc]', 'n*'])}.conf`] : []),
      () => [`Use One ${this.pick(['1', '2'])}`],
    ];
    if (depth > 3) return this.pick(plain)();
    return this.pick([
      ...plain,
      () => this.#wrapped(`<IfDefine ${no}${name}>`, depth, isTop, files),
      () => this.#wrapped(`<IfDefine ${no}${name}>`, depth, isTop, files),
      () => this.#wrapped(`<IfModule ${no}${this.pick(modules)}>`, depth, isTop, files),
      () => this.#wrapped(`<IfVersion ${this.pick(versions)}>`, depth, isTop, files),
      () => (isTop ? this.#wrapped(`<${this.pick(sections)}>`, depth, false, files) : [this.#directive()]),
    ])();
  }
}

const modules = [
  'mod_ssl.c',
  'alias_module',
  'mod_alias.c',
  'mod_version.c',
  'authz_core_module',
  'core.c',
  'nope_module',
];
const versions = ['>= 2.4', '< 2.4', '>= 2.4.10', '!= 2.4', '!>= 2.4', '= 2', '> 2.4.0', '2.4'];
const sections = ['Directory "/x"', 'Location "/x"', 'Files "x"', 'VirtualHost *:80'];

/** Of a name that is never spoken of nobody can tell whether the command line defines it. */
const known = 'Define A first\nUnDefine B\nUnDefine C\n';

const macro = `<Macro One $n>
  ErrorDocument 404 macro$n
  <IfDefine A>
    ErrorDocument 404 $n\${A}
  </IfDefine>
</Macro>
`;

/** The directives that httpd says it goes by, in its order (mod_info's `DUMP_CONFIG`). */
function dump(file: string): Promise<readonly string[]> {
  const options = { env: { PATH: '/usr/sbin:/usr/bin', LANG: 'C' } };
  return new Promise((resolve, reject) => {
    execFile('/usr/sbin/apache2', ['-t', '-D', 'DUMP_CONFIG', '-f', file], options, (error, output, errors) => {
      if (error) reject(new Error(errors));
      else
        resolve(
          output
            .split('\n')
            .map((line) => line.trim())
            .filter((line) => line.startsWith('ErrorDocument')),
        );
    });
  });
}

test(`${count} configurations are read as httpd reads them (seed ${seed})`, { timeout: 600_000 }, async () => {
  const writer = new Writer(randomNumbers(seed));
  const entry = join(root.folder, 'apache2.conf');
  const loads = ['mpm_event', 'authz_core', 'macro', 'info'].map(
    (name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so\n`,
  );
  const differences: string[] = [];
  let compared = 0;
  for (let index = 0; index < count; index++) {
    const files: Record<string, string> = {};
    // A file includes only those behind it, so that none includes itself.
    const inner = included.map((_, at) => writer.block(1, false, included.slice(at + 1)).join('\n'));
    const main = writer.block(0, true, included).join('\n');
    files[entry] = `ServerRoot "${root.folder}"\nServerName a\n${loads.join('')}Listen 80\n${known}${macro}${main}\n`;
    for (const [at, name] of included.entries()) files[join(root.folder, name)] = `${inner[at]}\n`;
    for (const [file, text] of Object.entries(files)) writeFileSync(file, text);
    const theirs = await dump(entry);
    const { all } = evaluate(projectOf(files, { complete: true }));
    const ours = all
      .filter(({ key, branches }) => key === 'errordocument' && branches.length === 0)
      .map(({ node, args }) => [node.name, ...args.map(({ value }) => value)].join(' '));
    compared += theirs.length;
    if (theirs.join('\n') !== ours.join('\n')) {
      differences.push(`${Object.values(files).join('\n---\n')}\nhttpd: ${theirs.join(', ')}\nwe: ${ours.join(', ')}`);
    }
  }
  console.log(`${compared} directives compared`);
  assert.ok(compared > count * 3);
  assert.deepEqual(differences.slice(0, 2), []);
});
