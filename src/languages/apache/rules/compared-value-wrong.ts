import { hasFlag, readFlags } from '../answers/rewrite-flags.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { RequestCondition } from '../evaluate/evaluation.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import type { Comparison } from '../expressions/parse.ts';
import type { ApacheNode } from '../syntax.ts';
import { conditionsOf } from './expressions/conditions-of.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

/** `%{HTTPS} == 'On'`: text is compared letter by letter, and mod_ssl says `on` (measured with 2.4.71). */
export const comparedValueWrong: ApacheRule = {
  id: 'compared-value-wrong',
  title: 'Comparison with a value that there never is',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { evaluation } = context;
    for (const key of ['require', 'sslrequire', 'setenvifexpr', 'header', 'requestheader', 'rewritecond']) {
      for (const [index, statement] of withKey(evaluation, key).entries()) {
        const { node, uncertain } = statement;
        if (uncertain || !known.test(node.raw)) continue;
        if (key === 'rewritecond' && !/^expr$/i.test(statement.args[0]?.value ?? '')) {
          const report = inRewriteCond(statement, index, context);
          if (report) yield report;
        } else yield* inExpressions(statement, node, context);
      }
    }
    for (const condition of evaluation.requestConditions) {
      if (known.test(condition.section.raw)) yield* inExpressions(condition, condition.section, context);
    }
  },
};

const known = /HTTPS|HTTP2|IPV6|REQUEST_SCHEME|SSL_CLIENT_VERIFY|SSL_PROTOCOL/;
const switched = ['on', 'off'];

/** All that mod_ssl and the core say; of a certificate that is not accepted, `FAILED:` and a reason too. */
const values: Readonly<Record<string, readonly string[]>> = {
  HTTPS: switched,
  HTTP2: switched,
  IPV6: switched,
  REQUEST_SCHEME: ['http', 'https'],
  SSL_CLIENT_VERIFY: ['NONE', 'SUCCESS', 'GENEROUS'],
  SSL_PROTOCOL: ['SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'],
};

const otherwise: Readonly<Record<string, string>> = {
  true: 'on',
  yes: 'on',
  '1': 'on',
  false: 'off',
  no: 'off',
  '0': 'off',
  'tlsv1.0': 'TLSv1',
  tls1: 'TLSv1',
  'tls1.0': 'TLSv1',
  'tls1.1': 'TLSv1.1',
  'tls1.2': 'TLSv1.2',
  'tls1.3': 'TLSv1.3',
};

interface Meant {
  /** What is compared, without signs of an expression. */
  readonly word: string;
  readonly instead: string;
  readonly among: readonly string[];
}

/** Undefined where the variable may have the value, or where nobody can tell which is meant. */
function meantBy(variable: string, word: string): Meant | undefined {
  const among = Object.hasOwn(values, variable) ? (values[variable] ?? []) : [];
  const lower = word.toLowerCase();
  const value = among.find((each) => each.toLowerCase() === lower) ?? otherwise[lower];
  return value === undefined || value === word || !among.includes(value) ? undefined : { word, instead: value, among };
}

/** An expression that is one word, of which none of the values has a part. */
function meantByPattern(variable: string, pattern: string): Meant | undefined {
  const [, begin = '', word = '', end = ''] = /^(\^?)([\w.]+)(\$?)$/.exec(pattern) ?? [];
  const meant = meantBy(variable, word);
  if (!meant || meant.among.some((each) => new RegExp(pattern).test(each))) return undefined;
  const same = `${begin}${meant.instead}${end}`;
  // "http" is a part of "https".
  const isPart = meant.among.some((each) => each !== meant.instead && new RegExp(same).test(each));
  return { ...meant, instead: isPart ? `^${meant.instead}$` : same };
}

