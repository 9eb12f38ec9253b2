import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asksForMore, restOfNameIn } from '../../src/text/joined-host.ts';
import { analyseText } from '../support/analyse.ts';

/** The findings of one rule of rewriting, as both servers have it. */
function found(rule: string, target: string): { nginx: number; apache: number } {
  const nginx = `events {}\nhttp { server { listen 80; rewrite ${rule} ${target} permanent; } }\n`;
  const apache = `Listen 80\nRewriteEngine on\nRewriteRule ${rule} ${target} [R]\n`;
  const count = (text: string, language: 'nginx' | 'apache') =>
    analyseText(text, { language, file: `/work/${language}.conf` }).findings.filter(
      (finding) => finding.rule === 'target-slash-missing',
    ).length;
  return { nginx: count(nginx, 'nginx'), apache: count(apache, 'apache') };
}

test('the rest of a path is joined to a host that is a whole one', () => {
  assert.deepEqual(found('^/(.*)$', 'https://example.com$1'), { nginx: 1, apache: 1 });
  assert.deepEqual(found('^/(.*)$', 'https://example.com:8443$1'), { nginx: 1, apache: 1 });
  assert.deepEqual(found('^(/.*)$', 'https://example.com$1'), { nginx: 0, apache: 0 });
  assert.deepEqual(found('^/(.*)$', 'https://example.com/$1'), { nginx: 0, apache: 0 });
  assert.deepEqual(found('^/(.*)$', 'https://$host.example.com$1').nginx, 1);
});

test('whoever writes a port or a name of more words means the path for one', () => {
  for (const target of ['http://127.0.0.1:$1', 'https://www.$1', 'https://shop-$1', 'https://me@$1']) {
    assert.ok(asksForMore(target), target);
    assert.deepEqual(found('^/to/(.*)$', target), { nginx: 0, apache: 0 }, target);
  }
  for (const target of ['https://example.com$1', 'https://example.com/a.$2', '$scheme://$host$1']) {
    assert.ok(!asksForMore(target), target);
  }
});

test('in a .htaccess the whole of a path is without its slash', () => {
  const within = (pattern: string, file: string) =>
    analyseText(`RewriteEngine on\nRewriteRule ${pattern} https://example.com$1 [R]\n`, {
      language: 'apache',
      file,
    }).findings.filter(({ rule }) => rule === 'target-slash-missing').length;
  assert.equal(within('^(.*)$', '/work/.htaccess'), 1);
  assert.equal(within('^(\\w*)$', '/work/.htaccess'), 0);
  assert.equal(within('^(.*)$', '/work/apache2.conf'), 0);
});

test('text behind a name is joined to a host as well, and begins with a slash once it is mended', () => {
  const mended = (pattern: string) => restOfNameIn(pattern)?.mended;
  assert.equal(mended('^/app(.*)$'), '^/app(/.*)?$');
  assert.equal(mended('/a/b\\.php(.+?)'), '/a/b\\.php(/.*)$');
  assert.equal(restOfNameIn('^a\\.b(.*)')?.name, '/a.b');
  for (const pattern of [
    '^/app/(.*)$',
    '^/app/?(.*)$',
    '^(/app)(.*)$',
    '^/app.(.*)$',
    '^/app(\\d*)$',
    '^/a|b(.*)$',
    '(.*)',
  ]) {
    assert.equal(mended(pattern), undefined, pattern);
  }
});
