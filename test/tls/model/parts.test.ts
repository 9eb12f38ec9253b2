import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bySite, defaultSiteOf, siteById } from '../../../src/tls/model/parts.ts';
import { analyseText } from '../../support/analyse.ts';

/** Six sites, of which the second answers on port 443 and the first on port 80. */
const { model } = analyseText(
  [
    'events {}',
    'http {',
    'server { listen 80; server_name a.example; }',
    ...['b', 'c', 'd', 'e', 'f'].map((name) => `server { listen 443 ssl; server_name ${name}.example; }`),
    '}',
  ].join('\n'),
  { file: '/etc/nginx/nginx.conf', language: 'nginx' },
);
const ids = model.sites.map(({ id }) => id);
const nameOf = (id: string) => siteById(model, id)?.names[0]?.text;

test('a site is found by its id, in whatever order they are asked for', () => {
  const orders = [
    [0, 1, 2, 3, 4, 5],
    [5, 4, 3, 2, 1, 0],
    [0, 5, 0, 5, 2, 2],
    [1, 4, 1, 3, 5, 0],
  ];
  for (const order of orders) {
    const found = order.map((at) => nameOf(ids[at] ?? ''));
    assert.deepEqual(
      found,
      order.map((at) => `${'abcdef'[at]}.example`),
    );
  }
});

test('an id that no site has finds none, and the next one is found again', () => {
  assert.equal(siteById(model, '/elsewhere:1'), undefined);
  assert.equal(nameOf(ids[3] ?? ''), 'd.example');
});

test('what is said of sites is found by their ids, and nothing of the others', () => {
  const said = bySite(
    model,
    [{ site: ids[4] ?? '' }, { site: '/elsewhere:2' }, { site: ids[1] ?? '' }],
    ({ site }) => `of ${site}`,
  );
  assert.deepEqual(
    ids.map(said),
    ids.map((id, at) => (at === 1 || at === 4 ? `of ${id}` : undefined)),
  );
  assert.equal(said('/elsewhere:1'), undefined);
});

test('a listener has the site that answers for names which nobody has', () => {
  assert.equal(defaultSiteOf(model, '0.0.0.0:443')?.id, ids[1]);
  assert.equal(defaultSiteOf(model, '0.0.0.0:80')?.id, ids[0]);
  assert.equal(defaultSiteOf(model, '0.0.0.0:8080'), undefined);
});
