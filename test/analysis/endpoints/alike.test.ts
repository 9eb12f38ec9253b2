import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alike } from '../../../src/analysis/endpoints/alike.ts';
import { meetClients } from '../../../src/analysis/endpoints/endpoint-clients.ts';
import { viewEndpoints } from '../../../src/analysis/endpoints/endpoints.ts';
import { knownClients } from '../../../src/tls/clients/clients.ts';
import { analyseText, unseenFile } from '../../support/analyse.ts';

const text = `events {}
http {
  ssl_certificate a.crt;
  ssl_certificate_key a.key;
  server { listen 443 ssl; listen 8443 ssl; server_name a.test b.test; }
  server { listen 443 ssl; server_name c.test d.test; }
}
`;
const { model } = analyseText(text, { language: 'nginx', file: '/work/nginx.conf' });
const views = viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z'));
const namesOf = (found: ReturnType<typeof alike>) =>
  found.map((same) => `${same.map(({ endpoint: { name } }) => name).join(' ')} ${same[0].listener.port}`);

test('names of one server on one listener go together', () => {
  assert.deepEqual(namesOf(alike(views)).sort(), ['a.test b.test 443', 'a.test b.test 8443', 'c.test d.test 443']);
});

test('those with another grade do not, as where the certificate has not all of the names', () => {
  const graded = views.map((view) => (view.endpoint.name === 'b.test' ? { ...view, grade: 'no' } : view));
  assert.ok(namesOf(alike(graded)).includes('b.test 443'));
});

test('who sends no name meets the default server, by whichever of its names it is called', () => {
  const meet = meetClients(views, model, unseenFile);
  const isElsewhere = views.map((view) => {
    const meetings = meet(view, knownClients());
    assert.ok(typeof meetings !== 'string');
    return `${view.endpoint.name} ${view.listener.port} ${meetings.some(({ meetsDefault }) => meetsDefault)}`;
  });
  assert.deepEqual(isElsewhere.sort(), [
    'a.test 443 false',
    'a.test 8443 false',
    'b.test 443 false',
    'b.test 8443 false',
    'c.test 443 true',
    'd.test 443 true',
  ]);
});
