import assert from 'node:assert/strict';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { apache } from '../../src/languages/apache/index.ts';
import { snippet } from '../languages/apache/project.ts';
import { freePort } from '../support/ports.ts';
import { type ApacheRoot, createApacheRoot, mainFileHead, startApache } from './apache-server.ts';
import { heardFile, startDirectory } from './rule-samples/directory.ts';

// What a real slapd hears, and whether its certificate, which nobody has signed, is enough for Apache.

let root: ApacheRoot;
let directory: Awaited<ReturnType<typeof startDirectory>> | undefined;

before(async () => {
  root = createApacheRoot();
  directory = await startDirectory(root.folder, { certificate: 'tls/site.crt', key: 'tls/site.key' });
});
after(async () => {
  await directory?.stop();
  root.remove();
});

const [base, off] = ['/dc=example,dc=com?cn', 'LDAPVerifyServerCert Off'];
const plain = `AuthLDAPURL ldap://ldap.example.com${base}`;
const secure = `AuthLDAPURL ldaps://ldap.example.com${base}`;
const asks = 'AuthType Basic\nAuthName x\nAuthBasicProvider ldap\nRequire valid-user';
const site = (...lines: readonly string[]) => `<Location />\n${lines.join('\n')}\n${asks}\n</Location>`;
const host = (...lines: readonly string[]) =>
  `<VirtualHost *:80>\nServerName example.com\n${lines.join('\n')}\n</VirtualHost>`;

const configurations: readonly string[] = [
  site(plain),
  site(`${plain} NONE`),
  site(`${plain} STARTTLS`),
  `${off}\n${site(`${plain} STARTTLS`)}`,
  `${off}\n${site(`${plain} SSL`)}`,
  site(secure),
  `${off}\n${site(secure)}`,
  `${off}\n${site(`${secure} NONE`)}`,
  `${off}\nLDAPVerifyServerCert On\n${site(secure)}`,
  `${site(plain)}\nLDAPTrustedMode STARTTLS`,
  `${off}\nLDAPTrustedMode SSL\n${site(plain)}`,
  `LDAPTrustedMode SSL\n${site(`${plain} NONE`)}`,
  `LDAPTrustedMode SSL\n${host('LDAPTrustedMode NONE', site(plain))}`,
  `LDAPTrustedMode STARTTLS\n${host(site(plain))}`,
  `${site(plain)}\n${host('LDAPTrustedMode STARTTLS')}`,
  `<AuthnProviderAlias ldap staff>\n${plain}\n</AuthnProviderAlias>\n${site().replace('Provider ldap', 'Provider staff')}`,
  site(plain).replace('Require valid-user', '<Limit GET>\nRequire valid-user\n</Limit>'),
  site(plain).replace('valid-user', 'all granted'),
  site(plain, 'Require all granted'),
  site(plain, '<RequireAll>', 'Require all granted', 'Require valid-user', '</RequireAll>').replace(
    /Require valid-user\n<.Loc/,
    '</Loc',
  ),
  `${site(plain)}\n<Directory />\nAuthLDAPRemoteUserIsDN on\n</Directory>`,
  `<Directory />\n${plain}\nRequire all granted\n</Directory>\n${site()}`,
  `<Directory />\n${plain}\n${asks}\n</Directory>\n<Location />\nRequire all granted\n</Location>`,
  `<Directory />\n${plain}\n${asks}\n</Directory>\n<Location />\n${secure}\n</Location>`,
  `<Directory />\n${plain}\n${asks}\nAuthUserFile /dev/null\n</Directory>\n<Location />\nAuthBasicProvider file\n</Location>`,
];

for (const text of configurations) {
  test(`Apache and slapd: ${text.replaceAll('\n', ' ')}`, { timeout: 30_000 }, async () => {
    const said = apache.check(snippet(`Listen 80\n${text}\n`, { complete: true })).map(({ rule }) => rule);
    const port = await freePort();
    const modules = 'mpm_event authz_core authn_core authz_user auth_basic dir mime ldap authnz_ldap authn_file';
    const head = `${mainFileHead(root.folder, modules)}\nListen 127.0.0.1:${port}\nDocumentRoot ${root.folder}/www`;
    const real = text.replaceAll('ldap.example.com', `127.0.0.1:${directory?.port}`).replaceAll('*:80', `*:${port}`);
    const file = join(root.folder, 'apache2.conf');
    writeFileSync(file, `${head}\n${real}\n`);
    const heard = join(root.folder, heardFile);
    truncateSync(heard);
    const { started, log, stop } = await startApache(file, root.folder);
    try {
      assert.ok(started, log);
      const status = await statusAt(port);
      const hears = readFileSync(heard);
      assert.equal(said.includes('ldap-plain'), hears.includes('secret'), log);
      // A handshake begins with 22, and what comes back has let somebody in.
      assert.equal(said.includes('ldap-unverified'), hears[0] === 22 && status === 200, log);
    } finally {
      await stop();
    }
  });
}

function statusAt(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, auth: 'somebody:secret', agent: false }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    }).on('error', reject);
  });
}
