import { indentAt, lineStart } from '../../../text/lines.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import { isUncertain } from '../uncertain.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';
import { isSetFor, type Level, levelsUsing } from './values/in-scope.ts';

interface Kind {
  readonly lists: readonly string[];
  readonly check: string;
  readonly engine: 'sslengine' | 'sslproxyengine';
  readonly verify: string;
  readonly whose: string;
}

const kinds: readonly Kind[] = [
  {
    lists: ['sslcarevocationfile', 'sslcarevocationpath'],
    check: 'SSLCARevocationCheck',
    engine: 'sslengine',
    verify: 'sslverifyclient',
    whose: 'clients',
  },
  {
    lists: ['sslproxycarevocationfile', 'sslproxycarevocationpath'],
    check: 'SSLProxyCARevocationCheck',
    engine: 'sslproxyengine',
    verify: 'sslproxyverify',
    whose: 'backends',
  },
];

/** Since 2.4 Apache reads lists of what was revoked and asks them nothing, unless a directive of its own says so (AH01902). */
export const revocationUnchecked: ApacheRule = {
  id: 'revocation-unchecked',
  title: 'Revocation lists that nothing asks',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    for (const kind of kinds) {
      const told = new Set<Level>();
      for (const statement of kind.lists.flatMap((key) => withKey(context.evaluation, key))) {
        if (statement.args[0] === undefined || isUncertain(statement.args[0].value)) continue;
        const levels = levelsUsing(context.evaluation, statement, kind.engine).filter(
          (level) => !told.has(level) && isUnchecked(level, kind, context),
        );
        for (const level of levels) told.add(level);
        if (levels.length > 0) yield report(statement, kind, context);
      }
    }
  },
};

/** Certificates are verified there, and nothing says whether lists are asked: somebody who writes `none` knows. */
function isUnchecked(level: Level, { check, verify }: Kind, { evaluation }: ApacheContext): boolean {
  if (isSetFor(evaluation, [check.toLowerCase()], level)) return false;
  const host = level?.key === 'virtualhost' ? level : level?.parents.find(({ key }) => key === 'virtualhost');
  return withKey(evaluation, verify).some(
    ({ args: [mode], parents: [outermost] }) =>
      (outermost?.key !== 'virtualhost' || outermost === host) &&
      /^(?:require|optional(?:_no_ca)?)$/i.test(mode?.value ?? ''),
  );
}

function report(statement: Statement, { check, whose }: Kind, context: ApacheContext): ApacheReport {
  const { file, node, args } = statement;
  const text = textOf(file, context);
  const line = lineStart(text, node.range.start);
  const newText = `${indentAt(text, node.range.start)}${check} chain\n`;
  const { complete } = context.project;
  const isWhole = complete && context.evaluation.unseen.size === 0;
  const nothing = isWhole ? 'Nothing' : 'Unless another file says more, nothing';
  return {
    message: `${nothing} uses the revocation list ${args[0]?.value}, so revoked certificates of ${whose} are accepted (error log: AH01902). Write ${check} chain, and keep a current list of each CA there: certificates of a CA without one are then refused.`,
    location: { file, range: args[0]?.range ?? node.range },
    statement,
    ...(isWhole ? {} : { severity: 'information', effect: 'advice' }),
    fixes: [fix(`Write ${check} chain`, false, { file, range: { start: line, end: line }, newText })],
  };
}
