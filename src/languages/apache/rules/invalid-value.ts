import { rememberTexts } from '../../../memory/remember-texts.ts';
import { suggest, suggestSwitch } from '../../../text/suggest.ts';
import { type WordList, wordLists } from '../data/values.ts';
import { type DirectiveFact, factOf } from '../directives/facts.ts';
import { versionComplaint, versionPattern } from '../evaluate/conditions.ts';
import type { RequestCondition } from '../evaluate/evaluation.ts';
import { isSslOfOthers } from '../evaluate/other-tls.ts';
import { hasTooFew, hasTooMany, type Statement } from '../evaluate/statement.ts';
import type { Argument } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';
import { isRewriting } from '../words.ts';
import { commentBehind } from './comment-behind.ts';
import { checkExpressions } from './expressions/check.ts';
import { checkCondition } from './expressions/condition.ts';
import { hasExpressions } from './expressions/places.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';
import { accessChecks } from './values/access.ts';
import { isBrokenPattern } from './values/broken-pattern.ts';
import { cachingChecks } from './values/caching.ts';
import { davChecks } from './values/dav.ts';
import { expiryChecks } from './values/expiry.ts';
import { filterChecks } from './values/filters.ts';
import { formCheck } from './values/forms.ts';
import { http2Checks } from './values/http2.ts';
import { limitChecks } from './values/limits.ts';
import { moduleChecks } from './values/load-module.ts';
import { loggingChecks } from './values/logging.ts';
import { loneSign } from './values/lone-sign.ts';
import { managedChecks } from './values/managed.ts';
import { mappingChecks } from './values/mapping.ts';
import { proxyChecks } from './values/proxy.ts';
import { remoteIpChecks } from './values/remote-ip.ts';
import { serverChecks } from './values/server.ts';
import { tlsChecks } from './values/tls.ts';
import type { BadValue, ValueCheck, ValueChecks } from './values/value-check.ts';
import { refusingSection } from './wrong-context.ts';

/** A word that httpd refuses while it reads the file or, for TLS, only when it starts. */
export const invalidValue: ApacheRule = {
  id: 'invalid-value',
  title: 'Value that the directive does not take',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const isForeign = isSslOfOthers(context.evaluation);
    for (const statement of context.evaluation.all) {
      const judge = statement.uncertain && !hasMapsAlone(statement) ? undefined : judgeOf(statement.key);
      if (isForeign && statement.key.startsWith('ssl')) continue;
      // `If …` without brackets, or `<ServerName …>`, is another name to httpd.
      if (!judge || judge.isSection !== (statement.node.kind === 'section')) continue;
      // What has not as many words as it takes, or does not belong at all, is told.
      if (hasTooMany(statement, judge.fact) || hasTooFew(statement, judge.fact)) continue;
      if (refusingSection(statement) !== undefined) continue;
      const report =
        (judge.flag && flagReport(judge.flag, statement)) ??
        checked(judge.list, statement, context) ??
        checked(judge.check, statement, context) ??
        checked(judge.form, statement, context) ??
        (judge.expressions ? withExpressions(statement, context) : undefined);
      if (report) yield { ...report, statement };
    }
    for (const condition of context.evaluation.requestConditions) {
      // A name that is none, and a tag without its bracket, are told.
      if (condition.section.key !== condition.key || !hasAnyBracket(condition, context)) continue;
      const bad = checkCondition(condition, context);
      if (bad) yield { ...describe({ node: condition.section, file: condition.file }, bad), statement: condition };
    }
    for (const condition of context.evaluation.startConditions) {
      if (condition.key !== 'ifversion' && condition.args.length === 0 && hasBracket(condition, context)) {
        const message = `<${factOf(condition.key)?.name}> directive requires additional arguments`;
        const empty = describe({ node: condition.section, file: condition.file }, { argument: undefined, message });
        yield { ...empty, statement: condition };
      }
      const bad = condition.key === 'ifversion' && hasBracket(condition, context) ? checkVersion(condition) : undefined;
      if (bad) yield { ...describe({ node: condition.section, file: condition.file }, bad), statement: condition };
    }
  },
};

