import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText } from './project.ts';

const around = (line: string) => `events {}\nhttp { server { ${line} } }\n`;
const found = (text: string) => checkText(text).filter(({ rule }) => rule === 'named-location-missing');

test('names of locations that the server does not have', () => {
  for (const line of [
    'try_files $uri @app;',
    'location / { try_files $uri @app; }',
    'location / { error_page 404 = @app; }',
    'location / { if ($arg_a) { error_page 418 @app; return 418; } }',
    'location @App { return 204; } location / { try_files $uri @app; }',
  ])
    assert.equal(found(around(line)).length, 1, line);
  for (const line of [
    'location @app { return 204; } location / { location /a { try_files $uri @app; } }',
    'try_files $uri @$app;',
    'try_files $uri @{{ app }};',
    'location @{{ app }} { return 204; } try_files $uri @app;',
    'include /nowhere; try_files $uri @app;',
    'try_files @app /index.html;',
    'error_page 404 /@app;',
  ])
    assert.deepEqual(found(around(line)), [], line);
});

test('each server has its own, and what stands outside one is of those that inherit it', () => {
  assert.equal(
    found('events {} http { server { location @a { return 204; } } server { try_files $uri @a; } }').length,
    1,
  );
  assert.deepEqual(found('events {} http { error_page 404 @a; server { location @a { return 204; } } }'), []);
  assert.deepEqual(found('location / { try_files $uri @a; }'), []);
});

test('what is done after a request has no effect on its answer', () => {
  const [report] = found(around('post_action @count;'));
  assert.equal(report?.severity, 'information');
  assert.match(
    report?.message ?? '',
    /^This server has no "location @count": "post_action" does nothing but fill the error log\./,
  );
});

test('a name that is nearly right is corrected', () => {
  const text = around('location / { try_files $uri @back-end; } location @backend { return 204; }');
  const [report] = found(text);
  assert.ok(applyEdits(text, report?.fixes?.[0]?.edits ?? []).includes('try_files $uri @backend;'));
});
