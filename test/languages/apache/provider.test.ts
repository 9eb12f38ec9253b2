import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { snippet } from './project.ts';

const found = (text: string) => apache.check(snippet(`${text}\n`)).filter(({ rule }) => rule === 'provider-unverified');
const off = 'OIDCSSLValidateServer Off';
const url = 'OIDCProviderMetadataURL https://login.example.com/.well-known/openid-configuration';
const host = (...lines: readonly string[]) => `<VirtualHost *:80>\nServerName a\n${lines.join('\n')}\n</VirtualHost>`;

test('a provider that nobody verifies is told of where it is asked', () => {
  for (const text of [
    `${off}\n${url}`,
    `${url}\nOIDCSSLValidateServer On\n${off}`,
    host(off, url),
    `${off}\n${host(url)}`,
    `${url}\n${host(off)}`,
    `<IfModule auth_openidc_module>\n${off}\n${url}\n</IfModule>`,
    'OIDCOAuthSSLValidateServer off\nOIDCOAuthIntrospectionEndpoint "https://login.example.com:8443/introspect"',
  ]) {
    const [report, ...others] = found(text);
    assert.match(report?.message ?? '', /^The certificate of login\.example\.com is not checked:/, text);
    assert.equal(others.length, 0);
    assert.deepEqual(found(applyEdits(text, report?.fixes?.[0]?.edits ?? [])), []);
  }
});

test('nothing is said of one that is verified, on this machine, or asked by others', () => {
  for (const text of [
    off,
    url,
    `${off}\nOIDCSSLValidateServer On\n${url}`,
    `${off}\n${url}`.replace('login.example.com', 'localhost:8443'),
    `${off}\n${url}`.replace('login.example.com', 'keycloak:8443'),
    `${off}\n${url}`.replace('https:', 'http:'),
    `${off}\n${url}`.replace('login.example.com', '{{ provider }}'),
    `${off}\n${url}`.replace('login.', 'login.{{ realm }}.'),
    `<IfDefine TEST>\n${off}\n</IfDefine>\n${url}`,
    `${off}\n${host('OIDCSSLValidateServer On', url)}`,
    // The site asks another one instead.
    `${url}\n${host(off, url.replace('login.example.com', 'localhost'))}`,
    `${host(off)}\n${host(url)}`,
    `OIDCOAuthSSLValidateServer Off\n${url}`,
    `OIDCSSLValidateServer \${VALIDATE}\n${url}`,
  ])
    assert.deepEqual(found(text), [], text);
});
