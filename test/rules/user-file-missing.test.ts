import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyFile } from '../../src/certificates/configured-file.ts';
import { analyseText } from '../support/analyse.ts';

function missed(language: 'nginx' | 'apache', text: string, paths: 'here' | 'elsewhere' = 'here') {
  const { findings } = analyseText(text, {
    language,
    file: language === 'nginx' ? '/work/nginx.conf' : '/work/apache2.conf',
    paths,
    certificates: (file) => ({ ...emptyFile, file, state: { kind: 'missing' } }),
  });
  return findings.flatMap(({ rule, message }) => (rule === 'user-file-missing' ? [message] : []));
}

const nginx = (lines: string) => `events {}\nhttp {\n${lines}\n}\n`;
const apache = (lines: string) => `Listen 80\n<Location "/">\n${lines}\n</Location>\n`;

test('nginx looks for users where a realm is in force, or within', () => {
  for (const text of [
    'server { listen 80; auth_basic a; auth_basic_user_file users; }',
    'auth_basic a; server { listen 80; auth_basic_user_file users; }',
    'server { listen 80; auth_basic_user_file users; location / { auth_basic a; } }',
  ])
    assert.deepEqual(missed('nginx', nginx(text)), [
      'The password file /work/users does not exist, so no password is accepted: every login gets 403. Create it with htpasswd, or correct the path.',
    ]);
  for (const text of [
    'server { listen 80; auth_basic_user_file users; }',
    'server { listen 80; auth_basic off; auth_basic_user_file users; }',
    'server { listen 80; auth_basic a; auth_basic_user_file users/$host; }',
    'server { listen 80; auth_basic a; auth_basic_user_file {{ users }}; }',
  ])
    assert.deepEqual(missed('nginx', nginx(text)), [], text);
  assert.deepEqual(missed('nginx', nginx('auth_basic a; auth_basic_user_file users;'), 'elsewhere'), []);
});

test('Apache looks for users where the same section asks for them, and no other provider has them', () => {
  const basic = 'AuthType Basic\nAuthName a\nAuthUserFile /users';
  for (const text of [
    `${basic}\nRequire valid-user`,
    `${basic}\nAuthBasicProvider file ldap\nRequire user somebody`,
    'AuthType Digest\nAuthName a\nAuthUserFile /users\nRequire valid-user',
  ])
    assert.equal(missed('apache', apache(text)).length, 1, text);
  const [digest] = missed('apache', apache('AuthType Digest\nAuthName a\nAuthUserFile /users\nRequire valid-user'));
  assert.match(digest ?? '', /every login gets 500 \(AH01622\)\. Create it with htdigest/);
  for (const text of [
    `${basic}\nRequire all granted`,
    `<IfFile /users>\n${basic}\nRequire valid-user\n</IfFile>`,
    `${basic}\nAuthBasicProvider ldap\nRequire valid-user`,
    'AuthType None\nAuthUserFile /users\nRequire valid-user',
  ])
    assert.deepEqual(missed('apache', apache(text)), [], text);
});
