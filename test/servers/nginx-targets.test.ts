import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { projectOf, summaries } from '../languages/nginx/project.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { type StartedServer, startNginx } from './nginx-server.ts';

const all = 'location ~ ^/(.*)$';

/** Lines of a server that join what a path has behind its slash to a host. */
const joined: readonly string[] = [
  'rewrite ^/(.*)$ https://example.com$1 permanent;',
  'rewrite ^/(?<rest>.*)$ https://example.com$rest permanent;',
  `${all} { return 301 https://example.com$1; }`,
  `${all} { return https://example.com$1; }`,
  `${all} { return 308 $scheme://$host$1$is_args$args; }`,
  'location ~^/(.+)$ { return 302 "https://example.com$1"; }',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: nginx's own
  'location ~* "^/(?<rest>.*)$" { return 302 https://example.com${rest}; }',
  `${all} { if ($scheme = http) { return 301 https://example.com$1; } }`,
  'if ($request_uri ~ ^/(.*)$) { return 301 https://example.com$1; }',
  `${all} { if ($uri ~* "^/(.+)") { return 301 https://example.com$1; } }`,
  'location / { location ~ /(.*)$ { return 301 https://example.com$1; } }',
];

/** Lines that look like it, and whose captures are others. */
const apart: readonly string[] = [
  'rewrite ^(/.*)$ https://example.com$1 permanent;',
  `${all} { return 301 https://example.com/$1; }`,
  'location ~ ^(/.*)$ { return 301 https://example.com$1; }',
  'location / { return 301 https://example.com$uri; }',
  `${all} { return 200 https://example.com$1; }`,
  // The last expression that ran has all captures.
  `${all} { if ($host ~ (x)?) { return 301 https://example.com$1; } }`,
  `${all} { rewrite ^/nothing-of-this /else; return 301 https://example.com$1; }`,
  `${all} { if ($request_method ~ NOTHING) { break; } return 301 https://example.com$1; }`,
  `${all} { return 301 https://$mapped$1; }`,
  `${all} { set $copy $mapped; return 301 https://example.com$1; }`,
  'location ~ ^/(.*)$ { location ~ ^(/.*)$ { return 301 https://example.com$1; } }',
];

/** Lines that join what a path has behind a name, and whether `/old.evil.example` leads away. */
const byName: readonly (readonly [lines: string, isJoined: boolean])[] = [
  ['rewrite ^/old(.*)$ https://example.com$1 permanent;', true],
  ['rewrite ^/old(?<rest>.+) $scheme://$host$rest redirect;', true],
  ['location /ol { rewrite ^/old(.*)$ https://example.com$1 permanent; }', true],
  ['location ~ ^/old(.*)$ { return 301 https://example.com$1; }', true],
  ['location ~* "^/old(?<rest>.*)$" { return 302 https://example.com$rest; }', true],
  ['rewrite ^/old(/.*)?$ https://example.com$1 permanent;', false],
  ['rewrite ^/old/?$ https://example.com/ permanent;', false],
  ['location /old/ { rewrite ^/old(.*)$ https://example.com$1 permanent; }', false],
  ['location ~ ^/old(?:/|$) { rewrite ^/old(.*)$ https://example.com$1 permanent; }', false],
  ['location /old/ { location ~ ^/old(.*)$ { return 301 https://example.com$1; } }', false],
  ['if ($uri ~ ^/old(?:/|$)) { rewrite ^/old(.*)$ https://example.com$1 permanent; }', false],
];

const folder = mkdtempSync(join(tmpdir(), 'nginx-targets-'));
let port: number;
let backend: number;
let server: StartedServer;

const proxied = () => [
  `${all} { proxy_pass http://127.0.0.1$1; }`,
  `${all} { proxy_pass http://127.0.0.1:${backend}$1; }`,
  `location ~ ^/(?<rest>.*)$ { rewrite ^/nothing-of-this /else; proxy_pass http://127.0.0.1:${backend}$rest; }`,
];
/** Locations and paths of a backend, with what it is asked for where a client asks for `/api/page` and `/api../page`. */
const paths = [
  ['/api/', '/v1', '/v1page', ''],
  ['/api/', '/v1/', '/v1/page', ''],
  ['/api', '/v1/', '/v1//page', '/v1/../page'],
  ['/api', '/v1', '/v1/page', '/v1../page'],
  ['/api', '/', '//page', ''],
  ['^~ /api', '/v1/', '/v1//page', '/v1/../page'],
  ['/api', '', '/api/page', '/api../page'],
] as const;
const backends = () =>
  paths.map(([location, path]) => `location ${location} { proxy_pass http://127.0.0.1:${backend}${path}; }`);
/** Lines of a location, what its backend is asked for where a client asks for `/api/page?x=1`, and whether the rest of it is lost. */
const byVariable = [
  ['/api/', 'proxy_pass http://$to/;', '/', true],
  ['/', 'proxy_pass http://$to/;', '/', true],
  ['/api/', 'proxy_pass $scheme://$to/v1/;', '/v1/', true],
  ['/api/', 'rewrite ^/api/(.*)$ /$1 break; proxy_pass http://$to/;', '/', true],
  ['/api/', 'proxy_pass http://$to;', '/api/page?x=1', false],
  ['/api/', 'rewrite ^/api/(.*)$ /v1/$1 break; proxy_pass http://$to;', '/v1/page?x=1', false],
] as const;
const variables = () =>
  byVariable.map(([location, lines]) => `location ${location} { set $to 127.0.0.1:${backend}; ${lines} }`);
