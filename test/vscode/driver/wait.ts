import type { Locator, Page } from 'playwright-core';
import { inPage } from '../../support/in-page.ts';

/** Milliseconds after which a key or a click that has shown nothing counts as lost. */
export const patience = 10_000;

/** Whether something comes to be seen in time. */
export async function appears(locator: Locator, timeout = patience): Promise<boolean> {
  return (await waited(locator, 'visible', timeout)) === 'yes';
}

/** Whether something goes in time. */
export async function disappears(locator: Locator, timeout = patience): Promise<boolean> {
  return (await waited(locator, 'hidden', timeout)) === 'yes';
}

async function waited(locator: Locator, state: 'visible' | 'hidden', timeout: number): Promise<'yes' | 'no'> {
  try {
    await locator.first().waitFor({ state, timeout });
    return 'yes';
  } catch (error) {
    if (error instanceof Error && error.name === 'TimeoutError') return 'no';
    throw error;
  }
}

/**
 * Repeats what a person would repeat: a key or a click that VS Code did not take, because it was just drawing the place
 * anew. `act` answers whether its effect is to be seen, so it must be something that may be done twice.
 */
export async function repeat(what: string, act: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) if (await act()) return;
  throw new Error(`${what} has shown no effect.`);
}

/**
 * Presses a key until the wanted row has the focus. The next press waits until the last one has moved it: keys that are still
 * on their way would move it on afterwards. False where it never comes there.
 * @param focused whichever row has the focus
 * @param wanted the row that shall have it, and has it
 */
export async function moveFocus(page: Page, key: string, focused: Locator, wanted: Locator): Promise<boolean> {
  for (let step = 0; step < 200; step++) {
    if (await wanted.first().isVisible()) return true;
    const before = await identityOf(focused);
    await page.keyboard.press(key);
    for (let look = 0; look < 40 && (await identityOf(focused)) === before; look++) await page.waitForTimeout(25);
  }
  return false;
}

async function identityOf(row: Locator): Promise<string> {
  return (await row.evaluateAll(identities)).join();
}

const identities = inPage<string[]>('rows', 'return rows.map((row) => row.dataset.index + row.textContent)');
