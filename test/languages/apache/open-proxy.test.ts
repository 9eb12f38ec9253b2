import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { snippet } from './project.ts';

function found(text: string, listen = 'Listen 80\n') {
  const project = snippet(`${listen}${text}\n`, { complete: true });
  return apache.check(project).filter(({ rule }) => rule === 'open-proxy');
}

const loads = (...names: readonly string[]) =>
  ['mpm_event', 'authz_core', 'proxy', ...names]
    .map((name) => `LoadModule ${name}_module modules/mod_${name}.so\n`)
    .join('');

// Each was asked of a real Apache 2.4.71 for "GET http://127.0.0.1:PORT/".
test('a proxy is open whatever protects the site beside it', () => {
  for (const text of [
    'ProxyRequests On',
    'ProxyRequests On\n<Directory />\nRequire all denied\n</Directory>',
    'ProxyRequests On\n<Location />\nRequire ip 10.0.0.1\n</Location>',
    'ProxyRequests On\n<Proxy *>\nRequire all granted\n</Proxy>',
    'ProxyRequests On\n<Proxy *>\nOrder deny,allow\nAllow from all\n</Proxy>',
    'ProxyRequests On\n<Proxy *>\nOrder allow,deny\nAllow from all\n</Proxy>',
    'ProxyRequests On\n<Proxy *>\nOrder deny,allow\n</Proxy>',
    'ProxyRequests On\n<Proxy balancer://x>\nRequire all denied\n</Proxy>',
    'ProxyRequests On\nRewriteEngine on\nRewriteRule ^ - [F]',
    'ProxyRequests On\nAllowCONNECT 444',
    '<VirtualHost *:80>\nProxyRequests On\n</VirtualHost>',
    'ProxyRequests On\n<VirtualHost *:80>\nServerName a\n</VirtualHost>',
    '<IfModule mod_proxy.c>\nProxyRequests On\n</IfModule>',
  ])
    assert.equal(found(text).length, 1, text);
});

test('a proxy that somebody guards, or that only this machine reaches, is not told', () => {
  for (const text of [
    'ProxyRequests On\n<Proxy *>\nRequire ip 10.0.0.1\n</Proxy>',
    'ProxyRequests On\n<Proxy *>\nOrder deny,allow\nDeny from all\nAllow from 10.0.0.0/8\n</Proxy>',
    'ProxyRequests On\n<Proxy *>\nOrder allow,deny\n</Proxy>',
    'ProxyRequests On\n<LocationMatch ^>\nOrder mutual-failure\n</LocationMatch>',
    'ProxyRequests On\n<Proxy *>\n<LimitExcept GET>\nRequire all denied\n</LimitExcept>\n</Proxy>',
    'ProxyRequests On\n<ProxyMatch ".*">\nRequire all denied\n</ProxyMatch>',
    'ProxyRequests On\n<If "true">\nRequire all denied\n</If>',
    'ProxyRequests On\nProxyBlock *',
    'ProxyRequests On\n<VirtualHost *:80>\nProxyRequests Off\n</VirtualHost>',
    '<VirtualHost *:80>\nProxyRequests On\n<Proxy *>\nRequire ip 10.0.0.1\n</Proxy>\n</VirtualHost>',
    '<VirtualHost 127.0.0.1:80>\nProxyRequests On\n</VirtualHost>',
    '<IfDefine PROXY>\nProxyRequests On\n</IfDefine>',
    'ProxyRequests Off',
    'ProxyRequests {{ mode }}',
    `${loads()}ProxyRequests On`,
  ])
    assert.equal(found(text).length, 0, text);
  assert.equal(found(`${loads('proxy_http')}ProxyRequests On`).length, 1);
  assert.equal(found('ProxyRequests On', 'Listen 127.0.0.1:3128\nListen [::1]:3128\n').length, 0);
});

test('a reverse proxy is told that it needs none', () => {
  const [report] = found('ProxyRequests On\nProxyPass / http://127.0.0.1:8080/');
  assert.match(report?.message ?? '', /ProxyPass does not need it: write "ProxyRequests Off"\.$/);
});

test('in a part of a configuration a reverse proxy is told that it needs none, as others may guard it', () => {
  const part = (text: string) =>
    apache.check(snippet(`${text}\n`, { complete: false })).filter(({ rule }) => rule === 'open-proxy');
  const host = (lines: string, address = '*:80') =>
    `<VirtualHost ${address}>\nProxyRequests On\n${lines}\n</VirtualHost>`;
  const pass = 'ProxyPass / http://127.0.0.1:8080/';
  const [report] = part(host(pass));
  assert.equal(report?.severity, 'information');
  assert.match(report?.message ?? '', /unless <Proxy "\*"> in another file restricts it/);
  for (const text of [
    host(''),
    host(`${pass}\n<Proxy *>\nRequire ip 10.0.0.1\n</Proxy>`),
    host(pass, '127.0.0.1:80'),
    `Listen 127.0.0.1:80\n${host(pass)}`,
    `${host(pass)}\n<Proxy *>\nRequire ip 10.0.0.1\n</Proxy>`,
    `ProxyRequests On\n${pass}`,
    `<VirtualHost *:80>\nProxyRequests Off\n${pass}\n</VirtualHost>`,
  ])
    assert.equal(part(text).length, 0, text);
});
