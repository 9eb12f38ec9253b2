import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyBaseline, parseBaseline, renderBaseline } from '../../src/analysis/baseline.ts';
import { analyseText } from '../support/analyse.ts';

function reportOf(text: string) {
  const { findings, project } = analyseText(text, { file: '/etc/nginx/nginx.conf' });
  const documents = new Map([...project.files].map(([file, { document }]) => [file, document]));
  return { findings, documents, displayName: (file: string) => file };
}

const text = (more = '') => `events {}
http {
${more}  server {
    listen 443 ssl;
    server_name a.example.com;
    ssl_certificate a.pem;
    ssl_certificate_key "data:-----BEGIN PRIVATE KEY-----MC4CAQAwBQYDK2VwBCIEIAAA-----END PRIVATE KEY-----"; nosuch on;
    ssl_protocols TLSv1.1 TLSv1.2;
  }
}
`;

test('what a baseline lists is found again behind other lines, and anything else is new', () => {
  const baseline = parseBaseline('baseline.json', renderBaseline(reportOf(text())));
  assert.ok(baseline.some(({ rule }) => rule === 'unknown-directive'));
  assert.deepEqual(applyBaseline(reportOf(text()), baseline), []);
  const later = applyBaseline(reportOf(text('  other on;\n')), baseline);
  assert.deepEqual(
    later.map(({ rule, message }) => `${rule}: ${message.split('.')[0]}`),
    ['unknown-directive: Unknown directive "other"'],
  );
});

test('a key that stands in a line is in no baseline', () => {
  const rendered = renderBaseline(reportOf(text()));
  assert.match(rendered, /BEGIN PRIVATE KEY-----•+-----END/);
  assert.doesNotMatch(rendered, /MC4CAQ/);
});
