import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkText } from './project.ts';

test('what OpenSSL refuses for servers behind stops nginx where a connection uses it', () => {
  const to = (address: string) => (line: string) =>
    checkText(`events {}\nhttp { server { ${line} location / { proxy_pass ${address}; } } }\n`).map(({ rule }) => rule);
  const [secure, plain] = [to('https://a.test'), to('http://a.test')];
  assert.deepEqual(secure('proxy_ssl_ciphers FOO;'), ['invalid-value']);
  assert.deepEqual(secure('proxy_ssl_conf_command Options Foo;'), ['invalid-value']);
  assert.deepEqual(secure('proxy_ssl_ciphers HIGH; proxy_ssl_conf_command Options -SessionTicket;'), []);
  assert.deepEqual(plain('proxy_ssl_ciphers FOO; proxy_ssl_conf_command Options Foo;'), []);
});
