import type { Locator, Page } from 'playwright-core';
import type { QuickInput } from './quick-input.ts';
import { appears, clickUntilGone, ignoreTimeout, patience, repeat } from './wait.ts';

/** Notifications, read in the notification centre: a toast may be skipped while the window is busy. */
export interface Notifications {
  /** Opens the centre and returns the messages. */
  messages(): Promise<readonly string[]>;
  /** Waits for a message that contains `text` (in a toast or the centre) and returns the whole message. */
  waitFor(text: string, timeout?: number): Promise<string>;
  /** Presses a button of the notification that contains `text`, which then goes. */
  press(text: string, button: string): Promise<void>;
  /** Presses a button of the modal dialogue, which then goes. */
  pressInDialog(button: string): Promise<void>;
  clear(): Promise<void>;
}

export function createNotifications(page: Page, quickInput: QuickInput): Notifications {
  const items = page.locator('.notification-list-item');
  const centre = page.locator('.notifications-center.visible');
  const showCentre = () =>
    repeat('The notification centre', async () => {
      if (await centre.isVisible()) return true;
      await quickInput.runCommand('Notifications: Show Notifications');
      return appears(centre);
    });
  /** What `read` makes of the notification that contains `text`. A toast may go while it is read: then the centre has it. */
  const find = async <T>(
    text: string,
    timeout: number,
    read: (found: Locator) => Promise<T | undefined>,
  ): Promise<T> => {
    const found = items.filter({ hasText: text }).first();
    const deadline = Date.now() + timeout;
    for (;;) {
      if (await appears(found, 2_000)) {
        const result = await read(found).catch(ignoreTimeout);
        if (result) return result;
      }
      if (Date.now() > deadline) throw new Error(`No notification says “${text}”: ${await items.allInnerTexts()}`);
      await showCentre().catch(() => undefined);
    }
  };
  /** Whether neither a toast nor the centre has the notification. A dialogue, which keeps the centre closed, is what it has led to. */
  const isGone = async (text: string): Promise<boolean> => {
    const found = items.filter({ hasText: text }).first();
    if (await appears(found, 2_000)) return false;
    if (await page.locator('.monaco-dialog-box').isVisible()) return true;
    await showCentre();
    return !(await appears(found, 2_000));
  };
  return {
    messages: async () => {
      await showCentre();
      return centre.locator('.notification-list-item-message').allInnerTexts();
    },
    waitFor: (text, timeout = 20_000) =>
      find(text, timeout, (found) => found.locator('.notification-list-item-message').innerText({ timeout: 2_000 })),
    press: (text, button) => {
      let isTried = false;
      return repeat(`The button “${button}”`, async () => {
        // A click that has not come through in time may do so a moment later, and what it is for goes on then.
        if (isTried && (await isGone(text))) return true;
        const { element, message } = await find(text, 20_000, async (found) => {
          const element = await found.elementHandle({ timeout: 2_000 });
          return element === null ? undefined : { element, message: await element.innerText() };
        });
        // The list may hold an equal one, so it is this element whose button is pressed, and that must go.
        const buttons = ['.monaco-button', '.action-label'].map(
          (kind) => `${kind}:has-text(${JSON.stringify(button)})`,
        );
        // The centre folds up what is long, with its buttons.
        await (await element.$('.codicon-notifications-expand'))?.click({ timeout: 2_000 }).catch(never);
        // One that is drawn anew meanwhile is looked for again.
        const pressed = await element.waitForSelector(buttons.join(), { timeout: 2_000 }).catch(never);
        isTried ||= pressed !== undefined;
        const isPressed = await pressed?.click({ timeout: patience }).then(always, () => false);
        // VS Code may show the next notification in the same element.
        for (let look = 0; isPressed === true && look < patience / 100; look++) {
          if (!(await element.isVisible()) || (await element.innerText()) !== message) return true;
          await page.waitForTimeout(100);
        }
        return false;
      });
    },
    pressInDialog: async (button) => {
      const dialog = page.locator('.monaco-dialog-box');
      await clickUntilGone(dialog.locator('.monaco-button', { hasText: button }).first());
    },
    clear: () => quickInput.runCommand('Notifications: Clear All Notifications'),
  };
}

const always = (): boolean => true;
const never = (): undefined => undefined;
