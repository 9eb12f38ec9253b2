import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { checkText, projectOf } from './project.ts';

const server = (lines: string) => `events {}
http {
    json_set $role $arg_user user.role;
    map $request_method $bad { default 0; TRACE 1; }
    server { listen 80; server_name a.example; ${lines} }
}
`;

function rulesOf(lines: string, release: string): readonly string[] {
  return checkText(server(lines), { target: { nginx: release } }).map(({ rule }) => rule);
}

test('locations whose variable decides came with 1.31.5: the same one may stand twice, and inside of any', () => {
  const lines = `location $bad { return 405; } location $bad { return 406; }
    location / { location $role { return 204; } } location $role { location /a { return 200; } }`;
  assert.deepEqual(rulesOf(lines, '1.31.5'), []);
  const before = rulesOf(lines, '1.31.4');
  for (const rule of ['directive-version', 'duplicate-name', 'invalid-value']) assert.ok(before.includes(rule), rule);
  assert.deepEqual(rulesOf('location /b { location /c { return 204; } }', '1.31.5'), ['invalid-value']);
});

test('a part of JSON is a variable that is defined, of a variable', () => {
  assert.deepEqual(rulesOf('return 200 $role;', '1.31.5'), []);
  const found = (line: string) =>
    checkText(server('').replace(/json_set .*/, line), { target: { nginx: '1.31.5' } }).map(({ rule }) => rule);
  assert.deepEqual(found('json_set $role $arg_user user; json_set $name $arg_user "names[0]";'), []);
  assert.deepEqual(found('json_max_depth 257;'), ['invalid-value']);
  assert.deepEqual(found('json_set $role body user;'), ['invalid-value']);
  assert.deepEqual(found('json_set $role $absent user;'), ['unknown-variable']);
});

test('what a path gets is unknown where such a location may take it', () => {
  const answer = (lines: string) => {
    const project = projectOf({ '/etc/nginx/nginx.conf': server(lines) }, { target: { nginx: '1.31.5' } });
    return nginx.lower(project).sites[0]?.rootAnswer.kind;
  };
  const predicate = 'location $role { return 301 https://a.example/; }';
  assert.equal(answer(`root /srv; ${predicate}`), 'unknown');
  assert.equal(answer(`location / { root /srv; ${predicate} }`), 'unknown');
  assert.equal(answer(`location ^~ / { root /srv; } ${predicate}`), 'files');
  assert.equal(answer(`location = / { return 204; } ${predicate}`), 'status');
});
