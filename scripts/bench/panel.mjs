import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { load } from '../load.mjs';
import { row } from './measure.mjs';

const rounds = 9;

/** From the command to the heading in the panel, against an empty panel of another extension in the same window. */
export async function benchPanel() {
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-bench-'));
  const { startSession } = await load('test/vscode/driver/session.ts');
  const session = await startSession({ copyOf: 'examples', otherExtensions: [await packEmptyPanel(folder)] });
  try {
    const times = { ours: [], empty: [] };
    await session.window.editor.open('certificates/example.com.fullchain.pem');
    const open = await watchHeadings(session.window);
    for (let round = -2; round < rounds; round++) {
      const [empty, ours] = [await open('Bench: Empty Panel'), await open('TLS: Inspect Certificate')];
      if (round < 0) continue;
      times.ours.push(ours);
      times.empty.push(empty);
    }
    const [ours, empty] = [middle(times.ours), middle(times.empty)];
    return [
      row('opening the panel', ours, { than: 'empty panel', theirs: empty, bound: 1.3 }),
      row('opening the panel, our own share: milliseconds', Math.max(0, ours - empty), { bound: 30 }),
    ];
  } finally {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function middle(times) {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];
}

/** Every frame that comes tells when its first heading stands. Returns `open(command)`: milliseconds from Enter to heading. */
async function watchHeadings({ page, quickInput }) {
  let shown = () => {};
  await page.exposeBinding('benchHeadingShown', (_, time) => shown(time));
  await page.addInitScript(() => {
    if (window === window.top) return;
    const watch = () => {
      const observer = new MutationObserver(look);
      observer.observe(document, { childList: true, subtree: true, characterData: true });
      let told = false;
      look();
      function look() {
        if (told || !document.querySelector('h1')?.textContent) return;
        told = true;
        observer.disconnect();
        window.benchHeadingShown(performance.timeOrigin + performance.now());
      }
    };
    // The frame's document is written anew after this has run, which ends whatever observes it.
    document.write = (...text) => {
      Document.prototype.write.apply(document, text);
      watch();
    };
  });
  return async (command) => {
    const heading = new Promise((done) => {
      shown = done;
    });
    await page.keyboard.press('F1');
    await page.locator('.quick-input-box input').fill(`>${command}`);
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: command.split(': ')[1] }).waitFor();
    const start = performance.timeOrigin + performance.now();
    await page.keyboard.press('Enter');
    const time = await Promise.race([
      heading,
      new Promise((_, fail) => setTimeout(fail, 20_000, new Error(`${command} showed no heading.`))),
    ]);
    await quickInput.runCommand('View: Close Editor');
    await page.locator('iframe.webview').waitFor({ state: 'detached' });
    return time - start;
  };
}

/** An extension that does nothing but open a panel with a heading. */
function packEmptyPanel(folder) {
  const manifest = {
    name: 'empty-panel',
    publisher: 'bench',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
    main: './main.js',
    license: 'MIT',
    contributes: { commands: [{ command: 'bench.emptyPanel', title: 'Empty Panel', category: 'Bench' }] },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n');
  writeFileSync(join(folder, 'README.md'), 'Opens an empty panel, to measure against.\n');
  writeFileSync(
    join(folder, 'main.js'),
    `const vscode = require('vscode');
exports.activate = ({ subscriptions }) => subscriptions.push(vscode.commands.registerCommand('bench.emptyPanel', () => {
  vscode.window.createWebviewPanel('bench.empty', 'Empty', vscode.ViewColumn.Active, { enableScripts: true }).webview.html =
    '<!doctype html><html><body><h1>Empty</h1></body></html>';
}));
`,
  );
  const packagePath = join(folder, 'empty-panel.vsix');
  return createVSIX({ cwd: folder, packagePath, dependencies: false, allowMissingRepository: true }).then(
    () => packagePath,
  );
}
