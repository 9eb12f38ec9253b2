import type { Locator, Page } from 'playwright-core';

/** The command palette and every other list or box that drops from the window's top. */
export interface QuickInput {
  /** Runs a command by its full label, such as `TLS: Request Certificate…`. */
  runCommand(label: string): Promise<void>;
  /** Commands that the palette lists for a text. */
  commands(text: string): Promise<readonly string[]>;
  /** Types into the open input box and accepts it. */
  answer(text: string): Promise<void>;
  /** Chooses the row whose label starts with `label`. */
  pick(label: string): Promise<void>;
  /** The open list's row labels. */
  rows(): Promise<readonly string[]>;
  /** Title, prompt and validation message, as the open box shows them. */
  text(): Promise<string>;
  /** The text in the open box. */
  value(): Promise<string>;
  waitForTitle(title: string): Promise<void>;
  cancel(): Promise<void>;
}

export function createQuickInput(page: Page): QuickInput {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input');
  const row = (label: string): Locator =>
    widget.locator('.monaco-list-row').filter({ has: page.locator('.label-name', { hasText: startsWith(label) }) });
  const rows = () => widget.locator('.monaco-list-row .quick-input-list-row:first-child .label-name').allTextContents();

  const openPalette = async (text: string) => {
    await page.keyboard.press('F1');
    await input.waitFor();
    await input.fill(`>${text}`);
  };

  return {
    runCommand: async (label) => {
      await openPalette(label);
      await row(label).first().click();
    },
    commands: async (text) => {
      await openPalette(text);
      await widget.locator('.monaco-list-row').first().waitFor();
      const found = await rows();
      await page.keyboard.press('Escape');
      await widget.waitFor({ state: 'hidden' });
      return found;
    },
    answer: async (text) => {
      await input.waitFor();
      await input.fill(text);
      await page.keyboard.press('Enter');
    },
    pick: async (label) => {
      await row(label).first().click();
    },
    rows: async () => {
      await widget.locator('.monaco-list-row').first().waitFor();
      return rows();
    },
    text: async () => {
      await widget.waitFor();
      return widget.innerText();
    },
    value: () => input.inputValue(),
    waitForTitle: (title) => widget.locator('.quick-input-title', { hasText: title }).waitFor(),
    cancel: async () => {
      await page.keyboard.press('Escape');
      await widget.waitFor({ state: 'hidden' });
    },
  };
}

function startsWith(text: string): RegExp {
  return new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
}
