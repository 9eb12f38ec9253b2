import { remember } from '../../../../memory/remember.ts';
import type { ServerModel } from '../../../../tls/model/server-model.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { ServerScope } from './scopes.ts';

/** The only settings to which some condition can give several values: that needs a directive under one. */
export function mayVary({ all }: Evaluation): Pick<ServerModel, 'mayVary'> {
  let headers = false;
  for (const { branches, key } of all) {
    if (branches.length === 0) continue;
    if (/^(?:ssl|protocols|md)/.test(key)) return {};
    headers ||= key === 'header';
  }
  return { mayVary: headers ? ['headers'] : [] };
}

/** Some servers of a configuration, told by directives that few have; those of the main server count for all. */
type Servers = (scope: ServerScope) => boolean;

const refusing = remember((evaluation: Evaluation) => serversWith(evaluation, refuses));

/** The servers that may answer a request by a status alone (`Redirect gone`, `RewriteRule … [F]`). */
export function mayRefuse(scope: ServerScope, evaluation: Evaluation): boolean {
  return refusing(evaluation)(scope);
}

/** A status that is no redirect, or a word or flag that stands for one. */
function refuses({ key, args }: Statement): boolean {
  if (key === 'rewriterule') {
    const flags = args[2]?.value;
    return flags !== undefined && !/^\[(?:(?:L|R|R=30[1278]|NC|NE|QSA|END|PT)(?:,|\]$))+$/i.test(flags);
  }
  if (key !== 'redirect' && key !== 'redirectmatch') return false;
  return !/^(?:permanent|temp|seeother|30[1-8]|\/|https?:)/i.test(args[0]?.value ?? '');
}

const redirecting = remember((evaluation: Evaluation) =>
  serversWith(evaluation, ({ key }) => /^(?:redirect|rewriterule|errordocument)/.test(key)),
);

/** The servers that may answer a request by a redirect. */
export function mayRedirect(scope: ServerScope, evaluation: Evaluation): boolean {
  return redirecting(evaluation)(scope);
}

const withHeaders = remember((evaluation: Evaluation) =>
  serversWith(evaluation, ({ key, parents }) => key === 'header' && isSection(parents.at(-1))),
);

/** The servers with a section that has headers of its own. */
export function hasHeadersInSections(scope: ServerScope, evaluation: Evaluation): boolean {
  return withHeaders(evaluation)(scope);
}

function isSection(statement: Statement | undefined): boolean {
  return statement !== undefined && statement.key !== 'virtualhost';
}

function serversWith({ all }: Evaluation, test: (statement: Statement) => boolean): Servers {
  const blocks = new Set<Statement>();
  for (const statement of all) {
    if (!test(statement)) continue;
    const block = statement.parents.find(({ key }) => key === 'virtualhost');
    // What stands outside of all is inherited.
    if (!block) return () => true;
    blocks.add(block);
  }
  return ({ block }) => block === undefined || blocks.has(block);
}
