import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { isUncertain } from '../../src/languages/apache/uncertain.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectOf } from '../languages/apache/project.ts';
import { randomNumbers } from '../support/random.ts';
import { type ApacheRoot, createApacheRoot, isRefusal, modulesFolder } from './apache-server.ts';

/** `SEED=n` makes other expressions. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = Number(process.env['CASES'] ?? (process.env['JUDGE'] === 'full' ? 3000 : 300));

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});

after(() => root.remove());

const modules = (
  'mpm_event authn_core authz_core authz_user authz_host authz_groupfile auth_basic alias rewrite headers setenvif ssl ' +
  'socache_shmcb proxy proxy_fcgi proxy_hcheck'
).split(' ');

type Pick = <T>(list: readonly T[]) => T;

const variables = [
  'HTTP_HOST',
  'https',
  'REQUEST_URI',
  'TIME_HOUR',
  'SSL_PROTOCOL',
  'HTTP:X-A',
  'ENV:a',
  'md5:%{HTTP_HOST}',
];
const strange = ['FOO', 'HTTP_HOTS', 'HTTP-HOST', '', 'HTTP:', 'foo:a', 'PeerExtList:a', '1A'];

function word(pick: Pick, depth: number): string {
  const inner = () => (depth > 2 ? "'x'" : word(pick, depth + 1));
  const variable = () => `%{${pick([...variables, ...variables, ...variables, pick(strange)])}}`;
  return pick([
    () => "'text'",
    () => `'a${variable()}b$1'`,
    () => "''",
    () => "'it\\'s \\101 %'",
    () => pick(['5', '-3', '10.1', '$1']),
    variable,
    variable,
    () => `${pick(['tolower', 'MD5', 'req', 'env', 'file', 'foo', 'hc'])}(${inner()})`,
    () => `${inner()} . ${inner()}`,
  ])();
}

function condition(pick: Pick, depth: number): string {
  const inner = () => (depth > 2 ? 'true' : condition(pick, depth + 1));
  const simple = () => word(pick, 1);
  return pick([
    () => pick(['true', 'false']),
    () => `${simple()} ${pick(['==', '=', '!=', '<', '>=', '-eq', 'ne', 'lt', '-ge'])} ${simple()}`,
    () =>
      `${simple()} ${pick(['=~', '!~'])} ${pick(['/a(b)?/', '/x/i', 'm#a/b#', 'm|(|', '/a/g', "'a'", '//', 'm_.a_', '/a'])}`,
    () =>
      `${simple()} ${pick(['in', '-in'])} ${pick(["{ 'a', 'b' }", '{ %{HTTP_HOST} }', "PeerExtList('1.2')", "md5('a')", '{}', "'a'"])}`,
    () => `${simple()} ${pick(['-strmatch', '-fnmatch', '-STRCMATCH', '-foo'])} ${simple()}`,
    () =>
      `${pick(['%{REMOTE_ADDR} -ipmatch', '-R'])} ${pick(["'10.0.0.0/8'", "'::1'", "'10.1'", "'x'", "'10.0.0.0/40'", '5'])}`,
    () => `${pick(['-n', '-z', '-f', '-T', '-U', '-q'])} ${simple()}`,
    () => `${pick(['!', 'not ', '! !'])}${inner()}`,
    () => `${inner()} ${pick(['&&', '||', 'and', 'or', 'AND', '&'])} ${inner()}`,
    () => `( ${inner()} )`,
  ])();
}

/** Takes a character out, puts one in or swaps two. */
function damage(text: string, pick: Pick, random: () => number): string {
  const at = Math.floor(random() * text.length);
  return pick([
    () => text.slice(0, at) + text.slice(at + 1),
    () => text.slice(0, at) + pick([..."'(){}%$:,.!=~&|-/mi0a \\_"]) + text.slice(at),
    () => text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2),
  ])();
}

