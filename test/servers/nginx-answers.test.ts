import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get as getSecure } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { nginx } from '../../src/languages/nginx/index.ts';
import type { PathAnswer, ResponseHeader, Site } from '../../src/tls/model/server-model.ts';
import { possibleValues } from '../../src/tls/model/setting.ts';
import { projectOf } from '../languages/nginx/project.ts';
import { freePort } from '../support/ports.ts';
import { startAnswering } from './nginx/answering.ts';

/** Variables of every kind that decide what is answered. */
const maps = `
  map $scheme $hsts { https "max-age=63072000"; }
  map $https $secure { on yes; default no; }
  map $host $target { hostnames; default https://$host; .old.test https://new.test; *.wild.test https://star.test;
    wild.test https://bare.test; www.* https://prefix.test; WWW.CASE.TEST https://case.test; }
  map $host $caught { ~^(?<sub>\\w+)\\.caught\\.test$ https://$sub.test; ~*^UPPER\\. https://upper.test; default https://other.test; }
  map $uri $moved { / /start; /old /new; default ""; }
  map "$scheme:$host" $both { "http:both.test" first; default second; }
  map $target $chained { https://new.test chain; default no-chain; }
  map $sent_http_content_type $typed { default "max-age=300"; text/html "max-age=600"; }
  map $host $empty { default ""; }
  map $host $late { *.late.test https://star.test; hostnames; .later.test https://later.test; *.x.later.test https://x.test;
    www.late.* https://long.test; www.* https://short.test; default https://none.test; }
`;

/** Bodies of servers, by the name that they are asked for; those of `tls` are asked over TLS. */
const plain: Readonly<Record<string, string>> = {
  'a.test': 'return 301 $target$request_uri;',
  'old.test': 'return 301 $target$request_uri;',
  'x.old.test': 'return 301 $target$request_uri;',
  'x.wild.test': 'return 301 $target$request_uri;',
  'wild.test': 'return 301 $target$request_uri;',
  'www.b.test': 'return 302 $target/;',
  'www.case.test': 'return 307 $target;',
  'shop.caught.test': 'return 308 $caught;',
  'x.late.test': 'return 301 $late;',
  'a.x.later.test': 'return 301 $late;',
  'x.later.test': 'return 301 $late;',
  'www.late.test': 'return 301 $late;',
  'www.other.test': 'return 301 $late;',
  'upper.b.test': 'return 301 $caught;',
  'c.test': 'if ($moved) { return 301 $moved; } return 404;',
  'both.test': 'if ($both = first) { return 403; } return 301 https://both.test/;',
  'd.old.test': 'return 301 https://$chained.test/;',
  'e.test': 'set $to https://set.test; return 301 $to/;',
  'f.test':
    'set $go 0; if ($scheme = http) { set $go 1; } if ($uri ~ ^/.well-known/) { set $go 0; } if ($go = 1) { return 301 https://$host$request_uri; } root /none;',
  'g.test':
    'set $test ""; if ($scheme = "http") { set $test "H"; } if ($request_uri = /other) { set $test "$test-T"; } if ($test = H) { return 301 https://$host$request_uri; } root /none;',
  'h.test': 'if ($https = "") { return 301 https://$server_name$request_uri; } return 200 secure;',
  'i.test': 'if ($secure != yes) { rewrite ^ https://$host$request_uri? permanent; } return 200;',
  'j.test': 'rewrite ^/$ /inner last; location = /inner { return 301 https://inner.test; } location / { return 404; }',
  'k.test': 'set $a b; set $c "$a-$host"; location / { if ($c = b-k.test) { return 303 https://$c/; } return 404; }',
  'l.test': 'if ($http_user_agent ~ nobody) { set $to https://bot.test; } location / { return 204; }',
  'm.test': 'rewrite ^(.*)$ https://m2.test$1 redirect;',
  'n.test':
    'return 200 ok; add_header X-T "$hsts"; add_header X-U $secure; add_header X-V "v $both"; add_header X-W "";',
  'p.test': 'server_name *.p.test p.test; return 301 https://$server_name$request_uri;',
  'q.test': 'server_name "~^nobody\\.q" q.test; return 301 https://$server_name/;',
  'x.r.test': 'server_name .R.test x.r.test; if ($host != $server_name) { return 301 https://$server_name/; }',
  'aa.test':
    'server_name aa.test www.aa.test; if ($host != $server_name) { return 301 https://$server_name/; } return 204;',
  'ac.test': 'if ($host = "$scheme.test") { return 403; } return 301 https://$server_name/;',
  'ab.test': 'root /none; location / { limit_except POST { allow all; } return 204; }',
  'ad.test': 'location / { add_header X-T a always; if ($scheme = http) { add_header X-T b always; } root /none; }',
  'ae.test': 'location / { add_header X-T a; if ($scheme = http) { add_header X-T b; return 204; } return 200 no; }',
  'af.test': 'location / { add_header X-T a; if ($scheme = https) { add_header X-T b; } return 204; }',
  'ah.test':
    'root /none; location / { error_page 403 =503 /a; if ($scheme = http) { error_page 403 =410 /a; return 403; } } location = /a { return 200 a; }',
  'ag.test': 'location / { add_header X-T a; if ($scheme = http) { set $to x; } return 204; }',
  'v.test':
    'add_header X-T a always; error_page 403 @no; location / { deny all; } location @no { add_header X-T b always; return 403 no; }',
  'w.test':
    'add_header X-T a; error_page 403 =200 /no; location / { return 403; } location = /no { add_header X-T b; return 200 no; }',
  'y.test': 'add_header X-T a; rewrite ^/$ /inner last; location = /inner { add_header X-T b; return 204; }',
  'z.test': 'location / { add_header X-T a always; root /none; try_files $uri =404; }',
  'o.test': 'return 200 ok; add_header X-T $typed; add_header X-E $empty; add_header X-H $host;',
};
const tls: Readonly<Record<string, string>> = {
  's.test': 'return 200 ok; add_header X-T "$hsts"; add_header X-U "$secure $https"; add_header X-V "v $both";',
  't.test': 'if ($scheme = http) { return 301 https://$host/; } return 204;',
  'both.test': 'if ($both = first) { return 403; } return 301 https://tls.test/;',
  'u.test': 'if ($https) { return 301 $scheme://www.u.test/; } return 404;',
};

