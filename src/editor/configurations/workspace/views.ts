import type { Range as EditorRange, Position, TextDocument, Uri } from 'vscode';
import { type Dump, fileAt, locateInDump } from '../../../analysis/project/dump.ts';
import type { Run } from '../../../analysis/run.ts';
import type { AnalysisSettings } from '../../../analysis/settings.ts';
import type { ParsedFile, Project } from '../../../languages/language.ts';
import type { Document } from '../../../text/document.ts';
import type { FileEdit } from '../../../text/edit.ts';
import { contains, type Location, type Range } from '../../../text/range.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { editorRange, offsetOf } from '../../convert.ts';
import { fileOf, uriOf } from '../../uris.ts';

/** A project as an editor has it, whose files may all stand in one document: what `nginx -T` prints. */
export interface ShownProject {
  readonly project: Project;
  readonly dump?: Dump | undefined;
}

/** A file of a project in the document that shows it. */
export interface View {
  readonly file: string;
  readonly parsed: ParsedFile;
  /** Of a place in the file. */
  editorRange(range: Range): EditorRange;
}

/** What a document shows of its project: itself, or each file of a dump. */
export function viewsOf({ project, dump }: ShownProject, uri: Uri): readonly View[] {
  const shown = fileOf(uri);
  const files = dump === undefined ? [shown] : dump.document.file === shown ? [...dump.sections.keys()] : [];
  return files.flatMap((file) => {
    const parsed = project.files.get(file);
    return parsed === undefined ? [] : [{ file, parsed, editorRange: rangesIn(parsed, dump) }];
  });
}

/** Whether paths are this machine's: what stands in a document with others is deployed elsewhere, wherever it says that it lies. */
export function pathsFor({ dump }: ShownProject, paths: AnalysisSettings['paths']): AnalysisSettings['paths'] {
  return dump !== undefined && paths === 'auto' ? 'elsewhere' : paths;
}

/** Whose settings hold: a file that another one includes is judged as that one is. */
export function settingsOwner({ project, dump }: ShownProject, document: Uri): Uri {
  return dump === undefined ? uriOf(project.entry) : document;
}

/** The file below the cursor, and where in it. */
function viewAt(shown: ShownProject, uri: Uri, position: Position): (View & { readonly offset: number }) | undefined {
  const document = documentsOf(shown)(fileOf(uri));
  if (document === undefined) return undefined;
  const offset = offsetOf(document, position);
  const place = shown.dump === undefined ? { file: document.file, offset } : fileAt(shown.dump, offset);
  const view = viewsOf(shown, uri).find(({ file }) => file === place?.file);
  return view && place && { ...view, offset: place.offset };
}

/** Of what a document holds, the project below the cursor; most documents have one alone. */
export function projectAt<T extends ShownProject>(
  projects: readonly T[],
  uri: Uri,
  position: Position,
): { readonly found: T; readonly view: View & { readonly offset: number } } | undefined {
  for (const found of projects) {
    const view = viewAt(found, uri, position);
    if (view !== undefined) return { found, view };
  }
  return undefined;
}

/** A run and those of what else its document holds. */
export function allRuns(run: Run): readonly Run[] {
  return [run, ...(run.others ?? [])];
}

/** A server, and the run that knows it. */
export interface FoundSite {
  readonly run: Run;
  readonly site: Site;
}

/** The server block around the cursor, if it is in one. */
export function siteAt(run: Run, { uri }: TextDocument, position: Position): FoundSite | undefined {
  for (const each of allRuns(run)) {
    const view = viewAt(each, uri, position);
    const site = each.model.sites.find(
      ({ block }) => view !== undefined && block.file === view.file && contains(block.range, view.offset),
    );
    if (site !== undefined) return { run: each, site };
  }
  return undefined;
}

function rangesIn({ document }: ParsedFile, dump: Dump | undefined): View['editorRange'] {
  if (dump === undefined) return (range) => editorRange(document, range);
  return (range) => editorRange(dump.document, locateInDump(dump, { file: document.file, range }).range);
}

/** Documents by name, as offsets of the findings and of what is related to them count: those of the project, or the one that holds them all. */
export function documentsOf({ project, dump }: ShownProject): (file: string) => Document | undefined {
  if (dump !== undefined) {
    const mapped = (file: string) => (dump.sections.has(file) ? undefined : project.files.get(file)?.document);
    return (file) => (file === dump.document.file ? dump.document : mapped(file));
  }
  return (file) => (project.files.get(file) ?? project.folderFiles?.get(file))?.document;
}

/** Names of those documents. */
export function documentNames({ project, dump }: ShownProject): readonly string[] {
  return dump === undefined ? [...project.files.keys()] : [dump.document.file];
}

/** A place of the model in the document that shows it. */
export function shownAt({ dump }: ShownProject, location: Location): Location {
  return dump === undefined ? location : locateInDump(dump, location);
}

/** Edits of files in the documents that show them. */
export function shownEdits(shown: ShownProject, edits: readonly FileEdit[]): readonly FileEdit[] {
  return edits.map(({ newText, ...place }) => ({ ...shownAt(shown, place), newText }));
}
