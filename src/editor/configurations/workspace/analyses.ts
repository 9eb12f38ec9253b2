import { type Disposable, type Event, EventEmitter, type TextDocument, workspace } from 'vscode';
import type { Gathered, ParseCache } from '../../../analysis/project/gather.ts';
import type { Run } from '../../../analysis/run.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import type { Target } from '../../../tls/target.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { InstalledVersions } from '../server/installed-versions.ts';
import { maybeServed } from './documents.ts';
import { countEdits } from './edits.ts';
import { createGathering, type GatheredDocument } from './gathering.ts';
import { outdated, whileWanted } from './in-between.ts';
import { createLatestRuns } from './latest-runs.ts';
import { documentNames, type ShownProject } from './views.ts';

/** Runs the analysis for documents, each text once, whoever asks. */
export interface Analyses {
  /**
   * The project of the document's present text, not yet judged, for who must not wait; none where the document is not read
   * here, several where YAML holds them.
   */
  projects(document: TextDocument): Promise<readonly (Gathered & ShownProject)[]>;
  /** The analysis of the document's present text; undefined where the document is not read here. */
  run(document: TextDocument): Promise<Run | undefined>;
  /** The analysis that the document would have with another text, or for other versions; kept nowhere. */
  preview(document: TextDocument, text: string, target?: Target): Promise<Run | undefined>;
  /** The analysis of a file that need not be open; undefined where it cannot be read or is no configuration. */
  ofFile(file: string): Promise<Run | undefined>;
  /** The last finished run that holds the file, perhaps of an older text, as long as a file of its configuration is open. */
  latest(file: string): Run | undefined;
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

/** One text of a document, and how far its analysis has come. */
interface Question {
  readonly version: number;
  readonly generation: number;
  /** Edits of all documents until then: an unsaved text stands in for a file that this one includes, or that includes it. */
  readonly edits: number;
  readonly gathered: Promise<GatheredDocument | undefined>;
  result?: Promise<Run | undefined>;
}

export function createAnalyses(
  host: Host,
  settings: EditorSettings,
  installed: InstalledVersions,
): Analyses & Disposable {
  const finished = new EventEmitter<FinishedRun>();
  const invalidated = new EventEmitter<void>();
  const parsed: ParseCache = new Map();
  const gathering = createGathering(host, settings, installed, parsed);
  const questions = new Map<string, Question>();
  const latest = createLatestRuns<Run>(documentNames);
  const origins = new WeakMap<Run, Question>();
  const edits = countEdits((document) => {
    questions.delete(document.uri.toString());
    invalidate();
  });
  const forgetClosed = (closed: TextDocument): void => {
    // One that gets another language is closed and opened at once, and VS Code never calls it closed.
    const open = workspace.textDocuments.filter((document) => document !== closed && !document.isClosed);
    latest.keep(new Set(open.map(({ uri }) => fileOf(uri))));
    for (const key of parsed.keys()) if (latest.of(key.slice(key.indexOf(':') + 1)) === undefined) parsed.delete(key);
  };
  // What a document was asked about holds all of its project, as does a run.
  const closing = workspace.onDidCloseTextDocument((document) => {
    questions.delete(document.uri.toString());
    forgetClosed(document);
  });
  // It may be what a link of a configuration leads to, which has its name from now on.
  const opening = workspace.onDidOpenTextDocument((document) => {
    if (maybeServed(document) && latest.of(fileOf(document.uri)) === undefined) edits.add();
  });
  let generation = 0;
  const invalidate = (): void => {
    generation++;
    gathering.forget();
    invalidated.fire();
  };

  const analyse = async (document: TextDocument, question: Question): Promise<Run | undefined> => {
    const found = await question.gathered;
    if (found === undefined) return undefined;
    const { analyseGathered, analyseHeld } = await import('../../../analysis/run.ts');
    const isOutdated = () => document.version !== question.version && !document.isClosed;
    const [{ dump, ...first }, ...others] = found.projects;
    const run = await whileWanted(isOutdated, (rest) => {
      const options = { ...found.options, rest };
      return dump ? analyseHeld([{ ...first, dump }, ...others], options) : analyseGathered(first, options);
    });
    if (run === outdated) return runOf(document);
    origins.set(run, question);
    latest.add(run);
    if (document.isClosed) forgetClosed(document);
    finished.fire({ document, version: question.version, run });
    return run;
  };
  /** The answer that another document of the same configuration has had since the last edit of any. */
  const answerFor = (document: TextDocument): Pick<Question, 'gathered' | 'result'> | undefined => {
    const file = fileOf(document.uri);
    const run = latest.of(file);
    const origin = run && origins.get(run);
    if (run === undefined || origin === undefined) return undefined;
    if (origin.edits !== edits.count() || origin.generation !== generation) return undefined;
    if (!run.project.complete || run.project.files.get(file)?.document.text !== document.getText()) return undefined;
    return { gathered: origin.gathered, result: Promise.resolve(run) };
  };
  /** What is known of the document's present text; each text is gathered once and judged once, whoever asks. */
  const questionOf = (document: TextDocument): Question => {
    const key = document.uri.toString();
    const known = questions.get(key);
    const { version } = document;
    if (known?.version === version && known.generation === generation && known.edits === edits.count()) return known;
    const stamp = { version, generation, edits: edits.count() };
    const question: Question = { ...stamp, ...(answerFor(document) ?? { gathered: gathering.gather(document) }) };
    questions.set(key, question);
    // A failure is not kept: the next question asks anew.
    question.gathered.catch(() => questions.delete(key));
    return question;
  };

  const runOf = (document: TextDocument): Promise<Run | undefined> => {
    const question = questionOf(document);
    if (question.result === undefined) {
      question.result = analyse(document, question);
      question.result.catch(() => questions.delete(document.uri.toString()));
    }
    return question.result;
  };

  return {
    projects: async (document) => (await questionOf(document).gathered)?.projects ?? [],
    run: runOf,
    preview: gathering.preview,
    async ofFile(file) {
      const open = workspace.textDocuments.find(({ uri }) => fileOf(uri) === file);
      if (open !== undefined) return runOf(open);
      const { decodeText, looksBinary, maximumFileSize } = await import('../../../analysis/project/decode.ts');
      const { detectLanguage } = await import('../../../analysis/languages.ts');
      const bytes = await host.files.read(file, maximumFileSize + 1);
      if (isUnreadable(bytes) || bytes.length > maximumFileSize) return undefined;
      const text = decodeText(bytes);
      const language = looksBinary(text) ? undefined : detectLanguage(file, text);
      return language && gathering.analyse(language, uriOf(file), text);
    },
    latest: latest.of,
    onDidFinish: finished.event,
    invalidate,
    onDidInvalidate: invalidated.event,
    dispose() {
      edits.dispose();
      opening.dispose();
      closing.dispose();
      finished.dispose();
      invalidated.dispose();
    },
  };
}
