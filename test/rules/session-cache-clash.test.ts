import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

/** What is wrong with the caches of an http and a stream server. */
function found(ofHttp: string, ofStream: string): readonly string[] {
  const server = 'ssl_certificate /a.crt; ssl_certificate_key /a.key;';
  const text = `events {}
http { ssl_session_cache ${ofHttp}; server { listen 443 ssl; server_name a.example; ${server} } }
stream { ssl_session_cache ${ofStream}; server { listen 993 ssl; proxy_pass 127.0.0.1:143; ${server} } }
`;
  const { findings } = analyseText(text, { language: 'nginx' });
  return findings.map(({ rule }) => rule).filter((rule) => /clash|conflict/.test(rule));
}

test('a cache that http and stream name alike has no size that would help', () => {
  assert.deepEqual(found('shared:a:10m', 'shared:a:5m'), ['directive-conflict']);
  assert.deepEqual(found('shared:a:10m', 'shared:a:10m'), ['directive-conflict']);
  assert.deepEqual(found('shared:a:10m', 'shared:b:5m'), []);
});
