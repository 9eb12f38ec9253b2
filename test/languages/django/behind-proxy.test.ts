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
const apache = (lines: string) => `Listen 443
<VirtualHost *:443>
    ServerName shop.example.com
    SSLEngine on
    SSLCertificateFile /c/a.crt
    SSLCertificateKeyFile /c/a.key
    ProxyPass / http://127.0.0.1:8000/
    ${lines}
</VirtualHost>
`;

function loops(text: string, server: string, language: 'nginx' | 'apache' = 'nginx'): boolean {
  const file = language === 'nginx' ? '/etc/nginx/nginx.conf' : '/etc/apache2/apache2.conf';
  const { model } = analyseText(server, { language, file });
  const { findings } = analyseFiles({ '/s/settings.py': text }, [model]);
  return findings.some(({ rule }) => rule === 'redirect-loop');
}

describe('an application that redirects to HTTPS behind a server that ends TLS', () => {
  const cases: Readonly<Record<string, readonly [loops: boolean, settings: string, server: string]>> = {
    'without a word from it': [true, settings, nginx('proxy_set_header Host $host;')],
    'which would hear it': [true, settings + proxied, nginx('')],
    'which is told': [false, settings + proxied, nginx('proxy_set_header X-Forwarded-Proto $scheme;')],
    'which is told from around': [false, settings + proxied, nginx('', 'proxy_set_header X-Forwarded-Proto $scheme;')],
    'which the headers around do not reach': [
      true,
      settings + proxied,
      nginx('proxy_set_header Host $host;', 'proxy_set_header X-Forwarded-Proto $scheme;'),
    ],
    'which is told in a way that its own server may understand': [
      false,
      settings,
      nginx('proxy_set_header X-Forwarded-Ssl on;'),
    ],
    'which is told by a header of its own': [
      false,
      `${settings}SECURE_PROXY_SSL_HEADER = ('HTTP_X_TLS', 'yes')\n`,
      nginx('proxy_set_header X-TLS yes;'),
    ],
    'with an include that nobody has read': [false, settings, nginx('include proxy_params;')],
    'of another name': [false, settings.replace('shop', 'wiki'), nginx('')],
    'of any name': [false, settings.replace('shop.example.com', '*'), nginx('')],
    'of names below one': [true, settings.replace("'shop", "'"), nginx('')],
    'of a name and those below it': [true, settings.replace("'shop", "'.shop"), nginx('')],
    'that asks it over TLS': [false, settings, nginx('').replace('http://127', 'https://127')],
    'with a redirect that the environment decides': [
      false,
      settings.replace('REDIRECT = True', "REDIRECT = env('X')"),
      nginx(''),
    ],
    'with paths that are spared': [false, `${settings}SECURE_REDIRECT_EXEMPT = ['^health$']\n`, nginx('')],
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
