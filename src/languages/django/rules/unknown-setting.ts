import { suggest } from '../../../text/suggest.ts';
import { settingFacts } from '../data/settings.ts';
import type { DjangoFile, Statement } from '../parse/tree.ts';
import type { DjangoRule } from './rule.ts';

const names = settingFacts.map(({ name }) => name);
const known = new Set([
  ...names,
  ...['SESSION', 'CSRF', 'LANGUAGE'].flatMap((cookie) =>
    ['NAME', 'AGE', 'DOMAIN', 'PATH', 'HTTPONLY'].map((part) => `${cookie}_COOKIE_${part}`),
  ),
  'CSRF_FAILURE_VIEW',
  'CSRF_HEADER_NAME',
  'EMAIL_USE_LOCALTIME',
]);

/** What Django's own settings about TLS begin with; whoever has others by these beginnings means these. */
const own = /^(?:SECURE_|SESSION_COOKIE|CSRF_|EMAIL_USE_)/;

/** A name that Django has no setting for and nothing looks at, one letter or two off from one that it has. */
export const unknownSetting: DjangoRule = {
  id: 'unknown-setting',
  title: 'A setting is misspelt',
  severity: 'warning',
  effect: 'security',
  *check({ project }) {
    for (const file of project.files.values()) {
      for (const { name, range } of assignedNames(file.body)) {
        if (known.has(name) || !own.test(name)) continue;
        const meant = suggest(name, names) ?? withoutOrder(name);
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

/** Names that people make of the same words: `SECURE_REDIRECT_SSL`, `SECURE_SESSION_COOKIE`, `SECURE_HSTS_SECOND`. */
function withoutOrder(name: string): string | undefined {
  const words = sorted(name);
  return names.find((candidate) => sorted(candidate) === words);
}

function sorted(name: string): string {
  return name.split('_').sort().join('_');
}

function isUsed({ document }: DjangoFile, name: string): boolean {
  return (document.text.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0) > 1;
}

function assignedNames(
  body: readonly Statement[],
): readonly { readonly name: string; readonly range: Statement['range'] }[] {
  return body.flatMap((statement) => {
    switch (statement.kind) {
      case 'assign':
        return statement.targets.flatMap((target) => (target.kind === 'name' ? [target] : []));
      case 'if':
        return statement.branches.flatMap((branch) => assignedNames(branch.body));
      case 'try':
        return [statement.body, ...statement.handlers, statement.otherwise, statement.finally].flatMap(assignedNames);
      case 'with':
        return assignedNames(statement.body);
      default:
        return [];
    }
  });
}
