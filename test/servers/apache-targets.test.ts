import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectOf } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';

let root: ApacheRoot;
let port: number;

before(async () => {
  root = createApacheRoot();
  port = await freePort();
});

after(() => root.remove());

const modules = 'mpm_event authz_core alias rewrite proxy proxy_http proxy_balancer lbmethod_byrequests slotmem_shm';

function configuration(lines: string): string {
  return `${mainFileHead(root.folder, modules)}
Listen 127.0.0.1:${port}
<VirtualHost 127.0.0.1:${port}>
DocumentRoot ${root.folder}/www
${lines}
</VirtualHost>
`;
}

/** The answer to `/page`, after a real start. */
async function answer(text: string, path: string) {
  const file = join(root.folder, 'apache2.conf');
  writeFileSync(file, text);
  const { started, log, stop } = await startApache(file, root.folder);
  try {
    assert.ok(started, log);
    return await new Promise<{ status: number | undefined; location: string }>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path, headers: { host: 'example.com' }, agent: false }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, location: response.headers.location ?? '' });
      })
        .on('error', reject)
        .end();
    });
  } finally {
    await stop();
  }
}

function found(text: string) {
  return apache
    .check(projectOf({ '/etc/apache2/apache2.conf': text }, { complete: true }))
    .filter(({ rule }) => rule === 'target-slash-missing');
}

/** Nobody listens there: a host that is understood answers 503, one that is not 500. */
const backend = 'http://127.0.0.1:9';
const folder = (lines: string) => `<Directory "/">\n${lines}\n</Directory>`;
const rewriting = (rule: string) => `RewriteEngine on\nRewriteRule ${rule}`;
const balancer = `<Proxy balancer://app>\nBalancerMember ${backend}\n</Proxy>`;

const joined: readonly string[] = [
  'Redirect / https://example.com',
  'Redirect permanent / "https://example.com:8443"',
  'RedirectPermanent /app/ https://[2001:db8::1]',
  'RedirectMatch ^/(.*)$ https://example.com$1',
  'RedirectMatch /app/(.+) https://example.com$1',
  folder('Redirect / https://example.com'),
  rewriting('^/(.*)$ https://example.com$1 [R=301,L]'),
  rewriting('^/?(.*) https://%{HTTP_HOST}$1 [R]'),
  folder(rewriting('^(.*)$ https://example.com$1 [R,L]')),
  folder(rewriting('^([^/]+) https://example.com$1 [R,L]')),
  `ProxyPass / ${backend}`,
  `ProxyPass / "unix:/nothing|http://localhost"`,
  `<Location /app/>\nProxyPass ${backend}\n</Location>`,
  `ProxyPassMatch ^/(.*)$ ${backend}$1`,
  rewriting(`^/(.*)$ ${backend}$1 [P]`),
  `${balancer}\nProxyPass / balancer://app`,
  `RewriteEngine on\nRewriteRule ^/other ${backend}/ [P]\nProxyPass / ${backend}`,
];

const right: readonly string[] = [
  'Redirect / https://example.com/',
  'Redirect /app https://example.com',
  'Redirect /app/page https://example.com',
  '<Location />\nRedirect https://example.com\n</Location>',
  'RedirectMatch ^(.*)$ https://example.com$1',
  'RedirectMatch ^/ https://example.com',
  'RedirectMatch ^(/app)/(.*)$ https://example.com$1',
  rewriting('^(.*)$ https://example.com$1 [R]'),
  rewriting('^/app(/.*) https://example.com$1 [R]'),
  'RewriteEngine off\nRewriteRule ^/(.*)$ https://example.com$1 [R]',
  'RewriteRule ^/(.*)$ https://example.com$1 [R]',
  'RewriteEngine on\nRewriteCond %{REQUEST_URI} ^/$\nRewriteRule ^/(.*)$ https://example.com$1 [R]',
  folder(rewriting('^(.*)$ https://example.com/$1 [R,L]')),
  `ProxyPass /app ${backend}`,
  `ProxyPass / ${backend}/`,
  `<Location /app>\nProxyPass ${backend}\n</Location>`,
  `${balancer}\nProxyPass / balancer://app/`,
  `RewriteEngine on\nRewriteCond %{REQUEST_URI} !^/other\nRewriteRule ^/(.*) ${backend}/$1 [P]\nProxyPass / ${backend}`,
  'RewriteEngine on\nRewriteRule ^ https://example.com%{REQUEST_URI} [R]\nRedirect / https://example.com',
];

/** What each asks for, or leads to, where a client goes on behind the name. */
const named: readonly (readonly [string, string])[] = [
  ['RedirectMatch ^/app(.*)$ https://example.com$1', '/app.evil.example/'],
  ['RedirectMatch permanent /app(.+) https://example.com$1', '/app.evil.example/'],
  [rewriting('^/app(.*) https://%{HTTP_HOST}$1 [R]'), '/app.evil.example/'],
  [folder(rewriting('app(.*)$ https://example.com$1 [R,L]')), '/app.evil.example/'],
  ['ProxyPassMatch ^/app(.*)$ http://127.0.0.1:9$1', '/app@127.0.0.1:BACKEND/'],
  [rewriting('^/app(.*)$ http://127.0.0.1:9$1 [P,L]'), '/app@127.0.0.1:BACKEND/'],
];

