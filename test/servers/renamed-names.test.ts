import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { type NamedPlace, placesOf } from '../../src/languages/names.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectOf as apacheProject } from '../languages/apache/project.ts';
import { projectOf as nginxProject } from '../languages/nginx/project.ts';
import { createApacheRoot, mainFileHead } from './apache-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'renamed-'));
const apacheRoot = createApacheRoot();
before(() => mkdirSync(join(folder, 'logs')));
after(() => {
  rmSync(folder, { recursive: true, force: true });
  apacheRoot.remove();
});

const nginxText = `pid ${folder}/pid; error_log stderr emerg; events {}
http {
  limit_req_zone $binary_remote_addr zone=requests:1m rate=1r/s;
  limit_conn_zone $binary_remote_addr zone=connections:1m;
  proxy_cache_path ${folder}/cache levels=1 keys_zone=pages:1m;
  log_format timed "\\"$request\\" $request_time \${upgrade}x";
  map $http_upgrade $upgrade { default upgrade; '' close; "~^(?<word>a+)$" $word; }
  geo $inside { default 0; 10.0.0.0/8 1; }
  map $inside $pool { 0 outer; 1 inner; }
  upstream outer { server 127.0.0.1:8081; }
  upstream inner { server 127.0.0.1:8082; }
  upstream plain { server 127.0.0.1:8083; }
  server {
    listen 127.0.0.1:8084;
    server_name ~^(?<sub>\\w+)\\.example\\.com$;
    access_log logs/x timed;
    limit_req zone=requests; limit_conn connections 5;
    proxy_cache pages;
    set $own "$sub-$upgrade";
    if ($own ~ x$) { return 301 https://$sub.example.org; }
    location / { try_files $uri @back; error_page 502 @back; }
    location /p { proxy_pass http://$pool; proxy_set_header Upgrade $upgrade; }
    location @back { proxy_pass http://plain; add_header X-Own "\${own}" always; }
  }
}
stream {
  map $remote_addr $pool { default plain; }
  upstream plain { server 127.0.0.1:8085; }
  server { listen 127.0.0.1:8086; proxy_pass $pool; }
  server { listen 127.0.0.1:8087; proxy_pass plain; }
}
`;

const apacheText =
  () => `${mainFileHead(apacheRoot.folder, 'mpm_event authz_core macro proxy proxy_http proxy_balancer lbmethod_byrequests slotmem_shm rewrite alias')}
Define PORT 8091
Define SITE "${apacheRoot.folder}/www"
Listen 127.0.0.1:\${PORT}
LogFormat "%h \\"%r\\"" short
RewriteMap hosts "int:tolower"
<Proxy "balancer://pool">
    BalancerMember http://127.0.0.1:8092
</Proxy>
<Macro VHost $name>
    <VirtualHost 127.0.0.1:\${PORT}>
        ServerName $name
        DocumentRoot "\${SITE}"
        CustomLog logs/x short
        RewriteEngine On
        RewriteRule ^/(\\w+)$ /\${hosts:$1} [PT]
        ProxyPass /p balancer://pool/
    </VirtualHost>
</Macro>
Use VHost a.example.com
Use vhost b.example.com
UndefMacro VHost
<IfDefine !SITE>
    Nonsense
</IfDefine>
`;

/** True where nginx takes it, or Apache: modules, names and files are all looked for by their tests. */
function isAccepted(server: 'nginx' | 'apache', text: string): boolean {
  const file = join(server === 'nginx' ? folder : apacheRoot.folder, 'renamed.conf');
  writeFileSync(file, text);
  const modules = '/usr/lib/nginx/modules/ngx_stream_module.so';
  const [program, ...args] =
    server === 'nginx'
      ? ['nginx', '-t', '-q', '-p', folder, '-c', file, '-g', `load_module ${modules};`]
      : ['/usr/sbin/apache2', '-t', '-f', file];
  return spawnSync(program as string, args, { timeout: 20_000 }).status === 0;
}

/** Everything that is named: its definition first. */
function things(all: readonly NamedPlace[]): readonly (readonly NamedPlace[])[] {
  const found = new Map<string, readonly NamedPlace[]>();
  for (const place of all) {
    const places = placesOf(all, place).toSorted((a, b) => (a.role < b.role ? -1 : a.role > b.role ? 1 : 0));
    const [first] = places;
    if (first) found.set(`${first.location.range.start}`, places);
  }
  return [...found.values()];
}

function renamed(text: string, places: readonly NamedPlace[], newText = 'another_name'): string {
  return applyEdits(
    text,
    places.map(({ location }) => ({ ...location, newText })),
  );
}

function judge(server: 'nginx' | 'apache', text: string, all: readonly NamedPlace[]): void {
  assert.ok(isAccepted(server, text), 'as it is written');
  for (const places of things(all)) {
    const [first] = places;
    const title = `${first?.kind.word} ${first?.name}, ${places.length} places`;
    assert.ok(isAccepted(server, renamed(text, places)), title);
  }
}

describe('a name that is changed in all of its places', () => {
  test('of nginx: zones, caches, formats, upstreams, locations, variables', () => {
    const all = nginx.names(nginxProject({ '/etc/nginx/nginx.conf': nginxText }));
    assert.equal(things(all).length, 16);
    judge('nginx', nginxText, all);
  });

  test('of nginx in its definition alone is missed by its uses', () => {
    const all = nginx.names(nginxProject({ '/etc/nginx/nginx.conf': nginxText }));
    const missed = things(all).filter((places) => !isAccepted('nginx', renamed(nginxText, places.slice(0, 1))));
    // Named locations and what a variable chooses are looked for with a request.
    assert.deepEqual(missed.map(([first]) => first?.name).toSorted(), [
      'connections',
      'inside',
      'own',
      'pages',
      'plain',
      'plain',
      'pool',
      'pool',
      'requests',
      'sub',
      'timed',
      'upgrade',
      'word',
    ]);
  });

  test('of Apache: variables, macros and their parameters, formats, maps, balancers', () => {
    const text = apacheText();
    const all = apache.names(apacheProject({ '/etc/apache2/apache2.conf': text }));
    // Parameters of macros are judged below: they keep their "$".
    const others = all.filter(({ kind }) => kind.word !== 'parameter');
    assert.equal(things(others).length, 6);
    judge('apache', text, others);
    const parameters = all.filter(({ kind }) => kind.word === 'parameter');
    assert.deepEqual(
      parameters.map(({ role }) => role),
      ['definition', 'use'],
    );
    assert.ok(isAccepted('apache', renamed(text, parameters, '$another')));
  });

  test('of Apache in its definition alone is missed by its uses', () => {
    const text = apacheText();
    const all = apache.names(apacheProject({ '/etc/apache2/apache2.conf': text }));
    // A format that is none is taken for text; maps and balancers are looked for with a request.
    const missed = things(all).filter((places) => !isAccepted('apache', renamed(text, places.slice(0, 1))));
    assert.deepEqual(missed.map(([first]) => first?.name).toSorted(), ['PORT', 'SITE', 'vhost']);
  });
});
