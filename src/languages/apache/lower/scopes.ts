import { factOf } from '../directives/facts.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import type { Branch, Statement } from '../evaluate/statement.ts';
import type { Scope } from './settle.ts';

/** A virtual host, or the main server (no `block`). */
export interface ServerScope extends Scope {
  readonly block: Statement | undefined;
  /** Its own statements, sections that hold for every request included. */
  readonly statements: readonly Statement[];
  readonly inheritedStatements: readonly Statement[];
}

/** The main server and every virtual host, in the order of the text. */
export function serverScopes(evaluation: Evaluation): {
  readonly main: ServerScope;
  readonly hosts: readonly ServerScope[];
} {
  // What a .htaccess does not take is one mistake already, and sets nothing.
  const isTaken = ({ key }: Statement) =>
    evaluation.context !== '.htaccess' || (factOf(key)?.contexts.has('.htaccess') ?? true);
  const outside = evaluation.statements.filter((statement) => statement.key !== 'virtualhost' && isTaken(statement));
  const main: ServerScope = {
    block: undefined,
    statements: outside,
    inheritedStatements: [],
    own: byKey(outside),
    inherited: new Map(),
  };
  const hostsBesides = new Map<string, Pick<ServerScope, 'inheritedStatements' | 'inherited'>>();
  const inheritedBy = ({ branches }: Statement) => {
    const id = branches.map(({ kind, subject, holds }) => `${kind} ${subject} ${holds}`).join('\n');
    let found = hostsBesides.get(id);
    if (!found) {
      const statements = wherever(branches, outside);
      const inherited = statements === outside ? main.own : byKey(statements);
      found = { inheritedStatements: statements, inherited };
      hostsBesides.set(id, found);
    }
    return found;
  };
  const hosts = evaluation.statements
    .filter(({ key }) => key === 'virtualhost')
    .map((block) => ({ block, statements: block.children, own: byKey(block.children), ...inheritedBy(block) }));
  return { main, hosts };
}

/**
 * What becomes of statements where some conditions hold: those conditions are none any more, and what stands under their
 * opposite is not there.
 */
function wherever(holding: readonly Branch[], statements: readonly Statement[]): readonly Statement[] {
  if (holding.length === 0) return statements;
  const answer = ({ kind, subject, holds }: Branch) => {
    const same = holding.find((branch) => branch.kind === kind && branch.subject === subject);
    return same && same.holds === holds;
  };
  let changed = false;
  const result = statements.flatMap((statement) => {
    const branches = statement.branches.filter((branch) => answer(branch) !== true);
    const children = wherever(holding, statement.children);
    const isThere = branches.every((branch) => answer(branch) === undefined);
    if (isThere && branches.length === statement.branches.length && children === statement.children) return [statement];
    changed = true;
    return isThere ? [{ ...statement, branches, children }] : [];
  });
  return changed ? result : statements;
}

/**
 * Ids of the sites that the scopes become: where the block stands, and of a macro's block how many uses came before.
 * Shape: `FILE:OFFSET`, `FILE:OFFSET:USE`.
 */
export function siteIds(hosts: readonly ServerScope[]): ReadonlyMap<ServerScope, string> {
  const uses = new Map<string, number>();
  return new Map(
    hosts.map((scope) => {
      const place = scope.block ? `${scope.block.file}:${scope.block.node.range.start}` : '';
      const before = uses.get(place) ?? 0;
      uses.set(place, before + 1);
      return [scope, before === 0 ? place : `${place}:${before}`];
    }),
  );
}

/**
 * Headers that a section sets. `<Limit>` and `<LimitExcept>` in it narrow nothing but authorization (measured with 2.4.71).
 */
export function headersIn({ children }: Statement): readonly Statement[] {
  if (!children.some(isLimit)) return children.filter(isHeader);
  return children.flatMap((child) => (isLimit(child) ? headersIn(child) : isHeader(child) ? [child] : []));
}

const isHeader = ({ key }: Statement) => key === 'header';
const isLimit = ({ key }: Statement) => key === 'limit' || key === 'limitexcept';

/** Directives by key. Those in `<Location />` hold for every request and count as the server's own. */
function byKey(statements: readonly Statement[]): ReadonlyMap<string, readonly Statement[]> {
  const result = new Map<string, Statement[]>();
  const add = (statement: Statement): void => {
    const list = result.get(statement.key);
    if (list) list.push(statement);
    else result.set(statement.key, [statement]);
    if (statement.key === 'location' && statement.args.length === 1 && statement.args[0]?.value === '/') {
      for (const header of headersIn(statement)) add(header);
    }
  };
  for (const statement of statements) add(statement);
  return result;
}
