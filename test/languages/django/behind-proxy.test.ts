import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { analyseText } from '../../support/analyse.ts';
import { analyseFiles, usual } from './project.ts';

const settings = `${usual}ALLOWED_HOSTS = ['shop.example.com']
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SECURE_SSL_REDIRECT = True
`;
const proxied = "SECURE_PROXY_SSL_HEADER = ('HTTP_X_FORWARDED_PROTO', 'https')\n";

const pair = 'ssl_certificate /c/a.crt; ssl_certificate_key /c/a.key;';
const nginx = (lines: string, outside = '') => `events {}
http {
    ${outside}
    server {
        listen 443 ssl;
        server_name shop.example.com;
        ${pair}
        location / {
            proxy_pass http://127.0.0.1:8000;
            ${lines}
        }
    }
}
`;
const host = 'proxy_set_header Host $host;';
const told = 'proxy_set_header X-Forwarded-Proto $scheme;';
const apache = (lines: string) => `Listen 443
<VirtualHost *:443>
    ServerName shop.example.com
    SSLEngine on
    SSLCertificateFile /c/a.crt
    SSLCertificateKeyFile /c/a.key
    ProxyPreserveHost On
    ProxyPass / http://127.0.0.1:8000/
    ${lines}
</VirtualHost>
`;

function rulesOf(text: string, server: string, language: 'nginx' | 'apache' = 'nginx'): readonly string[] {
  const file = language === 'nginx' ? '/etc/nginx/nginx.conf' : '/etc/apache2/apache2.conf';
  const { model } = analyseText(server, { language, file });
  const { findings } = analyseFiles({ '/s/settings.py': text }, [model]);
  return findings.map(({ rule }) => rule);
}

function loops(...asked: Parameters<typeof rulesOf>): boolean {
  return rulesOf(...asked).includes('redirect-loop');
}

describe('an application that redirects to HTTPS behind a server that ends TLS', () => {
  const cases: Readonly<Record<string, readonly [loops: boolean, settings: string, server: string]>> = {
    'without a word from it': [true, settings, nginx(host)],
    'which would hear it': [true, settings + proxied, nginx(host)],
    'that asks it by another name, which it refuses': [false, settings, nginx('')],
    'which is told': [false, settings + proxied, nginx(`${host} ${told}`)],
    'which is told of plain HTTP, whatever the client speaks': [
      true,
      settings + proxied,
      nginx(`${host} ${told.replace('$scheme', 'http')}`),
    ],
    'which is told from around': [
      false,
      settings + proxied,
      nginx('', `${host} proxy_set_header X-Forwarded-Proto $scheme;`),
    ],
    'which the headers around do not reach': [
      true,
      settings + proxied,
      nginx('proxy_set_header Host $host;', 'proxy_set_header X-Forwarded-Proto $scheme;'),
    ],
    'which is told in a way that its own server may understand': [
      false,
      settings,
      nginx(`${host} proxy_set_header X-Forwarded-Ssl on;`),
    ],
    'which is told by a header of its own': [
      false,
      `${settings}SECURE_PROXY_SSL_HEADER = ('HTTP_X_TLS', 'yes')\n`,
      nginx(`${host} proxy_set_header X-TLS yes;`),
    ],
    'with an include that nobody has read': [false, settings, nginx('include proxy_params;')],
    'of another name': [false, settings.replace('shop', 'wiki'), nginx(host)],
    'of any name': [false, settings.replace('shop.example.com', '*'), nginx(host)],
    'of names below one': [true, settings.replace("'shop", "'"), nginx(host)],
    'of a name and those below it': [true, settings.replace("'shop", "'.shop"), nginx(host)],
    'that asks it over TLS': [false, settings, nginx(host).replace('http://127', 'https://127')],
    'with a redirect that the environment decides': [
      false,
      settings.replace('REDIRECT = True', "REDIRECT = env('X')"),
      nginx(host),
    ],
    'with paths that are spared': [false, `${settings}SECURE_REDIRECT_EXEMPT = ['^health$']\n`, nginx(host)],
  };
  for (const [name, [expected, text, server]] of Object.entries(cases)) {
    test(`${name}: ${expected ? 'a loop' : 'none'}`, () => assert.equal(loops(text, server), expected));
  }

  describe('which is Apache', () => {
    const other = `<VirtualHost *:443>
    ServerName blog.example.com
    RequestHeader set X-Forwarded-Proto https
</VirtualHost>
`;
    const cases: Readonly<Record<string, readonly [loops: boolean, server: string]>> = {
      'and says nothing': [true, apache('')],
      'and tells': [false, apache('RequestHeader set X-Forwarded-Proto https')],
      'and tells as its manual writes names': [false, apache('RequestHeader set X-Forwarded-Proto: "https"')],
      'and tells in a section': [
        false,
        apache('<Location "/">\n    RequestHeader add x-forwarded-proto %{REQUEST_SCHEME}s\n    </Location>'),
      ],
      'and tells from around': [false, `RequestHeader set X-Forwarded-Proto https\n${apache('')}`],
      'and tells something else': [true, apache('RequestHeader set X-Request-Start "t=%t"')],
      'and asks by another name': [false, apache('').replace('Host On', 'Host Off')],
      'and asks by a name that is written out': [false, apache('RequestHeader set Host inner.example.com')],
      'and asks another backend by uwsgi, which may be it': [
        false,
        apache('ProxyPass /api/ uwsgi://127.0.0.1:8001/').replace(
          'ProxyPass / ',
          'ProxyPass /static !\n    ProxyPass / ',
        ),
      ],
      'and takes the word away': [true, apache('RequestHeader unset X-Forwarded-Proto')],
      'and tells another application': [true, apache('') + other],
      'and tells what a variable decides': [false, apache('RequestHeader set __HEADER__ https')],
    };
    for (const [name, [expected, server]] of Object.entries(cases)) {
      test(`${name}: ${expected ? 'a loop' : 'none'}`, () =>
        assert.equal(loops(settings + proxied, server, 'apache'), expected));
    }
  });
});