const folder = mkdtempSync(join(tmpdir(), 'nginx-answers-'));
let plainPort = 0;
let tlsPort = 0;
let sites: readonly Site[] = [];
let stop = async () => {};

before(async () => {
  plainPort = await freePort();
  tlsPort = await freePort();
  mkdirSync(join(folder, 'logs'));
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', join(folder, 'key.pem')];
  const certificate = ['req', '-x509', '-subj', '/CN=test', '-days', '9', '-out', join(folder, 'cert.pem'), ...key];
  execFileSync('openssl', certificate, { stdio: 'ignore' });
  const text = configuration();
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, text);
  sites = nginx.lower(projectOf({ [file]: text })).sites;
  stop = await startAnswering(folder, file, () => request('plain', 'a.test'));
});

after(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

function configuration(): string {
  const servers = (bodies: Readonly<Record<string, string>>, listen: string) =>
    Object.entries(bodies).map(([name, body]) => {
      const names = body.startsWith('server_name ') ? '' : `server_name ${name};`;
      return `server { listen ${listen}; ${names} ${body} }`;
    });
  const files = `ssl_certificate ${folder}/cert.pem; ssl_certificate_key ${folder}/key.pem;`;
  return `daemon off;
pid ${folder}/pid;
error_log stderr;
events {}
http {
  access_log off;
  default_type text/html;
  ${files}${maps}
  ${servers(plain, `127.0.0.1:${plainPort}`).join('\n  ')}
  ${servers(tls, `127.0.0.1:${tlsPort} ssl`).join('\n  ')}
}
`;
}

function request(kind: 'plain' | 'tls', host: string): Promise<IncomingMessage> {
  const options = { host: '127.0.0.1', path: '/', headers: { host }, agent: false as const };
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      response.destroy();
      resolve(response);
    };
    const sent =
      kind === 'plain'
        ? getPlain({ ...options, port: plainPort }, answered)
        : getSecure({ ...options, port: tlsPort, servername: host, rejectUnauthorized: false }, answered);
    sent.on('error', reject);
  });
}

function siteOf(kind: 'plain' | 'tls', host: string): Site {
  const port = kind === 'plain' ? plainPort : tlsPort;
  const found = sites.find(({ names, bindings }) => {
    return names.some(({ text }) => text === host) && bindings.some(({ listener }) => listener.endsWith(`:${port}`));
  });
  assert.ok(found, host);
  return found;
}

for (const [kind, bodies] of [
  ['plain', plain],
  ['tls', tls],
] as const) {
  describe(`${kind} HTTP`, () => {
    for (const host of Object.keys(bodies)) {
      test(`${host} is answered as predicted`, async () => {
        const site = siteOf(kind, host);
        const response = await request(kind, host);
        compareAnswer(site.rootAnswer, response, host);
        compareHeaders(possibleValues(site.rootHeaders ?? site.headers), response);
      });
    }
  });
}

/** Few answers may stay open: those that hang on what the client sends, and on what an expression catches. */
const open = new Set(['shop.caught.test', 'l.test']);

function compareAnswer(predicted: PathAnswer, { statusCode, headers }: IncomingMessage, host: string): void {
  switch (predicted.kind) {
    case 'redirect':
      assert.equal(statusCode, predicted.status);
      // To what is no address yet nginx adds its own.
      if (!predicted.to.includes('$')) {
        assert.equal(headers.location?.replace(/^http:\/\/[\w.]+:\d+(?=\/)/, ''), predicted.to);
      } else assert.ok(open.has(host), predicted.to);
      break;
    case 'status':
      assert.equal(statusCode, predicted.status);
      break;
    case 'files':
      assert.equal(statusCode, 404);
      break;
    default:
      assert.ok(open.has(host), JSON.stringify(predicted));
  }
}

/** The headers that begin with `X-` are those of one branch, but for values that hang on the client. */
function compareHeaders(branches: readonly (readonly ResponseHeader[])[] | undefined, response: IncomingMessage): void {
  assert.ok(branches);
  const { headers } = response;
  const sent = Object.keys(headers).filter((name) => name.startsWith('x-'));
  const fits = branches.some((list) => {
    const names = list.map(({ name }) => name.toLowerCase());
    return (
      sent.every((name) => names.includes(name)) &&
      list.every(({ name, value }) => value.includes('$') || headers[name.toLowerCase()] === value)
    );
  });
  assert.ok(fits, `${JSON.stringify(headers)} is none of ${JSON.stringify(branches)}`);
}
