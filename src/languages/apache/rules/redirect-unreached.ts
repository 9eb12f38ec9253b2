import { lineStart, wholeLines } from '../../../text/lines.ts';
import { contains } from '../../../text/range.ts';
import type { ConditionalRule } from '../answers/rewrite-rules.ts';
import { leavesTarget, type TakenRedirect, takenRedirects } from '../answers/taken-redirects.ts';
import { locationOf, type Statement, wordLocation } from '../evaluate/statement.ts';
import { textsOf } from '../write/place.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { rangeOfStart } from './source.ts';
import { startPagesLeft } from './start-page-left.ts';

/** `RewriteRule ^ https://…` behind the rule of a program that answers all pages, as WordPress has it. */
export const redirectUnreached: ApacheRule = {
  id: 'redirect-unreached',
  title: 'Redirect to HTTPS behind a rule that takes its requests',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const taken of takenRedirects(context.evaluation)) yield report(taken, context);
    yield* startPagesLeft(context);
  },
};

function report(taken: TakenRedirect, context: ApacheContext): ApacheReport {
  const { redirect, refuser, taker, guard, undoer, isReachedAnew } = taken;
  if (refuser) return refused(redirect, refuser, context);
  if (undoer) return undone(redirect, undoer, context);
  const related = [
    ...(guard ? [{ location: locationOf(guard.rule), message: 'This rule ends for files and folders.' }] : []),
    ...(taker ? [{ location: locationOf(taker.rule), message: 'This rule takes the pages.' }] : []),
  ];
  return {
    message: `This redirect to HTTPS ${outcomeOf(taken)}.`,
    location: locationOf(redirect.rule),
    related,
    statement: redirect.rule,
    ...(isReachedAnew ? { effect: 'connect' as const } : {}),
    fixes: moved(taken, context),
  };
}

function afterPassword(rule: Statement, asker: Statement, { project, evaluation }: ApacheContext): ApacheReport {
  // Outside of virtual hosts few redirect.
  const isSeen = project.complete || rule.parents.some(({ key }) => key === 'virtualhost');
  const isWhole = isSeen && evaluation.unseen.size === 0;
  return {
    message: `This redirect to HTTPS comes after the password, which is asked for over plain HTTP${isWhole ? '' : ', unless the server redirects before'}: whoever listens there can read it. Redirect in the virtual host for port 80 instead.`,
    location: locationOf(rule),
    related: [
      { location: locationOf(asker), message: 'This asks for the password before a folder is asked for its rules.' },
    ],
    statement: rule,
    ...(isWhole ? {} : { severity: 'information', effect: 'advice' }),
  };
}

function refused({ rule }: ConditionalRule, refuser: Statement, context: ApacheContext): ApacheReport {
  const { file, node, key } = refuser;
  if (key === 'authtype') return afterPassword(rule, refuser, context);
  const name = key === 'require' ? 'Require ssl' : node.name;
  return {
    message: `This redirect to HTTPS is never reached: ${name} answers everything over plain HTTP with 403 before a folder is asked for its rules. Redirect in the virtual host for port 80 instead, or leave ${name} out.`,
    location: locationOf(rule),
    related: [{ location: locationOf(refuser), message: 'This refuses plain HTTP.' }],
    statement: rule,
    effect: 'connect',
    fixes:
      key === 'require'
        ? []
        : [
            fix(`Remove ${name}`, false, {
              file,
              range: wholeLines(textsOf(context.project)(file), node.range),
              newText: '',
            }),
          ],
  };
}

