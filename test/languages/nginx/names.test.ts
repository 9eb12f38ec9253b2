import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameAt, placesOf } from '../../../src/languages/names.ts';
import { nginx } from '../../../src/languages/nginx/index.ts';
import { projectOf } from './project.ts';

const main = '/etc/nginx/nginx.conf';

/** Where the name at `|` stands, sorted: `definition` and `use` with the line of each, files beside the main one by name. */
function places(marked: string, files: Readonly<Record<string, string>> = {}): readonly string[] {
  const offset = marked.indexOf('|');
  const project = projectOf({ [main]: marked.replace('|', ''), ...files });
  const all = nginx.names(project);
  const named = nameAt(all, main, offset);
  return (named ? placesOf(all, named) : [])
    .map(({ role, location: { file, range } }) => {
      const text = project.files.get(file)?.document.text ?? '';
      const line = text.slice(0, range.start).split('\n').length;
      return `${role} ${file === main ? '' : `${file}:`}${line} ${text.slice(range.start, range.end)}`;
    })
    .toSorted();
}

const http = (...lines: readonly string[]) => `events {}\nhttp {\n${lines.join('\n')}\n}\n`;

test('an upstream, whatever scheme and path are around it, and not a host with a port', () => {
  const found = places(
    http(
      'upstream Shop| { server 127.0.0.1:81; }',
      'server { location / { proxy_pass http://shop/x; }',
      'location /a { proxy_pass "https://shop"; } location /b { grpc_pass grpc://SHOP; }',
      'location /c { proxy_pass http://shop:8080; } location /d { proxy_pass http://shopping; } }',
    ),
  );
  assert.deepEqual(found, ['definition 3 Shop', 'use 4 shop', 'use 5 SHOP', 'use 5 shop']);
});

test('an upstream that a map or a set chooses', () => {
  const found = places(
    http(
      'map $cookie_x $pool { default a; b b; c c:80; }',
      'upstream a { server 127.0.0.1:81; } upstream b| { server 127.0.0.1:82; }',
      'server { set $other b; set $one b; location / { proxy_pass http://$pool; } location /x { proxy_pass http://$one; } }',
    ),
  );
  assert.deepEqual(found, ['definition 4 b', 'use 3 b', 'use 5 b']);
});

test('zones, caches and log formats, in their words', () => {
  const zone = 'limit_req_zone $uri zone=on|e:1m rate=1r/s;';
  assert.deepEqual(places(http(zone, 'limit_req burst=5 zone=one;')), ['definition 3 one', 'use 4 one']);
  const cache = 'proxy_cache_path /x levels=1 keys_zone=one:1m;';
  assert.deepEqual(places(http(cache, 'proxy_cache |one;')), ['definition 3 one', 'use 4 one']);
  const format = 'log_format main| \'$uri "$args"\';';
  assert.deepEqual(places(http(format, 'access_log logs/x main;')), ['definition 3 main', 'use 4 main']);
});

test('a named location is its server’s own', () => {
  const server = (mark: string) =>
    `server { error_page 502 503 @back; location / { try_files $uri @back; } location @${mark}back { return 404; } }`;
  assert.deepEqual(places(http(server('|'), server(''))), ['definition 3 back', 'use 3 back', 'use 3 back']);
});

test('variables: maps, groups of expressions, texts with escapes, Lua, and no end of an expression', () => {
  const found = places(
    http(
      'map $host $na|me { default $one; }',
      'map $host $one { "~^(?<Name>\\d+)" $name; }',
      `log_format x "\\"$name\\" \${name}x $names";`,
      'server { if ($uri ~ a$name) { return 301 https://$name; }',
      'location ~ ^/(?<name>.*)$ { content_by_lua_block { ngx.say(ngx.var.name, ngx.var["name"], name) } } }',
    ),
  );
  assert.deepEqual(found, [
    'definition 3 name',
    'definition 4 Name',
    'definition 7 name',
    'use 4 name',
    'use 5 name',
    'use 5 name',
    'use 6 name',
    'use 7 name',
    'use 7 name',
  ]);
  assert.deepEqual(places(http('server { return 301 https://$ho|st; }')), [], 'a variable of nginx itself');
});

test('variables that nginx itself names are not to be renamed', () => {
  const server = (line: string) => http(`server { ${line} location / { memcached_pass 127.0.0.1:81; } }`);
  assert.deepEqual(places(server('set $memcached_key| $uri;')), []);
  assert.deepEqual(places(server('set $args| "";')), []);
  assert.deepEqual(places(server('set $mine| $uri;')), ['definition 3 mine']);
});

test('http and stream have names of their own', () => {
  const text = `stream { upstream a { server 127.0.0.1:1; } server { listen 1; proxy_pass a|; } }\n${http('upstream a { server 127.0.0.1:2; }')}`;
  assert.deepEqual(places(text), ['definition 1 a', 'use 1 a']);
});

test('a file that two servers include means what each of them defines', () => {
  const site = (mark: string) => `server { include back.conf; location @${mark}back { return 404; } }`;
  const found = places(http(site('|'), site('')), { '/etc/nginx/back.conf': 'error_page 502 @back;\n' });
  assert.deepEqual(found, ['definition 3 back', 'definition 4 back', 'use /etc/nginx/back.conf:1 back']);
});
