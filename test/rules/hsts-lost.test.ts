import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function severities(port: number): readonly string[] {
  const text = `events {}
http {
    server {
        listen ${port} ssl;
        server_name example.com;
        ssl_certificate a.crt;
        ssl_certificate_key a.key;
        add_header Strict-Transport-Security "max-age=63072000" always;
        root /srv/www;
        location /static/ { add_header Cache-Control public; }
    }
}
`;
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
  return findings.filter(({ rule }) => rule === 'hsts-lost').map(({ severity }) => severity);
}

test('a site in a container loses HSTS on its own port, too', () => {
  assert.deepEqual(severities(443), ['warning']);
  assert.deepEqual(severities(8443), ['information']);
});

test('what nginx asks by auth_request is sent to nobody, and loses nothing', () => {
  const said = (lines: string) => {
    const text = `events {}
http {
    server {
        listen 443 ssl;
        server_name example.com;
        ssl_certificate a.crt;
        ssl_certificate_key a.key;
        add_header Strict-Transport-Security "max-age=63072000" always;
        location / { auth_request /check?for=all; proxy_pass http://127.0.0.1:8080; }
        location = /check { ${lines} add_header Set-Cookie $sent; proxy_pass http://127.0.0.1:8081; }
        location = /other { internal; add_header Set-Cookie $sent; proxy_pass http://127.0.0.1:8081; }
    }
}
`;
    const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
    return findings.flatMap(({ rule, message }) => (rule === 'hsts-lost' ? [message.split('"')[1]] : []));
  };
  assert.deepEqual(said('internal;'), ['/other']);
  assert.deepEqual(said(''), ['/check', '/other']);
});

test('a server without a name that leads all hosts to one has the start page of that one', () => {
  const said = (condition: string) => {
    const text = `events {}
http {
    server {
        listen 443 ssl;
        server_name _;
        ssl_certificate a.crt;
        ssl_certificate_key a.key;
        add_header Strict-Transport-Security "max-age=63072000";
        ${condition}
        location / { root /srv; add_header Cache-Control public; try_files $uri @app; }
        location @app { proxy_pass http://127.0.0.1:8080; }
    }
}
`;
    const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
    return findings.filter(({ rule }) => rule === 'hsts-lost').map(({ severity }) => severity);
  };
  assert.deepEqual(said(''), ['information']);
  assert.deepEqual(said('if ($http_host != a.example) { rewrite (.*) https://a.example$1 permanent; }'), [
    'information',
  ]);
});

test('files that pages bring along are no place where browsers learn of HSTS', () => {
  const said = (pattern: string) => {
    const text = `events {}
http {
    server {
        listen 443 ssl;
        server_name example.com;
        ssl_certificate a.crt;
        ssl_certificate_key a.key;
        add_header Strict-Transport-Security "max-age=63072000" always;
        root /srv;
        location ${pattern} { add_header Cache-Control public; }
    }
}
`;
    const { findings } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
    return findings.filter(({ rule }) => rule === 'hsts-lost').map(({ severity }) => severity);
  };
  for (const pattern of [
    '~* \\.(?:css|js|woff2?|JPE?G)$',
    '~ ^/assets/.*\\.(css|map)$',
    '~ \\.css$',
    '~* \\.(?:css(\\.map)?|ttc)$',
  ])
    assert.deepEqual(said(pattern), ['information'], pattern);
  for (const pattern of ['~ \\.(css|html)$', '~ \\.php$', '~ ^/(css|js)/', '/css/', '= /a.css'])
    assert.deepEqual(said(pattern), ['warning'], pattern);
});
