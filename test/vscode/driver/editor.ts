import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quick-input.ts';
import { appears, disappears, eventually, ignoreTimeout, literally, moveFocus, repeat } from './wait.ts';

export type Squiggle = 'error' | 'warning' | 'info' | 'hint';

/** The active text editor. Lines and columns count from 1. */
export interface Editor {
  /**
   * Opens a workspace file by its relative path, through Ctrl+P, and waits until it has the keyboard. The name alone is enough
   * where no other file has it: rows that move while the list fills cannot be told apart by it.
   */
  open(file: string): Promise<void>;
  /** Puts the cursor where there is such a place, and waits until it is there. */
  goTo(line: number, column?: number): Promise<void>;
  /** Types at the cursor, a key at a time. */
  type(text: string): Promise<void>;
  press(key: string): Promise<void>;
  /** Presses a key until something shows that was not there before: what it asks for may not be known yet. */
  pressUntil(key: string, shown: Locator): Promise<void>;
  /** Replaces the whole text at once, without auto-closing or indenting. */
  replaceAll(text: string): Promise<void>;
  /** Saves what has been changed. */
  save(): Promise<void>;
  /** The visible lines, as rendered, once they match. */
  visibleText(wanted: RegExp): Promise<string>;
  /** Waits until so many squiggles of this kind are visible (default: at least one; 0 waits until they are gone). */
  waitForSquiggles(kind: Squiggle, count?: number): Promise<void>;
  countSquiggles(kind: Squiggle): Promise<number>;
  /** Titles in the menu of Ctrl+. at the cursor, which stays open. */
  openQuickFixes(): Promise<readonly string[]>;
  /** Opens the menu, chooses the row that contains `title`, and waits for what it brings, which was not there before. */
  applyQuickFix(title: string, shown: Locator): Promise<void>;
  /** Chooses the focused row of the open menu. */
  applyOpenQuickFix(): Promise<void>;
  closeMenu(): Promise<void>;
  /** Shows the hover at the cursor, waits until it says `part`, and returns its text. */
  hover(part: string): Promise<string>;
  /** Opens completion at the cursor, and waits until it offers all of these. */
  complete(...labels: readonly string[]): Promise<void>;
  /** The lenses' texts, once one of them matches. */
  lenses(wanted?: RegExp): Promise<readonly string[]>;
  clickLens(text: string): Promise<void>;
  /** Waits until the status bar has the language's name. */
  waitForLanguage(name: string): Promise<void>;
}

