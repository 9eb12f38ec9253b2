import {
  type Disposable,
  DocumentLink,
  languages as editorLanguages,
  Location,
  Position,
  Range,
  type TextDocument,
} from 'vscode';
import { createPathMap } from '../../../analysis/path-map.ts';
import { type Files, isUnreadable } from '../../../host/host.ts';
import type { Link, Project } from '../../../languages/language.ts';
import { isGlob } from '../../../text/glob.ts';
import { contains } from '../../../text/range.ts';
import { editorRange, offsetOf } from '../../convert.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { servedDocuments } from '../workspace/documents.ts';

/** Paths in a configuration lead to their files: includes, certificates, keys. */
export function registerLinks(analyses: Analyses, settings: EditorSettings, files: Files): Disposable[] {
  const linksOf = async (document: TextDocument) => {
    const gathered = await analyses.project(document);
    const parsed = gathered?.project.files.get(fileOf(document.uri));
    if (gathered === undefined || parsed === undefined) return undefined;
    const { language, project } = gathered;
    const { map, paths } = await settings.analysis(document.uri);
    const candidates = (path: string) => createPathMap(project.entry, { map, paths }).candidates(path);
    return { project, core: parsed.document, links: language.links(parsed, project.entry), candidates };
  };
  return [
    editorLanguages.registerDocumentLinkProvider(servedDocuments, {
      async provideDocumentLinks(document) {
        const found = await linksOf(document);
        if (found === undefined) return [];
        const result: DocumentLink[] = [];
        for (const link of found.links) {
          const [target] = await targetsOf(link, found.project, found.candidates, files);
          if (target === undefined) continue;
          result.push(new DocumentLink(editorRange(found.core, link.range), uriOf(target)));
        }
        return result;
      },
    }),
    editorLanguages.registerDefinitionProvider(servedDocuments, {
      async provideDefinition(document, position) {
        const found = await linksOf(document);
        const offset = found && offsetOf(found.core, position);
        const link = found?.links.find(({ range }) => offset !== undefined && contains(range, offset));
        if (found === undefined || link === undefined) return undefined;
        const targets = await targetsOf(link, found.project, found.candidates, files);
        return targets.map((file) => new Location(uriOf(file), new Range(new Position(0, 0), new Position(0, 0))));
      },
    }),
  ];
}

/** Files that exist here: all that a glob matched, in the server's order, or the first place where the path is found. */
async function targetsOf(
  link: Link,
  project: Project,
  candidates: (path: string) => readonly string[],
  files: Files,
): Promise<readonly string[]> {
  const included = project.included(link.path);
  if (included !== undefined) return included.filter((file) => project.files.has(file));
  if (isGlob(link.path)) return [];
  for (const path of candidates(link.path)) {
    const info = await files.stat(path);
    if (!isUnreadable(info) && info.kind === 'file') return [path];
  }
  return [];
}
