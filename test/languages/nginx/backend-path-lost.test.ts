import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';
import { checkText } from './project.ts';

const around = (server: string) => `events {}\nhttp {\n  resolver 127.0.0.1;\n  server {\n    ${server}\n  }\n}\n`;
const found = (server: string) => checkText(around(server)).filter(({ rule }) => rule === 'backend-path-lost');
const asked = (server: string) => found(server).map(({ message }) => / is requested .* as (\S+)\./.exec(message)?.[1]);

test('a path behind a variable is all that is asked for', () => {
  for (const [server, path] of [
    ['location / { set $to http://a.example; proxy_pass $to/; }', '/'],
    ['location /a/ { set $to a.example:80; proxy_pass http://$to/; }', '/'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx's own
    ['set $to a.example; location ^~ /a/ { proxy_pass "https://${to}/b/"; }', '/b/'],
    ['set $to http://a.example/b; location /a/ { proxy_pass $to/; }', '/b/'],
    ['location / { proxy_pass $scheme://a.example/; }', '/'],
    ['set $to http://a.example; location /a/ { set $in /b; proxy_pass $to$in/; }', '/b/'],
    ['set $to http://a.example/c; location /a/ { set $to http://a.example/b; proxy_pass $to/; }', '/b/'],
    ['location /a/ { set $to a.example; rewrite ^/a/(.*)$ /$1 break; proxy_pass http://$to/; }', '/'],
  ] as const) {
    assert.deepEqual(asked(server), [path], server);
  }
});

test('nothing is said where the rest follows, is not wanted, or where a value is not known', () => {
  for (const location of [
    '/a/ { set $to a.example; proxy_pass http://$to; }',
    '/a/ { set $to a.example; proxy_pass http://$to/b; }',
    '/a/ { set $to a.example; proxy_pass http://$to$uri/; }',
    '/a/ { set $to a.example; proxy_pass http://$to/?a=/; }',
    '/a/ { proxy_pass http://a.example/; }',
    '/a { set $to a.example; proxy_pass http://$to/; }',
    '= /a/ { set $to a.example; proxy_pass http://$to/; }',
    '~ ^/a/ { set $to a.example; proxy_pass http://$to/; }',
    '/a/ { internal; set $to a.example; proxy_pass http://$to/; }',
    '/a/ { include unseen.conf; set $to a.example; proxy_pass http://$to/; }',
    '/a/ { set $to http://a.example$request_uri; proxy_pass $to/; }',
    '/a/ { if ($arg_a) { set $to a.example; } proxy_pass http://$to/; }',
    '/a/ { proxy_pass http://$arg_a/; }',
  ])
    assert.deepEqual(asked(`location ${location}`), [], location);
});

test('the fix takes the path away, and puts what replaced the prefix into a rewrite', () => {
  const edited = (lines: string) => {
    const text = around(lines);
    const { findings } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
    const [fix] = findings.filter(({ rule }) => rule === 'backend-path-lost').flatMap(({ fixes }) => fixes);
    return fix?.edits
      .toSorted((a, b) => b.range.start - a.range.start)
      .reduce((now, { range, newText }) => now.slice(0, range.start) + newText + now.slice(range.end), text);
  };
  const set = 'set $to http://a.example;';
  assert.equal(edited(`location / { ${set} proxy_pass $to/; }`), around(`location / { ${set} proxy_pass $to; }`));
  assert.equal(
    edited(`location /a.b/ {\n      ${set}\n      proxy_pass "$to/c/";\n    }`),
    around(`location /a.b/ {\n      ${set}\n      rewrite ^/a\\.b/(.*)$ /c/$1 break;\n      proxy_pass "$to";\n    }`),
  );
  // A rewrite of something else does not take the prefix away.
  assert.equal(
    edited(`location /a/ { ${set} rewrite ^/a/b$ /c permanent; proxy_pass $to/; }`),
    around(`location /a/ { ${set} rewrite ^/a/b$ /c permanent; rewrite ^/a/(.*)$ /$1 break;\n    proxy_pass $to; }`),
  );
  for (const lines of [
    `rewrite ^/a/b$ /c break; ${set} proxy_pass $to/;`,
    `if ($arg_a) { break; } ${set} proxy_pass $to/;`,
    `proxy_pass $to/; ${set}`,
  ])
    assert.equal(edited(`location /a/ { ${lines} }`), undefined, lines);
  // What is run in order may give the variable its value behind this line.
  const [report] = found(`location /a/ { proxy_pass $to/; ${set} }`);
  assert.match(report?.message ?? '', / as the last line of this block\.$/);
});

test('nothing is said of a path that nginx asks for by itself', () => {
  const location = 'location /a/ { set $to http://a.example; proxy_pass $to/b/; }';
  for (const line of ['error_page 503 /a/;', 'auth_request /a/;', 'mirror /a/;', 'try_files $uri /a/;'])
    assert.deepEqual(found(`location / { ${line} } ${location}`), [], line);
});
