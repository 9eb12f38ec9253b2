// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of nginx may look so.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../../src/text/edit.ts';
import { checkText } from './project.ts';

const pair = 'ssl_certificate a.crt; ssl_certificate_key a.key;';
const secure = (line: string, listen = '443 ssl') =>
  `events {}\nhttp { server { listen ${listen}; ${pair} location / { ${line} } } }\n`;
const found = (text: string) => checkText(text).filter(({ rule }) => rule === 'forwarded-scheme-wrong');

test('plain HTTP, or a word that nobody looks for, is told of where clients use HTTPS', () => {
  for (const [line, fixed] of [
    ['proxy_set_header X-Forwarded-Proto http;', 'proxy_set_header X-Forwarded-Proto $scheme;'],
    ['proxy_set_header x-scheme "HTTP";', 'proxy_set_header x-scheme $scheme;'],
    ['grpc_set_header X-Forwarded-Proto http;', 'grpc_set_header X-Forwarded-Proto $scheme;'],
    ['proxy_set_header X-Forwarded-Proto $https;', 'proxy_set_header X-Forwarded-Proto $scheme;'],
    ['proxy_set_header X-Forwarded-Proto ${https};', 'proxy_set_header X-Forwarded-Proto $scheme;'],
    ['proxy_set_header X-Forwarded-Ssl "${scheme}";', 'proxy_set_header X-Forwarded-Ssl $https;'],
    ['proxy_set_header X-Forwarded-Proto $server_protocol;', 'proxy_set_header X-Forwarded-Proto $scheme;'],
    ['proxy_set_header X-Forwarded-Proto $HTTP_scheme;', 'proxy_set_header X-Forwarded-Proto $scheme;'],
    ['proxy_set_header X-Forwarded-Ssl off;', 'proxy_set_header X-Forwarded-Ssl $https;'],
    ['proxy_set_header X-Forwarded-Ssl $scheme;', 'proxy_set_header X-Forwarded-Ssl $https;'],
    ['fastcgi_param HTTPS off;', 'fastcgi_param HTTPS $https if_not_empty;'],
    ['uwsgi_param HTTPS off if_not_empty;', 'uwsgi_param HTTPS $https if_not_empty;'],
  ] as const) {
    const [report, ...others] = found(secure(line));
    assert.deepEqual(others, []);
    assert.ok(applyEdits(secure(line), report?.fixes?.[0]?.edits ?? []).includes(fixed), line);
    assert.equal(report?.related?.length, 1);
    assert.deepEqual(found(secure(fixed)), [], fixed);
    assert.deepEqual(found(secure(line, '80')), [], `${line} over plain HTTP`);
  }
});

test('a parameter that is "http" over plain HTTP is HTTPS to programs that ask whether it is empty', () => {
  for (const line of ['fastcgi_param HTTPS $scheme;', 'fastcgi_param HTTPS ${scheme};']) {
    for (const listen of ['80', '443 ssl']) assert.equal(found(secure(line, listen)).length, 1, listen);
  }
});

test('what a proxy in front may have it say, what is taken away, and what is not known is not judged', () => {
  for (const line of [
    'proxy_set_header X-Forwarded-Proto https;',
    'proxy_set_header X-Forwarded-Proto $http_x_forwarded_proto;',
    'proxy_set_header X-Forwarded-Proto "";',
    'proxy_set_header X-Forwarded-Proto {{ scheme }};',
    'proxy_set_header X-Forwarded-Protocol $https;',
    'proxy_set_header X-Forwarded-Port $server_port;',
    'proxy_set_header X-Backend http;',
    'proxy_set_header X-Forwarded-Ssl off; proxy_set_header X-Forwarded-Proto https;',
    'proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Forwarded-Ssl $scheme;',
    'fastcgi_param HTTPS on;',
    'fastcgi_param REQUEST_SCHEME $scheme;',
  ])
    for (const listen of ['80', '443 ssl']) assert.deepEqual(found(secure(line, listen)), [], line);
  assert.deepEqual(found('proxy_set_header X-Forwarded-Proto http;'), []);
  const doubtful = '{% if tls %}listen 443 ssl;{% endif %} proxy_set_header X-Forwarded-Proto http;';
  assert.deepEqual(found(`events {}\nhttp { server { ${doubtful} } }`), []);
});
