import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apache } from '../../../src/languages/apache/index.ts';
import { applyEdits } from '../../../src/text/edit.ts';
import { projectOf, snippet } from './project.ts';

const reports = (text: string) =>
  apache.check(snippet(text, { complete: true })).filter(({ rule }) => rule === 'require-any-open');
const around = (inside: string, more = '') => `Listen 80\n${more}\n<Location "/staff">\n${inside}\n</Location>\n`;
const found = (inside: string, more = '') => reports(around(inside, more)).length;
const login = 'AuthType Basic\nAuthName x\nAuthUserFile /etc/users';

// A real Apache 2.4.71 asked nobody for a password over HTTPS, or at all.
test('of several lines one is enough, which everybody fulfils', () => {
  for (const inside of [
    `${login}\nRequire valid-user\nRequire ssl`,
    `${login}\nRequire all granted\nRequire user alice`,
    'Require all granted\nRequire ssl-verify-client',
    "Require ssl\nRequire expr %{SSL_CLIENT_S_DN_CN} == 'alice'",
    `${login}\n<RequireAny>\nRequire ssl\nRequire group staff\n</RequireAny>`,
  ])
    assert.equal(found(inside), 1, inside);
  assert.equal(found(`${login}\nRequire valid-user${'\nRequire all granted'.repeat(3)}`), 1, 'once for a section');
  const [report] = reports(around(`${login}\nRequire ssl\nRequire valid-user`));
  assert.match(report?.message ?? '', /^Nobody needs a password here over HTTPS: /);
  const [certificate] = reports(around('Require all granted\nRequire ssl-verify-client'));
  assert.match(certificate?.message ?? '', /^Nobody needs a certificate here: /);
});

test('where both are asked for, or one is meant to be enough, nothing is said', () => {
  for (const inside of [
    `${login}\nSSLRequireSSL\nRequire valid-user`,
    `${login}\n<RequireAll>\nRequire ssl\nRequire valid-user\n</RequireAll>`,
    `${login}\n<RequireAll>\n<RequireAny>\nRequire ssl\nRequire valid-user\n</RequireAny>\nRequire ip 10.0.0.1\n</RequireAll>`,
    `${login}\n<Limit POST>\nRequire valid-user\n</Limit>\nRequire all granted`,
    `${login}\nRequire all granted\nRequire valid-user\nSatisfy All\nDeny from all`,
    `${login}\nAuthMerging And\nRequire all granted\nRequire valid-user`,
    'AuthType openid-connect\nRequire all granted\nRequire valid-user',
    'SSLVerifyClient require\nRequire all granted\nRequire ssl-verify-client',
    'Require ssl\nRequire local',
    "Require ssl\nRequire expr %{HTTP_HOST} == 'a.example'",
    'Require ssl-verify-client\nRequire valid-user',
    'Require all denied\nRequire valid-user',
  ])
    assert.equal(found(inside), 0, inside);
  // What <If> says is merged last: 401.
  const later = `<If "true">\n${login}\nRequire valid-user\n</If>\n`;
  assert.equal(reports(`${later}${around(`${login}\nRequire all granted\nRequire valid-user`)}`).length, 0);
  const open = `<Location "/">\n${login}\nRequire all granted\nRequire valid-user\n</Location>\n`;
  assert.equal(reports(`${open}<Location "/">\nRequire valid-user\n</Location>\n`).length, 0);
  const folder = `<Directory /srv/a>\nAllowOverride All\n${login}\nRequire all granted\nRequire valid-user\n</Directory>\n`;
  const files = { '/apache2.conf': folder, '/srv/a/.htaccess': 'Require valid-user\n' };
  assert.ok(apache.check(projectOf(files, { complete: true })).every(({ rule }) => rule !== 'require-any-open'));
  assert.ok(apache.folderFiles?.(snippet(folder, { complete: true })).includes('/srv/a/.htaccess'), 'is looked for');
  const [alone] = apache.check(snippet(open)).filter(({ rule }) => rule === 'require-any-open');
  assert.equal(alone?.severity, 'information');
});

test('its fix asks for both', () => {
  const fixed = (inside: string) => {
    const text = around(inside);
    return applyEdits(text, reports(text)[0]?.fixes?.[0]?.edits ?? []);
  };
  const both = `${login}\nRequire ssl\nRequire valid-user`;
  assert.equal(fixed(both), around(both.replace('Require ssl', 'SSLRequireSSL')));
  const granted = `${login}\nRequire valid-user\nRequire all granted`;
  assert.equal(fixed(granted), around(`${login}\nRequire valid-user`));
});
