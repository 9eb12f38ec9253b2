import assert from 'node:assert/strict';
import { test } from 'node:test';
import { furtherNames as apacheFurther } from '../../src/languages/apache/data/further-summaries.ts';
import { summaries as apacheSummaries } from '../../src/languages/apache/data/summaries.ts';
import { directiveFacts } from '../../src/languages/apache/directives/facts.ts';
import { directiveRows } from '../../src/languages/nginx/data/directives.ts';
import { furtherNames as nginxFurther } from '../../src/languages/nginx/data/further-summaries.ts';
import { summaries, upstreamSummaries } from '../../src/languages/nginx/data/summaries.ts';
import { factsOf } from '../../src/languages/nginx/facts/directives.ts';

test('each summary is that of a directive', () => {
  const names = [...Object.keys(summaries), ...Object.keys(upstreamSummaries).map((name) => `proxy_ssl_${name}`)];
  assert.deepEqual(
    names.filter((name) => factsOf(name).length === 0),
    [],
  );
  assert.deepEqual(
    Object.keys(apacheSummaries).filter((name) => !directiveFacts().has(name)),
    [],
  );
});

test('each further summary is that of a directive, told once', () => {
  const { names, backends } = nginxFurther();
  assert.deepEqual(
    names.filter((name) => factsOf(name).length === 0 || summaries[name] !== undefined),
    [],
  );
  const prefixes = ['proxy', 'fastcgi', 'uwsgi', 'scgi', 'grpc', 'memcached', 'tunnel'];
  assert.deepEqual(
    backends.filter((name) => prefixes.every((prefix) => factsOf(`${prefix}_${name}`).length === 0)),
    [],
  );
  const apache = apacheFurther();
  assert.deepEqual(
    apache.filter((name) => !directiveFacts().has(name) || apacheSummaries[name] !== undefined),
    [],
  );
  for (const list of [names, backends, apache]) assert.equal(new Set(list).size, list.length);
});

test('each directive about TLS has one', () => {
  const apache = [...directiveFacts().values()].filter(({ modules }) => modules[0] === 'mod_ssl');
  const nginx = [...directiveRows.matchAll(/^(ssl_\w+)\thttp_ssl\t/gm)].map(([, name = '']) => name);
  assert.ok(nginx.length > 30);
  assert.deepEqual(
    nginx.filter((name) => summaries[name] === undefined),
    [],
  );
  const lacking = apache.map(({ name }) => name).filter((name) => apacheSummaries[name.toLowerCase()] === undefined);
  assert.deepEqual(lacking, []);
});