/** `${map:key}` of a RewriteMap is looked up for each request, and decides nothing of the directive's own words. */
function hasMapsAlone({ key, args }: Statement): boolean {
  return isRewriting(key) && !args.some(({ value }) => isUncertain(value.replace(/\$\{[\w.-]+:(?![-=?+])/g, '')));
}

function hasAnyBracket({ file, section: { header } }: RequestCondition, context: ApacheContext): boolean {
  return textOf(file, context).slice(header.start, header.end).includes('>');
}

/** Without it the words behind are no version, and that is told. */
function hasBracket({ file, section }: RequestCondition, context: ApacheContext): boolean {
  return textOf(file, context)[section.header.end - 1] === '>';
}

function checkVersion({ args }: RequestCondition): BadValue | undefined {
  const words = args.map(({ value }) => value);
  const message = versionComplaint(words);
  if (message !== undefined) return { argument: args[0], message };
  const pattern = versionPattern(words);
  return pattern !== undefined && isBrokenPattern(pattern)
    ? { argument: args.at(-1), message: 'Unable to compile regular expression' }
    : undefined;
}

const valueChecks: ValueChecks = {
  ...tlsChecks,
  ...accessChecks,
  ...mappingChecks,
  ...managedChecks,
  ...proxyChecks,
  ...remoteIpChecks,
  ...serverChecks,
  ...limitChecks,
  ...loggingChecks,
  ...http2Checks,
  ...cachingChecks,
  ...davChecks,
  ...expiryChecks,
  ...filterChecks,
  ...moduleChecks,
};

/** Everything that looks at the values of one directive. */
interface Judge {
  readonly fact: DirectiveFact | undefined;
  readonly isSection: boolean;
  readonly flag: DirectiveFact | undefined;
  readonly list: ValueCheck | undefined;
  readonly check: ValueCheck | undefined;
  readonly form: ValueCheck | undefined;
  readonly expressions: boolean;
}

/** By directive; null where nothing looks at its values. */
const judgeOf = rememberTexts((key): Judge | null => {
  const fact = factOf(key);
  const flag = fact?.isFlag ? fact : undefined;
  const words = Object.hasOwn(wordLists, key) ? wordLists[key] : undefined;
  const list = words && ((statement: Statement) => badWord(words, statement));
  const check = Object.hasOwn(valueChecks, key) ? valueChecks[key] : undefined;
  const form = formCheck(key);
  const expressions = hasExpressions(key);
  const isSection = fact?.isSection ?? false;
  return flag || list || check || form || expressions
    ? { fact, isSection, flag, list, check, form, expressions }
    : null;
}, 5000);

function checked(
  check: ValueCheck | undefined,
  statement: Statement,
  context: ApacheContext,
): ApacheReport | undefined {
  const bad = check?.(statement, context);
  if (!bad) return undefined;
  const comment = bad.argument?.value.startsWith('#') ? commentBehind(statement, context) : undefined;
  if (!comment) return describe(statement, bad);
  const location = { file: statement.file, range: comment.range };
  // What Apache lets pass, somebody may count on.
  const fixes = bad.gravity ? comment.fixes.map((each) => ({ ...each, safe: false })) : comment.fixes;
  return { message: `${bad.message}. ${comment.hint}`, location, ...bad.gravity, fixes };
}

function withExpressions(statement: Statement, context: ApacheContext): ApacheReport | undefined {
  const { node, file, key, args } = statement;
  const bad = checkExpressions({ key, args, raw: node.raw, context: statement.context }, node, file, context);
  return bad && describe(statement, bad);
}

/** What word processors and web pages make of the hyphen before an option. */
const dash = /^[\u2010-\u2015\u2212](?=\w)/;

/** Directives whose words may have a hyphen before them. */
const signed = /^(?:(?:Index|SSL)?Options|SSL(?:Proxy)?Protocol)$/i;

/** `–Indexes`, where `Indexes` would be the contrary. */
function withHyphen(bad: BadValue, directive: string): BadValue {
  const { argument, message } = bad;
  if (!argument || !dash.test(argument.value) || !signed.test(directive)) return bad;
  const instead = argument.value.replace(dash, '-');
  return { ...bad, message: `${message}, which begins with a dash and not with a hyphen`, instead };
}

function describe({ node, file }: Pick<Statement, 'node' | 'file'>, bad: BadValue): ApacheReport {
  const read = withHyphen(bad, node.name);
  const { argument, message, instead, needless, gravity, fixes: others = [] } = read;
  const { from = argument, through = argument } = read;
  const range = argument?.range ?? (node.kind === 'section' ? node.header : node.range);
  const replaced = { start: from?.range.start ?? range.start, end: through?.range.end ?? range.end };
  const fixes =
    argument && instead !== undefined
      ? [fix(`Change to ${instead}`, false, { file, range: replaced, newText: instead })]
      : [];
  if (argument && needless) {
    const next = node.args.find(({ range: { start } }) => start >= range.end)?.range.start;
    const before = node.args.findLast(({ range: { end } }) => end <= range.start)?.range.end;
    const gone = next === undefined ? { start: before ?? range.start, end: range.end } : { ...range, end: next };
    fixes.push(fix(`Remove ${argument.value}`, true, { file, range: gone, newText: '' }));
  }
  return {
    message: `${message}.${instead === undefined ? '' : ` Did you mean ${instead}?`}`,
    location: { file, range },
    ...gravity,
    fixes: [...fixes, ...others],
  };
}

function flagReport(fact: DirectiveFact, statement: Statement): ApacheReport | undefined {
  const [argument] = statement.args;
  if (!argument || /^(?:on|off)$/i.test(argument.value)) return undefined;
  const meant = suggestSwitch(argument.value);
  const instead = meant && (meant === 'on' ? 'On' : 'Off');
  return describe(statement, {
    argument,
    message: `${fact.name} must be On or Off`,
    ...(instead === undefined ? {} : { instead }),
  });
}

function badWord(list: WordList, statement: Statement): BadValue | undefined {
  const checkedArguments = list.count === 'all' ? statement.args : statement.args.slice(0, list.count);
  const argument = checkedArguments.find(({ value }) => !list.words.some((word) => isWord(value, word, list.signed)));
  if (!argument) return badSign(list, checkedArguments);
  const sign = list.signed ? (/^[+-]/.exec(argument.value)?.[0] ?? '') : '';
  const word = argument.value.slice(sign.length);
  const alone = list.signed && loneSign(list.message.replace('%s', '').trimEnd(), argument, statement.args, list.words);
  if (alone) return alone;
  const near =
    suggest(word, list.words) ??
    (list.words.includes('on') ? suggestSwitch(word) : undefined) ??
    // `FollowSymLinksIfOwnerMatch`: two names in one.
    list.words.findLast((each) => each.length > 12 && word.toLowerCase().endsWith(each.toLowerCase()));
  return {
    argument,
    message: list.message.replace('%s', word),
    ...(near === undefined ? {} : { instead: sign + near }),
  };
}

function badSign({ unsigned }: WordList, args: readonly Argument[]): BadValue | undefined {
  const argument = args.find(({ value }) =>
    unsigned?.words.some((word) => /^[+-]/.test(value) && isWord(value, word, true)),
  );
  if (!argument || !unsigned) return undefined;
  return { argument, message: unsigned.message.replace('%s', argument.value.slice(1)) };
}

function isWord(value: string, word: string, signed: boolean | undefined): boolean {
  const bare = signed ? value.replace(/^[+-]/, '') : value;
  return bare.toLowerCase() === word.toLowerCase();
}
