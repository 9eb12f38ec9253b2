import {
  type Disposable,
  DocumentLink,
  commands as editorCommands,
  languages as editorLanguages,
  Location,
  Position,
  type Range,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import type { Gathered } from '../../../analysis/project/gather.ts';
import { createPathMap } from '../../../analysis/project/path-map.ts';
import { type Files, isUnreadable } from '../../../host/host.ts';
import { rememberHere } from '../../../memory/remember.ts';
import { isGlob } from '../../../text/glob.ts';
import { editorLocation } from '../../convert.ts';
import { commands } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import type { EditorSettings } from '../../settings.ts';
import { placeOf, uriOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { documentsWithFindings } from '../workspace/documents.ts';
import { documentsOf, pathsFor, type ShownProject, settingsOwner, shownAt, viewsOf } from '../workspace/views.ts';

/** Paths in a configuration lead to their files: includes, certificates, keys. */
export function registerLinks(analyses: Analyses, settings: EditorSettings, files: Files): Disposable[] {
  const linksOf = async (document: TextDocument) => {
    const linksIn = async (found: Gathered & ShownProject) => {
      const { language, project } = found;
      const { map, paths } = await settings.analysis(settingsOwner(found, document.uri));
      const pathMap = createPathMap(project.entry, { map, paths: pathsFor(found, paths) });
      const search: Search = { shown: found, candidates: (path) => pathMap.candidates(path), files };
      // Thousands of servers may name one certificate.
      const targetsOfPath = rememberHere((path: string) => targetsOf(path, search));
      return viewsOf(found, document.uri).flatMap(({ parsed, editorRange }) =>
        language.links(parsed, placeOf(language.mainFile?.(project) ?? project.entry)).map((link) => ({
          range: editorRange(link.range),
          targets: () => targetsOfPath(link.path),
        })),
      );
    };
    return (await Promise.all((await analyses.projects(document)).map(linksIn))).flat();
  };
  const targetsAt = async (document: TextDocument, position: Position) =>
    (await linksOf(document)).find(({ range }) => range.contains(position))?.targets();
  return [
    editorLanguages.registerDocumentLinkProvider(documentsWithFindings, {
      async provideDocumentLinks(document, token) {
        const result: DocumentLink[] = [];
        for (const { range, targets } of await linksOf(document)) {
          // Of a text that has changed meanwhile nobody wants to know.
          if (token.isCancellationRequested) return [];
          const [target, ...others] = await targets();
          if (target === undefined) continue;
          const { line } = target.range.start;
          const only = line === 0 ? target.uri : target.uri.with({ fragment: `L${line + 1}` });
          const link = new DocumentLink(range, others.length === 0 ? only : listOf(document, range));
          if (others.length > 0) link.tooltip = `Show the ${others.length + 1} files`;
          result.push(link);
        }
        return result;
      },
    }),
    editorLanguages.registerDefinitionProvider(documentsWithFindings, { provideDefinition: targetsAt }),
    registerCommand(commands.showFiles, async (file: string, line: number, character: number) => {
      const document = await workspace.openTextDocument(Uri.parse(file));
      const position = new Position(line, character);
      const targets = (await targetsAt(document, position)) ?? [];
      await editorCommands.executeCommand('editor.action.goToLocations', document.uri, position, targets, 'peek');
    }),
  ];
}

/** A link that shows all of them. In a remote window a command gets no URI of a link as it was: it takes a text. */
function listOf({ uri }: TextDocument, { start }: Range): Uri {
  // VS Code decodes the query of a command once more than that of other links: parsed from a text, a folder “C#” would end at its sign.
  const query = encodeURIComponent(JSON.stringify([uri.toString(), start.line, start.character]));
  return Uri.from({ scheme: 'command', path: commands.showFiles, query });
}

interface Search {
  readonly shown: ShownProject;
  readonly candidates: (path: string) => readonly string[];
  readonly files: Files;
}

/** The beginnings of files that exist here: of all that a glob matched, in the server's order, or of the first place where the path is found. */
async function targetsOf(path: string, { shown, candidates, files }: Search): Promise<Location[]> {
  const { project } = shown;
  const documentOf = documentsOf(shown);
  const included = project.included(path);
  if (included !== undefined) {
    return included
      .filter((file) => project.files.has(file))
      .flatMap((file) => editorLocation(shownAt(shown, { file, range: { start: 0, end: 0 } }), documentOf) ?? []);
  }
  // What `nginx -T` printed is of some machine; YAML lies beside what is deployed with it.
  if (isGlob(path) || (shown.dump && !shown.dump.holder)) return [];
  for (const candidate of candidates(path)) {
    const info = await files.stat(candidate);
    if (!isUnreadable(info) && info.kind === 'file') return [new Location(uriOf(candidate), new Position(0, 0))];
  }
  return [];
}
