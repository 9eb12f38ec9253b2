import type { Scope } from '../evaluate/scope.ts';
import { meantSetting } from '../misspelt.ts';
import type { DjangoFile, Statement } from '../parse/tree.ts';
import type { DjangoRule } from './rule.ts';

/** A name that Django has no setting for and nothing looks at, one letter or two off from one that it has. */
export const unknownSetting: DjangoRule = {
  id: 'unknown-setting',
  title: 'A setting is misspelt',
  severity: 'warning',
  effect: 'security',
  *check({ project, settings }) {
    for (const file of project.files.values()) {
      for (const { name, range } of assignedNames(file.body, settings.classes)) {
        const meant = meantSetting(name);
        // A name of the file's own is used in it: as a part of another, or in a condition.
        if (meant === undefined || isUsed(file, name)) continue;
        const location = { file: file.document.file, range };
        yield {
          message: `Django has no setting ${name}, so this changes nothing. Did you mean ${meant}?`,
          location,
          fixes: [{ title: `Change to ${meant}`, safe: false, edits: [{ ...location, newText: meant }] }],
        };
      }
    }
  },
};

function isUsed({ document }: DjangoFile, name: string): boolean {
  return (document.text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) > 1;
}

function assignedNames(
  body: readonly Statement[],
  classes: Scope['classes'],
): readonly { readonly name: string; readonly range: Statement['range'] }[] {
  const within = (inner: readonly Statement[]) => assignedNames(inner, classes);
  return body.flatMap((statement) => {
    switch (statement.kind) {
      case 'assign':
        return statement.targets.flatMap((target) => (target.kind === 'name' ? [target] : []));
      case 'if':
        return statement.branches.flatMap((branch) => within(branch.body));
      case 'try':
        return [statement.body, ...statement.handlers, statement.otherwise, statement.finally].flatMap(within);
      case 'with':
        return within(statement.body);
      case 'class':
        return classes.has(statement.name) ? within(statement.body) : [];
      default:
        return [];
    }
  });
}
