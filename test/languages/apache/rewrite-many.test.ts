import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rewrite } from '../../../src/languages/apache/answers/rewrite.ts';
import { evaluate } from '../../../src/languages/apache/evaluate/evaluate.ts';
import type { Statement } from '../../../src/languages/apache/evaluate/statement.ts';
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
  const rules = Array.from({ length: 1000 }, (_, index) => `RewriteRule ^/old/${index}$ /new [L]\n`).join('');
  const { statements } = evaluate(projectOf({ '/a.conf': `RewriteEngine on\n${rules}` }, { complete: true }));
  let asked = 0;
  const counted = statements.map((each): Statement => {
    const get = () => {
      asked++;
      return each.args;
    };
    return Object.create(each, { args: { get } });
  });
  const ask = (path: string) => {
    const before = asked;
    rewrite(counted, [], path, { https: undefined, port: undefined, names: [] });
    return asked - before;
  };
  // The first one has them sorted by how they begin.
  ask('/path');
  assert.equal(ask('/path/1'), 0);
  const ofOne = ask('/old/500');
  assert.ok(ofOne > 0 && ofOne < 10, `${ofOne}`);
});
