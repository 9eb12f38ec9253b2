import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { rewriteFlags } from '../../src/languages/apache/data/rewrite-flags.ts';
import { apache } from '../../src/languages/apache/index.ts';
import type { Completion } from '../../src/languages/language.ts';
import { nginx } from '../../src/languages/nginx/index.ts';
import { projectOf as apacheProject } from '../languages/apache/project.ts';
import { projectOf as nginxProject } from '../languages/nginx/project.ts';
import { createApacheRoot, mainFileHead } from './apache-server.ts';
import { Judge } from './nginx/judge.ts';

/** A line for each proposal at `|`; `more` completes those that only begin a word. */
function filled(
  marked: string,
  completionsAt: (text: string, offset: number) => readonly Completion[],
  more: Readonly<Record<string, string>>,
): readonly string[] {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  const found = completionsAt(text, offset);
  assert.notEqual(found.length, 0, marked);
  return found.map(({ insertText, range }) => {
    const word = insertText.replace('$1', 'a');
    const ending = Object.entries(more).find(([start]) => word.endsWith(start))?.[1] ?? '';
    return text.slice(0, range.start) + word + ending + text.slice(range.end);
  });
}

const apacheLines = `
RewriteRule ^/a /b [|]
RewriteRule ^/a /b [R=|]
RewriteRule ^/a |
RewriteRule |/b /c
RewriteRule ^/a https://a%{|}
RewriteCond %{HTTPS} off [|]
RewriteCond %{HTTPS} |
RewriteCond %{REQUEST_FILENAME} |
RewriteCond %{HTTP_HOST} |
RewriteCond %{HTTP_HOST} "|"
RewriteCond | ^a
<If "%{|} == 'a'">\\n</If>
<Limit |>\\n</Limit>
Require |
Require all |
Header set X-A "%{|}"
Header set Cache-Control |
RequestHeader set X-Forwarded-Proto |
LogFormat "%{|}" b
CustomLog logs/a "%h" |
LogLevel |
Redirect | /a https://a/
ProxyPass /a |
ProxyPass /a http://127.0.0.1/ |
ProxyPassReverse /a |
ProxyPass /a balancer://a |
<Proxy balancer://b>\\nProxySet |\\n</Proxy>
<Proxy http://127.0.0.1/b>\\nProxySet |\\n</Proxy>
<Proxy balancer://c>\\nBalancerMember http://127.0.0.1/ |\\n</Proxy>
SSLSessionCache |
SSLStaplingCache |
DirectoryIndex |
AddOutputFilterByType | text/html
AddOutputFilterByType DEFLATE |
AuthType |
AuthBasicProvider |
AllowOverride |
SetHandler |
SetEnvIf | a b
MDCAChallenges |
MDPrivateKeys |
MDCertificateAgreement |
Protocols |
`
  .trim()
  .split('\n');

const apacheEndings = {
  '://': '127.0.0.1/',
  'unix:': '/run/a|http://a/',
  'E=': 'a:b',
  'H=': 'cgi-script',
  'T=': 'text/plain',
  'CO=': 'a:b:.example.com',
  'S=': '1',
  'BNE=': '/',
  'timeout=': '5',
  'retry=': '5',
  'max=': '5',
  'ping=': '5',
  'secret=': 'a',
  'route=': 'a',
  'loadfactor=': '2',
  'failonstatus=': '503',
  'status=': 'D',
  'stickysession=': 'a',
  'lbmethod=': 'byrequests',
  'maxattempts=': '2',
  'growth=': '2',
  'expr=': 'true',
  'env=': 'a',
  ip: ' 10.0.0.1',
  host: ' a.example',
  user: ' a',
  group: ' a',
  expr: ' true',
  'all granted': '',
};

/** What takes more words than its place in a list of proposals has. */
const halves = /^Redirect gone/;

/** How many lines a case has. */
const height = 4;

/** Takes away the case that a server complains about until it has no complaint; those are the answer. */
function refusedOf(cases: readonly string[], complaintOf: (text: string) => string | undefined): readonly string[] {
  const left = [...cases];
  const refused: string[] = [];
  for (;;) {
    const complaint = complaintOf(left.join(''));
    if (complaint === undefined) return refused;
    const line = Number(/(?:on line |:)(\d+)(?: of|:|$)/m.exec(complaint)?.[1]);
    const [found] = left.splice(Math.floor((line - 1) / height), 1);
    assert.ok(found !== undefined, complaint);
    refused.push(`${found.trim()}\n${complaint}`);
  }
}

/** With as many lines as each has. */
function caseOf(text: string): string {
  return text + '\n'.repeat(height + 1 - text.split('\n').length);
}

