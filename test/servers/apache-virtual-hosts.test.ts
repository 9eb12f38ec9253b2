import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import type { ServerModel } from '../../src/tls/model/server-model.ts';
import { projectOf } from '../languages/apache/project.ts';
import { randomNumbers } from '../support/random.ts';
import { type ApacheRoot, createApacheRoot, modulesFolder } from './apache-server.ts';

/** `SEED=n` makes other configurations. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = process.env['JUDGE'] === 'full' ? 300 : 40;

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});

after(() => root.remove());

const head = () => `ServerRoot "${root.folder}"
ServerName main.example
LoadModule mpm_event_module ${modulesFolder}/mod_mpm_event.so
LoadModule macro_module ${modulesFolder}/mod_macro.so
`;

const listens = ['80', '443', '127.0.0.1:80', '127.0.0.2:443', '*:8080', '192.0.2.1:80', '192.0.2.1:443'];
const addresses = [
  '*:80',
  '*:443',
  '_default_:443',
  '127.0.0.1:80',
  '192.0.2.1:80',
  '192.0.2.1:443',
  '*:8080',
  '192.0.2.1',
  '*',
  '127.0.0.2:*',
];
const conditions = [
  '<IfDefine A>',
  '<IfDefine !A>',
  '<IfVersion >= 2.4>',
  '<IfModule mod_macro.c>',
  '<IfModule !mod_ssl.c>',
];

/** A configuration of virtual hosts as nobody would write it, but as httpd reads it. */
function makeConfiguration(random: () => number): string {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const lines: string[] = [];
  // What no Define sets may come from the command line, so that nobody can say what `<IfDefine>` of it takes.
  lines.push('Define A', `Define PORT ${random() < 0.5 ? 443 : 80}`);
  const ports = new Set<string>();
  for (let index = 0; index < 3; index++) {
    const listen = pick(listens);
    const port = /\d+$/.exec(listen)?.[0] ?? '';
    if (!ports.has(port)) lines.push(`Listen ${listen}`);
    ports.add(port);
  }
  lines.push('<Macro Host $address $name>', '<VirtualHost $address>', 'ServerName $name', '</VirtualHost>', '</Macro>');
  for (let index = 0; index < 2 + random() * 6; index++) {
    const name = `${pick(['a', 'b', 'c', 'd'])}.example`;
    if (random() < 0.2) {
      lines.push(`Use Host ${pick(addresses)} ${name}`);
      continue;
    }
    const where =
      random() < 0.15 ? `*:\${PORT}` : random() < 0.15 ? `${pick(addresses)} ${pick(addresses)}` : pick(addresses);
    const aliases = random() < 0.4 ? [`ServerAlias www.${name} *.${name}`] : [];
    const named =
      random() < 0.1 ? [] : [`ServerName ${pick(['', '', 'https://'])}${name}${pick(['', '', ':443'])}`, ...aliases];
    const host = [`<VirtualHost ${where}>`, ...named, '</VirtualHost>'];
    if (random() < 0.2) {
      const condition = pick(conditions);
      lines.push(condition, ...host, `</${/^<(\w+)/.exec(condition)?.[1]}>`);
    } else lines.push(...host);
  }
  return `${lines.join('\n')}\n`;
}

/** `apache2 -t -D DUMP_VHOSTS`: addresses with the lines of their virtual hosts, the default first. */
function dump(file: string): Promise<string> {
  return new Promise((resolve) => {
    const options = { env: { PATH: '/usr/sbin:/usr/bin', LANG: 'C' } };
    execFile('/usr/sbin/apache2', ['-t', '-D', 'DUMP_VHOSTS', '-f', file], options, (_error, output) =>
      resolve(output),
    );
  });
}

/** Address → line numbers of the `<VirtualHost>`s in order. A block with two addresses is two in httpd. */
function readDump(text: string): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>();
  let address = '';
  for (const line of text.split('\n')) {
    const only = /^(\S+:\S+)\s+\S+ \(.+:(\d+)\)$/.exec(line);
    const group = /^(\S+:\S+)\s+is a NameVirtualHost/.exec(line);
    const member = /^\s+port (?:\d+|\*) namevhost \S+ \(.+:(\d+)\)/.exec(line);
    if (only) found.set(only[1] as string, [Number(only[2])]);
    else if (group) {
      address = group[1] as string;
      found.set(address, []);
    } else if (member) found.get(address)?.push(Number(member[1]));
  }
  return found;
}

/** What the model says of an address that is open: the lines of its sites, the default first. */
function sitesOf(model: ServerModel, listener: string, text: string): readonly number[] {
  const bound = model.sites.filter(({ bindings }) => bindings.some((binding) => binding.listener === listener));
  return bound
    .filter(({ id }) => !id.endsWith(':main'))
    .map(({ block }) => text.slice(0, block.range.start).split('\n').length);
}

/** True where a line opens a virtual host that no macro holds. */
function isHost(text: string, line: number): boolean {
  const written = text.split('\n')[line - 1] ?? '';
  return written.startsWith('<VirtualHost') && !written.includes('$address');
}

test(`virtual hosts of each address are those that httpd prints (seed ${seed})`, { timeout: 600_000 }, async () => {
  const random = randomNumbers(seed);
  const file = join(root.folder, 'apache2.conf');
  const differences: string[] = [];
  let compared = 0;
  for (let index = 0; index < count; index++) {
    const text = head() + makeConfiguration(random);
    writeFileSync(file, text);
    const printed = readDump(await dump(file));
    const model = apache.lower(projectOf({ [file]: text }, { complete: true }));
    for (const { id, address, port } of model.listeners) {
      const exact = printed.get(`${address}:${port}`) ?? printed.get(`${address}:*`);
      const theirs = exact ?? (address.startsWith('[') ? undefined : (printed.get(`*:${port}`) ?? printed.get('*:*')));
      if (theirs === undefined) continue;
      const ours = sitesOf(model, id, text);
      compared++;
      // httpd gives the line of the Use, we that of the block inside the macro.
      const label = (line: number) => (isHost(text, line) ? String(line) : 'macro');
      const all = (numbers: readonly number[]) => [...new Set(numbers.map(label))].sort().join(' ');
      if (label(theirs[0] ?? 0) !== label(ours[0] ?? 0) || all(theirs) !== all(ours)) {
        differences.push(`${id}: httpd ${theirs.join(' ')}, we ${ours.join(' ')}\n${text}`);
      }
    }
  }
  console.log(`${compared} addresses compared`);
  assert.ok(compared > count);
  assert.deepEqual(differences, []);
});
