import { groupBy } from '../../../../text/group-by.ts';
import { factOf, foreignDirective } from '../../directives/facts.ts';
import { byKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluate.ts';
import { missingModule } from '../../evaluate/missing-module.ts';
import { moduleName } from '../../evaluate/modules.ts';
import { conditionsAround, type Statement } from '../../evaluate/statement.ts';

/**
 * The lines to tell at that a module of providers is not loaded: the first for each, since one LoadModule mends them all, and
 * none where a directive of the module is told so.
 */
export function linesToTellAt(
  lines: readonly Statement[],
  moduleOf: (line: Statement) => string | undefined,
  evaluation: Evaluation,
): ReadonlySet<Statement> {
  const told = modulesOfUnknown(evaluation);
  const byModule = groupBy(lines, moduleOf);
  return new Set(
    [...byModule].flatMap(([module, all]) =>
      module === undefined || told.has(module) ? [] : (all.find(isAlwaysThere) ?? all[0] ?? []),
    ),
  );
}

function modulesOfUnknown(evaluation: Evaluation): ReadonlySet<string> {
  const modules = [...byKey(evaluation)].map(([key, statements]) => {
    const fact = factOf(key);
    const foreign = fact ? undefined : foreignDirective(key);
    const module = fact ? missingModule(fact.modules, evaluation) : foreign?.kind === 'third-party' && foreign.module;
    return module && statements.some(isAlwaysThere) ? moduleName(module) : '';
  });
  return new Set(modules);
}

const isAlwaysThere = (statement: Statement) => conditionsAround(statement).length === 0;
