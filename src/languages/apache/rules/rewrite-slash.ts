import type { Fix } from '../../../text/finding.ts';
import { conditionLacksSlash, lacksSlash, leadsToTls, waitsForSlash } from '../answers/slash-rules.ts';
import { withKey } from '../evaluate/by-key.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { rangeOfStart } from './source.ts';

/** A rule that never matches, for the slash that it begins with, or does not. */
export const rewriteSlash: ApacheRule = {
  id: 'rewrite-slash',
  title: 'Rewrite rule whose slash never fits',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { evaluation } = context;
    for (const statement of withKey(evaluation, 'rewriterule')) {
      if (waitsForSlash(statement, evaluation)) yield tooMany(statement, context);
      else if (lacksSlash(statement, evaluation)) yield tooFew(statement, 0, context);
    }
    for (const statement of withKey(evaluation, 'rewritecond')) {
      if (conditionLacksSlash(statement)) yield tooFew(statement, 1, context);
    }
  },
};

function tooMany(statement: Statement, context: ApacheContext): ApacheReport {
  const pattern = statement.args[0]?.value ?? '';
  return {
    message: `"${pattern}" never matches here, so ${outcomeOf(statement)}: in a folder, rules see only the path below it, without a leading slash. Write "${withoutSlash(pattern)}".`,
    location: wordLocation(statement, 0),
    statement,
    ...gravity(statement),
    fixes: slashGone(statement, pattern, context),
  };
}

/** @param index of the expression among the arguments */
function tooFew(statement: Statement, index: 0 | 1, context: ApacheContext): ApacheReport {
  const pattern = statement.args[index]?.value ?? '';
  const outcome =
    index === 0 ? outcomeOf(statement) : `the condition ${pattern.startsWith('!') ? 'always' : 'never'} holds`;
  const why = index === 0 ? 'in a server, rules see the whole path' : 'REQUEST_URI is the whole path';
  return {
    message: `"${pattern}" matches nothing here, so ${outcome}: ${why}, with a leading slash. Write "${pattern.replace('^', '^/')}".`,
    location: wordLocation(statement, index),
    statement,
    ...gravity(statement),
    fixes: slashAdded(statement, index, pattern, context),
  };
}

function outcomeOf(statement: Statement): string {
  return leadsToTls(statement) ? 'it redirects nobody to HTTPS' : 'the rule does nothing';
}

function gravity(statement: Statement): Partial<ApacheReport> {
  return leadsToTls(statement) ? {} : { severity: 'information', effect: 'advice' };
}

const leadingSlash = /^\^\\?\//;

function withoutSlash(pattern: string): string {
  return pattern.replace(leadingSlash, '^');
}

function slashGone(statement: Statement, pattern: string, context: ApacheContext): readonly Fix[] {
  const start = leadingSlash.exec(pattern)?.[0] ?? '';
  const range = rangeOfStart(wordLocation(statement, 0), start, context);
  if (!range) return [];
  const behindCaret = { start: range.start + 1, end: range.end };
  return [fix('Remove the slash', false, { file: statement.file, range: behindCaret, newText: '' })];
}

function slashAdded(statement: Statement, index: number, pattern: string, context: ApacheContext): readonly Fix[] {
  const start = pattern.startsWith('!') ? '!^' : '^';
  const range = rangeOfStart(wordLocation(statement, index), start, context);
  if (!range) return [];
  const behindCaret = { start: range.end, end: range.end };
  return [fix('Write a slash before it', false, { file: statement.file, range: behindCaret, newText: '/' })];
}
