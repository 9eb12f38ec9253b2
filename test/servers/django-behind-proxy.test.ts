import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { ServerModel } from '../../src/tls/model/server-model.ts';
import { analyseFiles } from '../languages/django/project.ts';
import { analyseText } from '../support/analyse.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { createApacheRoot, mainFileHead, startApache } from './apache-server.ts';
import { type StartedServer, startNginx } from './nginx-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'django-behind-proxy-'));
let port: number;

before(async () => {
  for (const name of ['logs', 'proxy', 'body']) mkdirSync(join(folder, name));
  makeCertificates(folder, [
    { name: 'shop', subject: '/CN=shop.example.com', names: 'DNS:shop.example.com', days: 90 },
  ]);
  port = await freePort();
});
after(() => rmSync(folder, { recursive: true, force: true }));

const redirecting = `SECRET_KEY = '${'x'.repeat(60)}'
DEBUG = False
ALLOWED_HOSTS = ['shop.example.com']
ROOT_URLCONF = 'served_urls'
INSTALLED_APPS = ['django.contrib.contenttypes']
MIDDLEWARE = ['django.middleware.security.SecurityMiddleware']
SECURE_SSL_REDIRECT = True
`;
const hearing = `${redirecting}SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')\n`;

function configuration(lines: string, backend: number): string {
  return `daemon off;
pid ${folder}/nginx.pid;
error_log stderr;
events {}
http {
  access_log off;
  proxy_temp_path ${folder}/proxy;
  client_body_temp_path ${folder}/body;
  server {
    listen 127.0.0.1:${port} ssl;
    server_name shop.example.com;
    ssl_certificate ${folder}/shop.pem;
    ssl_certificate_key ${folder}/shop.key;
    proxy_set_header Host $host;
    ${lines}
    location / { proxy_pass http://127.0.0.1:${backend}; }
  }
}
`;
}

interface StartPage {
  readonly status: number | undefined;
  /** The next address. */
  readonly location: string | undefined;
}

function leadsToItself({ status, location }: StartPage): boolean {
  return status === 301 && location === 'https://shop.example.com/';
}

function ask(): Promise<StartPage> {
  return new Promise((resolve, reject) => {
    const headers = { host: 'shop.example.com' };
    request({ host: '127.0.0.1', port, headers, rejectUnauthorized: false }, (response) => {
      response.resume();
      resolve({ status: response.statusCode, location: response.headers.location });
    })
      .on('error', reject)
      .end();
  });
}

/** The status of a form that the start page has sent. */
function submit(): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const place = { host: '127.0.0.1', port, rejectUnauthorized: false };
    const page = request({ ...place, headers: { host: 'shop.example.com' } }, ({ headers }) => {
      const [, token = ''] = /csrftoken=(\w+)/.exec(String(headers['set-cookie'])) ?? [];
      const sent = { host: 'shop.example.com', origin: 'https://shop.example.com', cookie: `csrftoken=${token}` };
      const kind = { 'content-type': 'application/x-www-form-urlencoded', referer: 'https://shop.example.com/' };
      request({ ...place, method: 'POST', headers: { ...sent, ...kind } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end(`csrfmiddlewaretoken=${token}`);
    });
    page.on('error', reject).end();
  });
}

async function serve(settings: string): Promise<{ readonly backend: number; readonly child: ChildProcess }> {
  const backend = await freePort();
  writeFileSync(join(folder, 'served.py'), settings);
  const args = ['-B', 'test/servers/django/serve.py', folder, 'served', String(backend)];
  const child = spawn('/usr/bin/python3', args, { env: { PATH: '/usr/bin:/bin' }, stdio: 'ignore' });
  for (let tries = 0; tries < 200 && !(await isOpen(backend, '127.0.0.1')); tries++)
    await new Promise((done) => setTimeout(done, 50));
  return { backend, child };
}

/** What is seen while a server in front and the application run; then both end. */
async function whileServed<T>(server: StartedServer, application: ChildProcess, look: () => Promise<T>): Promise<T> {
  try {
    assert.ok(server.started, server.log);
    return await look();
  } finally {
    await server.stop();
    application.kill();
  }
}

/** The rules that find something in the settings of an application behind a server. */
function rulesBehind(model: ServerModel, settings: string): readonly string[] {
  return analyseFiles({ '/s/served.py': settings }, [model]).findings.map(({ rule }) => rule);
}

/** What is seen through an nginx with these lines, and the rules that find something behind it. */
async function throughNginx<T>(settings: string, lines: string, look: () => Promise<T>) {
  const { backend, child } = await serve(settings);
  const file = join(folder, 'nginx.conf');
  const text = configuration(lines, backend);
  writeFileSync(file, text);
  const server = await startNginx(file, folder, () => isOpen(port, '127.0.0.1'));
  const seen = await whileServed(server, child, look);
  const written = text.replace(`:${port} ssl`, ':443 ssl');
  const { model } = analyseText(written, { language: 'nginx', file: '/etc/nginx/nginx.conf' });
  return { seen, rules: rulesBehind(model, settings) };
}