const named = () => [
  ...byName.map(([lines]) => lines),
  'location ~ ^/old(.*)$ { proxy_pass http://127.0.0.1$1; }',
  `location ~ ^/old(.*)$ { proxy_pass http://127.0.0.1:${backend}$1; }`,
];
const passed = () => [
  `${all} { proxy_pass http://127.0.0.1:${backend}/$1; }`,
  `location ~ ^(/.*)$ { proxy_pass http://127.0.0.1:${backend}$1; }`,
  // No capture is left.
  `${all} { proxy_pass http://127.0.0.1:${backend}$1; rewrite ^/nothing-of-this /else; }`,
];

function configuration(servers: readonly string[]): string {
  const blocks = servers.map(
    (lines, index) => `server { listen 127.0.0.1:${port}; server_name s${index}.example; ${lines} }`,
  );
  return `daemon off;
pid ${folder}/nginx.pid;
events {}
http {
  access_log off;
  map $host $mapped { "~^(.*)$" other.example; }
  ${blocks.join('\n  ')}
  server { listen 127.0.0.1:${backend}; return 200 $request_uri; }
}
`;
}

interface Answer {
  readonly status: number | undefined;
  readonly location: string;
  readonly body: string;
}

function ask(index: number, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { host: `s${index}.example` };
    request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => {
        body += part;
      });
      const { statusCode: status, headers } = response;
      response.on('end', () => resolve({ status, location: headers.location ?? '', body }));
    })
      .on('error', reject)
      .end();
  });
}

function findings(lines: string, rule = 'target-slash-missing'): readonly string[] {
  const project = projectOf({ '/etc/nginx/nginx.conf': configuration([lines]) });
  return summaries(project).filter((line) => line.startsWith(rule));
}

before(async () => {
  port = await freePort();
  backend = await freePort();
  mkdirSync(join(folder, 'logs'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(
    file,
    configuration([...joined, ...apart, ...proxied(), ...passed(), ...backends(), ...variables(), ...named()]),
  );
  server = await startNginx(file, folder, () => isOpen(port, '127.0.0.1'));
  assert.ok(server.started, server.log);
});

after(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('what nginx joins to a host is reported, and nothing else', () => {
  [...joined, ...apart].forEach((lines, index) => {
    test(lines, async () => {
      const { location } = await ask(index, '/.evil.example/page');
      const leads = /^https?:\/\/[^/]+\.evil\.example\/page/.test(location);
      assert.equal(leads, index < joined.length, location);
      assert.equal(findings(lines).length, index < joined.length ? 1 : 0);
    });
  });

  test('and so of proxies', async () => {
    const first = joined.length + apart.length;
    const cases = [...proxied(), ...passed()];
    for (const [index, lines] of cases.entries()) {
      const isJoined = index < proxied().length;
      const { status = 0 } = await ask(first + index, '/page');
      assert.equal(status >= 500, isJoined, `${status} ${lines}`);
      assert.equal(findings(lines).length, isJoined ? 1 : 0, lines);
    }
    // A client chooses the port.
    assert.equal((await ask(first, `/:${backend}/`)).status, 200);
  });

  test('and of paths of backends', async () => {
    const first = joined.length + apart.length + proxied().length + passed().length;
    for (const [index, lines] of backends().entries()) {
      const [, , page = '', around = ''] = paths[index] ?? [];
      assert.equal((await ask(first + index, '/api/page')).body, page, lines);
      if (around !== '') assert.equal((await ask(first + index, '/api../page')).body, around, lines);
      assert.equal(findings(lines).length, /^\/v1page|\/\//.test(page) ? 1 : 0, lines);
    }
  });

  test('and of what follows a name', async () => {
    const first = joined.length + apart.length + proxied().length + passed().length + paths.length + byVariable.length;
    for (const [index, [lines, isJoined]] of byName.entries()) {
      const { location } = await ask(first + index, '/old.evil.example/page');
      assert.equal(/^https?:\/\/[^/]+\.evil\.example\/page/.test(location), isJoined, `${lines} ${location}`);
      assert.equal(findings(lines).length, isJoined ? 1 : 0, lines);
    }
    const [toAnyPort = '', toOne = ''] = named().slice(byName.length);
    assert.equal((await ask(first + byName.length, `/old:${backend}/`)).status, 200);
    assert.deepEqual([findings(toAnyPort).length, findings(toOne).length], [1, 0]);
  });

  test('and what is lost behind a variable', async () => {
    const first = joined.length + apart.length + proxied().length + passed().length + paths.length;
    for (const [index, lines] of variables().entries()) {
      const [, , asked = '', isLost] = byVariable[index] ?? [];
      assert.equal((await ask(first + index, '/api/page?x=1')).body, asked, lines);
      assert.equal(findings(lines, 'backend-path-lost').length, isLost ? 1 : 0, lines);
    }
  });
});