describe('an application without a redirect that takes forms over HTTPS for those of another site', () => {
  const plain = settings.replace('REDIRECT = True', 'REDIRECT = False');
  const cases: Readonly<Record<string, readonly [refuses: boolean, settings: string, server: string]>> = {
    'as nobody tells it': [true, plain, nginx(host)],
    'as nobody tells it, and it would hear': [true, plain + proxied, nginx(host)],
    'as others alone are trusted': [true, `${plain}CSRF_TRUSTED_ORIGINS = ['https://wiki.example.com']\n`, nginx(host)],
    'unless it is told': [false, plain, nginx(`${host} proxy_set_header X-Forwarded-Proto $scheme;`)],
    'unless the origin is trusted': [
      false,
      `${plain}CSRF_TRUSTED_ORIGINS = ['https://shop.example.com:443']\n`,
      nginx(host),
    ],
    'unless a wildcard is': [false, `${plain}CSRF_TRUSTED_ORIGINS = ['https://*.example.com']\n`, nginx(host)],
    'unless others may be': [false, `${plain}CSRF_TRUSTED_ORIGINS = env.list('ORIGINS')\n`, nginx(host)],
    'unless nothing compares': [
      false,
      plain.replace('csrf.CsrfViewMiddleware', 'common.CommonMiddleware'),
      nginx(host),
    ],
    'unless a wildcard is, which stands for the name above it too': [
      false,
      `${plain}CSRF_TRUSTED_ORIGINS = ['https://*.shop.example.com']\n`,
      nginx(host),
    ],
    'also where a wildcard of another name is trusted': [
      true,
      `${plain}CSRF_TRUSTED_ORIGINS = ['https://*.op.example.com']\n`,
      nginx(host),
    ],
    'unless a class of its own may switch that off': [
      false,
      plain.replace('MIDDLEWARE = [', "MIDDLEWARE = ['shop.middleware.DisableCSRF', "),
      nginx(host),
    ],
    'also with a class that has nothing to do with it': [
      true,
      plain.replace('MIDDLEWARE = [', "MIDDLEWARE = ['whitenoise.middleware.WhiteNoiseMiddleware', "),
      nginx(host),
    ],
    'unless it is asked for another host': [false, plain, nginx('')],
    'unless it is asked for a host that is written out': [false, plain, nginx('proxy_set_header Host inner;')],
    'unless it is asked for the name of the backend': [false, plain, nginx('proxy_set_header Host $proxy_host;')],
    'also where the host is written with braces': [true, plain, nginx(`proxy_set_header Host "\${http_host}";`)],
    'unless a header of another name tells': [false, plain, nginx(`${host} proxy_set_header X-HTTPS on;`)],
    'also where a header tells of something else': [true, plain, nginx(`${host} proxy_set_header X-TLS-Version 1.3;`)],
    'unless another backend of the site is told, which may be it': [
      false,
      plain,
      nginx(`${host} } location /api/ { proxy_pass http://127.0.0.1:8001; ${host} ${told}`),
    ],
    'unless another backend is asked by uwsgi, which may be it': [
      false,
      plain,
      nginx(`${host} } location /api/ { uwsgi_pass 127.0.0.1:8001;`),
    ],
    'also where another backend is told as little': [
      true,
      plain,
      nginx(`${host} } location /api/ { proxy_pass http://127.0.0.1:8001; ${host}`),
    ],
    'also where another site is told': [
      true,
      plain,
      nginx(host, `server { listen 80; server_name x.test; location / { proxy_pass http://127.0.0.1:9; ${told} } }`),
    ],
    'also at a socket beside plain HTTP': [
      true,
      plain,
      nginx(host, 'server { listen 80; return 404; }').replace('127.0.0.1:8000', 'unix:/run/shop.sock'),
    ],
    'unless a site behind the site may tell': [
      false,
      plain,
      nginx(host, `server { listen 127.0.0.1:8000; location / { proxy_pass http://127.0.0.1:9; ${host} ${told} } }`),
    ],
    'unless it redirects without end': [false, settings, nginx(host)],
  };
  for (const [name, [refuses, text, server]] of Object.entries(cases))
    test(`${name}: ${refuses ? 'refused' : 'taken'}`, () =>
      assert.equal(rulesOf(text, server).includes('forms-refused'), refuses));

  test('behind Apache too', () => {
    assert.ok(rulesOf(plain, apache(''), 'apache').includes('forms-refused'));
    assert.ok(!rulesOf(plain, apache('RequestHeader set X-Forwarded-Proto https'), 'apache').includes('forms-refused'));
  });
});