export function createEditor(page: Page, quickInput: QuickInput): Editor {
  const active = page.locator('.editor-group-container.active .editor-instance');
  const squiggles = (kind: Squiggle) => active.locator(`.view-overlays .squiggly-${kind}`);
  const menu = page.locator('.action-widget:not(.action-list-submenu-panel)');
  const menuRows = menu.locator('.monaco-list-row.action');
  const lenses = active.locator('.codelens-decoration a');
  const focused = active.locator('.monaco-editor.focused');
  const suggestions = page.locator('.suggest-widget.visible');
  const offered = (label: string) =>
    suggestions.locator('.monaco-list-row .label-name').filter({ hasText: new RegExp(`^${literally(label)}$`) });

  const openQuickFixes = async () => {
    await focused.waitFor();
    await repeat('Ctrl+.', async () => {
      await page.keyboard.press('Control+.');
      return appears(menuRows, 5_000);
    });
    return (await menuRows.allInnerTexts()).map((text) => text.trim());
  };

  const closeMenu = async () => {
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
  };

  return {
    open: async (file) => {
      const shown = active.locator(`.monaco-editor.focused[data-uri$="/${file}"]`);
      await repeat(`Opening “${file}”`, async () => {
        if (await shown.isVisible()) return true;
        const box = page.locator('.quick-input-box input:visible');
        await page.keyboard.press('Control+P');
        // A focus that VS Code puts elsewhere meanwhile closes the box, and the next key opens it again.
        if (!(await appears(box))) return false;
        const isFilled = await box.fill(file, { timeout: 2_000 }).then(
          () => true,
          () => false,
        );
        if (!isFilled) return false;
        if (await quickInput.choose(file.split('/').at(-1) ?? file, file.split('/').slice(0, -1).join('/')))
          return appears(shown);
        await quickInput.cancel();
        return false;
      });
    },
    goTo: async (line, column = 1) => {
      const there = page.locator('#status\\.editor\\.selection', {
        hasText: new RegExp(`Ln ${line}, Col ${column}\\b`),
      });
      const box = page.locator('.quick-input-box input:visible');
      await repeat(`Going to ${line}:${column}`, async () => {
        await page.keyboard.press('Control+G');
        if (!(await appears(box))) return false;
        await quickInput.answer(`:${line}:${column}`);
        return (await disappears(box)) && appears(there);
      });
      await focused.waitFor();
    },
    type: async (text) => {
      await focused.waitFor();
      await page.keyboard.type(text);
    },
    press: (key) => page.keyboard.press(key),
    pressUntil: (key, shown) =>
      repeat(key, async () => {
        if (await shown.first().isVisible()) return true;
        await page.keyboard.press(key);
        return appears(shown, 3_000);
      }),
    replaceAll: async (text) => {
      await focused.waitFor();
      await page.keyboard.press('Control+A');
      await page.keyboard.insertText(text);
    },
    save: async () => {
      // A tab shows some time after a key press that there is something to save.
      const changed = page.locator('.editor-group-container.active .tab.active.dirty');
      await changed.waitFor();
      await repeat('Ctrl+S', async () => {
        await page.keyboard.press('Control+S');
        return disappears(changed);
      });
    },
    visibleText: (wanted) =>
      eventually(async () => {
        const text = (await active.locator('.view-lines').first().innerText()).replaceAll('\u00a0', ' ');
        assert.match(text, wanted);
        return text;
      }),
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
    applyQuickFix: (title, shown) =>
      // What is found in a text that has just changed comes some time later, and an open menu stays as it was.
      repeat(`The quick fix “${title}”`, async () => {
        if (await shown.first().isVisible()) return true;
        const titles = await openQuickFixes();
        if (!titles.some((found) => found.includes(title))) {
          await closeMenu();
          await page.waitForTimeout(1_000);
          return false;
        }
        // By keys: the menu lies under a layer that takes the mouse.
        const chosen = menu.locator('.monaco-list-row.action.focused', { hasText: title });
        await moveFocus(page, 'ArrowDown', menu.locator('.monaco-list-row.action.focused'), chosen);
        await page.keyboard.press('Enter');
        return (await disappears(menu)) && appears(shown);
      }),
    applyOpenQuickFix: async () => {
      await page.keyboard.press('Enter');
      await menu.waitFor({ state: 'hidden' });
    },
    closeMenu,
    hover: async (part) => {
      // What is still asked for is told by a line of its own.
      const content = page.locator('.monaco-hover:visible', { hasText: part, hasNotText: 'Loading...' }).first();
      let text: string | undefined;
      await repeat('The hover', async () => {
        await page.keyboard.press('Control+K');
        await page.keyboard.press('Control+I');
        if (!(await appears(content, 5_000))) return false;
        // One that is filled further is drawn anew.
        text = await content.innerText({ timeout: 2_000 }).catch(ignoreTimeout);
        return text !== undefined;
      });
      return text ?? '';
    },
    complete: (...labels) =>
      repeat(`Completion with ${labels.join(', ')}`, async () => {
        // What opened while somebody typed offers what stood there then.
        if (await suggestions.isVisible()) {
          await page.keyboard.press('Escape');
          await suggestions.waitFor({ state: 'hidden' });
        }
        await page.keyboard.press('Control+Space');
        const found = await Promise.all(labels.map((label) => appears(offered(label))));
        return found.every(Boolean);
      }),
    lenses: (wanted = /./) =>
      eventually(async () => {
        const texts = await lenses.allInnerTexts();
        assert.ok(
          texts.some((text) => wanted.test(text)),
          `${wanted} among the lenses: ${texts.join(', ')}`,
        );
        return texts;
      }),
    clickLens: async (text) => {
      // One that is drawn anew under the mouse takes no click: it has to have stood for a moment.
      const lens = lenses.filter({ hasText: text }).first();
      await eventually(async () => {
        const element = await lens.elementHandle();
        await page.waitForTimeout(500);
        await element?.click({ timeout: 2_000 });
      });
    },
    waitForLanguage: (name) => page.locator('#status\\.editor\\.mode', { hasText: name }).waitFor(),
  };
}
