import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { createEditor, type Editor } from './editor.ts';
import { createNotifications, type Notifications } from './notifications.ts';
import { createProblems, type Problems } from './problems.ts';
import { createQuickInput, type QuickInput } from './quick-input.ts';
import { createTrees, type Trees } from './trees.ts';

/** One VS Code window, operated as a person would: by keys, labels and what can be seen. */
export interface Window {
  /** The page itself, for what has no helper. */
  readonly page: Page;
  readonly editor: Editor;
  readonly problems: Problems;
  readonly quickInput: QuickInput;
  readonly trees: Trees;
  readonly notifications: Notifications;
  /** The document inside the visible webview. */
  webview(): FrameLocator;
  /** Saves `artifacts/<name>.png` and returns its path. */
  screenshot(name: string): Promise<string>;
}

export interface WindowOptions {
  readonly viewport?: { readonly width: number; readonly height: number } | undefined;
  /** Entries of VS Code's own that the address carries. */
  readonly payload?: readonly (readonly [string, string])[];
  /** Called with the empty page. */
  readonly prepare?: (page: Page) => Promise<void>;
}

/** Opens the workspace, a folder or a file that lists several, in a new page and waits until it can be worked with. */
export async function openWindow(
  browser: Browser,
  port: number,
  workspace: string,
  { viewport = { width: 1280, height: 900 }, payload = [], prepare }: WindowOptions = {},
): Promise<Window> {
  const page = await browser.newPage({ viewport });
  page.setDefaultTimeout(30_000);
  await prepare?.(page);
  const query = new URLSearchParams({ [workspace.endsWith('.code-workspace') ? 'workspace' : 'folder']: workspace });
  query.set('payload', JSON.stringify([['skipWelcome', 'true'], ...payload]));
  await page.goto(`http://127.0.0.1:${port}/?${query}`);
  await page.locator('.monaco-workbench .part.statusbar').waitFor();
  await page.locator('.explorer-folders-view .monaco-list').waitFor();
  return createWindow(page);
}

function createWindow(page: Page): Window {
  const quickInput = createQuickInput(page);
  return {
    page,
    quickInput,
    editor: createEditor(page, quickInput),
    problems: createProblems(page, quickInput),
    trees: createTrees(page),
    notifications: createNotifications(page, quickInput),
    // While one panel takes the place of another, both are there.
    webview: () => page.frameLocator('iframe.webview.ready >> visible=true').last().frameLocator('iframe#active-frame'),
    screenshot: async (name) => {
      mkdirSync('artifacts', { recursive: true });
      const path = join('artifacts', `${name}.png`);
      await page.screenshot({ path });
      return path;
    },
  };
}