function undone({ rule }: ConditionalRule, undoer: ConditionalRule, context: ApacheContext): ApacheReport {
  const flags = rule.args[2]?.value ?? '';
  const word = wordLocation(rule, 2);
  const range = flags.endsWith(']') ? rangeOfStart(word, flags.slice(0, -1), context) : undefined;
  const added = range && { file: word.file, range: { start: range.end, end: range.end }, newText: ',L' };
  const answered = 'answered over plain HTTP, with the status of a redirect and no address';
  // What it leaves alone may be its own target, which is redirected when that is asked for.
  const outcome = leavesTarget(undoer)
    ? `No page gets to its own address: all lead to ${undoer.rule.args[1]?.value}, or are ${answered}`
    : `Pages are ${answered}`;
  return {
    message: `This redirect to HTTPS is undone: without L its address goes on to the rules behind it, and ${wordsOf(undoer)} makes a path of that. ${outcome}. Write L among its flags.`,
    location: locationOf(rule),
    related: [{ location: locationOf(undoer.rule), message: 'This rule makes a path of the address.' }],
    statement: rule,
    fixes: added ? [fix('End the rules with the redirect', false, added)] : [],
  };
}

function outcomeOf({ taker, guard, isReachedAnew }: TakenRedirect): string {
  if (!taker)
    return `is not reached by files and folders, the start page among them: ${wordsOf(guard)} comes before it. Move the redirect before that`;
  if (guard && isReachedAnew === false && taker.conditions.every(({ args }) => /^!-/.test(args[1]?.value ?? ''))) {
    return `is never reached: ${wordsOf(guard)} comes before it and ends for files and folders, the start page among them, and ${wordsOf(taker)} takes the other paths. Move the redirect before both`;
  }
  const takes = `${wordsOf(taker)} comes before it, and takes every path that is no file. Move the redirect before that`;
  if (isReachedAnew) return `leads pages to ${taker.rule.args[1]?.value}, and not to their own address: ${takes}`;
  return `${isReachedAnew === false ? 'is not reached by pages' : 'does not get the addresses of pages'}: ${takes}`;
}

function wordsOf(rule: ConditionalRule | undefined): string {
  const [pattern, target, flags] = rule?.rule.args.map(({ value }) => value) ?? [];
  return `"${rule?.rule.node.name} ${pattern} ${target}${target === '-' ? ` ${flags}` : ''}"`;
}

/** With its conditions and comments before all rules, where nothing is between them, and outside of what WordPress and its like write anew. */
function moved({ redirect, first }: TakenRedirect, { evaluation, project }: ApacheContext) {
  const { file } = redirect.rule;
  const text = textsOf(project)(file);
  const [start, target] = [startOf(redirect), startOf(first)];
  if (start.file !== file || target.file !== file || redirect.rule.branches.length > 0) return [];
  const range = wholeLines(text, {
    start: commentStart(text, start.node.range.start),
    end: redirect.rule.node.range.end,
  });
  const lines = text.slice(range.start, range.end);
  if (/^\s*</m.test(lines)) return [];
  const at = placeBefore(target, text, evaluation.context === '.htaccess' ? project.files.get(file)?.nodes : undefined);
  if (at === undefined || at > range.start) return [];
  const newText = lines.endsWith('\n') ? lines : `${lines}\n`;
  return [
    fix(
      'Move the redirect before the other rules',
      false,
      { file, range: { start: at, end: at }, newText },
      { file, range, newText: '' },
    ),
  ];
}

function startOf({ rule, conditions: [condition] }: ConditionalRule): Statement {
  return condition ?? rule;
}

/** Start of the comments right above a line, which go with it. */
function commentStart(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start > 0) {
    const above = lineStart(text, start - 1);
    if (!/^[ \t]*#(?![ \t]*(?:BEGIN|END)\b)/i.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

/** Start of its line, or of that of the section around it, or of the comment from which on a program writes the file. */
function placeBefore(
  { node, branches }: Statement,
  text: string,
  nodes: readonly { readonly range: { readonly start: number; readonly end: number } }[] | undefined,
): number | undefined {
  const outermost = nodes?.find(({ range }) => contains(range, node.range.start));
  if (branches.length > 0 && outermost === undefined) return undefined;
  const at = lineStart(text, (outermost ?? node).range.start);
  let begun: number | undefined;
  for (const { index, 1: word } of text.slice(0, at).matchAll(/^[ \t]*#[ \t]*(BEGIN|END)\b/gim))
    begun = word?.toUpperCase() === 'BEGIN' ? index : undefined;
  return begun ?? at;
}
