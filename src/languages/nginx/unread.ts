import { createMemo } from '../../memory/memo.ts';

/** What may bring something into a block that nobody sees: includes as they are written, and templates. */
interface Unread {
  readonly includes: Set<string>;
  hasTemplate: boolean;
}

const remembered = createMemo<object, Unread>();

/** Remembers an include of a block that cannot be followed, or without one that a template has a say in it. */
export function noteUnread(block: object, include?: string): void {
  let unread = remembered.get(block);
  if (!unread) {
    unread = { includes: new Set(), hasTemplate: false };
    remembered.set(block, unread);
  }
  if (include === undefined) unread.hasTemplate = true;
  else unread.includes.add(include);
}

/** More includes than these are not named. */
const mostNamed = 3;

/**
 * Why something in an open block cannot be known.
 * @param may what the included text may do: `set it`
 */
export function whyOpen(block: object, may: string): string {
  const { includes, hasTemplate } = remembered.get(block) ?? { includes: new Set<string>(), hasTemplate: false };
  const shown: string[] = [];
  for (const include of includes) {
    const isOneOfMany = shown.length === mostNamed - 1 && includes.size > mostNamed;
    shown.push(isOneOfMany ? 'another include' : `include ${include}`);
    if (isOneOfMany) break;
  }
  if (hasTemplate) shown.push('a template');
  if (shown.length === 0) return `what an include or a template puts here cannot be read and may ${may}`;
  const last = shown.pop();
  return `what ${shown.length === 0 ? '' : `${shown.join(', ')} or `}${last} puts here cannot be read and may ${may}`;
}
