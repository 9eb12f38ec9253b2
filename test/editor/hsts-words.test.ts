import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hstsHeader, hstsOrigin, viewEndpoints } from '../../src/analysis/endpoints/endpoints.ts';
import { hstsText } from '../../src/editor/configurations/effective/hsts-words.ts';
import { knownValue } from '../../src/tls/model/setting.ts';
import { analyseText, unseenFile } from '../support/analyse.ts';

/** What is said of a server of nginx with these lines. */
function said(lines: string): string {
  const text = `events {}\nhttp {\n  server {\n    listen 443 ssl;\n    ${lines}\n  }\n}\n`;
  const { model } = analyseText(text, { file: '/etc/nginx/nginx.conf' });
  const [view] = viewEndpoints(model, unseenFile, new Date('2026-11-25T00:00:00Z'));
  assert.ok(view);
  return hstsText(
    knownValue({ value: view.hsts, origin: hstsOrigin(view) }) ?? null,
    hstsHeader(view),
    hstsOrigin(view),
  );
}

const header = 'add_header Strict-Transport-Security';

test('a header that is there and of no use is not said to be missing', () => {
  assert.equal(said(`${header} "includeSubDomains" always;`), 'ignored by browsers');
  assert.equal(said(`${header} "max-age=63072000"; return 404;`), 'not sent with this answer');
});

test('where there is none, other headers are told from none at all', () => {
  assert.equal(said('add_header X-Frame-Options DENY;'), 'not among the headers');
  assert.equal(said(''), 'not sent');
});

test('an age that is long is told in words as well', () => {
  assert.equal(
    said(`${header} "max-age=63072000; includeSubDomains; preload";`),
    '63072000 seconds (2 years), with subdomains, preload',
  );
  assert.equal(said(`${header} "max-age=0" always;`), '0 seconds');
});
