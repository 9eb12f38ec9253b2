import type { Locator, Page } from 'playwright-core';
import { appears, ignoreTimeout, moveFocus, patience, repeat } from './wait.ts';

/** Tree views in the side bar. */
export interface Trees {
  /** Opens a view container by the label of its icon in the activity bar. */
  openContainer(label: string): Promise<void>;
  /** The rows' accessible labels in the view with this title. */
  rows(view: string): Promise<readonly string[]>;
  /** The row whose text contains `text`, waited for. */
  row(view: string, text: string): Promise<Locator>;
  /** Expands a row and returns it. */
  expand(view: string, text: string): Promise<Locator>;
  /** Clicks a row and waits until it is the selected one and has brought what was not there before. */
  click(view: string, text: string, shown: Locator): Promise<void>;
  /** Chooses an entry of a row's context menu, and waits for what it brings. */
  chooseFromMenu(view: string, text: string, entry: string, shown: Locator): Promise<void>;
  /** Text that an empty view shows. */
  welcome(view: string): Promise<string>;
}

export function createTrees(page: Page): Trees {
  const pane = (view: string) =>
    page.locator('.pane', { has: page.locator('.pane-header', { hasText: new RegExp(`^\\s*${view}`, 'i') }) }).first();
  const rows = (view: string, text: string, state = '') =>
    pane(view).locator(`.monaco-list-row${state}`, { hasText: text }).first();
  const row = async (view: string, text: string) => {
    const found = rows(view, text);
    await found.waitFor();
    return found;
  };
  const focusByKeys = async (view: string, text: string): Promise<boolean> => {
    await row(view, text);
    await pane(view).locator('.monaco-list').first().focus();
    await page.keyboard.press('Home');
    const focused = pane(view).locator('.monaco-list-row.focused');
    return moveFocus(page, 'ArrowDown', focused, rows(view, text, '.focused'));
  };
  const chooseFromMenu = async (view: string, text: string, entry: string): Promise<void> => {
    const item = page.locator('.context-view .action-menu-item', { hasText: entry }).first();
    const focused = page.locator('.context-view .action-item.focused', { hasText: entry });
    const menu = page.locator('.context-view .monaco-menu');
    await repeat(`The menu of “${text}”`, async () => {
      if (await item.isVisible()) return true;
      // A menu that came late, or that of another row, lies over everything until it is closed.
      if (await menu.isVisible()) await page.keyboard.press('Escape');
      await page.mouse.move(0, 0);
      await (await row(view, text)).click({ button: 'right', timeout: patience }).catch(() => undefined);
      return appears(item);
    });
    // By key: a menu ignores the mouse for a moment after it has opened.
    await moveFocus(page, 'ArrowDown', page.locator('.context-view .action-item.focused'), focused);
    await page.keyboard.press('Enter');
    await item.waitFor({ state: 'hidden' });
  };
  return {
    openContainer: async (label) => {
      const title = page.locator('.sidebar .composite.title', { hasText: new RegExp(label, 'i') });
      const icon = page.locator('.activitybar .action-item', { has: page.locator(`[aria-label^="${label}"]`) }).first();
      await repeat(`The icon “${label}”`, async () => {
        if (await title.isVisible()) return true;
        await icon.click();
        return appears(title);
      });
      // The icon's tooltip would lie over the rows.
      await page.mouse.move(0, 0);
    },
    rows: async (view) => {
      const found = pane(view).locator('.monaco-list-row');
      const labels = await found.evaluateAll((elements) =>
        elements.map((element) => element.getAttribute('aria-label')),
      );
      return labels.filter((label) => label !== null);
    },
    row,
    expand: async (view, text) => {
      const found = await row(view, text);
      if ((await found.getAttribute('aria-expanded')) === null) return found;
      const open = rows(view, text, '[aria-expanded="true"]');
      // By key: a second click would close again what the first one has opened a little late.
      await repeat(`Expanding “${text}”`, async () => {
        if (await open.isVisible()) return true;
        if (await focusByKeys(view, text)) await page.keyboard.press('ArrowRight');
        return appears(open, 3_000);
      });
      return open;
    },
    // A row that is just drawn anew loses a click.
    click: (view, text, shown) =>
      repeat(`A click on “${text}”`, async () => {
        // What is told about another row may lie over this one, until the mouse goes away.
        await page.mouse.move(0, 0);
        await (await row(view, text)).click({ timeout: patience }).catch(ignoreTimeout);
        if ((await appears(rows(view, text, '[aria-selected="true"]'))) && (await appears(shown))) return true;
        await page.keyboard.press('Escape');
        return false;
      }),
    chooseFromMenu: (view, text, entry, shown) =>
      repeat(`“${entry}” of “${text}”`, async () => {
        await chooseFromMenu(view, text, entry);
        if (await appears(shown)) return true;
        await page.keyboard.press('Escape');
        return false;
      }),
    welcome: (view) => pane(view).locator('.welcome-view-content').innerText(),
  };
}
