import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const text = `events {}
http {
    map $arg_v $immutable { "" ""; default ", immutable"; }
    server {
        listen 443 ssl;
        server_name example.com;
        ssl_certificate a.crt;
        ssl_certificate_key a.key;
        root /srv/www;
        location /static/ {
            add_header Cache-Control "public$immutable";
            location /static/fonts/ {
                add_header Access-Control-Allow-Origin *;
            }
            location /static/images/ {
                expires 1d;
            }
        }
        location /plain/ {
            expires 1d;
        }
    }
}
`;

function rulesOf(text: string) {
  return analyseText(text, { language: 'nginx', file: '/work/nginx.conf' }).findings;
}

test('a header that is added to a site is added where its blocks would lose it, and nowhere else', () => {
  for (const [missing, lost] of [
    ['hsts-missing', 'hsts-lost'],
    ['content-type-sniffing', 'security-header-lost'],
  ] as const) {
    const fix = rulesOf(text).find(({ rule }) => rule === missing)?.fixes[0];
    assert.ok(fix);
    const after = applyEdits(text, fix.edits);
    const left = rulesOf(after).filter(({ rule }) => rule === missing || rule === lost);
    assert.deepEqual(
      left.map(({ message }) => message),
      [],
      after,
    );
    assert.equal(fix.edits.length, 3);
  }
});
