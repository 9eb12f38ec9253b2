import { type Disposable, type Event, EventEmitter, type TextDocument, type Uri, workspace } from 'vscode';
import type { ParseCache } from '../../../analysis/gather.ts';
import type { Run } from '../../../analysis/run.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import type { Language } from '../../../languages/language.ts';
import type { Document } from '../../../text/document.ts';
import type { Target } from '../../../tls/target.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { InstalledVersions } from '../server/installed-versions.ts';
import { languageOf, obstacleOf } from './documents.ts';
import { findMainFiles } from './main-files.ts';

/** Runs the analysis for documents, each text once, whoever asks. */
export interface Analyses {
  /** The analysis of the document's present text; undefined where the document is not read here. */
  run(document: TextDocument): Promise<Run | undefined>;
  /** The analysis that the document would have with another text, or for other versions; kept nowhere. */
  preview(document: TextDocument, text: string, target?: Target): Promise<Run | undefined>;
  /** The analysis of a file that need not be open; undefined where it cannot be read or is no configuration. */
  ofFile(file: string): Promise<Run | undefined>;
  /** The last finished run that holds the file, perhaps of an older text. */
  latest(file: string): Run | undefined;
  /** A document of the project by its name, as the run saw it. */
  readonly onDidFinish: Event<FinishedRun>;
  /** Files, settings or the clock changed: what was computed is no longer true. */
  invalidate(): void;
  readonly onDidInvalidate: Event<void>;
}

export interface FinishedRun {
  readonly document: TextDocument;
  readonly version: number;
  readonly run: Run;
}

export function createAnalyses(
  host: Host,
  settings: EditorSettings,
  installed: InstalledVersions,
): Analyses & Disposable {
  const finished = new EventEmitter<FinishedRun>();
  const invalidated = new EventEmitter<void>();
  const parsed: ParseCache = new Map();
  const running = new Map<string, { version: number; generation: number; result: Promise<Run | undefined> }>();
  const latest = new Map<string, Run>();
  const mainFiles = new Map<string, { generation: number; found: Promise<readonly string[]> }>();
  let generation = 0;

  /** Searching the workspace takes a process: once, until some file comes or goes. */
  const mainFilesOf = (language: Language): Promise<readonly string[]> => {
    const known = mainFiles.get(language.id);
    if (known?.generation === generation) return known.found;
    const found = findMainFiles(language);
    mainFiles.set(language.id, { generation, found });
    found.catch(() => mainFiles.delete(language.id));
    return found;
  };

  const analyse = async (document: TextDocument): Promise<Run | undefined> => {
    if (obstacleOf(document) !== undefined) return undefined;
    const { version } = document;
    const run = await analyseText(document, document.getText());
    if (run === undefined) return undefined;
    for (const name of run.project.files.keys()) latest.set(name, run);
    finished.fire({ document, version, run });
    return run;
  };
  const analyseText = async (document: TextDocument, text: string, target?: Target): Promise<Run | undefined> => {
    const language = await languageOf(document);
    return language && analyseAs(language, document.uri, text, target);
  };
  const analyseAs = async (language: Language, uri: Uri, text: string, target?: Target): Promise<Run> => {
    const { analyseFile } = await import('../../../analysis/run.ts');
    const { mainFilesAbove } = await import('../../../analysis/main-file.ts');
    const { rules } = await import('../../../rules/index.ts');
    const file = fileOf(uri);
    const folder = workspace.getWorkspaceFolder(uri);
    const chosen = await settings.analysis(uri);
    const above = await mainFilesAbove(file, language, host.files, folder && fileOf(folder.uri));
    return analyseFile(file, text, language, {
      host,
      settings: { ...chosen, target: target ?? (await installed.refine(chosen.target, language.id)) },
      rules,
      now: host.clock.now(),
      mainFiles: [...new Set([...above, ...(await mainFilesOf(language))])].filter((path) => path !== file),
      cache: parsed,
    });
  };

  return {
    run(document) {
      const key = document.uri.toString();
      const known = running.get(key);
      if (known?.version === document.version && known.generation === generation) return known.result;
      const result = analyse(document);
      running.set(key, { version: document.version, generation, result });
      // A failure is not kept: the next question asks anew.
      result.catch(() => running.delete(key));
      return result;
    },
    preview: analyseText,
    async ofFile(file) {
      const open = workspace.textDocuments.find(({ uri }) => fileOf(uri) === file);
      if (open !== undefined) return this.run(open);
      const { decodeText, looksBinary, maximumFileSize } = await import('../../../analysis/decode.ts');
      const { detectLanguage } = await import('../../../analysis/languages.ts');
      const bytes = await host.files.read(file, maximumFileSize + 1);
      if (isUnreadable(bytes) || bytes.length > maximumFileSize) return undefined;
      const text = decodeText(bytes);
      const language = looksBinary(text) ? undefined : detectLanguage(file, text);
      return language && analyseAs(language, uriOf(file), text);
    },
    latest: (file) => latest.get(file),
    onDidFinish: finished.event,
    invalidate() {
      generation++;
      invalidated.fire();
    },
    onDidInvalidate: invalidated.event,
    dispose() {
      finished.dispose();
      invalidated.dispose();
    },
  };
}

/** Documents of a run by name, as offsets of its findings count them. */
export function documentsOf(run: Run): (file: string) => Document | undefined {
  return (file) => run.project.files.get(file)?.document;
}
