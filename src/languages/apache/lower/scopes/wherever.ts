import type { Branch, Statement } from '../../evaluate/statement.ts';

/** For so many different conditions it is worked out what the main server has under them; for more all stays open. */
const mostConditions = 50;

/**
 * What each virtual host finds in the main server. Where the conditions around the host hold, those of the main server that
 * are the same are none any more, and what stands under their opposite is not there.
 */
export function mainServerBeside(
  outside: readonly Statement[],
): (block: Statement) => { readonly statements: readonly Statement[]; readonly id: string } {
  const subjects = new Set<string>();
  collect(outside, subjects);
  const known = new Map<string, readonly Statement[]>();
  const asItIs = { statements: outside, id: '' };
  return ({ branches }) => {
    const holding = branches.filter((branch) => subjects.has(subjectOf(branch)));
    if (holding.length === 0) return asItIs;
    const id = holding.map((branch) => `${subjectOf(branch)} ${branch.holds}`).join('\n');
    let statements = known.get(id);
    if (statements === undefined && known.size >= mostConditions) return asItIs;
    statements ??= wherever(holding, outside);
    known.set(id, statements);
    return { statements, id };
  };
}

function subjectOf({ kind, subject }: Branch): string {
  return `${kind} ${subject}`;
}

function collect(statements: readonly Statement[], subjects: Set<string>): void {
  for (const { branches, children } of statements) {
    for (const branch of branches) subjects.add(subjectOf(branch));
    collect(children, subjects);
  }
}

function wherever(holding: readonly Branch[], statements: readonly Statement[]): readonly Statement[] {
  const answers = new Map(holding.map((branch) => [subjectOf(branch), branch.holds]));
  const answer = (branch: Branch) => {
    const holds = answers.get(subjectOf(branch));
    return holds === undefined ? undefined : holds === branch.holds;
  };
  const visit = (list: readonly Statement[]): readonly Statement[] => {
    let changed = false;
    const result = list.flatMap((statement) => {
      const isThere = statement.branches.every((branch) => answer(branch) !== false);
      const branches = statement.branches.filter((branch) => answer(branch) !== true);
      const children = visit(statement.children);
      const isSame = branches.length === statement.branches.length && children === statement.children;
      if (isThere && isSame) return [statement];
      changed = true;
      return isThere ? [{ ...statement, branches, children }] : [];
    });
    return changed ? result : list;
  };
  return visit(statements);
}
