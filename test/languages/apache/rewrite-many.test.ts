import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rewrite } from '../../../src/languages/apache/answers/rewrite.ts';
import { evaluate } from '../../../src/languages/apache/evaluate/evaluate.ts';
import { projectOf, snippet } from './project.ts';

/** Where rules leave a path, among so many of other paths. */
function outcome(rules: string, path: string, others: number) {
  const filling = Array.from({ length: others }, (_, index) => `RewriteRule ^/filling/${index}$ /wrong [L]`);
  const text = `RewriteEngine on\n${filling.join('\n')}\n${rules}\n${filling.join('\n')}\n`;
  const { statements } = evaluate(snippet(text, { complete: true }));
  const result = rewrite(statements, [], path, { https: undefined, port: undefined, names: ['a.example'] });
  return JSON.stringify(result, (key, value) => (key === 'location' ? undefined : value));
}

const cases: readonly (readonly [rules: string, path: string])[] = [
  ['RewriteRule ^/a$ /b\nRewriteRule ^/b$ /c [R]', '/a'],
  ['RewriteRule ^/ab?$ /c [R]', '/a'],
  ['RewriteRule ^/ab{0,1}$ /c [R]', '/a'],
  ['RewriteRule ^/x|/a$ /c [R]', '/a'],
  ['RewriteRule ^/A /c [R,NC]', '/a'],
  ['RewriteRule (?i)^/A /c [R]', '/a'],
  ['RewriteRule !^/b$ /c [R]', '/a'],
  ['RewriteRule ^/a\\.(\\w+)$ /$1 [R]', '/a.txt'],
  ['RewriteRule ^/a\\d$ /c [R]', '/a1'],
  ['RewriteRule ^/a\\\\b$ /c [R]', '/a\\b'],
  ['RewriteRule ^/x$ - [C]\nRewriteRule ^/a$ /c [R]\nRewriteRule ^/a$ /d [R]', '/a'],
  ['RewriteRule ^/a$ - [S=1]\nRewriteRule ^/a$ /c [R]\nRewriteRule ^/a$ /d [R]', '/a'],
  ['RewriteRule ^/{{ path }} /c [R]', '/a'],
  ['RewriteRule "^/a b" /c [R]', '/a b'],
  ['RewriteRule ^/a(?=b) /c [R]', '/ab'],
];

for (const [rules, path] of cases) {
  test(`rules of other paths change nothing for ${path} of ${rules}`, () => {
    assert.equal(outcome(rules, path, 100), outcome(rules, path, 0));
  });
}

test('each of many paths asks the rules alone that may be about it', () => {
  const text = Array.from({ length: 20_000 }, (_, index) => `RewriteRule ^/old/${index}$ /new [L]\n`).join('');
  const { statements } = evaluate(projectOf({ '/a.conf': `RewriteEngine on\n${text}` }, { complete: true }));
  const started = performance.now();
  for (let index = 0; index < 20_000; index++) {
    rewrite(statements, [], `/path/${index}`, { https: undefined, port: undefined, names: [] });
  }
  // One by one it takes minutes.
  assert.ok(performance.now() - started < 10_000);
});
