import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { createDocument } from '../../src/text/document.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { atLeast, type Finding } from '../../src/text/finding.ts';
import type { Change } from '../../src/tls/model/change.ts';
import { projectOf, snippet } from '../languages/apache/project.ts';
import { analyseText } from '../support/analyse.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, startApache } from './apache-server.ts';

let root: ApacheRoot;
let http: number;
let https: number;

before(async () => {
  root = createApacheRoot();
  http = await freePort();
  https = await freePort();
});

after(() => root.remove());

/** The usual main file around a snippet, whose virtual host listens on a port of this test. */
function inMainFile(text: string): string {
  const defines = `Define ROOT ${root.folder}\nDefine HTTP ${http}\nDefine HTTPS ${https}\n`;
  const own = text.replaceAll('*:443>', `*:${https}>`).replaceAll('*:80>', `*:${http}>`);
  return defines + readFileSync('test/fixtures/apache/main.conf', 'utf8') + own;
}

async function whileRunning<T>(text: string, use: () => Promise<T>): Promise<T> {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, text);
  const start = await startApache(file, root.folder);
  try {
    assert.ok(start.started, start.log);
    return await use();
  } finally {
    await start.stop();
  }
}

interface Answer {
  readonly status: number | undefined;
  readonly location: string | undefined;
  readonly body: string;
}

function get(path: string, host: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: http, path, headers: { host }, timeout: 5000, agent: false }, (response) => {
      let body = '';
      response.on('data', (data) => {
        body += data;
      });
      response.on('end', () => resolve({ status: response.statusCode, location: response.headers.location, body }));
    })
      .on('error', reject)
      .end();
  });
}

/** Applies fix after fix, the safe ones first, until none is left. */
function fixAll(text: string): { readonly text: string; readonly findings: readonly Finding[] } {
  let current = text;
  for (let round = 0; round < 20; round++) {
    const { findings } = analyseText(current, { language: 'apache' });
    const fixes = findings.flatMap((finding) => finding.fixes).filter(({ edits }) => edits.length > 0);
    const next = fixes.find(({ safe }) => safe) ?? fixes[0];
    if (!next) return { text: current, findings };
    current = applyEdits(current, next.edits);
  }
  throw new Error('The fixes never come to an end.');
}

describe('a snippet with every fix applied starts inside a usual main file, with nothing above information left', () => {
  for (const name of ['snippet-acme', 'snippet-tls']) {
    test(name, async () => {
      const before = readFileSync(`test/fixtures/apache/${name}.conf`, 'utf8').replaceAll('@ROOT@', root.folder);
      const fixed = fixAll(before);
      assert.deepEqual(
        fixed.findings.filter(({ severity }) => atLeast(severity, 'warning')),
        [],
      );
      await whileRunning(inMainFile(fixed.text), async () => {
        if (name !== 'snippet-acme') return;
        assert.equal((await get('/.well-known/acme-challenge/TOKEN', 'example.com')).body, 'the token\n');
        assert.equal((await get('/other', 'example.com')).location, 'https://example.com/other');
      });
    });
  }
});

