import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

const header = 'add_header X-XSS-Protection "1; mode=block" always;';
const text = (inLocation: string) => `events {}
http {
  map $arg_v $immutable { "" ""; default ", immutable"; }
  server {
    listen 443 ssl;
    ssl_certificate a.crt;
    ssl_certificate_key a.key;
    root /srv/www;
    add_header X-Frame-Options DENY;
    ${header} # the site's
    location /static/ {
      ${inLocation}
      ${header} # the location's
    }
  }
}
`;

/** What the fix of the finding at the location leaves. */
function mended(before: string): string {
  const { findings } = analyseText(before, { language: 'nginx', file: '/work/nginx.conf' });
  const [, fix] = findings.filter(({ rule }) => rule === 'xss-protection-obsolete').map(({ fixes }) => fixes[0]);
  assert.ok(fix?.safe, before);
  return applyEdits(before, fix.edits);
}

test('of headers that say the same the one that was found is taken out', () => {
  const after = mended(text('add_header Cache-Control public;'));
  assert.match(after, /X-XSS-Protection.*the site's/);
  assert.doesNotMatch(after, /X-XSS-Protection.*the location's/);
});

test('of several in one block each fix takes out its own, so that thousands of them stay small', () => {
  const pins = (names: readonly string[]) => names.map((name) => `add_header Public-Key-Pins ${name};\n`).join('');
  const server = (inner: string) =>
    `events {}\nhttp { server { listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key;\n${inner}} }\n`;
  const fixesOf = (inner: string) =>
    analyseText(server(inner), { language: 'nginx', file: '/work/nginx.conf' })
      .findings.filter(({ rule }) => rule === 'hpkp-obsolete')
      .map(({ fixes }) => fixes[0]?.edits ?? []);
  const [, second, ...others] = fixesOf(pins(['a', 'b', 'c']));
  assert.equal(others.length, 1);
  assert.equal(applyEdits(server(pins(['a', 'b', 'c'])), second ?? []), server(pins(['a', 'c'])));
  const many = Array.from({ length: 500 }, (_, index) => `k${index}`);
  assert.deepEqual(new Set(fixesOf(pins(many)).map(({ length }) => length)), new Set([1]));
  // The block would begin to inherit, once all fixes are applied.
  const inherited = (more: string) =>
    `add_header X-Frame-Options DENY;\nlocation / {\n${pins(['a', 'b'])}add_header ${more};\n}\n`;
  assert.deepEqual(fixesOf(inherited('Expect-CT max-age=5')), [[], []]);
  assert.deepEqual(
    fixesOf(inherited('X-Own a')).map(({ length }) => length),
    [1, 1],
  );
});

test('a header beside one whose value hangs on the request is taken out like any other', () => {
  assert.doesNotMatch(mended(text('add_header Cache-Control "public$immutable";')), /X-XSS-Protection.*the location's/);
});

test('a header of a section of Apache is taken out of that section', () => {
  const before = `<VirtualHost *:443>
    ServerName example.com
    SSLEngine on
    SSLCertificateFile /etc/ssl/example.com.crt
    SSLCertificateKeyFile /etc/ssl/example.com.key
    Header set X-XSS-Protection "1; mode=block"
    <Directory /srv/www>
        Header set X-XSS-Protection "1; mode=block"
        Header set X-Frame-Options DENY
    </Directory>
</VirtualHost>
`;
  const { findings } = analyseText(before, { language: 'apache', file: '/work/site.conf' });
  const [, inSection] = findings
    .filter(({ rule }) => rule === 'xss-protection-obsolete')
    .sort((a, b) => a.location.range.start - b.location.range.start);
  const [outside, inside] = applyEdits(before, inSection?.fixes[0]?.edits ?? []).split('<Directory');
  assert.match(outside ?? '', /X-XSS-Protection/);
  assert.doesNotMatch(inside ?? 'X-XSS-Protection', /X-XSS-Protection/);
});

test('of several directives that send HSTS over plain HTTP, or advertise HTTP/3, each fix takes out its own', () => {
  const file = '/work/nginx.conf';
  const fixesOf = (before: string, rule: string) =>
    analyseText(before, { language: 'nginx', file })
      .findings.filter((finding) => finding.rule === rule)
      .map(({ fixes }) => fixes.findLast(({ title }) => title.startsWith('Remove'))?.edits ?? []);
  const plain = (lines: string) =>
    `events {}\nhttp {\nadd_header X-Frame-Options DENY;\nserver { listen 80;\n${lines}return 301 https://$host$request_uri; }\n}\n`;
  const hsts = (age: number) => `add_header Strict-Transport-Security max-age=${age};\n`;
  const twice = plain(`add_header X-Own a;\n${hsts(1)}${hsts(2)}`);
  assert.deepEqual(
    fixesOf(twice, 'hsts-on-http').map((edits) => applyEdits(twice, edits)),
    [plain(`add_header X-Own a;\n${hsts(2)}`), plain(`add_header X-Own a;\n${hsts(1)}`)],
  );
  // Without this one and the obsolete one beside it the server would inherit.
  assert.deepEqual(fixesOf(plain(`${hsts(1)}add_header X-XSS-Protection 0;\n`), 'hsts-on-http'), [[]]);

  const secure = (lines: string) =>
    `events {}\nhttp { server { listen 443 ssl; ssl_certificate a.crt; ssl_certificate_key a.key;\n${lines}} }\n`;
  const [http2, http3] = ['h2', 'h3'].map((protocol) => `add_header Alt-Svc '${protocol}=":443"';\n`);
  const advertised = secure(`${http2}${http3}`);
  assert.deepEqual(
    fixesOf(advertised, 'http3-not-served').map((edits) => applyEdits(advertised, edits)),
    [secure(http2 ?? '')],
  );
});

test('X-XSS-Protection that switches the filter off is sent with reason', () => {
  const count = (text: string, language: 'nginx' | 'apache') =>
    analyseText(text, { language, file: '/work/site.conf' }).findings.filter(
      ({ rule }) => rule === 'xss-protection-obsolete',
    ).length;
  const server = (value: string) => `server {\nlisten 443 ssl;\nadd_header X-XSS-Protection "${value}";\n}\n`;
  assert.equal(count(server('1'), 'nginx'), 1);
  assert.equal(count(server('0'), 'nginx'), 0);
  assert.equal(
    count('<VirtualHost *:443>\nSSLEngine on\nHeader set X-XSS-Protection 0\n</VirtualHost>\n', 'apache'),
    0,
  );
});
