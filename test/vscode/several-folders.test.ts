import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

const plan = (name: string) => `issuers:
  local: { type: local, permitted: ["*.test"] }
certificates:
  ${name}:
    names: [${name}]
    issuer: local
    challenge: { type: http-01, webroot: public }
    output: { fullchain: tls/${name}.pem, key: tls/${name}.key }
`;

let session: Session;
before(async () => {
  session = await startSession({
    roots: ['first', 'second', 'a/site', 'b/site', 'c/conf'],
    files: {
      'second/tls-workbench.yaml': plan('shop.test'),
      'first/notes.txt': 'none\n',
      'a/site/nginx.conf':
        'events {}\nhttp {\n  include ../../b/site/tls.conf;\n  server { listen 443 ssl; server_nam a.test; }\n}\n',
      'a/site/.vscode/settings.json': JSON.stringify({
        'tlsWorkbench.target': { debian: '11' },
        'tlsWorkbench.map': { '/etc/keys': 'keys' },
      }),
      'a/site/keys/parameters.pem': 'none\n',
      'c/tls-workbench.yaml': 'lint: { target: { debian: 10 } }\n',
      'c/conf/edge.conf':
        'server {\n  listen 443 ssl;\n  server_name c.test;\n  ssl_protocols TLSv1.2;\n  ssl_certificate c.pem;\n}\n',
      'b/site/tls.conf': 'ssl_protocols TLSv1.2;\nssl_dhparam /etc/keys/parameters.pem;\n',
    },
    prepare: (workspace) => {
      mkdirSync(join(workspace, 'second/public'));
      const shop = {
        name: 'shop',
        subject: '/CN=shop.example',
        names: 'DNS:shop.example,DNS:www.shop.example',
        days: 60,
      };
      for (const folder of ['a/site', 'b/site']) makeCertificates(join(workspace, folder), [shop]);
    },
  });
});
after(() => session?.close());

test('the plan that is opened is that of the folder that has one, and of several the chosen one', async () => {
  const { quickInput, trees, page } = session.window;
  const planned = (folder: string) => page.locator(`.monaco-editor[data-uri$="/${folder}/tls-workbench.yaml"]`);
  await trees.openContainer('TLS');
  await trees.row('Issuance', 'shop.test');
  await quickInput.runCommand('TLS: Open Plan File');
  await planned('second').waitFor();

  await quickInput.runCommand('View: Close All Editors');
  session.write('first/tls-workbench.yaml', plan('blog.test'));
  await trees.row('Issuance', 'blog.test');
  await quickInput.runCommand('TLS: Open Plan File');
  await quickInput.waitForTitle('Open plan file');
  await quickInput.pick('first/tls-workbench.yaml');
  await planned('first').waitFor();
});

test('folders of one name are told apart, and what is read out has every name of a certificate', async () => {
  const { trees } = session.window;
  await eventually(async () => {
    const rows = await trees.rows('Certificates');
    const found = rows.filter((row) => row.startsWith('shop.example and 1 more name, '));
    assert.deepEqual(found.map((row) => row.split(', ').at(-1)).sort(), ['a/site/shop.pem', 'b/site/shop.pem']);
  });
});

test('a file is judged by the settings of the folder whose server includes it', async () => {
  const { editor, problems } = session.window;
  await editor.open('tls.conf');
  await problems.waitFor('server_nam');
  await problems.waitFor('nginx 1.18.0 (Debian 11) supports it');
});

test('and its paths lead where they lie for that server', async () => {
  const { editor, page } = session.window;
  await editor.open('tls.conf');
  await editor.goTo(2, 14);
  await editor.pressUntil('F12', page.locator('.monaco-editor.focused[data-uri$="/a/site/keys/parameters.pem"]'));
  await editor.open('tls.conf');
  await editor.goTo(2, 24);
  await editor.complete('parameters.pem');
  await editor.press('Escape');
});

test('so it is by those of a plan above its folder, as on the command line', async () => {
  const { editor, problems } = session.window;
  await editor.open('edge.conf');
  await problems.waitFor('nginx 1.14.2 (Debian 10) supports it');
  session.write('c/tls-workbench.yaml', 'lint: { target: { debian: 12 } }\n');
  await problems.waitFor('nginx 1.22.1 (Debian 12) supports it');
});
