import { groupBy } from '../../../../text/group-by.ts';
import { factOf, foreignDirective } from '../../directives/facts.ts';
import { byKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { missingModule } from '../../evaluate/missing-module.ts';
import { moduleName } from '../../evaluate/modules.ts';
import { conditionsAround, type Statement } from '../../evaluate/statement.ts';

/**
 * The lines to tell at that a module of providers is not loaded: the first for each, since one LoadModule mends them all, and
 * none where a directive of the module is told so before it, at which Apache stops.
 */
export function linesToTellAt(
  lines: readonly Statement[],
  moduleOf: (line: Statement) => string | undefined,
  evaluation: Evaluation,
): ReadonlySet<Statement> {
  const told = firstUnknown(evaluation);
  const byModule = groupBy(lines, moduleOf);
  return new Set(
    [...byModule].flatMap(([module, all]) => {
      if (module === undefined) return [];
      const line = all.find(isAlwaysThere) ?? all[0];
      return line === undefined || line.order > (told.get(module) ?? Number.POSITIVE_INFINITY) ? [] : line;
    }),
  );
}

/** Of each module that is not loaded the place of its first directive in the order of reading. */
function firstUnknown(evaluation: Evaluation): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const [key, statements] of byKey(evaluation)) {
    const fact = factOf(key);
    const foreign = fact ? undefined : foreignDirective(key);
    const module = fact ? missingModule(fact.modules, evaluation) : foreign?.kind === 'third-party' && foreign.module;
    const first = module ? statements.find(isAlwaysThere) : undefined;
    if (!module || first === undefined) continue;
    const name = moduleName(module);
    found.set(name, Math.min(first.order, found.get(name) ?? first.order));
  }
  return found;
}

const isAlwaysThere = (statement: Statement) => conditionsAround(statement).length === 0;