describe('what a server in front does need not be done again', () => {
  const plain = `${settings.replace('REDIRECT = True', 'REDIRECT = False')}${proxied}`;
  const hints = (more: string, line = '', names = 'shop') => {
    const text = plain.replace("'shop.", `'${names}.`);
    const told = nginx(`${host} proxy_set_header X-Forwarded-Proto $scheme; ${line}`, more);
    return rulesOf(text, told).filter((rule) => /^(?:hsts|redirect)-missing$/.test(rule));
  };
  const redirect = 'server { listen 80; server_name shop.example.com; return 301 https://$host$request_uri; }';
  const header = 'add_header Strict-Transport-Security max-age=63072000;';

  test('the redirect', () => {
    assert.deepEqual(hints(redirect), ['hsts-missing']);
    assert.deepEqual(hints(redirect.replace('return 301 https', 'return 301 http')), [
      'hsts-missing',
      'redirect-missing',
    ]);
    const ofAll = redirect.replace(
      'listen 80; server_name shop.example.com',
      'listen 80 default_server; server_name _',
    );
    assert.deepEqual(hints(ofAll), ['hsts-missing']);
    assert.deepEqual(hints(ofAll.replace('301 https://$host$request_uri', '404')), [
      'hsts-missing',
      'redirect-missing',
    ]);
    assert.deepEqual(hints(`${ofAll} ${redirect.replace(/return.*;/, 'root /srv;')}`), [
      'hsts-missing',
      'redirect-missing',
    ]);
    assert.deepEqual(hints(ofAll, '', 'wiki'), ['hsts-missing', 'redirect-missing']);
    assert.deepEqual(hints(redirect, '', 'wiki'), ['hsts-missing', 'redirect-missing']);
  });

  test('HSTS', () => {
    assert.deepEqual(hints('', header), ['redirect-missing']);
    assert.deepEqual(hints('', header.replace('63072000', '0')), ['hsts-missing', 'redirect-missing']);
    assert.deepEqual(hints(redirect, header), []);
  });
});