const places: readonly ((expression: string) => string)[] = [
  (expression) => `<If "${expression}">\n</If>`,
  (expression) => `<Directory "/x">\nRequire expr "${expression}"\n</Directory>`,
  (expression) => `<Directory "/x">\nRequire expr ${expression}\n</Directory>`,
  (expression) => `Header set X y "expr=${expression}"`,
  (expression) => `SetEnvIfExpr "${expression}" A=b`,
  (expression) => `RewriteCond expr "${expression}"`,
  (expression) => `CustomLog logs/x "%h" "expr=${expression}"`,
  (expression) => `ProxyFCGISetEnvIf "${expression}" A b`,
];

const textPlaces: readonly ((expression: string) => string)[] = [
  (text) => `Header set X "expr=${text}"`,
  (text) => `ErrorDocument 404 "/${text}"`,
  (text) => `<Location "/x">\nRedirect "/${text}"\n</Location>`,
  (text) => `<Directory "/x">\nAuthName "a${text}"\n</Directory>`,
  (text) => `<Directory "/x">\nRequire host ${text}\n</Directory>`,
];

function makeCase(random: () => number): string {
  const pick: Pick = (list) => list[Math.floor(random() * list.length)] as never;
  const isText = random() < 0.25;
  const parts = () => `a%{${pick([...variables, pick(strange)])}}b ${pick(['$1', '%', '\\101', '\\9', "'", '}'])}`;
  let expression = isText ? parts() : condition(pick, 0);
  if (random() < 0.4) expression = damage(expression, pick, random);
  return pick(isText ? textPlaces : places)(expression);
}

function read(text: string, file: string): Promise<string> {
  writeFileSync(file, text);
  const options = { env: { PATH: '/usr/sbin:/usr/bin', LANG: 'C' } };
  return new Promise((resolve) => {
    execFile('/usr/sbin/apache2', ['-t', '-f', file], options, (error, _output, errors) =>
      resolve(error ? errors.trim() : ''),
    );
  });
}

test(`of ${count} expressions (seed ${seed}) we refuse those that Apache refuses`, { timeout: 1_200_000 }, async () => {
  const loads = modules.map((name) => `LoadModule ${name}_module ${modulesFolder}/mod_${name}.so`).join('\n');
  const head = `ServerRoot "${root.folder}"\nServerName a.example\nListen 80\n${loads}\n`;
  const random = randomNumbers(seed);
  // What looks like a template or one of its placeholders is left alone; behind a backslash the closing tag is no tag.
  const isOurs = (body: string) => !isUncertain(body) && !/\\$/m.test(body);
  const cases = Array.from({ length: count }, () => makeCase(random)).filter(isOurs);
  const differences: string[] = [];
  let refused = 0;
  const queue = cases.values();
  const judge = async (text: string, file: string): Promise<string | undefined> => {
    const log = await read(text, file);
    const project = projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true });
    const found = apache.check(project).filter(isRefusal);
    if (log !== '') refused++;
    if ((log !== '') !== found.length > 0 || found.length > 1) {
      const said = found.map(({ message }) => message).join(' / ') || 'nothing';
      differences.push(`${text.slice(head.length)}  we say: ${said}\n  Apache says: ${log || 'nothing'}`);
    }
    const [fix] = found.flatMap(({ fixes }) => fixes ?? []);
    return fix && applyEdits(text, fix.edits);
  };
  const work = async (file: string): Promise<void> => {
    for (const body of queue) {
      // One mistake mended, there may be another, and both say which.
      const mended = await judge(`${head}${body}\n`, file);
      if (mended !== undefined) await judge(mended, file);
    }
  };
  await Promise.all([0, 1].map((index) => work(join(root.folder, `${index}.conf`))));
  console.log(`${refused} of ${count} expressions refused`);
  assert.ok(refused > count / 5 && refused < count * 0.9);
  assert.deepEqual(differences, []);
});
