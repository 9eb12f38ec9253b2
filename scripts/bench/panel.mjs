import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { load } from '../load.mjs';
import { row } from './measure.mjs';

const rounds = 9;

/** From the command to the heading in the panel, against an empty panel of another extension in the same window. */
export async function benchPanel() {
  execFileSync(process.execPath, ['scripts/make-example-certificates.mjs']);
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-bench-'));
  const { startSession } = await load('test/vscode/driver/session.ts');
  const session = await startSession({ copyOf: 'examples', otherExtensions: [await packEmptyPanel(folder)] });
  try {
    const times = { ours: [], empty: [] };
    for (let round = -1; round < rounds; round++) {
      const empty = await openFirst(session, 'Bench: Prepare', 'Bench: Empty Panel');
      const ours = await openFirst(session, 'TLS: Refresh Certificates', 'TLS: Inspect Certificate');
      if (round < 0) continue;
      times.ours.push(ours);
      times.empty.push(empty);
    }
    // Whatever else the machine does only adds to a time, and by more than the panel takes.
    const [ours, empty] = [Math.min(...times.ours), Math.min(...times.empty)];
    return [
      row('opening the panel', ours, { than: 'empty panel', theirs: empty, bound: 1.3 }),
      row('opening the panel, our own share: milliseconds', Math.max(0, ours - empty), { bound: 30 }),
    ];
  } finally {
    await session.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Milliseconds from Enter on `command` to the heading in its panel, which is the first of a new window: for every later
 * one the browser's service worker adds a second. `prepare` is a command that activates the extension.
 */
async function openFirst(session, prepare, command) {
  const { page, quickInput, editor } = await session.reopen();
  await editor.open('certificates/example.com.fullchain.pem');
  await quickInput.runCommand(prepare);
  await page.waitForTimeout(1000);
  const heading = headingIn(page);
  await page.keyboard.press('F1');
  await page.locator('.quick-input-box input').fill(`>${command}`);
  await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: command.split(': ')[1] }).waitFor();
  const start = performance.timeOrigin + performance.now();
  await page.keyboard.press('Enter');
  return (await heading) - start;
}

/** When the first heading stands in a frame that comes from now on. */
function headingIn(page) {
  return new Promise((shown, failed) => {
    setTimeout(failed, 30_000, new Error('The panel showed no heading.')).unref();
    const prepared = async () => {
      await page.exposeBinding('benchHeadingShown', (_, time) => shown(time));
      await page.addInitScript(() => {
        if (window === window.top) return;
        // A timer, as VS Code writes the frame's document anew, which would end an observer.
        const timer = setInterval(() => {
          if (!document.querySelector('h1')?.textContent) return;
          clearInterval(timer);
          window.benchHeadingShown(performance.timeOrigin + performance.now());
        }, 1);
      });
    };
    prepared().catch(failed);
  });
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
    contributes: {
      commands: [
        { command: 'bench.emptyPanel', title: 'Empty Panel', category: 'Bench' },
        { command: 'bench.prepare', title: 'Prepare', category: 'Bench' },
      ],
    },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'LICENSE'), 'MIT\n');
  writeFileSync(join(folder, 'README.md'), 'Opens an empty panel, to measure against.\n');
  writeFileSync(
    join(folder, 'main.js'),
    `const vscode = require('vscode');
exports.activate = ({ subscriptions }) => subscriptions.push(vscode.commands.registerCommand('bench.prepare', () => {}), vscode.commands.registerCommand('bench.emptyPanel', () => {
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
