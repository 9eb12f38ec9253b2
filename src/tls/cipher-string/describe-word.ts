import type { Range } from '../../text/range.ts';
import type { CipherSuite } from '../suites/cipher-suites.ts';
import type { Target } from '../target.ts';
import { type AppliedRule, type CipherStringResult, evaluateCipherString } from './cipher-string.ts';

/** Names that a sentence lists; the rest is counted. */
const listed = 8;

/** What one word of a cipher string is about. */
export interface WordEffect {
  /** Of the word with its sign, within the string. */
  readonly range: Range;
  /** Markdown. */
  readonly contents: string;
}

/** What the word at an offset of a cipher string does at its place; undefined between words, and where OpenSSL takes no such string. */
export function describeCipherWord(text: string, offset: number, target: Target): WordEffect | undefined {
  const whole = evaluateCipherString(text, target);
  if (whole.error !== undefined || whole.systemPolicy) return undefined;
  const rule = whole.rules.find(({ range }) => range.start <= offset && offset < range.end);
  if (rule === undefined) return undefined;
  const { start, end } = rule.range;
  const before = evaluateCipherString(text.slice(0, start), target);
  const after = evaluateCipherString(text.slice(0, end), target);
  const without = evaluateCipherString(text.slice(0, start) + text.slice(end), target);
  const effect = effectOf(rule, before, after, without, whole);
  if (effect === undefined) return undefined;
  const isIdle = without.error === undefined && namesOf(without.suites) === namesOf(whole.suites);
  const idle = isIdle ? ' Without it the server would offer the same.' : '';
  return { range: rule.range, contents: `**\`${text.slice(start, end)}\`** ${effect}.${idle}` };
}

function effectOf(
  rule: AppliedRule,
  before: CipherStringResult,
  after: CipherStringResult,
  without: CipherStringResult,
  whole: CipherStringResult,
): string | undefined {
  const all = rule.selected.length;
  switch (rule.operator) {
    case 'add': {
      const added = difference(after.selected, before.selected);
      if (all === 0) return isForbidden(rule, whole) ? 'adds nothing: a word before it forbids that' : undefined;
      if (added.length === 0)
        return `adds nothing: ${all === 1 ? 'it is' : `all ${all} that it stands for are`} there already`;
      const offered = added.filter((suite) => after.suites.includes(suite));
      if (offered.length === added.length) return `adds ${suites(added.length)}: ${named(added)}`;
      if (offered.length === 0)
        return `adds ${suites(added.length)}, none of which can be offered here: ${named(added)}`;
      return `adds ${suites(added.length)}, of which ${offered.length} can be offered here: ${named(offered)}`;
    }
    case 'forbid': {
      const dropped = difference(before.selected, after.selected);
      if (all === 0) return undefined;
      const later = `keeps ${all === dropped.length ? 'them' : `all ${all} that it stands for`} out of what follows`;
      return dropped.length === 0
        ? `removes nothing before it, and keeps ${suites(all)} out of what follows`
        : `removes ${suites(dropped.length)}: ${named(dropped)}; and ${later}`;
    }
    case 'remove': {
      const dropped = difference(before.selected, after.selected);
      return dropped.length === 0
        ? 'removes nothing: none of its suites is before it'
        : `removes ${suites(dropped.length)}, which a later word may bring back: ${named(dropped)}`;
    }
    case 'move-to-end': {
      const moved = rule.selected.filter((suite) => before.selected.includes(suite));
      return moved.length === 0
        ? 'moves nothing: none of its suites is before it'
        : `moves ${suites(moved.length)} to the end: ${named(moved)}`;
    }
    case 'command': {
      if (rule.words[0]?.text === 'STRENGTH') return 'sorts what is before it by key length, the longest first';
      const dropped = difference(without.suites, whole.suites);
      const change = dropped.length === 0 ? '' : `, which removes ${suites(dropped.length)}: ${named(dropped)}`;
      return `sets the security level to ${whole.securityLevel}${change}`;
    }
  }
}

/** A word that selects nothing is known: what it stood for is in the list no more. */
function isForbidden({ range }: AppliedRule, { unmatched }: CipherStringResult): boolean {
  return !unmatched.some((word) => range.start <= word.range.start && word.range.end <= range.end);
}

function difference(from: readonly CipherSuite[], other: readonly CipherSuite[]): readonly CipherSuite[] {
  const there = new Set(other);
  return from.filter((suite) => !there.has(suite));
}

function namesOf(list: readonly CipherSuite[]): string {
  return list.map(({ name }) => name).join();
}

function suites(count: number): string {
  return `${count} cipher suite${count === 1 ? '' : 's'}`;
}

function named(list: readonly CipherSuite[]): string {
  const more = list.length - listed;
  const names = list.slice(0, listed).map(({ name }) => `\`${name}\``);
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
