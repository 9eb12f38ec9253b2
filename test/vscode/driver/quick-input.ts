import type { Locator, Page } from 'playwright-core';
import { appears, disappears, literally, moveFocus, patience, repeat } from './wait.ts';

/** The command palette and every other list or box that drops from the window's top. */
export interface QuickInput {
  /** Runs a command by its full label, such as `TLS: Request Certificate…`, once the palette lists it. */
  runCommand(label: string): Promise<void>;
  /** Commands that the palette lists for a text. */
  commands(text: string): Promise<readonly string[]>;
  /** Types into the open input box and accepts it. */
  answer(text: string): Promise<void>;
  /** Chooses the row whose label starts with `label`. */
  pick(label: string): Promise<void>;
  /** Chooses the row with this label and, beside it, this description. False where there is none. */
  choose(label: string, description: string): Promise<boolean>;
  /** The open list's row labels. */
  rows(): Promise<readonly string[]>;
  /** Title, prompt and validation message, as the open box shows them. */
  text(): Promise<string>;
  /** The text in the open box. */
  value(): Promise<string>;
  /** Answers a file dialogue, once VS Code has proposed a path that ends so, and waits until it has taken the path or asks. */
  answerPath(proposed: string, path: string): Promise<void>;
  waitForTitle(title: string): Promise<void>;
  /** Waits for a prompt or a validation message. */
  waitForMessage(text: string): Promise<void>;
  /** Replaces the text in the open box. */
  fill(text: string): Promise<void>;
  cancel(): Promise<void>;
}

export function createQuickInput(page: Page): QuickInput {
  const widget = page.locator('.quick-input-widget');
  const input = widget.locator('.quick-input-box input');
  // A row's second line, its detail, has a label of its own.
  const labels = '.quick-input-list-row:first-child .label-name';
  const row = (label: RegExp, description: string, state = ''): Locator => {
    const found = widget.locator(`.monaco-list-row${state}`).filter({ has: page.locator(labels, { hasText: label }) });
    if (description === '') return found.first();
    const beside = page.locator('.label-description', { hasText: new RegExp(`^\\s*${literally(description)}\\s*$`) });
    return found.filter({ has: beside }).first();
  };
  const rows = () => widget.locator(`.monaco-list-row ${labels}`).allTextContents();

  const openPalette = (text: string): Promise<void> =>
    repeat('The command palette', async () => {
      await page.keyboard.press('F1');
      // A panel that is just filled takes the key and does nothing.
      if (!(await appears(input, 3_000))) return false;
      // A panel that opens meanwhile takes the focus, which closes the palette again.
      return input.fill(`>${text}`, { timeout: 2_000 }).then(
        () => true,
        () => false,
      );
    });
  // By keys: rows move under the mouse while a list fills. Enter a second time only where the list still waits for it: its
  // effect may take a while, and a second one would answer the next question. False where the row does not come.
  const choose = async (label: RegExp, description = ''): Promise<boolean> => {
    const wanted = row(label, description);
    if (!(await appears(wanted))) return false;
    const focused = widget.locator('.monaco-list-row.focused');
    await input.focus();
    if (!(await moveFocus(page, 'ArrowDown', focused, row(label, description, '.focused')))) return false;
    for (let attempt = 0; attempt < 3; attempt++) {
      await input.press('Enter');
      if (await disappears(wanted)) return true;
    }
    return false;
  };

  // A box that opens may get its own first value after it is there.
  const fill = (text: string): Promise<void> =>
    repeat(`The text “${text}”`, async () => {
      await input.fill(text);
      return (await input.inputValue()) === text;
    });
  const cancel = (): Promise<void> =>
    repeat('Escape', async () => {
      if (!(await widget.isVisible())) return true;
      await input.press('Escape');
      return disappears(widget, 2_000);
    });

  return {
    runCommand: (label) =>
      // What enables a command is told to the window by a message, so it may be listed a moment later.
      repeat(`The command “${label}”`, async () => {
        await openPalette(label);
        if (await choose(startsWith(label))) return true;
        // A palette that stays open with the same text is not filled anew.
        await cancel();
        return false;
      }),
    commands: async (text) => {
      await openPalette(text);
      const first = widget.locator('.monaco-list-row .label-name').first();
      await first.filter({ hasText: new RegExp(`${literally(text)}|No matching`, 'i') }).waitFor();
      const found = await rows();
      await cancel();
      return found;
    },
    answer: async (text) => {
      await fill(text);
      await input.press('Enter');
    },
    pick: (label) => repeat(`The row “${label}”`, () => choose(startsWith(label))),
    choose: (label, description) => choose(new RegExp(`^\\s*${literally(label)}\\s*$`), description),
    rows: async () => {
      await widget.locator('.monaco-list-row').first().waitFor();
      return rows();
    },
    text: async () => {
      await widget.waitFor();
      return widget.innerText();
    },
    value: () => input.inputValue(),
    answerPath: async (proposed, path) => {
      await repeat(`The path “${proposed}”`, async () => {
        for (let look = 0; look < 50; look++) {
          if (new RegExp(`/.*${literally(proposed)}$`).test(await input.inputValue())) return true;
          await page.waitForTimeout(100);
        }
        return false;
      });
      // Whatever is opened meanwhile, such as the palette, would close the dialogue without an answer.
      await repeat(`The path “${path}”`, async () => {
        await input.fill(path);
        // Enter before the list has followed is lost. Of a file that is to be made there is no row to wait for.
        await appears(widget.locator('.monaco-list-row', { hasText: path.slice(path.lastIndexOf('/') + 1) }), 1_000);
        await input.press('Enter');
        for (let look = 0; look < patience / 100; look++) {
          // Whether to overwrite is asked in the same box.
          if (!(await widget.isVisible()) || (await widget.getByText('already exists').isVisible())) return true;
          await page.waitForTimeout(100);
        }
        return false;
      });
    },
    waitForTitle: (title) => widget.locator('.quick-input-title', { hasText: title }).waitFor(),
    waitForMessage: (text) => widget.locator('.quick-input-message', { hasText: text }).waitFor(),
    fill,
    cancel,
  };
}

function startsWith(text: string): RegExp {
  return new RegExp(`^\\s*${literally(text)}`);
}
