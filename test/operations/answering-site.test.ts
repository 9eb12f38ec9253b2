import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answeringSite, siteNamed } from '../../src/operations/answering-site.ts';
import { analyseText } from '../support/analyse.ts';

/** The index of the site that has the name. */
function answering(lists: readonly string[], name: string): number | 'unknown' {
  const text = `events {} http { ${lists.map((names) => `server { listen 80; server_name ${names}; }`).join(' ')} }`;
  const { sites } = analyseText(text, { language: 'nginx', file: '/etc/nginx/nginx.conf' }).model;
  const site = siteNamed('nginx', sites, name);
  return site === 'unknown' ? site : site === undefined ? -1 : sites.indexOf(site);
}

test('nginx takes an exact name, then the longest wildcard, then the first expression', () => {
  const lists = ['~^www\\.', 'www.*', '*.a.test', '*.www.a.test', 'www.a.test', '~test$'];
  assert.equal(answering(lists, 'www.a.test'), 4);
  assert.equal(answering(lists, 'x.www.a.test'), 3);
  assert.equal(answering(lists, 'one.a.test'), 2);
  assert.equal(answering(lists, 'www.b.test'), 1);
  assert.equal(answering(lists, 'b.test'), 5);
  assert.equal(answering(lists, 'b.example'), -1);
  assert.equal(answering(['~^(?P<sub>a)'], 'a.test'), 'unknown');
});

test('a name with a dot in front is ignored as a whole where a part of it is taken', () => {
  assert.equal(answering(['.a.test'], 'a.test'), 0);
  assert.equal(answering(['a.test', '.a.test'], 'www.a.test'), -1);
  assert.equal(answering(['*.a.test', '.a.test'], 'a.test'), -1);
  assert.equal(answering(['.a.test', '*.a.test'], 'www.a.test'), 0);
  assert.equal(answering(['*.a.test', '.a.test', 'a.test'], 'a.test'), -1);
});

test('a site that listens to other ports besides, and the default site of port 80, answer over plain HTTP', () => {
  const modelOf = (servers: string, file = '/etc/nginx/nginx.conf') =>
    analyseText(`events {} http { ${servers} }`, { language: 'nginx', file }).model;
  const both = modelOf(
    'server { listen 443 ssl; server_name b.test; } server { listen 80 default_server; } server { listen 80; listen 443 ssl; server_name a.test; }',
  );
  assert.equal(answeringSite([both], 'a.test'), both.sites[2]);
  assert.equal(answeringSite([both], 'b.test'), both.sites[1]);
  assert.equal(
    answeringSite([modelOf('server { listen 443 ssl; server_name a.test; }'), both], 'a.test'),
    both.sites[2],
  );
  const doubtful = modelOf('server { listen 80; server_name ~^(?P<sub>a); } server { listen 80; }');
  assert.equal(answeringSite([doubtful], 'a.test'), undefined);
});
