import type { Page } from 'playwright-core';
import type { QuickInput } from './quick-input.ts';
import { appears, disappears, repeat } from './wait.ts';

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
  const showCentre = async () => {
    if (!(await centre.isVisible())) await quickInput.runCommand('Notifications: Show Notifications');
  };
  const find = async (text: string, timeout: number) => {
    const found = items.filter({ hasText: text }).first();
    const deadline = Date.now() + timeout;
    while (!(await appears(found, 2_000))) {
      if (Date.now() > deadline) throw new Error(`No notification says “${text}”: ${await items.allInnerTexts()}`);
      await showCentre().catch(() => undefined);
    }
    return found;
  };
  return {
    messages: async () => {
      await showCentre();
      return page.locator('.notification-list-item-message').allInnerTexts();
    },
    waitFor: async (text, timeout = 20_000) => {
      const found = await find(text, timeout);
      return found.locator('.notification-list-item-message').innerText();
    },
    press: async (text, button) => {
      const found = await find(text, 20_000);
      // The list may hold an equal one afterwards, so it is this element that must go.
      const element = await found.elementHandle();
      const message = await found.innerText();
      await repeat(`The button “${button}”`, async () => {
        const pressed = found.locator('.monaco-button, .action-label', { hasText: button }).first();
        await pressed.click({ timeout: 2_000 }).catch(() => undefined);
        // VS Code may show the next notification in the same element.
        for (let look = 0; look < 30; look++) {
          if (element === null || !(await element.isVisible()) || (await element.innerText()) !== message) return true;
          await page.waitForTimeout(100);
        }
        return false;
      });
    },
    pressInDialog: async (button) => {
      const dialog = page.locator('.monaco-dialog-box');
      const pressed = dialog.locator('.monaco-button', { hasText: button }).first();
      await pressed.waitFor();
      await repeat(`The button “${button}”`, async () => {
        if (!(await pressed.isVisible())) return true;
        await pressed.click({ timeout: 2_000 }).catch(() => undefined);
        return disappears(pressed, 3_000);
      });
    },
    clear: () => quickInput.runCommand('Notifications: Clear All Notifications'),
  };
}
