import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewEndpoints } from '../../../src/analysis/endpoints/endpoints.ts';
import { startErrorIn, withStartErrors } from '../../../src/analysis/endpoints/start-error.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

const server = (lines: string) =>
  `server { listen 443 ssl; ${lines} ssl_certificate a.crt; ssl_certificate_key a.key; }`;
const { model, findings } = analyseText(
  `events {} http { ${server('server_name a.example; ssl_ciphers FOO;')} ${server('server_name b.example; ssl_protocols TLSv1.1;')} }`,
  { language: 'nginx' },
);

test('what keeps the server from starting is found in the block that it stands in', () => {
  const [refused, other] = model.sites.map((site) => startErrorIn(site, findings)?.rule);
  assert.equal(refused, 'cipher-none');
  assert.equal(other, undefined);
});

test('a site that keeps the server from starting has no grade, and the message in its place', () => {
  const views = viewEndpoints(model, unseenFile, new Date('2026-10-01T00:00:00Z'));
  const [refused, other] = withStartErrors(views, findings).map(({ grade }) => grade);
  assert.match(String(refused), /^the server does not start: No cipher suite /);
  assert.equal(typeof other, 'object');
});

test('so it is where what keeps the server from starting is inherited, and not where a site has another value', () => {
  const http = `ssl_ciphers FOO; ${server('server_name a.example;')} ${server('server_name b.example; ssl_ciphers HIGH;')}`;
  const run = analyseText(`events {} http { ${http} }`, { language: 'nginx' });
  const [inherited, own] = run.model.sites.map((site) => startErrorIn(site, run.findings)?.rule);
  assert.deepEqual([inherited, own], ['cipher-none', undefined]);
});
