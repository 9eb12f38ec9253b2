import type { Locator } from 'playwright-core';

/** Milliseconds after which a key or a click that has shown nothing counts as lost. */
export const patience = 5_000;

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
