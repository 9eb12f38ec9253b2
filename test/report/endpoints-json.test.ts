import assert from 'node:assert/strict';
import { test } from 'node:test';
import { viewEndpoints } from '../../src/analysis/endpoints/endpoints.ts';
import { endpointRow } from '../../src/report/endpoints-json.ts';
import { analyseText, unseenFile } from '../support/analyse.ts';

const text = `events {}
http {
  server { listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key; ssl_ciphers AES128-SHA:ECDHE+AESGCM; }
}
`;

test('what is null is explained in "unknown"; a list whose members may be missing is given, and explained elsewhere', () => {
  const { model, project } = analyseText(text, { language: 'nginx' });
  const [view] = viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z'));
  assert.ok(view);
  const row = endpointRow(view, {
    server: model.server,
    documents: new Map([...project.files].map(([file, { document }]) => [file, document])),
    displayName: (file) => file,
    locate: (location) => location,
  });
  assert.ok((row['cipherSuites'] as readonly string[]).includes('AES128-SHA'));
  assert.match((row['atMost'] as Record<string, string>)['cipherSuites'] ?? '', /a\.crt/);
  for (const field of Object.keys(row['unknown'] as object)) assert.equal(row[field], null, field);
});
