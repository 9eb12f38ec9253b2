import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Session } from './session.ts';
import { openWindow } from './window.ts';

/**
 * Runs a module inside the extension host, where it may import `vscode`, in a window of its own. The module exports
 * `run(): Promise<void>`, which rejects where something is wrong. Returns what it logged.
 * @param module path from the repository's root, below `test/vscode/host/`
 * @throws Error with the module's own message
 */
export async function runInExtensionHost(session: Session, module: string): Promise<readonly string[]> {
  const folder = join(session.server.dataFolder, 'harness');
  mkdirSync(folder, { recursive: true });
  // Tests need an extension under development; the packed one is installed, so this one is empty.
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'harness', publisher: 'test', version: '0.0.1', engines: { vscode: '^1.100.0' } }),
  );
  const bundle = join(folder, 'run.cjs');
  await build({
    entryPoints: [resolve(module)],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode'],
    logLevel: 'warning',
  });

  const remote = (path: string) => `vscode-remote://127.0.0.1:${session.server.port}${path}`;
  const log: string[] = [];
  const { promise: ended, resolve: end } = promiseWithResolvers<number>();
  const window = await openWindow(session.browser, session.server.port, session.workspace, {
    payload: [
      ['extensionDevelopmentPath', remote(folder)],
      ['extensionTestsPath', remote(bundle)],
    ],
    prepare: async (page) => {
      await page.exposeFunction('codeAutomationLog', (_type: string, args: readonly unknown[]) =>
        log.push(args.join(' ')),
      );
      await page.exposeFunction('codeAutomationExit', (code: number) => end(code));
    },
  });
  const code = await ended;
  await window.page.close();
  if (code !== 0) throw new Error(`${module} failed:\n${log.join('\n')}`);
  return log;
}

function promiseWithResolvers<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolvePromise: (value: T) => void = () => {};
  const promise = new Promise<T>((settle) => {
    resolvePromise = settle;
  });
  return { promise, resolve: resolvePromise };
}
