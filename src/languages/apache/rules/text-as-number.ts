import { withKey } from '../evaluate/by-key.ts';
import type { RequestCondition } from '../evaluate/evaluation.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { NumberUse } from '../expressions/parse.ts';
import { isUncertain } from '../uncertain.ts';
import { conditionsOf } from './expressions/conditions-of.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/**
 * `eq` and its like compare numbers (`apr_atoi64`), so that all text is 0 and equal: SSLRequire alone compares text with them
 * (measured with 2.4.71).
 */
export const textAsNumber: ApacheRule = {
  id: 'text-as-number',
  title: 'Text that is compared as a number',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { evaluation } = context;
    for (const key of ['require', 'setenvifexpr', 'header', 'requestheader', 'rewritecond']) {
      for (const statement of withKey(evaluation, key)) {
        if (!statement.uncertain && ofNumbers.test(statement.node.raw))
          yield* within(statement, statement.node, context);
      }
    }
    for (const condition of evaluation.requestConditions) {
      if (ofNumbers.test(condition.section.raw)) yield* within(condition, condition.section, context);
    }
  },
};

const ofNumbers = /(?:eq|ne|lt|le|gt|ge)\b/;

/** What compares text instead, and whether it holds where both are 0. */
const comparisons: Readonly<Record<string, readonly [instead: string, holds: boolean]>> = {
  eq: ['==', true],
  ne: ['!=', false],
  lt: ['<', false],
  le: ['<=', true],
  gt: ['>', false],
  ge: ['>=', true],
};

function* within(
  statement: Statement | RequestCondition,
  node: Statement['node'],
  context: ApacheContext,
): Iterable<ApacheReport> {
  const { key, file } = statement;
  for (const { parsed, begin } of conditionsOf(statement, node, context)) {
    for (const use of parsed.numbers) {
      const report = reportOf(use, begin, file);
      if (report) yield { ...report, statement, ...(isForAccess(node, key) ? {} : advice) };
    }
  }
}

const advice = { severity: 'information', effect: 'advice' } as const;

function reportOf({ operator, text }: NumberUse, begin: number, file: string): ApacheReport | undefined {
  const [instead, holds] = comparisons[operator.value.replace('-', '')] ?? [];
  // A template's, or the parameter of a macro.
  if (instead === undefined || isUncertain(text) || /^[$@%]/.test(text)) return undefined;
  const location = { file, range: { start: begin + operator.start, end: begin + operator.end } };
  return {
    message: `"${operator.value}" compares numbers, and "${text}" counts as 0, as all other text does: this ${holds ? 'holds' : 'does not hold'} for any text. Write ${instead}.`,
    location,
    fixes: [fix(`Compare as text, with ${instead}`, false, { ...location, newText: instead })],
  };
}

/** It lets in or keeps out, or stands around what does. */
function isForAccess(node: Statement['node'], key: string): boolean {
  if (key === 'require') return !/^not\b/i.test(node.raw);
  return node.kind === 'section' && node.children.some((child) => /^(?:require|deny$|order$)/.test(child.key));
}
