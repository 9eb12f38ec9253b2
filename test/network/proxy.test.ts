import assert from 'node:assert/strict';
import { test } from 'node:test';
import { proxyFor, withProxySettings } from '../../src/network/proxy.ts';

const ca = new URL('https://acme.example.com/directory');

test('the proxy comes from HTTPS_PROXY or ALL_PROXY, lower case first', () => {
  assert.equal(proxyFor(ca, {}), undefined);
  assert.equal(proxyFor(ca, { HTTPS_PROXY: 'http://one:3128' })?.host, 'one:3128');
  assert.equal(proxyFor(ca, { HTTPS_PROXY: 'http://one:3128', https_proxy: 'two:8080' })?.href, 'http://two:8080/');
  assert.equal(proxyFor(ca, { ALL_PROXY: 'https://user:secret@three' })?.username, 'user');
  assert.equal(proxyFor(ca, { HTTPS_PROXY: '' }), undefined);
  assert.equal(proxyFor(ca, { HTTP_PROXY: 'http://one' }), undefined);
  assert.throws(() => proxyFor(ca, { HTTPS_PROXY: 'socks5://one' }), /neither an http nor an https URL/);
});

const cases: readonly (readonly [noProxy: string, host: string, isExempt: boolean])[] = [
  ['*', 'acme.example.com', true],
  ['example.com', 'acme.example.com', true],
  ['.example.com', 'acme.example.com', true],
  ['*.Example.com', 'acme.example.com', true],
  ['example.com', 'acme.badexample.com', false],
  ['localhost, acme.example.com:443', 'acme.example.com', true],
  ['acme.example.com:8443', 'acme.example.com', false],
  ['acme.example.com:8443', 'acme.example.com:8443', true],
  ['127.0.0.1', '127.0.0.1:14000', true],
  ['10.0.0.0/8', '10.2.3.4', true],
  ['10.0.0.0/8', '11.2.3.4', false],
  ['10.0.0.0/99', '10.2.3.4', false],
  ['10.2.3.4/32', '10.2.3.4', true],
  ['10.2.3.4/32', '10.2.3.5', false],
  ['10.0.0.0/33', '10.2.3.4', false],
  ['10.0.0.0/', '10.2.3.4', false],
  ['0.0.0.0/0', 'acme.example.com', false],
  ['::/0', '10.2.3.4', false],
  ['2001:db8::7/128', '[2001:db8::7]', true],
  ['2001:db8::7/129', '[2001:db8::7]', false],
  ['::1', '[::1]:14000', true],
  ['[::1]:14000', '[::1]:14000', true],
  ['2001:db8::/32', '[2001:db8::7]', true],
  ['', 'acme.example.com', false],
];
for (const [noProxy, host, isExempt] of cases) {
  test(`NO_PROXY "${noProxy}" and ${host}`, () => {
    const proxy = proxyFor(new URL(`https://${host}/dir`), { HTTPS_PROXY: 'http://proxy:3128', NO_PROXY: noProxy });
    assert.equal(proxy === undefined, isExempt);
  });
}

test('the settings of an editor override the variables, and nothing else', () => {
  const env = { HTTPS_PROXY: 'http://variable:1', NO_PROXY: 'example.com', HOME: '/home/me' };
  assert.deepEqual(withProxySettings(env, {}), env);
  assert.deepEqual(withProxySettings(env, { proxySupport: 'off', proxy: 'http://setting:2' }), env);
  const set = withProxySettings(env, { proxySupport: 'override', proxy: 'http://setting:2', noProxy: ['*.test'] });
  assert.equal(proxyFor(ca, set)?.host, 'setting:2');
  assert.equal(proxyFor(new URL('https://a.test/'), set), undefined);
  assert.equal(set['HOME'], '/home/me');
  assert.equal(proxyFor(ca, withProxySettings(env, { proxy: 'http://setting:2' })), undefined);
  const proxyAuthorization = `Basic ${Buffer.from('me:p@ss:word').toString('base64')}`;
  const url = proxyFor(ca, withProxySettings({}, { proxy: 'setting:2', proxyAuthorization }));
  assert.equal(url?.href, 'http://me:p%40ss%3Aword@setting:2/');
});

test('of an authorization only the scheme Basic, in any case, becomes user and password', () => {
  const withAuthorization = (proxyAuthorization: string) =>
    proxyFor(ca, withProxySettings({}, { proxy: ' http://setting:2 ', proxyAuthorization }))?.href;
  assert.equal(withAuthorization(' basic bWU6eA== '), 'http://me:x@setting:2/');
  for (const other of ['Bearer bWU6eA==', 'Negotiate Basic bWU6eA==', 'Basic bWU6eA== realm', 'Basic'])
    assert.equal(withAuthorization(other), 'http://setting:2/');
});

test('a proxy of the settings that is no URL is told as one of the variables is', () => {
  const env = withProxySettings({}, { proxy: 'http://[', proxyAuthorization: 'Basic bWU6eA==' });
  assert.throws(() => proxyFor(ca, env), /neither an http nor an https URL/);
});