test('Apache takes what is proposed', () => {
  const root = createApacheRoot();
  try {
    const modules =
      'mpm_event authn_core authn_file authn_dbm authn_dbd authn_socache authn_anon authnz_ldap auth_basic auth_digest ' +
      'auth_form dbd ldap session request authz_core authz_user authz_host authz_groupfile alias dir filter deflate brotli ' +
      'expires headers md mime remoteip rewrite setenvif socache_shmcb ssl proxy proxy_http proxy_ajp proxy_fcgi ' +
      'proxy_http2 proxy_wstunnel proxy_balancer lbmethod_byrequests slotmem_shm';
    const main = join(root.folder, 'apache2.conf');
    const part = join(root.folder, 'lines.conf');
    writeFileSync(main, `${mainFileHead(root.folder, modules)}\nListen 8080\nInclude ${part}\n`);
    const complete = (text: string, offset: number) => {
      const project = apacheProject({ [main]: text });
      return apache.complete(project, main, offset);
    };
    const lines: string[] = apacheLines.flatMap((marked) =>
      filled(marked.replaceAll('\\n', '\n'), complete, apacheEndings),
    );
    // The manual's long name of BNP is none to Apache.
    for (const [name, { value }] of rewriteFlags('rewriterule'))
      lines.push(`RewriteRule ^/a /b [${name}${value === '*' ? '=1:1:1' : ''}]`);
    for (const name of rewriteFlags('rewritecond').keys()) lines.push(`RewriteCond %{HTTPS} on [${name}]`);
    const cases = lines
      .filter((line) => !halves.test(line))
      .map((line, index) => {
        const isOfServer = /^<?(?:CustomLog|LogFormat|SSL|Proxy\b|ProxyPass|MD|Protocols|RemoteIP)/.test(line);
        return caseOf(isOfServer ? line : `<Directory /${index}>\n${line}\n</Directory>`);
      });
    const refused = refusedOf(cases, (text) => {
      writeFileSync(part, text);
      const { status, stderr } = spawnSync('/usr/sbin/apache2', ['-t', '-f', main], { encoding: 'utf8' });
      return status === 0 ? undefined : stderr.replace(/^.*warn\].*\n/gm, '');
    });
    assert.deepEqual(refused, []);
  } finally {
    root.remove();
  }
});

const nginxPlaces = `
http: map | $a { }
http: log_format a | "a";
http: access_log |;
http: access_log a |;
http: access_log a combined buffer=4k |;
http: gzip_types |;
http: limit_req_zone | zone=a:1m rate=1r/s;
http: limit_conn_zone | zone=a:1m;
http: resolver 127.0.0.1 |;
http: default_type |;
upstream: server 127.0.0.1 |;
upstream: hash |;
upstream: hash $uri |;
upstream: random |;
server: server_name |;
server: return |;
server: return 301 |;
server: rewrite ^/a /b |;
server: if ($host | a) { }
server: location | { }
server: error_page | /a;
server: error_page 403 | /a;
server: add_header Alt-Svc |;
server: add_header Alt-Svc "|";
server: add_header Cache-Control |;
server: auth_basic |;
server: index |;
location: limit_except | { }
location: proxy_set_header | a;
location: proxy_set_header Connection |;
location: proxy_set_header Host |;
location: proxy_set_header X-Forwarded-For |;
location: proxy_ssl_name |;
location: proxy_http_version |;
location: proxy_cookie_flags a |;
location: proxy_hide_header |;
location: fastcgi_param | a;
location: fastcgi_param SCRIPT_FILENAME |;
location: fastcgi_param HTTPS $https |;
location: allow |;
location: try_files | =404;
location: charset |;
stream: map | $a { }
stream-upstream: hash |;
stream-server: return |;
mail-server: protocol |;
`
  .trim()
  .split('\n');

const nginxEndings = {
  'weight=': '1',
  'max_fails=': '1',
  'fail_timeout=': '1s',
  'max_conns=': '1',
  'flush=': '1s',
  'if=': '$host',
  'valid=': '1m',
  'server=': '127.0.0.1',
  'zone=': 'a:1m',
  'rate=': '1r/s',
};

/** Where a line of each block stands: what comes before it, and behind. */
const blocks: Readonly<Record<string, readonly [string, string]>> = {
  http: ['http {', '}'],
  upstream: ['http { upstream a { server 127.0.0.1:1;', '} }'],
  server: ['http { server { listen 10443;', '} }'],
  location: ['http { server { listen 10443; location /a {', '} } }'],
  stream: ['stream {', '}'],
  'stream-upstream': ['stream { upstream a { server 127.0.0.1:1;', '} }'],
  'stream-server': ['stream { server { listen 10443;', '} }'],
  'mail-server': ['mail { server { listen 10443; server_name a; auth_http 127.0.0.1/; protocol imap;', '} }'],
};

test('nginx takes what is proposed', () => {
  const judge = new Judge();
  try {
    const refused = nginxPlaces.flatMap((place) => {
      const [, block = '', marked = ''] = /^([\w-]+): (.*)$/.exec(place) ?? [];
      const [before, behind] = blocks[block] ?? ['', ''];
      const head =
        'load_module /usr/lib/nginx/modules/ngx_mail_module.so;\nload_module /usr/lib/nginx/modules/ngx_stream_module.so;\nevents {}\n';
      const complete = (text: string, offset: number) =>
        nginx.complete(nginxProject({ [judge.file]: text }), judge.file, offset);
      return filled(`${head}${before}\n${marked}\n${behind}\n`, complete, nginxEndings).flatMap((text) => {
        const { accepted, cause, message } = judge.test(text);
        return accepted || cause ? [] : [`${text.slice(head.length)}${message}`];
      });
    });
    assert.deepEqual(refused, []);
  } finally {
    judge.remove();
  }
});
