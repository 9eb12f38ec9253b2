import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const rule = 'acme-challenge-unreachable';

function findingOf(text: string, language: 'nginx' | 'apache') {
  return analyseText(text, { language, file: '/work/site.conf' }).findings.find((finding) => finding.rule === rule);
}

const nginx = (root: string) => `events {}
http {
  server {
    listen 80;
    server_name example.com;
    location /.well-known/acme-challenge/ { root /srv/acme; }
    return 301 https://example.com$request_uri;
  }
  server {
    listen 443 ssl;
    server_name example.com;
    ssl_certificate a.crt;
    ssl_certificate_key a.key;
    root ${root};
  }
}
`;

test('a redirect to a site with another directory than the one for challenges is information, and no fix goes by itself', () => {
  assert.equal(findingOf(nginx('/srv/acme'), 'nginx'), undefined);
  const found = findingOf(nginx('/srv/www'), 'nginx');
  assert.equal(found?.severity, 'information');
  assert.match(found.message, /from \/srv\/www\/\.well-known\/acme-challenge and never from \/srv\/acme\//);
  assert.equal(found.fixes[0]?.safe, false);
  assert.equal(findingOf(applyEdits(nginx('/srv/www'), found.fixes[0].edits), 'nginx'), undefined);
});

test('an Alias that a Redirect hides is told from the document root that the redirect leads to', () => {
  const apache = (alias: string) => `Listen 80
Listen 443
<VirtualHost *:80>
    ServerName example.com
    Redirect permanent / https://example.com/
    Alias /.well-known/acme-challenge/ ${alias}
</VirtualHost>
<VirtualHost *:443>
    ServerName example.com
    SSLEngine on
    SSLCertificateFile /etc/ssl/example.com.crt
    SSLCertificateKeyFile /etc/ssl/example.com.key
    DocumentRoot /srv/www
</VirtualHost>
`;
  assert.equal(findingOf(apache('/srv/acme/'), 'apache')?.severity, 'information');
  assert.equal(findingOf(apache('/srv/www/.well-known/acme-challenge/'), 'apache'), undefined);
});

test('a location for challenges that says itself who may come is left to its author', () => {
  const text = (own: string, outside = '') => `server {
    listen 80;
    server_name example.com;
    ${outside}
    location /.well-known/acme-challenge/ { ${own} root /srv/acme; }
    location / { return 301 https://$host$request_uri; }
}
`;
  const fixes = (own: string, outside?: string) => findingOf(text(own, outside), 'nginx')?.fixes.length;
  assert.equal(fixes('allow 10.0.0.0/8; deny all;'), 0);
  assert.equal(fixes('', 'deny all;'), 1);
});
