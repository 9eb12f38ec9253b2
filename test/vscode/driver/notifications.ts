import type { Page } from 'playwright-core';
import type { QuickInput } from './quick-input.ts';

/** Notifications, read in the notification centre: a toast may be skipped while the window is busy. */
export interface Notifications {
  /** Opens the centre and returns the messages. */
  messages(): Promise<readonly string[]>;
  /** Waits for a message that contains `text` (in a toast or the centre) and returns the whole message. */
  waitFor(text: string, timeout?: number): Promise<string>;
  /** Presses a button of the notification that contains `text`. */
  press(text: string, button: string): Promise<void>;
  /** Button labels of a modal dialogue, or undefined when there is none. */
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
    while (!(await found.isVisible())) {
      if (Date.now() > deadline) throw new Error(`No notification says “${text}”: ${await items.allInnerTexts()}`);
      await found.waitFor({ timeout: 2000 }).catch(() => showCentre().catch(() => undefined));
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
      await found.hover();
      await found.locator('.monaco-button, .action-label', { hasText: button }).first().click();
    },
    pressInDialog: (button) => page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).first().click(),
    clear: () => quickInput.runCommand('Notifications: Clear All Notifications'),
  };
}
