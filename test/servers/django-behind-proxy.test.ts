import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { analyseFiles } from '../languages/django/project.ts';
import { analyseText } from '../support/analyse.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { freePort, isOpen } from '../support/ports.ts';
import { createApacheRoot, mainFileHead, startApache } from './apache-server.ts';
import { startNginx } from './nginx-server.ts';

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

/** The status and the next address of the start page. */
function ask(): Promise<{ readonly status: number | undefined; readonly location: string | undefined }> {
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

const cases: Readonly<Record<string, readonly [loops: boolean, settings: string, lines: string]>> = {
  'nobody tells, and nobody would hear': [true, redirecting, ''],
  'nobody tells': [true, hearing, ''],
  'the server tells': [false, hearing, 'proxy_set_header X-Forwarded-Proto $scheme;'],
};

describe('a redirect to HTTPS behind an nginx that ends TLS leads to itself where we say so', () => {
  for (const [name, [loops, settings, lines]] of Object.entries(cases)) {
    test(name, { timeout: 60_000 }, async () => {
      const { backend, child } = await serve(settings);
      const file = join(folder, 'nginx.conf');
      const text = configuration(lines, backend);
      writeFileSync(file, text);
      const server = await startNginx(file, folder, () => isOpen(port, '127.0.0.1'));
      try {
        assert.ok(server.started, server.log);
        const { status, location } = await ask();
        assert.equal(status === 301 && location === 'https://shop.example.com/', loops, `${status} ${location}`);
      } finally {
        await server.stop();
        child.kill();
      }
      const { model } = analyseText(readFileSync(file, 'utf8').replace(`:${port} ssl`, ':443 ssl'), {
        language: 'nginx',
        file: '/etc/nginx/nginx.conf',
      });
      const { findings } = analyseFiles({ '/s/served.py': settings }, [model]);
      assert.equal(
        findings.some(({ rule }) => rule === 'redirect-loop'),
        loops,
      );
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
      const { backend, child } = await serve(settings);
      const file = join(folder, 'nginx.conf');
      const text = configuration(lines, backend);
      writeFileSync(file, text);
      const server = await startNginx(file, folder, () => isOpen(port, '127.0.0.1'));
      try {
        assert.ok(server.started, server.log);
        assert.equal(await submit(), refused ? 403 : 200);
      } finally {
        await server.stop();
        child.kill();
      }
      const { model } = analyseText(text.replace(`:${port} ssl`, ':443 ssl'), {
        language: 'nginx',
        file: '/etc/nginx/nginx.conf',
      });
      const { findings } = analyseFiles({ '/s/served.py': settings }, [model]);
      assert.equal(
        findings.some(({ rule }) => rule === 'forms-refused'),
        refused,
      );
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
      const server = await startApache(file, root.folder);
      try {
        assert.ok(server.started, server.log);
        const { status, location } = await ask();
        assert.equal(status === 301 && location === 'https://shop.example.com/', loops, `${status} ${location}`);
      } finally {
        await server.stop();
        child.kill();
      }
      const { model } = analyseText(
        text.replaceAll(`127.0.0.1:${port}`, '443').replaceAll('<VirtualHost 443', '<VirtualHost *:443'),
        {
          language: 'apache',
          file: '/etc/apache2/apache2.conf',
        },
      );
      const { findings } = analyseFiles({ '/s/served.py': hearing }, [model]);
      assert.equal(
        findings.some(({ rule }) => rule === 'redirect-loop'),
        loops,
      );
    });
  }
});
