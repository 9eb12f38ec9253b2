import assert from 'node:assert/strict';
import { test } from 'node:test';
import { analyseText } from '../support/analyse.ts';

/** Names that are told to be stranded, where this answers plain HTTP of wiki.example.com and api.example.com. */
function stranded(answer: string, names = 'wiki.example.com api.example.com'): readonly string[] {
  const { findings } = analyseText(
    `events {}
http {
    server { listen 80; server_name ${names}; ${answer} }
    server {
        listen 443 ssl;
        server_name example.com;
        ssl_certificate a.crt;
        ssl_certificate_key a.key;
        root /srv/www;
        add_header Strict-Transport-Security "max-age=63072000; includeSubDomains" always;
    }
}
`,
    { language: 'nginx', file: '/work/nginx.conf' },
  );
  return findings.flatMap(({ rule, related }) =>
    rule === 'hsts-subdomain-plain' ? related.map(({ message }) => message) : [],
  );
}

test('a subdomain that is sent to HTTPS under its own name has that somewhere', () => {
  assert.deepEqual(stranded('return 301 https://$host$request_uri;'), []);
  assert.deepEqual(stranded('return 301 https://wiki.example.com/;'), []);
  assert.deepEqual(stranded('return 301 https://www.example.org/;'), ['wiki.example.com has no HTTPS here']);
  assert.deepEqual(stranded('root /srv/www;'), ['wiki.example.com has no HTTPS here']);
});

test('a wildcard is for names that nobody knows, with the domain itself or without it', () => {
  for (const names of ['.example.com', '*.example.com', 'example.com .example.com'])
    for (const answer of ['return 301 https://example.com$request_uri;', 'root /srv/www;'])
      assert.deepEqual(stranded(answer, names), [], names);
});