const cases: Readonly<Record<string, readonly [loops: boolean, settings: string, lines: string]>> = {
  'nobody tells, and nobody would hear': [true, redirecting, ''],
  'nobody tells': [true, hearing, ''],
  'the server tells': [false, hearing, 'proxy_set_header X-Forwarded-Proto $scheme;'],
};

describe('a redirect to HTTPS behind an nginx that ends TLS leads to itself where we say so', () => {
  for (const [name, [loops, settings, lines]] of Object.entries(cases)) {
    test(name, { timeout: 60_000 }, async () => {
      const { seen, rules } = await throughNginx(settings, lines, ask);
      assert.equal(leadsToItself(seen), loops, JSON.stringify(seen));
      assert.equal(rules.includes('redirect-loop'), loops);
    });
  }
});

const taking = redirecting
  .replace('SECURE_SSL_REDIRECT = True\n', '')
  .replace("['django.middleware.security", "['django.middleware.csrf.CsrfViewMiddleware', 'django.middleware.security");
const tells = 'proxy_set_header X-Forwarded-Proto $scheme;';
const forms: Readonly<Record<string, readonly [refused: boolean, settings: string, lines: string]>> = {
  'nobody tells': [true, taking, ''],
  'the server tells, and Django hears': [false, hearing.replace(redirecting, taking), tells],
  'a wildcard is trusted': [false, `${taking}CSRF_TRUSTED_ORIGINS = ['https://*.shop.example.com']\n`, ''],
  'a class of its own says that it is HTTPS': [
    false,
    taking.replace('MIDDLEWARE = [', "MIDDLEWARE = ['served_urls.ToHttps', "),
    '',
  ],
  'the origin is trusted': [false, `${taking}CSRF_TRUSTED_ORIGINS = ['https://shop.example.com']\n`, ''],
};

describe('a form behind an nginx that ends TLS is refused where we say so', () => {
  for (const [name, [refused, settings, lines]] of Object.entries(forms)) {
    test(name, { timeout: 60_000 }, async () => {
      const { seen, rules } = await throughNginx(settings, lines, submit);
      assert.equal(seen, refused ? 403 : 200);
      assert.equal(rules.includes('forms-refused'), refused);
    });
  }
});

const insideApache: Readonly<Record<string, readonly [loops: boolean, lines: string, outside: string]>> = {
  'nobody tells': [true, '', ''],
  'the server tells something else': [true, 'RequestHeader set X-Request-Start "t=%t"', ''],
  'the server tells another application': [true, '', 'RequestHeader set X-Forwarded-Proto https'],
  'the server tells': [false, 'RequestHeader set X-Forwarded-Proto: https', ''],
  'the server asks for another host': [false, 'RequestHeader set Host inner.example.com', ''],
};

describe('a redirect to HTTPS behind an Apache that ends TLS leads to itself where we say so', () => {
  const root = createApacheRoot();
  after(() => root.remove());
  const host = (name: string, lines: string, backend: number) => `<VirtualHost 127.0.0.1:${port}>
  ServerName ${name}
  SSLEngine on
  SSLCertificateFile tls/site.crt
  SSLCertificateKeyFile tls/site.key
  ProxyPreserveHost On
  ProxyPass / http://127.0.0.1:${backend}/
  ${lines}
</VirtualHost>
`;

  for (const [name, [loops, lines, outside]] of Object.entries(insideApache)) {
    test(name, { timeout: 60_000 }, async () => {
      const { backend, child } = await serve(hearing);
      const file = join(root.folder, 'apache2.conf');
      const modules = 'mpm_event authz_core headers socache_shmcb ssl proxy proxy_http';
      const hosts = host('shop.example.com', lines, backend) + host('blog.example.com', outside, backend);
      const text = `${mainFileHead(root.folder, modules)}\nListen 127.0.0.1:${port} https\n${hosts}`;
      writeFileSync(file, text);
      const seen = await whileServed(await startApache(file, root.folder), child, ask);
      assert.equal(leadsToItself(seen), loops, JSON.stringify(seen));
      const written = text.replaceAll(`127.0.0.1:${port}`, '443').replaceAll('<VirtualHost 443', '<VirtualHost *:443');
      const { model } = analyseText(written, { language: 'apache', file: '/etc/apache2/apache2.conf' });
      assert.equal(rulesBehind(model, hearing).includes('redirect-loop'), loops);
    });
  }
});
