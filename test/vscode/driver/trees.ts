import type { Locator, Page } from 'playwright-core';

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
  click(view: string, text: string): Promise<void>;
  /** Clicks an inline action of a row by its label. */
  clickAction(view: string, text: string, action: string): Promise<void>;
  /** Chooses an entry of a row's context menu. */
  chooseFromMenu(view: string, text: string, entry: string): Promise<void>;
  /** Text that an empty view shows. */
  welcome(view: string): Promise<string>;
}

export function createTrees(page: Page): Trees {
  const pane = (view: string) =>
    page.locator('.pane', { has: page.locator('.pane-header', { hasText: new RegExp(`^\\s*${view}`, 'i') }) }).first();
  const row = async (view: string, text: string) => {
    const found = pane(view).locator('.monaco-list-row', { hasText: text }).first();
    await found.waitFor();
    return found;
  };
  return {
    openContainer: async (label) => {
      const icon = page.locator('.activitybar .action-item', { has: page.locator(`[aria-label^="${label}"]`) }).first();
      await icon.click();
      await page.locator('.sidebar .composite.title', { hasText: new RegExp(label, 'i') }).waitFor();
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
      // A click on a row that is just being drawn anew is lost, so what counts is that the row says it is open.
      for (let attempt = 1; ; attempt++) {
        const found = await row(view, text);
        if ((await found.getAttribute('aria-expanded')) !== 'false') return found;
        await found.locator('.monaco-tl-twistie').click();
        const open = pane(view).locator('.monaco-list-row[aria-expanded="true"]', { hasText: text }).first();
        try {
          await open.waitFor({ timeout: 3_000 });
          return open;
        } catch (error) {
          if (attempt === 4) throw error;
        }
      }
    },
    click: async (view, text) => (await row(view, text)).click(),
    clickAction: async (view, text, action) => {
      const found = await row(view, text);
      await found.hover();
      await found.locator(`.action-label[aria-label^="${action}"]`).click();
    },
    chooseFromMenu: async (view, text, entry) => {
      await (await row(view, text)).click({ button: 'right' });
      // By key: a menu ignores the mouse for a moment after it has opened.
      await page.locator('.context-view .action-menu-item', { hasText: entry }).first().hover();
      await page.keyboard.press('Enter');
    },
    welcome: (view) => pane(view).locator('.welcome-view-content').innerText(),
  };
}
