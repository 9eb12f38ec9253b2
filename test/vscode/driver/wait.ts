import { setTimeout as pause } from 'node:timers/promises';
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
  const deadline = Date.now() + 30_000;
  for (let attempt = 0; attempt < 5 || Date.now() < deadline; attempt++) {
    if (await act()) return;
    await pause(100);
  }
  throw new Error(`${what} has shown no effect.`);
}

/** Looks again until what is asserted holds. What never comes to hold throws as it did at last. */
export async function eventually<T>(look: () => T | Promise<T>, patience = 20_000): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await look();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await pause(100);
  }
}

/** Clicks until something shows, which is not there before: what is drawn anew at that moment loses a click. */
export async function clickUntil(
  target: Locator,
  shown: Locator,
  options: Parameters<Locator['click']>[0] = {},
): Promise<void> {
  await target.waitFor();
  await repeat(`A click on “${await target.innerText()}”`, async () => {
    if (await shown.first().isVisible()) return true;
    await target.click({ timeout: patience, ...options }).catch(ignoreTimeout);
    return appears(shown);
  });
}

/** Clicks until what is clicked has gone. */
export async function clickUntilGone(target: Locator): Promise<void> {
  await target.waitFor();
  await repeat(`A click on “${await target.innerText()}”`, async () => {
    if (!(await target.isVisible())) return true;
    await target.click({ timeout: patience }).catch(ignoreTimeout);
    return disappears(target);
  });
}

/** Rests the mouse on something until its hover shows: what is drawn anew loses it. */
export async function hoverUntil(target: Locator, shown: Locator): Promise<void> {
  await repeat('A hover', async () => {
    await target.page().mouse.move(0, 0);
    await target.hover();
    return appears(shown, 5_000);
  });
}

export function ignoreTimeout(error: unknown): undefined {
  if (!(error instanceof Error && error.name === 'TimeoutError')) throw error;
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

/** A pattern for just this text. */
export function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
