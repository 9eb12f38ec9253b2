import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contextComments, controlComments } from '../../../src/analysis/comments/comments.ts';

test('a comment names its rules, its reach and its reason', () => {
  const text =
    'a;\n  # tls-workbench-disable-next-line hsts-missing cipher-weak -- old clients\nb;\n# tls-workbench-disable x';
  const [next, rest] = controlComments(text);
  assert.equal(next?.kind, 'disable-next-line');
  assert.deepEqual(
    next?.rules.map(({ id, range }) => [id, text.slice(range.start, range.end)]),
    [
      ['hsts-missing', 'hsts-missing'],
      ['cipher-weak', 'cipher-weak'],
    ],
  );
  assert.equal(next?.reason, 'old clients');
  assert.equal(rest?.kind, 'disable');
  assert.equal(rest?.reason, '');
});

test('a reason may hold dashes, a rule id too', () => {
  const [comment] = controlComments('# tls-workbench-disable hsts-missing -- see RFC -- really');
  assert.deepEqual(
    comment?.rules.map(({ id }) => id),
    ['hsts-missing'],
  );
  assert.equal(comment?.reason, 'see RFC -- really');
});

test('a context comment gives its word', () => {
  const text = '# tls-workbench-context location\nroot /srv;';
  assert.deepEqual(
    contextComments(text).map(({ word }) => word),
    ['location'],
  );
  assert.deepEqual(contextComments('root /srv;'), []);
  assert.equal(contextComments('# tls-workbench-context: location')[0]?.word, 'location');
  assert.equal(contextComments('# tls-workbench-context')[0]?.word, '');
});

test('a comment may stand behind a directive', () => {
  const [comment] = controlComments('listen 80; # tls-workbench-disable-next-line hsts-missing -- later');
  assert.deepEqual(
    comment?.rules.map(({ id }) => id),
    ['hsts-missing'],
  );
});
