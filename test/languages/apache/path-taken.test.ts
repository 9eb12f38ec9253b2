import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

const host = (lines: string) => `<VirtualHost *:80>\nServerName a.example\n${lines}\n</VirtualHost>\n`;
const told = (lines: string) => apache.check(snippet(host(lines))).filter(({ rule }) => rule === 'path-taken');

test('the first line that has a path takes it', () => {
  for (const [first, second] of [
    ['ProxyPass / http://192.0.2.1/', 'ProxyPass /static !'],
    ['ProxyPass / http://192.0.2.1/', 'ProxyPass /api http://192.0.2.2/api'],
    ['ProxyPass /app !', 'ProxyPass /app/api http://192.0.2.2/'],
    ['Redirect / https://a.example/', 'Redirect /old https://a.example/new'],
    ['Redirect permanent /a https://a.example/a', 'RedirectPermanent /a/b https://a.example/c'],
    ['Alias /x /srv/x', 'Alias /x/y /srv/y'],
    ['Alias /x/ /srv/x/', 'ScriptAlias /x/cgi/ /srv/cgi/'],
  ] as const) {
    const lines = `${first}\n${second}`;
    const [finding, ...others] = told(lines);
    assert.deepEqual(others, [], lines);
    assert.equal(applyEdits(host(lines), finding?.fixes?.[0]?.edits ?? []), host(`${second}\n${first}`));
    assert.deepEqual(told(`${second}\n${first}`), [], lines);
  }
});

test('whole addresses are no paths, and take none', () => {
  assert.deepEqual(
    told('Redirect http://a.example/ https://a.example/\nRedirect http://a.example/b https://b.example/'),
    [],
  );
});

test('of two lines for one path, one is to be taken out', () => {
  const [finding] = told('ProxyPass /a http://192.0.2.1/\nProxyPass /a http://192.0.2.2/');
  assert.match(finding?.message ?? '', /Remove one of the two\.$/);
  assert.deepEqual(finding?.fixes, []);
});

test('a ProxyPass of the main server goes before those of a virtual host', () => {
  const main = 'ProxyPass /app http://192.0.2.1/\n';
  const toldOf = (text: string) => apache.check(snippet(text)).filter(({ rule }) => rule === 'path-taken');
  const [finding, ...others] = toldOf(main + host('ProxyPass /app/api http://192.0.2.2/\nProxyPass /app !'));
  assert.match(finding?.message ?? '', /^ProxyPass \/app\/api never answers: each ProxyPass of the main server/);
  assert.equal(finding?.fixes, undefined);
  assert.equal(others.length, 1);
  for (const text of [
    main + host('ProxyPass /other http://192.0.2.2/'),
    main + host('ProxyPass /app/api http://192.0.2.1/api'),
    main + host('Alias /app /srv/app'),
    `${host('ProxyPass / http://192.0.2.3/')}ProxyPass /app http://192.0.2.1/\n`,
  ])
    assert.deepEqual(toldOf(text), [], text);
});

test('lines that do the same, other paths, and what nobody can decide', () => {
  for (const lines of [
    'ProxyPass /a http://192.0.2.1/a\nProxyPass /a/b http://192.0.2.1/a/b',
    'Alias /x /srv/x\nAlias /x/y /srv/x/y/',
    'Redirect / https://a.example/\nRedirect /old https://a.example/old',
    'ProxyPass /a http://192.0.2.1/\nProxyPass /ab http://192.0.2.2/',
    'Alias /x/ /srv/x/\nAlias /x /srv/y',
    'Redirect / https://a.example/\nAlias /x /srv/x',
    'ProxyPassMatch ^/ http://192.0.2.1\nProxyPass /a !',
    '<IfDefine MOVED>\nRedirect / https://b.example/\n</IfDefine>\nRedirect /a https://c.example/',
    '<Location />\nProxyPass http://192.0.2.1/\n</Location>\nProxyPass /a !',
  ])
    assert.deepEqual(told(lines), [], lines);
});
