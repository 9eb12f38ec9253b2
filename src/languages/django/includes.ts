import type { IncludeRequest } from '../language.ts';
import { filesOfModule, isForeignModule } from './modules.ts';
import type { DjangoFile, Statement } from './parse/tree.ts';
import { patternsOfParts } from './split-settings.ts';

/** Modules whose settings a file takes over: `from .base import *`, wherever it stands, and single ones by name; and files that it runs. */
export function includesDjango(file: DjangoFile): readonly IncludeRequest[] {
  const parts = patternsOfParts(file).map((pattern) => ({
    pattern,
    optional: true,
    location: { file: file.document.file, range: { start: 0, end: 0 } },
  }));
  const imported = importsIn(file.body).flatMap((statement) => {
    if (isForeignModule(statement.module)) return [];
    const location = { file: file.document.file, range: statement.range };
    return filesOfModule(file.document.file, statement.module).map((pattern) => ({
      pattern,
      optional: true,
      location,
    }));
  });
  return [...imported, ...parts];
}

type Import = Extract<Statement, { kind: 'import' }>;

function importsIn(body: readonly Statement[]): readonly Import[] {
  return body.flatMap((statement): readonly Import[] => {
    switch (statement.kind) {
      case 'import':
        return takesSettings(statement) ? [statement] : [];
      case 'if':
        return statement.branches.flatMap((branch) => importsIn(branch.body));
      case 'try':
        return [statement.body, ...statement.handlers, statement.otherwise, statement.finally].flatMap(importsIn);
      case 'with':
        return importsIn(statement.body);
      default:
        return [];
    }
  });
}

/** Names of settings have no small letters. */
function takesSettings({ names }: Import): boolean {
  return names === 'all' || names.some(({ name }) => /^[A-Z][A-Z0-9_]+$/.test(name));
}
