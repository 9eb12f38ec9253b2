import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'node:test';
import type { Browser } from 'playwright-core';
import { packedExtension } from '../../support/tools.ts';
import { launchBrowser } from './browser.ts';
import { type Server, startServer } from './server.ts';
import { openWindow, type Window } from './window.ts';

export const themes = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  highContrast: 'Default High Contrast',
  highContrastLight: 'Default High Contrast Light',
} as const;

const themeClasses = { light: 'vs', dark: 'vs-dark', highContrast: 'hc-black', highContrastLight: 'hc-light' } as const;
const themeLabels = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  highContrast: 'Dark High Contrast',
  highContrastLight: 'Light High Contrast',
} as const;

export interface SessionOptions {
  /** A folder to copy into the workspace, which itself is always a new temporary folder. */
  readonly copyOf?: string;
  /** Files to write into the workspace: relative path → content. */
  readonly files?: Readonly<Record<string, string>>;
  /** Adds to the workspace before VS Code looks at it: of what comes later it hears some time afterwards. */
  readonly prepare?: (workspace: string) => void;
  readonly theme?: keyof typeof themes;
  /** User settings beside those that keep the window still. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Settings of the machine on which extensions run. */
  readonly machineSettings?: Readonly<Record<string, unknown>>;
  /** False: restricted mode until somebody trusts the folder. */
  readonly trusted?: boolean;
  /** False starts VS Code without the packed extension. */
  readonly extension?: boolean;
  /** Packed extensions to install beside it. */
  readonly otherExtensions?: readonly string[];
  /** Which VS Code; the oldest that the extension supports where nothing is said. */
  readonly editor?: 'oldest' | 'newest';
  /** Environment of the extension host, such as `XDG_STATE_HOME` or `NODE_EXTRA_CA_CERTS`. */
  readonly env?: Readonly<Record<string, string>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Opens these folders of the workspace as its roots, instead of the workspace itself. */
  readonly roots?: readonly string[];
  /** The scheme of a file system that an extension brings: the workspace is opened there, by its path. */
  readonly scheme?: string;
}

const open = new Set<Session>();

// Whoever sees a test fail on another machine sees what the window showed then, and what it logged. Node sets this variable in its test runner:
// sessions of scripts are no tests.
if (process.env['NODE_TEST_CONTEXT'] !== undefined) {
  afterEach(async (context) => {
    if (!('error' in context) || context.error === null) return;
    const name = `failed-${'name' in context ? String(context.name).replace(/\W+/g, '-') : 'test'}`;
    for (const { window, server } of open) {
      await window.screenshot(name).catch(() => undefined);
      cpSync(join(server.dataFolder, 'logs'), join('artifacts', name), { recursive: true, force: true });
    }
  });
}

/** A VS Code with the packed extension, open on a workspace of its own. */
export interface Session {
  readonly window: Window;
  /** Absolute path of the workspace folder. */
  readonly workspace: string;
  readonly server: Server;
  readonly browser: Browser;
  /** Reads a workspace file as it lies on the disk. */
  read(file: string): string;
  write(file: string, text: string): void;
  useTheme(theme: keyof typeof themes): Promise<void>;
  /** A further window on the same workspace, as after a reload. */
  reopen(): Promise<Window>;
  close(): Promise<void>;
}

export async function startSession(options: SessionOptions = {}): Promise<Session> {
  // Where nothing is packed yet, this says so, and nothing is left behind.
  const extensions = [...(options.extension === false ? [] : [packedExtension()]), ...(options.otherExtensions ?? [])];
  const folder = mkdtempSync(join(tmpdir(), 'tls-workbench-vscode-'));
  const workspace = join(folder, 'workspace');
  mkdirSync(workspace);
  if (options.copyOf !== undefined) cpSync(options.copyOf, workspace, { recursive: true });
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(workspace, file)), { recursive: true });
    writeFileSync(join(workspace, file), text);
  };
  for (const [file, text] of Object.entries(options.files ?? {})) write(file, text);
  options.prepare?.(workspace);

  const server = await startServer(folder, {
    extensions,
    settings: { 'workbench.colorTheme': themes[options.theme ?? 'light'], ...options.settings },
    machineSettings: options.machineSettings,
    trusted: options.trusted,
    editor: options.editor,
    // State of accounts and development CAs stays in the temporary folder too.
    env: { HOME: folder, XDG_STATE_HOME: join(folder, 'state'), ...options.env },
  });
  const browser = await launchBrowser().catch(async (error: unknown) => {
    await server.stop();
    throw error;
  });
  const list = join(folder, 'roots.code-workspace');
  const roots = options.roots?.map((path) => ({ path: join('workspace', path) }));
  if (roots !== undefined) writeFileSync(list, JSON.stringify({ folders: roots }));
  const address = options.scheme === undefined ? workspace : `${options.scheme}:${workspace}`;
  const opened = roots === undefined ? address : list;
  const openPage = () => openWindow(browser, server.port, opened, { viewport: options.viewport });
  const close = async () => {
    if (session !== undefined) open.delete(session);
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  let session: Session | undefined;
  try {
    let window = await openPage();
    session = {
      get window() {
        return window;
      },
      workspace,
      server,
      browser,
      read: (file) => readFileSync(join(workspace, file), 'utf8'),
      write,
      useTheme: async (theme) => {
        await window.quickInput.runCommand('Preferences: Color Theme');
        await window.quickInput.pick(themeLabels[theme]);
        await window.page.locator(`.monaco-workbench.${themeClasses[theme]}`).waitFor();
      },
      reopen: async () => {
        await window.page.close();
        window = await openPage();
        return window;
      },
      close,
    };
    open.add(session);
    return session;
  } catch (error) {
    await close();
    throw error;
  }
}
