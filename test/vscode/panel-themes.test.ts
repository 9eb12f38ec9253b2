import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { weakTexts } from '../support/in-page.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { startSession, type themes } from './driver/session.ts';

for (const theme of ['light', 'dark', 'highContrast'] satisfies (keyof typeof themes)[]) {
  test(`the panel can be read in the ${theme} theme`, async () => {
    const session = await startSession({ theme, viewport: { width: 1280, height: 2000 } });
    try {
      makeCertificates(join(session.workspace, 'certs'), [
        { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com,DNS:www.example.com', days: 60 },
      ]);
      const { trees } = session.window;
      await trees.openContainer('TLS');
      await trees.click('Certificates', 'example.com +1');
      const panel = session.window.webview();
      await panel.locator('h1', { hasText: 'example.com.pem' }).waitFor();
      await session.window.page.waitForTimeout(300);
      await session.window.screenshot(`panel-${theme}`);
      const weak = await panel.locator('main').evaluate(weakTexts);
      assert.deepEqual(weak, []);
    } finally {
      await session.close();
    }
  });
}
