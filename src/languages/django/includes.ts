import type { IncludeRequest } from '../language.ts';
import { filesOfModule, isForeignModule } from './modules.ts';
import { blocksOf, type DjangoFile, type Statement } from './parse/tree.ts';
import { patternsOfParts } from './split-settings.ts';

/** Modules whose settings a file takes over: `from .base import *`, wherever it stands, and single ones by name; and files that it runs. */
export function includesDjango(file: DjangoFile): readonly IncludeRequest[] {
  const parts = patternsOfParts(file).map((pattern) => ({
    pattern,
    optional: true,
    location: { file: file.document.file, range: { start: 0, end: 0 } },
  }));
  const wanted = (statement: Import) => takesSettings(statement) || takesClass(statement, file);
  const imported = importsIn(file.body, wanted).flatMap((statement) => {
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

function importsIn(body: readonly Statement[], wanted: (statement: Import) => boolean): readonly Import[] {
  return body.flatMap((statement): readonly Import[] =>
    statement.kind === 'import'
      ? [statement].filter(wanted)
      : blocksOf(statement).flatMap((inner) => importsIn(inner, wanted)),
  );
}

/** Names of settings have no small letters. */
function takesSettings({ names }: Import): boolean {
  return names === 'all' || names.some(({ name }) => /^[A-Z][A-Z0-9_]+$/.test(name));
}

/** `from .common import Common`, of which a class in the file is made. */
function takesClass({ names }: Import, { body }: DjangoFile): boolean {
  return (
    names !== 'all' &&
    names.some(({ as }) => body.some((each) => each.kind === 'class' && new RegExp(`\\b${as}\\b`).test(each.bases)))
  );
}
