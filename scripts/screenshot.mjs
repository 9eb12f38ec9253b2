// Takes the README's picture from the real editor: docs/images/editor.png. Run `npm run package` and `npm run examples` first.
import { mkdirSync, writeFileSync } from 'node:fs';
import { palettePng } from './build/palette-png.mjs';
import { load } from './load.mjs';

const { startSession } = await load('test/vscode/driver/session.ts');
const session = await startSession({ copyOf: 'examples', theme: 'dark', viewport: { width: 1200, height: 760 } });
try {
  const { editor, problems, trees, page } = session.window;
  await editor.open('nginx/mistakes/sites-enabled/shop.example.com.conf');
  await editor.waitForSquiggles('error');
  await trees.openContainer('TLS');
  await problems.rows();
  await editor.goTo(9, 20);
  await editor.waitForSquiggles('warning');
  await page.locator('.activitybar .badge-content', { hasText: /^\d+$/ }).first().waitFor();
  await editor.lenses(/expired/);
  await page
    .locator('.monaco-editor.focused .codicon-light-bulb, .monaco-editor.focused [class*="lightbulb"]')
    .first()
    .waitFor();
  // Scroll bars fade away.
  await page.waitForTimeout(2_000);
  mkdirSync('docs/images', { recursive: true });
  writeFileSync('docs/images/editor.png', palettePng(await page.screenshot()));
} finally {
  await session.close();
}
