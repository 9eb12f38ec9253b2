import { factOf } from '../../directives/facts.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { Scope } from './settle.ts';
import { mainServerBeside } from './wherever.ts';

/** A virtual host, or the main server (no `block`). */
export interface ServerScope extends Scope {
  readonly block: Statement | undefined;
  /** Its own statements, sections that hold for every request included. */
  readonly statements: readonly Statement[];
  readonly inheritedStatements: readonly Statement[];
}

/** True where a server says something of the TLS that it speaks itself: `SSLProxy…` is for its backends. */
export function speaksOfTls({ own }: Scope): boolean {
  return [...own.keys()].some((key) => key.startsWith('ssl') && !key.startsWith('sslproxy'));
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
  const beside = mainServerBeside(outside);
  const inherited = new Map<string, Pick<ServerScope, 'inheritedStatements' | 'inherited'>>([
    ['', { inheritedStatements: outside, inherited: main.own }],
  ]);
  const inheritedBy = (block: Statement) => {
    const { statements, id } = beside(block);
    const found = inherited.get(id) ?? { inheritedStatements: statements, inherited: byKey(statements) };
    inherited.set(id, found);
    return found;
  };
  const hosts = evaluation.statements
    .filter(({ key }) => key === 'virtualhost')
    .map((block) => ({ block, statements: block.children, own: byKey(block.children), ...inheritedBy(block) }));
  return { main, hosts };
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
