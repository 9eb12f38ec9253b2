import type { Page } from 'playwright-core';
import type { QuickInput } from './quick-input.ts';
import { appears, moveFocus, repeat } from './wait.ts';

export type Squiggle = 'error' | 'warning' | 'info' | 'hint';

/** The active text editor. Lines and columns count from 1. */
export interface Editor {
  /** Opens a workspace file by its name or relative path, through Ctrl+P, and waits until it has the keyboard. */
  open(file: string): Promise<void>;
  goTo(line: number, column?: number): Promise<void>;
  /** Types at the cursor, a key at a time. */
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Replaces the whole text at once, without auto-closing or indenting. */
  replaceAll(text: string): Promise<void>;
  save(): Promise<void>;
  /** The visible lines, as rendered. */
  visibleText(): Promise<string>;
  /** Waits until so many squiggles of this kind are visible (default: at least one; 0 waits until they are gone). */
  waitForSquiggles(kind: Squiggle, count?: number): Promise<void>;
  countSquiggles(kind: Squiggle): Promise<number>;
  /** Titles in the menu of Ctrl+. at the cursor, which stays open. */
  openQuickFixes(): Promise<readonly string[]>;
  /** Opens the menu and chooses the row that contains `title`. */
  applyQuickFix(title: string): Promise<void>;
  /** Chooses the focused row of the open menu. */
  applyOpenQuickFix(): Promise<void>;
  closeMenu(): Promise<void>;
  /** Shows the hover at the cursor, waits until it says `part`, and returns its text. */
  hover(part?: string): Promise<string>;
  /** Opens completion at the cursor and returns the visible labels. */
  complete(): Promise<readonly string[]>;
  lenses(): Promise<readonly string[]>;
  clickLens(text: string): Promise<void>;
  /** The language's name in the status bar. */
  language(): Promise<string>;
}

export function createEditor(page: Page, quickInput: QuickInput): Editor {
  const active = page.locator('.editor-group-container.active .editor-instance');
  const squiggles = (kind: Squiggle) => active.locator(`.view-overlays .squiggly-${kind}`);
  const menu = page.locator('.action-widget:not(.action-list-submenu-panel)');
  const menuRows = menu.locator('.monaco-list-row.action');
  const lenses = active.locator('.codelens-decoration a');
  const focused = active.locator('.monaco-editor.focused');

  const openQuickFixes = async () => {
    await focused.waitFor();
    await repeat('Ctrl+.', async () => {
      await page.keyboard.press('Control+.');
      return appears(menuRows);
    });
    return (await menuRows.allInnerTexts()).map((text) => text.trim());
  };

  return {
    open: async (file) => {
      const shown = active.locator(`.monaco-editor.focused[data-uri$="/${file}"]`);
      await repeat(`Opening “${file}”`, async () => {
        if (await shown.isVisible()) return true;
        await page.keyboard.press('Control+P');
        await page.locator('.quick-input-box input').fill(file);
        if (await quickInput.choose(file.split('/').at(-1) ?? file, file.split('/').slice(0, -1).join('/')))
          return appears(shown);
        await quickInput.cancel();
        return false;
      });
    },
    goTo: async (line, column = 1) => {
      await page.keyboard.press('Control+G');
      await quickInput.answer(`:${line}:${column}`);
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
      await focused.waitFor();
    },
    type: async (text) => {
      await focused.waitFor();
      await page.keyboard.type(text);
    },
    press: (key) => page.keyboard.press(key),
    replaceAll: async (text) => {
      await focused.waitFor();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    },
    save: async () => {
      await page.keyboard.press('Control+S');
      await page.locator('.tab.active:not(.dirty)').waitFor();
    },
    visibleText: async () => (await active.locator('.view-lines').first().innerText()).replaceAll('\u00a0', ' '),
    waitForSquiggles: async (kind, count) => {
      if (count === undefined) await squiggles(kind).first().waitFor({ state: 'attached' });
      else if (count === 0) await squiggles(kind).first().waitFor({ state: 'detached' });
      else
        await squiggles(kind)
          .nth(count - 1)
          .waitFor({ state: 'attached' });
    },
    countSquiggles: (kind) => squiggles(kind).count(),
    openQuickFixes,
    applyQuickFix: async (title) => {
      const titles = await openQuickFixes();
      const wanted = titles.findIndex((found) => found.includes(title));
      if (wanted === -1) throw new Error(`No quick fix is called “${title}”: ${titles.join(', ')}`);
      // By keys: the menu lies under a layer that takes the mouse.
      const chosen = menu.locator('.monaco-list-row.action.focused', { hasText: title });
      await moveFocus(page, 'ArrowDown', menu.locator('.monaco-list-row.action.focused'), chosen);
      await page.keyboard.press('Enter');
      await menu.waitFor({ state: 'hidden' });
    },
    applyOpenQuickFix: async () => {
      await page.keyboard.press('Enter');
      await menu.waitFor({ state: 'hidden' });
    },
    closeMenu: async () => {
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
    },
    hover: async (part = '') => {
      // What is still asked for is told by a line of its own.
      const content = page.locator('.monaco-hover:visible', { hasText: part, hasNotText: 'Loading...' }).first();
      await repeat('The hover', async () => {
        await page.keyboard.press('Control+K');
        await page.keyboard.press('Control+I');
        return appears(content);
      });
      return content.innerText();
    },
    complete: async () => {
      await page.keyboard.press('Control+Space');
      const rows = page.locator('.suggest-widget.visible .monaco-list-row');
      await rows.first().waitFor();
      return rows.locator('.label-name').allInnerTexts();
    },
    lenses: async () => {
      await lenses.first().waitFor();
      return lenses.allInnerTexts();
    },
    clickLens: (text) => lenses.filter({ hasText: text }).first().click(),
    language: () => page.locator('#status\\.editor\\.mode').innerText(),
  };
}
