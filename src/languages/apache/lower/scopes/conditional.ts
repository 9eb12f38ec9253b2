import type { Location } from '../../../../text/range.ts';
import type { ServerModel } from '../../../../tls/model/server-model.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { conditionsAround, locationOf, mayBeLeftOut, type Statement } from '../../evaluate/statement.ts';
import type { ApacheNode } from '../../syntax.ts';

/** Where directives stand that a definition or a template may leave out, sections whole. */
export function conditionalPlaces({ all }: Evaluation): Pick<ServerModel, 'conditional'> {
  const isOpen = (statement: Statement) => conditionsAround(statement).some(mayBeLeftOut);
  const open = all.filter(isOpen);
  if (open.length === 0) return {};
  // A file may be included a second time, under no condition.
  const sure = new Set<ApacheNode>(all.filter((statement) => !isOpen(statement)).map(({ node }) => node));
  const places = new Map<ApacheNode, Location>();
  for (const statement of open) {
    const inOther = statement.parents.some(({ node }) => places.has(node));
    if (!inOther && !sure.has(statement.node)) places.set(statement.node, locationOf(statement));
  }
  return { conditional: [...places.values()] };
}
