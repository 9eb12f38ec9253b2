import type { Range } from '../../../text/range.ts';
import { compareVersions } from '../../../text/version.ts';
import type { Target } from '../../../tls/target.ts';
import type { Completion, Hover } from '../../language.ts';
import { proposedWords } from '../data/proposed-words.ts';
import { type FlaggedDirective, type RewriteFlag, rewriteFlags } from '../data/rewrite-flags.ts';
import type { TypedArgument } from './arguments.ts';
import { describeWith } from './described.ts';
import { listed, type Row } from './listed.ts';

/** Which argument holds the flags. */
const place = 2;

function flaggedBy(key: string): FlaggedDirective | undefined {
  return key === 'rewriterule' || key === 'rewritecond' ? key : undefined;
}

/** Flags of rewriting inside their brackets; undefined where the cursor is in none. */
export function proposedFlags(
  { key, before, partial }: TypedArgument,
  offset: number,
  target: Target,
): readonly Completion[] | undefined {
  const directive = flaggedBy(key);
  const [, said, typed] = /^["']?\[([^\]]*?)([^,[\]]*)$/.exec(partial) ?? [];
  if (!directive || before.length !== place || said === undefined || typed === undefined) return undefined;
  if (typed.includes('%')) return undefined;
  const [, status] = /^\s*(?:R|redirect)=(.*)$/i.exec(typed) ?? [];
  if (status === undefined && typed.includes('=')) return [];
  const word = status ?? typed.trimStart();
  const range = { start: offset - word.length, end: offset };
  const rows = status === undefined ? flagRows(directive, said, target) : statuses();
  return listed(rows, range);
}

function statuses(prefix = ''): readonly Row[] {
  const words = proposedWords.wordsOf('%status', []) ?? [];
  return words.map(({ word, detail = '' }) => ({ label: `${prefix}${word}`, detail }));
}

function flagRows(directive: FlaggedDirective, said: string, target: Target): readonly Row[] {
  const known = rewriteFlags(directive);
  const there = new Set(said.split(',').map((flag) => known.get(nameIn(flag))));
  const flags = [...new Set(known.values())].filter(
    (flag) => !there.has(flag) && (flag.since === '' || compareVersions(target.apache, flag.since) >= 0),
  );
  return flags.flatMap((flag) => {
    const { name, value, summary } = flag;
    const documentation = describeFlag(directive, flag);
    const row = { label: `${name}${value === '*' ? '=' : ''}`, detail: summary, documentation };
    return name === 'R' ? [...statuses('R=').slice(0, 1), row, ...statuses('R=').slice(1)] : [row];
  });
}

function nameIn(flag: string): string {
  return /^\s*([^=\s]*)/.exec(flag)?.[1]?.toLowerCase() ?? '';
}

/** The flag at an offset; `text` is that of the argument, with its brackets, from `start`. */
export function hoverFlag(key: string, index: number, text: string, start: number, offset: number): Hover | undefined {
  const directive = flaggedBy(key);
  if (!directive || index !== place) return undefined;
  for (const { 0: written, index: from } of text.matchAll(/[^,[\]"'\s][^,[\]"']*/g)) {
    const range: Range = { start: start + from, end: start + from + written.length };
    if (offset < range.start || range.end < offset) continue;
    const flag = rewriteFlags(directive).get(nameIn(written));
    return flag && { range, contents: describeFlag(directive, flag) };
  }
  return undefined;
}

function describeFlag(directive: FlaggedDirective, { name, longName, value, since, summary }: RewriteFlag): string {
  const written = [name, longName].filter((each) => each !== '').map((each) => `${each}${forms[value]}`);
  // Those that were added with security fixes, whose names are words, have no section of their own in every edition.
  const hasSection = directive === 'rewriterule' && /^[A-Z]+$/.test(name);
  const page = hasSection ? `rewrite/flags.html#flag_${name.toLowerCase()}` : `mod/mod_rewrite.html#${directive}`;
  return describeWith(written.join('\n'), summary, since, page);
}

const forms: Readonly<Record<RewriteFlag['value'], string>> = { '': '', '*': '=…', '?': '[=…]' };