const limited: readonly string[] = [
  'RedirectMatch ^/app(/.*)?$ https://example.com$1',
  'RedirectMatch ^/app(.*)$ https://example.com/$1',
  'RedirectMatch ^/app(\\w*)/ https://example.com/$1',
  '<Location /app/>\nRedirectMatch ^/app(.*)$ https://example.com$1\n</Location>',
  'RewriteEngine on\nRewriteCond %{REQUEST_URI} ^/app/\nRewriteRule ^/app(.*)$ https://example.com$1 [R]',
  `${balancer}\nProxyPassMatch ^/app(.*)$ balancer://app$1`,
];

const path = '/app/page';
const isRight = ({ status, location }: Awaited<ReturnType<typeof answer>>) =>
  status !== 500 && (location === '' || /^https:\/\/(?:example\.com(?::8443)?|\[2001:db8::1\])(?:\/|$)/.test(location));

describe('what is joined to a host, and what is not', () => {
  for (const lines of joined) {
    test(`${lines.replaceAll('\n', ', ')} loses the host, and the fix gives it back`, async () => {
      const text = configuration(lines);
      const [report, more] = found(text);
      assert.ok(report && !more);
      assert.equal(report.severity, undefined);
      assert.ok(!isRight(await answer(text, path)));
      const [fix] = report.fixes ?? [];
      assert.ok(fix);
      const mended = applyEdits(text, fix.edits);
      assert.deepEqual(found(mended), []);
      assert.ok(isRight(await answer(mended, path)), mended);
    });
  }
  for (const lines of right) {
    test(`${lines.replaceAll('\n', ', ')} is right`, async () => {
      const text = configuration(lines);
      assert.deepEqual(found(text), []);
      assert.ok(isRight(await answer(text, path)));
    });
  }
});

describe('what is joined to a host behind a name, and what is not', () => {
  for (const [lines, asked] of named) {
    test(`${lines.replaceAll('\n', ', ')} leads to any host, and no longer with its fix`, async () => {
      const backendPort = await freePort();
      const inner = createServer((_, response) => response.end()).listen(backendPort, '127.0.0.1');
      const text = configuration(lines);
      const [report, more] = found(text);
      const leadsAway = async (configured: string) => {
        const { status, location } = await answer(configured, asked.replace('BACKEND', String(backendPort)));
        return asked.includes('@') ? status === 200 : location.endsWith('.com.evil.example/');
      };
      try {
        assert.ok(report?.fixes?.[0] && !more);
        assert.ok(await leadsAway(text));
        const mended = applyEdits(text, report.fixes[0].edits);
        assert.deepEqual(found(mended), []);
        assert.equal(await leadsAway(mended), false);
        assert.ok(isRight(await answer(mended, path)), mended);
      } finally {
        inner.close();
      }
    });
  }
  for (const lines of limited) {
    test(`${lines.replaceAll('\n', ', ')} is right`, () => assert.deepEqual(found(configuration(lines)), []));
  }
});

test('behind a port all before a sign for a user leads to another host', async () => {
  for (const lines of [
    'RedirectMatch ^/app(.*)$ https://example.com:8443$1',
    'Redirect /app/ https://example.com:8443',
    rewriting('^/app(.*)$ https://example.com:%{SERVER_PORT}$1 [R]'),
  ]) {
    const text = configuration(lines);
    const asked = /\/app\/?@evil\.example/.exec(found(text)[0]?.message ?? '')?.[0] ?? '';
    assert.equal(new URL((await answer(text, asked)).location).host, 'evil.example', lines);
  }
});

describe('a slash too many is worth knowing', () => {
  for (const [lines, doubled] of [
    ['RedirectMatch (.*) https://example.com/$1', true],
    [rewriting('^(.*)$ https://example.com/$1 [R=301,L]'), true],
    [rewriting('^(/.+) https://example.com/$1 [R]'), true],
    [rewriting('.* https://%{HTTP_HOST}/%{REQUEST_URI} [R]'), true],
    [folder(rewriting('^ https://example.com/%{REQUEST_URI} [R]')), true],
    [rewriting('^ https://example.com%{REQUEST_URI} [R]'), false],
    [rewriting('^/(.*)$ https://example.com/$1 [R]'), false],
    [folder(rewriting('^(.*)$ https://example.com/$1 [R]')), false],
    [`<Location />\n${rewriting('^(.*)$ https://example.com/$1 [R]')}\n</Location>`, false],
    ['RedirectMatch ^/ https://example.com/%{REQUEST_URI}', false],
  ] as const) {
    test(lines.replaceAll('\n', ', '), async () => {
      const text = configuration(lines);
      const reports = found(text);
      assert.deepEqual(
        reports.map(({ severity }) => severity),
        doubled ? ['information'] : [],
      );
      assert.equal((await answer(text, path)).location.startsWith('https://example.com//'), doubled);
      const mended = applyEdits(text, reports[0]?.fixes?.[0]?.edits ?? []);
      assert.ok(!(await answer(mended, path)).location.startsWith('https://example.com//'));
    });
  }
});

test('a path that loses its slash is worth knowing, and has no one right answer', async () => {
  for (const [lines, location] of [
    ['Redirect / https://example.com/app', 'https://example.com/appapp/page'],
    ['Redirect /app/ https://example.com/new.html', 'https://example.com/new.htmlpage'],
  ] as const) {
    const text = configuration(lines);
    assert.deepEqual(
      found(text).map(({ severity, fixes }) => [severity, fixes]),
      [['information', undefined]],
    );
    assert.equal((await answer(text, path)).location, location);
  }
  for (const lines of ['Redirect / https://example.com/?page=', 'Redirect /app https://example.com/new']) {
    assert.deepEqual(found(configuration(lines)), []);
  }
});
