import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { directiveFacts } from '../../src/languages/apache/directives/facts.ts';
import { apache } from '../../src/languages/apache/index.ts';
import { projectOf } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { randomNumbers } from '../support/random.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

/** `SEED=n` makes other folders. */
const seed = Number(process.env['SEED'] ?? 20_261_126);
const count = process.env['JUDGE'] === 'full' ? 1500 : 200;

let root: ApacheRoot;

before(() => {
  root = createApacheRoot();
});

after(() => root.remove());

const modules = (
  'mpm_event authn_core authn_file authz_core authz_host authz_user authz_groupfile access_compat auth_basic alias ' +
  'rewrite headers setenvif env mime dir autoindex expires session session_cookie ssl socache_shmcb http2 filter include'
).split(' ');

const overrides = [
  'AllowOverride None',
  'AllowOverride All',
  'AllowOverride FileInfo',
  'AllowOverride AuthConfig Limit',
  'AllowOverride Indexes Options',
  'AllowOverride Options=Indexes,MultiViews',
  'AllowOverride FileInfo Nonfatal=Override',
  'AllowOverride None\nAllowOverrideList Redirect Options ServerSignature',
  'AllowOverrideList Header',
  'AllowOverride Indexes=x Limit=',
  'AllowOverride None=x',
  'AllowOverride Nonfatal=All FileInfo',
  'AllowOverride Nonfatal=Unknown',
  'AllowOverride All\nAllowOverride None',
  'AllowOverride None\nAllowOverride AuthConfig',
  'AllowOverride Options=None FileInfo',
  'AllowOverride Options=',
  'AllowOverride Options=Indexes Options',
  'AllowOverrideList Header RewriteEngine\nAllowOverride None',
  'AllowOverride FileInfo\nAllowOverrideList None',
  'AllowOverrideList IfModule SetEnv',
  'AllowOverride None All',
  'AllowOverride All None',
  '# none',
];

const lines = [
  ...[
    'Options +Indexes',
    'Options -ExecCGI',
    'Options None',
    'Options Indexes MultiViews',
    'Options +SymLinksIfOwnerMatch',
    'Options +IncludesNOEXEC +FollowSymLinks',
    'Options All',
    'Redirect /x /y',
  ],
  ...['Require all granted', 'Header set X y', 'RewriteEngine On', 'DirectoryIndex a.html', 'ServerSignature Off'],
  ...['AuthName "x"', 'Order allow,deny', 'SetEnv A b', 'ErrorDocument 404 /x', 'FileETag None', 'ExpiresActive On'],
  ...['<Files "a">\nRequire all denied\n</Files>', '<IfModule mod_headers.c>\nHeader set A b\n</IfModule>'],
  ...['<If "true">\nHeader set A b\n</If>', '<Limit GET>\nRequire all granted\n</Limit>', 'SSLOptions +StdEnvVars'],
];

/** Directives that stand for themselves: a flag, or one word that every module takes. */
function flags(): readonly string[] {
  const own = new Set(modules.map((name) => `mod_${name}`));
  return [...directiveFacts().values()]
    .filter(({ isFlag, contexts, modules: [module = ''] }) => isFlag && contexts.has('.htaccess') && own.has(module))
    .map(({ name }) => `${name} On`);
}

function status(port: number, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode ?? 0));
    })
      .on('error', reject)
      .end();
  });
}

test(`of ${count} folders (seed ${seed}) we refuse what AllowOverride does not let in`, {
  timeout: 300_000,
}, async () => {
  const random = randomNumbers(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const all = [...lines, ...flags()];
  const port = await freePort();
  const www = join(root.folder, 'www');
  const sections: string[] = [];
  const own: string[] = [];
  const cases = Array.from({ length: count }, (_, index) => {
    const folder = join(www, String(index), 'inner');
    const text = `${pick(all)}\n${pick(all)}\n`;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.htaccess'), text);
    const outer = `<Directory "${www}/${index}${pick(['', '/'])}">\n${pick(overrides)}\n</Directory>`;
    const inner = `<Directory "${www}/${pick([String(index), String(index), '*'])}/inner">\n${pick(overrides)}\n</Directory>`;
    if (random() < 0.8) pick([sections, own]).push(outer);
    if (random() < 0.5) pick([sections, own]).push(inner.includes('*') ? inner.replace('*', `[${index % 10}]`) : inner);
    return { file: join(folder, '.htaccess'), text, path: `/${index}/inner/x` };
  });
  const main = `${mainFileHead(root.folder, modules.join(' '))}
TypesConfig ${root.folder}/mime.types
DocumentRoot ${www}
<Directory "${www}">
Require all granted
</Directory>
${sections.join('\n')}
Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
${own.join('\n')}
</VirtualHost>
`;
  const entry = join(root.folder, 'apache2.conf');
  writeFileSync(entry, main);
  const server = projectOf({ [entry]: main }, { complete: true });
  const { started, log, stop } = await startApache(entry, root.folder);
  const differences: string[] = [];
  const counts = { refused: 0, ignored: 0 };
  try {
    assert.ok(started, log);
    const read = () => readFileSync(join(root.folder, 'logs/error.log'), 'utf8');
    let seen = read().length;
    for (const { file, text, path } of cases) {
      const answer = await status(port, path);
      const said = read().slice(seen);
      seen += said.length;
      const theirs = answer === 500 && /not allowed (?:here|in)/.test(said);
      const project = { ...projectOf({ [file]: text }), readBy: { server, files: [file] } };
      const found = apache.check(project).filter(({ rule }) => rule === 'wrong-context');
      const ours = found.some(({ severity }) => severity !== 'information');
      if (theirs) counts.refused++;
      if (found.some(({ message }) => message.startsWith('Apache does not read this file'))) counts.ignored++;
      if (theirs !== ours)
        differences.push(
          `${path}: ${text}  we: ${found.map((each) => each.message).join(' / ')}\n  Apache: ${answer} ${said}`,
        );
    }
  } finally {
    await stop();
  }
  console.log(`${counts.refused} refused, ${counts.ignored} not read`);
  assert.ok(counts.refused > count / 10 && counts.ignored > count / 20);
  assert.deepEqual(differences, []);
});

test('the main server reads its .htaccess beside virtual hosts', { timeout: 30_000 }, async () => {
  const [plain, port] = [await freePort(), await freePort()];
  const folder = join(root.folder, 'www/beside');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, '.htaccess');
  const text = 'Redirect /beside/x /y\n';
  writeFileSync(file, text);
  const main = `${mainFileHead(root.folder, modules.join(' '))}
TypesConfig ${root.folder}/mime.types
DocumentRoot ${root.folder}/www
<Directory "${root.folder}/www">
AllowOverride FileInfo
</Directory>
Listen 127.0.0.1:${plain}
Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
<Directory "${root.folder}/www">
AllowOverride None
</Directory>
</VirtualHost>
`;
  const entry = join(root.folder, 'apache2.conf');
  writeFileSync(entry, main);
  const { started, log, stop } = await startApache(entry, root.folder);
  try {
    assert.ok(started, log);
    assert.equal(await status(plain, '/beside/x'), 302);
    assert.notEqual(await status(port, '/beside/x'), 302);
  } finally {
    await stop();
  }
  const project = {
    ...projectOf({ [file]: text }),
    readBy: { server: projectOf({ [entry]: main }, { complete: true }), files: [file] },
  };
  assert.deepEqual(apache.check(project), []);
});
