import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type DirectiveFact, directiveFacts } from '../../src/languages/apache/directives/facts.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { projectOf } from '../languages/apache/project.ts';
import { randomNumbers } from '../support/random.ts';
import { type ApacheRoot, createApacheRoot, modulesFolder } from './apache-server.ts';

/** `SEED=n` takes other cases. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
/** A few hundred cases by default; `JUDGE=full` takes thousands, `CASES=n` as many as there are. */
const count = Number(process.env['CASES'] ?? (process.env['JUDGE'] === 'full' ? 2000 : 200));

/** Readings at a time: the rest of the machine has work too. */
const together = 2;

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});

after(() => root.remove());

const places: Readonly<Record<string, (line: string) => string>> = {
  server: (line) => line,
  'virtual host': (line) => `<VirtualHost *:80>\n${line}\n</VirtualHost>`,
  directory: (line) => `<Directory "/x">\n${line}\n</Directory>`,
  location: (line) => `<Location "/x">\n${line}\n</Location>`,
  proxy: (line) => `<Proxy "http://192.0.2.1/">\n${line}\n</Proxy>`,
  files: (line) => `<Files "x">\n${line}\n</Files>`,
  'files in a directory': (line) => `<Directory "/x">\n<Files "x">\n${line}\n</Files>\n</Directory>`,
  condition: (line) => `<If "true">\n${line}\n</If>`,
  'condition in a directory': (line) => `<Directory "/x">\n<If "true">\n${line}\n</If>\n</Directory>`,
  limit: (line) => `<Directory "/x">\n<Limit GET>\n${line}\n</Limit>\n</Directory>`,
};

interface Case {
  readonly name: string;
  readonly fact: DirectiveFact;
  readonly body: string;
}

/** What others build upon; loaded before the directive's own module. */
const always = ['mpm_event', 'authn_core', 'authz_core', 'proxy', 'ldap', 'dbd', 'cache', 'session', 'dav', 'http2'];

function isBuilt({ modules: [module = ''] }: DirectiveFact): boolean {
  return !module.startsWith('mod_') || existsSync(`${modulesFolder}/${module}.so`) || module === 'mod_log_config';
}

function whole({ fact, body }: Case): string {
  const own = fact.modules[0]?.replace(/^mod_/, '') ?? '';
  const names = [...new Set([...always, own])].filter((name) => existsSync(`${modulesFolder}/mod_${name}.so`));
  const loads = names.map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so`).join('\n');
  return `ServerRoot "${root.folder}"\nServerName a.example\nListen 80\n${loads}\n${body}\n`;
}

/** What the reading of a text ends with. */
function read(text: string, file: string): Promise<string> {
  writeFileSync(file, text);
  const options = { env: { PATH: '/usr/sbin:/usr/bin', LANG: 'C' } };
  return new Promise((resolve) => {
    execFile('/usr/sbin/apache2', ['-t', '-f', file], options, (_error, _output, errors) => resolve(errors.trim()));
  });
}

/** Where one kind of refusal, theirs and ours, differs. Names that this build does not have are counted apart. */
async function differences(
  cases: readonly Case[],
  theirs: RegExp,
  ours: readonly string[],
  most = count,
): Promise<readonly string[]> {
  const random = randomNumbers(seed);
  const wanted = cases.filter(() => random() < most / cases.length);
  const found: string[] = [];
  const strangers = new Set<string>();
  let refused = 0;
  const queue = wanted.values();
  const work = async (file: string): Promise<void> => {
    for (const each of queue) {
      const text = whole(each);
      const log = await read(text, file);
      if (log.includes(`Invalid command '${each.fact.isSection ? '<' : ''}${each.fact.name}'`)) {
        strangers.add(each.fact.name);
        continue;
      }
      const project = projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true });
      const reports = apache.check(project).filter(({ rule }) => ours.includes(rule));
      if (theirs.test(log)) refused++;
      if (theirs.test(log) === reports.length > 0) continue;
      const said = reports.map(({ message }) => message).join(' ') || 'nothing';
      found.push(`${each.name}\n  we say: ${said}\n  Apache says: ${log.split('\n').slice(-2).join(' ')}`);
    }
  };
  await Promise.all(Array.from({ length: together }, (_, index) => work(join(root.folder, `${index}.conf`))));
  console.log(
    `${wanted.length} of ${cases.length} cases, ${refused} refused; not in this build: ${[...strangers].join(' ')}`,
  );
  return found;
}

/** Words that pass where the value is read before the place is looked at. */
const goodWords: Readonly<Record<string, string>> = {
  ServerRoot: '/tmp',
  DefaultRuntimeDir: '/tmp',
  ServerTokens: 'Prod',
  MDRequireHttps: 'permanent',
};

function write(fact: DirectiveFact, words: number): string {
  const good = goodWords[fact.name] ?? (fact.isFlag ? 'On' : 'x');
  const args = Array.from({ length: words }, () => ` ${good}`).join('');
  return fact.isSection ? `<${fact.name}${args}>\n</${fact.name}>` : `${fact.name}${args}`;
}

const facts = [...directiveFacts().values()].filter((fact) => isBuilt(fact) && fact.until === '');

test(`a directive is not allowed where the server says so (seed ${seed})`, { timeout: 1_200_000 }, async () => {
  const cases = facts.flatMap((fact) =>
    Object.entries(places).map(([place, put]) => {
      const name = `${fact.name} in ${place}`;
      return { name, fact, body: put(write(fact, Math.max(1, fact.args.min))) };
    }),
  );
  const theirs = /not allowed (?:here|in)|cannot occur within|only (?:valid|used) in/;
  assert.deepEqual(await differences(cases, theirs, ['wrong-context', 'lost-directory-block']), []);
});

test('values are taken and refused as the server does', { timeout: 600_000 }, async () => {
  const lines = readFileSync('test/fixtures/apache/values.conf', 'utf8').trim().split('\n');
  const cases = lines.map((line) => {
    const fact = directiveFacts().get(/^\w+/.exec(line)?.[0].toLowerCase() ?? '');
    assert.ok(fact, line);
    return { name: line, fact, body: line };
  });
  const refusal = /^(?!.*Syntax OK)/s;
  assert.deepEqual(await differences(cases, refusal, ['invalid-value', 'argument-count'], cases.length), []);
});

test(`too few and too many words are those of the server (seed ${seed})`, { timeout: 1_200_000 }, async () => {
  const cases = facts
    .filter(({ isSection, isFlag, contexts }) => !isSection && !isFlag && contexts.size > 0)
    .flatMap((fact) => {
      const put = places[fact.contexts.has('server config') ? 'server' : 'directory'] ?? String;
      return [0, 1, 2, 3, 4].map((words) => ({ name: `"${write(fact, words)}"`, fact, body: put(write(fact, words)) }));
    });
  const theirs =
    /takes (?:no|one|two|three|\d|only|at least).*argument|requires (?:at least|additional arguments|1 or 2)/;
  assert.deepEqual(await differences(cases, theirs, ['argument-count']), []);
});
