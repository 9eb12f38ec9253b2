import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Session, startSession } from './driver/session.ts';

const base = `INSTALLED_APPS = ["django.contrib.sessions"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
]
SESSION_COOKIE_SECURE = False
`;
const production = `from .base import *

DEBUG = False
SECURE_SSL_REDIRECT = True
CSRF_TRUSTED_ORIGINS = ["shop.example.com"]

ALLOWED_HOSTS = ["shop.example.com"]
`;
const nginx = `events {}
http {
    server {
        listen 443 ssl;
        server_name shop.example.com;
        ssl_certificate /etc/ssl/shop.crt;
        ssl_certificate_key /etc/ssl/shop.key;
        location / {
            proxy_pass http://127.0.0.1:8000;
            proxy_set_header Host $host;
        }
    }
}
`;
const models = `from django.db import models


class Shop(models.Model):
    session_cookie_secure = False
`;

let session: Session;
before(async () => {
  session = await startSession({
    files: {
      'shop/settings/base.py': base,
      'shop/settings/production.py': production,
      'shop/settings/development.py': 'from .base import *\n\nDEBUG = True\n',
      'shop/models.py': models,
      'talk/settings.py': '',
      'slide/settings.py': 'import os\n\nCSRF_COOKIE_SECURE = os.getenv(‘SECURE_COOKIES’) == ‘yes’\n',
      'deploy/nginx.conf': nginx,
    },
  });
});
after(() => session?.close());

test('settings of production show what is wrong with them, and a fix mends it', async () => {
  const { editor, page, problems } = session.window;
  await editor.open('shop/settings/production.py');
  await editor.waitForSquiggles('error');
  await problems.waitFor('is a host, not an origin');
  await problems.close();
  await editor.goTo(5, 26);
  const mended = page.locator('.view-line', { hasText: "'https://shop.example.com'" });
  await editor.applyQuickFix("Change to 'https://shop.example.com'", mended);
});

test('a server of the workspace that ends TLS and does not say so is told of where the redirect is switched on', async () => {
  const { editor, problems } = session.window;
  await editor.open('shop/settings/production.py');
  await problems.waitFor('without end');
  await problems.close();
});

test('what the settings take over is followed when another program changes it', async () => {
  const { editor, problems } = session.window;
  await editor.open('shop/settings/production.py');
  await problems.waitFor('SESSION_COOKIE_SECURE is off');
  session.write('shop/settings/base.py', base.replace('False', 'True'));
  await problems.waitForNone('SESSION_COOKIE_SECURE is off');
  session.write('shop/settings/base.py', base);
  await problems.waitFor('SESSION_COOKIE_SECURE is off');
  await problems.close();
});

test('a part is judged as the settings that take it over', async () => {
  const { editor, page, problems } = session.window;
  await editor.open('shop/settings/base.py');
  await editor.waitForSquiggles('warning');
  await problems.waitFor('SESSION_COOKIE_SECURE is off');
  await problems.close();
  await editor.goTo(6, 1);
  const mended = page.locator('.view-line', { hasText: 'SESSION_COOKIE_SECURE = True' });
  await editor.applyQuickFix('Set SESSION_COOKIE_SECURE to True', mended);
});

test('what a slide shows is proposed in an empty file, and told of where it was copied from one', async () => {
  const { editor, page, problems } = session.window;
  await editor.open('talk/settings.py');
  await editor.type('CSRF_COOKIE_SEC');
  await editor.complete('CSRF_COOKIE_SECURE');
  await editor.open('slide/settings.py');
  await problems.waitFor('Python does not accept ‘');
  await problems.close();
  await editor.goTo(3, 32);
  const mended = page.locator('.view-line', { hasText: "os.getenv('SECURE_COOKIES') == 'yes'" });
  await editor.applyQuickFix('Write straight quotes, plain spaces and the like', mended);
});

test('names are proposed, and a hover says what a setting does', async () => {
  const { editor } = session.window;
  await editor.open('shop/settings/production.py');
  await editor.goTo(6, 1);
  await editor.type('SECURE_PRO');
  await editor.complete('SECURE_PROXY_SSL_HEADER');
  await editor.goTo(4, 3);
  // The finding of this line shows at once, and what the setting does when Python's grammar is there.
  assert.match(await editor.hover('answers requests over plain HTTP by a redirect'), /SECURE_SSL_REDIRECT/);
});

test('nothing is said of settings for development, nor of other programs', async () => {
  const { editor, problems } = session.window;
  for (const file of ['shop/settings/development.py', 'shop/models.py']) {
    await editor.open(file);
    const rows = await problems.rows();
    assert.deepEqual(
      rows.filter((row) => row.includes(file.slice(file.lastIndexOf('/') + 1))),
      [],
    );
  }
});
