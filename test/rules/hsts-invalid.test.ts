import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

function findings(headers: string) {
  const site = `server {\nlisten 443 ssl;\nserver_name example.com;\nssl_certificate a;\nssl_certificate_key b;\n${headers}\nroot /srv;\n}`;
  const all = analyseText(`events {}\nhttp {\n${site}\n}\n`, { language: 'nginx', file: '/work/nginx.conf' }).findings;
  return all.filter(({ rule }) => rule === 'hsts-invalid');
}

const short = 'add_header Strict-Transport-Security "max-age=63072000" always;';
const long = 'add_header strict-transport-security "max-age=63072000; includeSubDomains" always;';

test('a header behind another one of its name is ignored', () => {
  const [finding, ...others] = findings(`${short}\n${long}`);
  assert.deepEqual(others, []);
  assert.match(finding?.message ?? '', /another one before it, and the first counts/);
  assert.deepEqual([finding?.severity, finding?.related.length], ['information', 1]);
});

test('it is not where the first one is missing in some answers, or stands elsewhere', () => {
  assert.deepEqual(findings(`${short.replace(' always', '')}\n${long}`), []);
  assert.deepEqual(findings(`${short}\nlocation /a {\n${long}\n}`), []);
  assert.equal(findings(`${short}\n${long.replace(' always', '')}`).length, 1);
});
