import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { packExtension } from './driver/pack-extension.ts';
import { type Session, startSession } from './driver/session.ts';

/** What common extensions call files: one gives all that end with `.conf` to nginx, others have ids of their own. */
const languages = [
  { id: 'nginx', aliases: ['NGINX Conf', 'nginx'], extensions: ['.conf', '.nginx'] },
  { id: 'NGINX', aliases: ['Other NGINX'], extensions: ['.site'] },
  { id: 'jinja', aliases: ['Jinja'], extensions: ['.j2'] },
];

const server = (protocols: string) => `server {
    listen 443 ssl;
    server_name shop.example.com;
    ssl_protocols ${protocols};
    proxy_pass_header Server;
}
`;

let session: Session;
before(async () => {
  const manifest = { displayName: 'Names', description: 'Languages of the tests.', contributes: { languages } };
  session = await startSession({
    otherExtensions: [await packExtension('names', manifest, {})],
    files: {
      'shop.site': server('TLSv1.2'),
      'shop.conf': server('TLSv1.2'),
      'templates/blog.conf.j2': server('{{ protocols }} TLSv1.4'),
      'templates/vhost.conf.erb':
        '<VirtualHost *:<%= @port %>>\n  ServerName <%= @name %>\n  SSLEngin on\n</VirtualHost>\n',
      'cache.conf': 'bind 127.0.0.1\nport 6379\ntimeout 0\nsave 900 1\nmaxmemory-policy noeviction\n',
      'vhost.conf': '<VirtualHost *:443>\n  ServerName a.example\n  SSLEngine on\n  SSLProtocol all\n</VirtualHost>\n',
    },
  });
});
after(() => session?.close());

test('a language of another extension wakes this one, and its files are read', async () => {
  const { editor } = session.window;
  await editor.open('shop.site');
  await editor.waitForLanguage('Other NGINX');
  await editor.waitForSquiggles('warning');
  await editor.waitForLanguage('Other NGINX');
});

test('where all that ends with .conf goes by the name of one server, its text says whose it is', async () => {
  const { editor, page } = session.window;
  await editor.open('shop.conf');
  await editor.waitForSquiggles('warning');
  await editor.open('vhost.conf');
  await editor.waitForLanguage('Apache Conf');
  await editor.waitForSquiggles('info');
  assert.equal(await editor.countSquiggles('error'), 0);
  await editor.open('cache.conf');
  await page.waitForTimeout(2_000);
  assert.equal(await editor.countSquiggles('error'), 0);
});

test('a template that goes by the name of its template language is recognised', async () => {
  const { editor } = session.window;
  await editor.open('blog.conf.j2');
  await editor.waitForLanguage('nginx');
  await editor.waitForSquiggles('info');
});

test('a template of ERB is recognised, which VS Code takes for Ruby', async () => {
  const { editor } = session.window;
  await editor.open('vhost.conf.erb');
  await editor.waitForLanguage('Apache Conf');
  await editor.waitForSquiggles('error');
});
