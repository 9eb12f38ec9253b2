import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyEdits } from '../../src/text/edit.ts';
import { analyseText } from '../support/analyse.ts';

/** The text after the safe fixes of one rule, or undefined where it has none. */
function mended(text: string, rule: string): string | undefined {
  const { findings } = analyseText(text, { language: 'nginx', file: '/work/site.conf', target: 'debian=13' });
  const fixes = findings.filter((finding) => finding.rule === rule).flatMap((finding) => finding.fixes);
  const safe = fixes.find((fix) => fix.safe);
  return safe && applyEdits(text, safe.edits);
}

const server = (...lines: readonly string[]) => ['server {', ...lines.map((line) => `    ${line}`), '}', ''].join('\n');

test('HTTP/2 moves from an address to its site, and what a template puts behind it stays', () => {
  const rule = 'http2-deprecated-parameter';
  for (const more of ['{% if first %} default_server{% endif %}', ' {{ $default }}', ' fastopen=3 reuseport']) {
    const text = server(
      `listen 443 ssl http2${more};`,
      `listen [::]:443 ssl http2${more};`,
      'server_name a.example.com;',
    );
    const expected = server(
      `listen 443 ssl${more};`,
      `listen [::]:443 ssl${more};`,
      'http2 on;',
      'server_name a.example.com;',
    );
    assert.equal(mended(text, rule), expected);
  }
  const choice = ['{% if plain %}', 'listen 443 ssl http2;', '{% else %}', 'listen 444 ssl;', '{% endif %}'];
  assert.equal(
    mended(server(...choice), rule),
    server(...choice.map((line) => line.replace(' http2;', ';\n    http2 on;'))),
  );
  const loop = [
    '{% for ip in addresses %}',
    'listen {{ ip }}:443 ssl http2;',
    '{% endfor %}',
    'server_name a.example.com;',
  ];
  assert.equal(mended(server(...loop), rule), server(...loop.map((line) => line.replace(' http2;', ';')), 'http2 on;'));
  const aligned = server('listen      8443   ssl   http2; # the office', 'server_name a.example.com;');
  const expected = server('listen      8443   ssl; # the office', 'http2 on;', 'server_name a.example.com;');
  assert.equal(mended(aligned, rule), expected);
});

test('lines and files that a tool owns are left to it', () => {
  const rule = 'http2-deprecated-parameter';
  const listen = 'listen 443 ssl http2;';
  assert.notEqual(mended(server(listen), rule), undefined);
  assert.equal(mended(server(`${listen} # managed by Certbot`), rule), undefined);
  const heads = ['This file is generated. Do not make changes to it.', 'CHANGES WILL BE LOST WHEN REBUILDING'];
  for (const head of heads) assert.equal(mended(`# ${head}\n${server(listen)}`, rule), undefined, head);
});

test('a directive without effect goes away with its line', () => {
  const text = server('listen 443 ssl;', 'http2_push_preload on; # for the old ones', '', 'server_name a.example.com;');
  const expected = server('listen 443 ssl;', '', 'server_name a.example.com;');
  assert.equal(mended(text, 'obsolete-directive')?.replace(/^ +$/gm, ''), expected.replace(/^ +$/gm, ''));
});

test('a word that OpenSSL does not know goes away with what is joined to it, which it skips too', () => {
  const list = (value: string) => server('listen 443 ssl;', `ssl_ciphers ${value};`);
  const rule = 'cipher-unknown';
  assert.equal(mended(list('EECDH+AESGCM:EECDH+QQQQ-draft:!MD5'), rule), list('EECDH+AESGCM:!MD5'));
  assert.equal(mended(list('EECDH+AESGCM:QQQQ-draft+RSA'), rule), list('EECDH+AESGCM'));
  assert.equal(mended(list('"EECDH+AESGCM QQQQ-draft RSA+AESGCM"'), rule), list('"EECDH+AESGCM RSA+AESGCM"'));
});

test('items that bring nothing but unwanted suites go away, and of the others the suites are forbidden', () => {
  const whole = (value: string) => `events {}\nhttp {\n${server('listen 443 ssl;', `ssl_ciphers ${value};`)}}\n`;
  const rule = 'dhe-without-parameters';
  const talk = 'EECDH+AESGCM:EDH+AESGCM:AES256+EECDH:AES256+EDH';
  assert.equal(mended(whole(talk), rule), whole('EECDH+AESGCM:AES256+EECDH'));
  assert.equal(mended(whole('DEFAULT'), rule), whole('DEFAULT:!kDHE'));
  assert.equal(mended(whole('HIGH:EDH:!aNULL'), rule), whole('HIGH:!aNULL:!kDHE'));
  // Blanks part items too; what is not parted by colons is left as it is.
  assert.equal(mended(whole('"EECDH+AESGCM EDH+AESGCM"'), rule), whole('"EECDH+AESGCM EDH+AESGCM:!kDHE"'));
});

test('a file that another one includes may get its DH parameters from there', () => {
  const rule = 'dhe-without-parameters';
  const list = 'ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES128-GCM-SHA256;';
  const site = server('listen 443 ssl;', 'server_name a.example.com;', list);
  assert.equal(mended(site, rule), undefined);
  assert.match(mended(`events {}\nhttp {\n${site}}\n`, rule) ?? '', /ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256;/);
  const { findings } = analyseText(site.replace('ECDHE-RSA-AES128-GCM-SHA256:', ''), {
    language: 'nginx',
    file: '/work/a.conf',
  });
  assert.deepEqual(
    findings.filter((finding) => finding.rule === rule).map(({ severity }) => severity),
    ['information'],
  );
});