describe('the model tells what a real server answers, before and after the challenge directory is written', () => {
  const alias = (folder: string) => `Alias "/.well-known/acme-challenge/" "${folder}/acme/"`;
  const open = (folder: string) => `<Directory "${folder}/acme">\nRequire all granted\n</Directory>`;
  const cases: Readonly<Record<string, (folder: string) => readonly string[]>> = {
    'redirect of all': (folder) => ['Redirect permanent / https://a.example/', alias(folder), open(folder)],
    'redirect by expression': (folder) => ['RedirectMatch ^/(.*)$ https://a.example/$1', alias(folder), open(folder)],
    'redirect behind the alias': (folder) => [alias(folder), open(folder), 'Redirect / https://a.example/'],
    rewriting: (folder) => [
      'RewriteEngine On',
      'RewriteCond %{HTTPS} off',
      'RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]',
      alias(folder),
      open(folder),
    ],
    proxy: (folder) => ['ProxyPass / http://127.0.0.1:9/', alias(folder), open(folder)],
    'proxy and redirect': () => ['ProxyPass / http://127.0.0.1:9/', 'Redirect / https://a.example/'],
    denied: (folder) => [alias(folder)],
    'denied by a location': (folder) => [
      alias(folder),
      open(folder),
      '<Location "/.well-known">\nRequire all denied\n</Location>',
    ],
    'denied by locations, as in 2.2 and since': (folder) => [
      alias(folder),
      '<Location "/">\nOrder deny,allow\nDeny from all\nRequire ip 10.0.0.0/8\n</Location>',
    ],
    'hidden files denied': (folder) => [
      alias(folder),
      open(folder),
      '<LocationMatch "^/\\.">\nRequire all denied\n</LocationMatch>',
    ],
    'hidden folders denied': (folder) => [
      alias(folder),
      '<DirectoryMatch "/acme">\nRequire all denied\n</DirectoryMatch>',
    ],
    'hidden files not found': (folder) => ['RedirectMatch 404 "/\\."', alias(folder), open(folder)],
    'proxy of a location': (folder) => [
      '<Location "/">\nProxyPass http://127.0.0.1:9/\n</Location>',
      alias(folder),
      open(folder),
    ],
    'proxy, and nobody let in': (folder) => [
      'ProxyPass / http://127.0.0.1:9/',
      '<Location "/">\nRequire ip 10.0.0.0/8\n</Location>',
      alias(folder),
      open(folder),
    ],
    'redirect of a location': (folder) => [alias(folder), '<Location "/">\nRedirect https://a.example/\n</Location>'],
    'document root': (folder) => [`DocumentRoot "${folder}/www"`],
    served: (folder) => [alias(folder), open(folder)],
  };
  for (const [name, lines] of Object.entries(cases)) {
    test(name, async () => {
      const host = `<VirtualHost *:80>\nServerName a.example\n${lines(root.folder).join('\n')}\n</VirtualHost>\n`;
      const text = inMainFile(host);
      const project = projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true });
      const model = apache.lower(project);
      const site = model.sites.find(({ names }) => names[0]?.text === 'a.example');
      assert.ok(site);
      const path = '/.well-known/acme-challenge/TOKEN';
      const said = site.challengeAnswer;
      await whileRunning(text, async () => {
        const { status, location } = await get(path, 'a.example');
        const seen =
          status === 200
            ? 'files'
            : status === 404
              ? said.kind === 'status'
                ? 'status'
                : 'files'
              : status === 403
                ? 'denied'
                : location
                  ? 'redirect'
                  : 'proxy';
        assert.equal(said.kind, seen);
        if (said.kind === 'redirect' && !said.to.includes('%{')) assert.equal(location, said.to);
      });
      const change: Change = {
        setting: 'challengeDirectory',
        site: site.id,
        from: undefined,
        to: `${root.folder}/acme`,
        scope: 'site',
      };
      const result = apache.write(project, model, [change]);
      if (name === 'redirect of a location') {
        assert.equal(result.kind, 'refused');
        return;
      }
      assert.ok(result.kind === 'edits', result.kind === 'refused' ? result.reason : '');
      await whileRunning(applyEdits(text, result.edits), async () => {
        assert.equal((await get(path, 'a.example')).body, 'the token\n');
        const other = apache.lower(
          projectOf({ '/etc/apache2/apache2.conf': applyEdits(text, result.edits) }, { complete: true }),
        );
        assert.equal(
          other.sites.find(({ names }) => names[0]?.text === 'a.example')?.rootAnswer.kind,
          site.rootAnswer.kind,
        );
      });
    });
  }
});

test('a redirect to HTTPS that is written redirects where a backend has all paths', async () => {
  const text = '<VirtualHost *:80>\nServerName a.example\nProxyPass / http://127.0.0.1:9/\n</VirtualHost>\n';
  await whileRunning(inMainFile(redirected(text)), async () => {
    assert.equal((await get('/x?y=1', 'a.example')).location, 'https://a.example/x?y=1');
  });
});

test('a redirect to HTTPS that is written redirects, and leaves challenges alone', async () => {
  const text = `<VirtualHost *:80>\nServerName a.example\nServerAlias b.example\nAlias "/.well-known/acme-challenge/" "${root.folder}/acme/"\n<Directory "${root.folder}/acme">\nRequire all granted\n</Directory>\n</VirtualHost>\n`;
  await whileRunning(inMainFile(redirected(text)), async () => {
    for (const name of ['a.example', 'b.example']) {
      assert.equal((await get('/x?y=1', name)).location, `https://${name}/x?y=1`);
      assert.equal((await get('/.well-known/acme-challenge/TOKEN', name)).body, 'the token\n');
    }
  });
});

/** A snippet whose only virtual host has got a redirect to HTTPS. */
function redirected(text: string): string {
  const project = snippet(text);
  const model = apache.lower(project);
  const change: Change = {
    setting: 'redirectToHttps',
    site: model.sites[0]?.id ?? '',
    from: undefined,
    to: true,
    scope: 'site',
  };
  const result = apache.write(project, model, [change]);
  assert.ok(result.kind === 'edits');
  const file = project.files.get(project.entry);
  assert.ok(file);
  return apache.parse(createDocument('/work/site.conf', applyEdits(file.document.text, result.edits))).document.text;
}
