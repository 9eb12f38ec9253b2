import {
  type Disposable,
  DocumentHighlight,
  DocumentHighlightKind,
  languages as editorLanguages,
  type Location,
  type Position,
  type Range,
  type TextDocument,
} from 'vscode';
import type { NamedPlace } from '../../../languages/names.ts';
import { editorLocation, workspaceEdit } from '../../convert.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { documentsOf, projectAt, type ShownProject, shownAt } from '../workspace/views.ts';

/** Names that a configuration itself defines: where they are defined, where they are used, and another one for all of it. */
export function registerNames(analyses: Analyses): Disposable[] {
  const nameAtCursor = async (document: TextDocument, position: Position): Promise<Named | undefined> => {
    const at = projectAt(await analyses.projects(document), document.uri, position);
    if (!at) return undefined;
    const { found, view } = at;
    const { nameAt, placesOf } = await import('../../../languages/names.ts');
    const all = found.language.names(found.project);
    const place = nameAt(all, view.file, view.offset);
    return (
      place && { shown: found, all, place, range: view.editorRange(place.location.range), places: placesOf(all, place) }
    );
  };
  return [
    editorLanguages.registerDefinitionProvider(documentsWithFindings, {
      async provideDefinition(document, position) {
        const named = await nameAtCursor(document, position);
        return named && locations(named, ({ role }) => role === 'definition');
      },
    }),
    editorLanguages.registerReferenceProvider(documentsWithFindings, {
      async provideReferences(document, position, { includeDeclaration }) {
        const named = await nameAtCursor(document, position);
        return named && locations(named, ({ role }) => includeDeclaration || role === 'use');
      },
    }),
    editorLanguages.registerDocumentHighlightProvider(documentsWithFindings, {
      async provideDocumentHighlights(document, position) {
        const named = await nameAtCursor(document, position);
        return named?.places.flatMap((place) => {
          const location = shownLocation(named.shown, place);
          if (location?.uri.toString() !== document.uri.toString()) return [];
          return [new DocumentHighlight(location.range, highlights[place.role])];
        });
      },
    }),
    editorLanguages.registerRenameProvider(documentsWithFindings, {
      async prepareRename(document, position) {
        const named = await nameAtCursor(document, position);
        // Any text may be asked about, and most are no configurations: as VS Code says it where nobody renames.
        if ((await analyses.projects(document)).length === 0) throw new Error('You cannot rename this element.');
        if (!named) throw new Error('There is no name here that this configuration defines.');
        if (named.shown.dump && !named.shown.dump.holder)
          throw new Error('This is what nginx -T printed: rename it where the server reads it.');
        return { range: named.range, placeholder: document.getText(named.range) };
      },
      async provideRenameEdits(document, position, newName) {
        const named = await nameAtCursor(document, position);
        if (!named) return undefined;
        const refusal = refusalOf(named, newName);
        if (refusal !== undefined) throw new Error(refusal);
        const edits = named.places.map(({ location }) => ({ ...shownAt(named.shown, location), newText: newName }));
        return workspaceEdit(edits, documentsOf(named.shown));
      },
    }),
  ];
}

interface Named {
  readonly shown: ShownProject;
  readonly all: readonly NamedPlace[];
  /** Under the cursor. */
  readonly place: NamedPlace;
  readonly range: Range;
  /** All of the same thing. */
  readonly places: readonly NamedPlace[];
}

const highlights: Readonly<Record<NamedPlace['role'], DocumentHighlightKind>> = {
  definition: DocumentHighlightKind.Write,
  use: DocumentHighlightKind.Read,
};

function locations({ shown, places }: Named, wanted: (place: NamedPlace) => boolean): Location[] {
  return places.filter(wanted).flatMap((place) => shownLocation(shown, place) ?? []);
}

function shownLocation(shown: ShownProject, { location }: NamedPlace): Location | undefined {
  return editorLocation(shownAt(shown, location), documentsOf(shown));
}

/** Why a name cannot be given; undefined where it can. */
function refusalOf({ all, place, places }: Named, newName: string): string | undefined {
  const { kind } = place;
  if (!kind.valid.test(newName)) return `The name of this ${kind.word} can only have ${kind.letters}.`;
  const spaces = new Set(places.map(({ space }) => space));
  const taken = all.find(
    (other) =>
      other.kind === kind &&
      spaces.has(other.space) &&
      other.name.toLowerCase() === newName.toLowerCase() &&
      other.name !== place.name,
  );
  return taken && `Another ${kind.word} is called "${newName}" already.`;
}
