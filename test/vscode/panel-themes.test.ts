import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { weakTexts } from '../support/in-page.ts';
import { makeCertificates } from '../support/openssl-certificates.ts';
import { type Session, startSession, type themes } from './driver/session.ts';
import { eventually } from './driver/wait.ts';

let session: Session;
before(async () => {
  session = await startSession({
    viewport: { width: 1280, height: 2000 },
    prepare: (workspace) =>
      makeCertificates(join(workspace, 'certs'), [
        { name: 'example.com', subject: '/CN=example.com', names: 'DNS:example.com,DNS:www.example.com', days: 60 },
      ]),
  });
  await session.window.trees.openContainer('TLS');
  const panel = session.window.webview();
  await session.window.trees.click(
    'Certificates',
    'example.com +1',
    panel.locator('h1', { hasText: 'example.com.pem' }),
  );
  // It is drawn anew when the trust stores are there.
  await panel.locator('#section-trusted-by').waitFor();
});
after(() => session?.close());

const bodies: Readonly<Record<keyof typeof themes, string>> = {
  light: 'vscode-light',
  dark: 'vscode-dark',
  highContrast: 'vscode-high-contrast',
  highContrastLight: 'vscode-high-contrast-light',
};

for (const theme of ['light', 'dark', 'highContrast', 'highContrastLight'] satisfies (keyof typeof themes)[]) {
  test(`the panel can be read in the ${theme} theme`, async () => {
    await session.useTheme(theme);
    await session.window.webview().locator(`body.${bodies[theme]}`).waitFor();
    // The colours come some time after the name of the theme.
    await eventually(async () => {
      assert.deepEqual(await session.window.webview().locator('main').evaluate(weakTexts), []);
    });
    await session.window.screenshot(`panel-${theme}`);
  });
}