function* inExpressions(
  statement: Statement | RequestCondition,
  node: ApacheNode,
  context: ApacheContext,
): Iterable<ApacheReport> {
  const { file, key } = statement;
  for (const { parsed, begin } of conditionsOf(statement, node, context)) {
    const written = new Set(parsed.comparisons.map(({ variable, value }) => `${variable} ${bare(value)}`));
    for (const comparison of parsed.comparisons) {
      const found = readComparison(comparison, key === 'sslrequire');
      // Beside one with the right letters it does no harm.
      if (!found || written.has(`${comparison.variable} ${bare(found.meant.instead)}`)) continue;
      const { meant, start, end, newText } = found;
      const location = { file, range: { start: begin + start, end: begin + end } };
      yield {
        ...messageOf(comparison.variable, meant, /^(?:!|-?ne$)/i.test(comparison.operator.value)),
        location,
        statement,
        ...(isGrave(node, key) ? {} : { severity: 'information', effect: 'advice' }),
        fixes: [fix(`Write "${meant.instead}"`, false, { ...location, newText })],
      };
    }
  }
}

interface FoundValue {
  readonly meant: Meant;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** @param isText `eq` and `ne` compare text, as they do in SSLRequire alone. */
function readComparison(comparison: Comparison, isText: boolean): FoundValue | undefined {
  const { variable, operator, value, start, end } = comparison;
  if (operator.kind === 'match') {
    // Delimiters around it, and no flag behind.
    if (end - start !== value.length + 2) return undefined;
    const meant = meantByPattern(variable, value);
    return meant && { meant, start: start + 1, end: end - 1, newText: meant.instead };
  }
  if (!/^(?:==?|!=)$/.test(operator.value) && !(isText && /^-?(?:eq|ne)$/i.test(operator.value))) return undefined;
  const meant = end - start === value.length ? meantBy(variable, value) : undefined;
  return meant && { meant, start, end, newText: meant.instead };
}

function bare(value: string): string {
  return value.replace(/[=^$]/g, '');
}

/** Those of mod_ssl with its prefix alone. */
const ofRewriteCond = /^%\{(?:SSL:(\w+)|((?!SSL_)\w+))\}$/;

function inRewriteCond(statement: Statement, index: number, context: ApacheContext): ApacheReport | undefined {
  const [subject, pattern, flags] = statement.args;
  const [, ofSsl, variable = ofSsl] = ofRewriteCond.exec(subject?.value ?? '') ?? [];
  const [, not = '', equals = '', word = ''] = /^(!?)(=?)([\w.^$]+)$/.exec(pattern?.value ?? '') ?? [];
  if (variable === undefined || word === '' || hasFlag(readFlags(flags?.value ?? ''), 'nc', 'nocase')) return undefined;
  const meant = equals === '' ? meantByPattern(variable, word) : meantBy(variable, word);
  if (!meant) return undefined;
  const conditions = withKey(context.evaluation, 'rewritecond');
  const isRight = (each: Statement | undefined) =>
    each?.args[0]?.value === subject?.value && bare(each?.args[1]?.value ?? '') === `${not}${bare(meant.instead)}`;
  // Of the same rule, as each stands right behind the other.
  const isBeside = (step: number) => conditions[index + step]?.order === statement.order + step;
  if ([-2, -1, 1, 2].some((step) => isBeside(step) && isRight(conditions[index + step]))) return undefined;
  const location = wordLocation(statement, 1);
  const written = textOf(location.file, context).slice(location.range.start, location.range.end);
  const newText = written.replace(word, () => meant.instead);
  return {
    ...messageOf(variable, meant, not !== ''),
    location,
    statement,
    fixes: newText === written ? [] : [fix(`Write "${meant.instead}"`, false, { ...location, newText })],
  };
}

function messageOf(
  variable: string,
  { word, instead, among }: Meant,
  isNegated: boolean,
): { readonly message: string } {
  const said = `"${among.join('", "')}"`.replace(/, (?="[^"]*"$)/, ' or ');
  return {
    message: `${variable} is ${said} in just these letters, never "${word}": this ${isNegated ? 'always' : 'never'} holds. Write "${instead}".`,
  };
}

/** It lets in or keeps out, redirects, or sends HSTS, or stands around what does. */
function isGrave(node: ApacheNode, key: string): boolean {
  if (node.kind !== 'section') return !/^(?:set|requestheader|header)/.test(key) || ofHsts.test(node.raw);
  return node.children.some(
    (child) => /^(?:require|sslrequire|deny$|order$|redirect|rewriterule$)/.test(child.key) || ofHsts.test(child.raw),
  );
}

const ofHsts = /strict-transport-security/i;
