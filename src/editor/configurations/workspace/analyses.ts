import { type Disposable, type Event, EventEmitter, type TextDocument, type Uri, workspace } from 'vscode';
import type { Dump } from '../../../analysis/project/dump.ts';
import type { Gathered, ParseCache } from '../../../analysis/project/gather.ts';
import type { GatheredDump, Run, RunOptions } from '../../../analysis/run.ts';
import { type Host, isUnreadable } from '../../../host/host.ts';
import type { Language } from '../../../languages/language.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import type { Target } from '../../../tls/target.ts';
import type { EditorSettings } from '../../settings.ts';
import { fileOf, uriOf } from '../../uris.ts';
import type { InstalledVersions } from '../server/installed-versions.ts';
import { heldIn, languageOf, maybeServed, obstacleOf } from './documents.ts';
import { countEdits } from './edits.ts';
import { outdated, whileWanted } from './in-between.ts';
import { createLatestRuns } from './latest-runs.ts';
import { findMainFiles } from './main-files.ts';
import { namesOfOpen } from './open-names.ts';
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

interface GatheredDocument {
  readonly projects: readonly [Gathered & ShownProject, ...GatheredDump[]];
  readonly options: RunOptions;
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
  const questions = new Map<string, Question>();
  const latest = createLatestRuns<Run>(documentNames);
  const origins = new WeakMap<Run, Question>();
  const edits = countEdits((document) => {
    questions.delete(document.uri.toString());
    generation++;
    invalidated.fire();
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

  /** Servers of the workspace, which may stand in front of an application. */
  const serversBeside = async (uri: Uri): Promise<readonly ServerModel[]> => {
    const { languages } = await import('../../../analysis/languages.ts');
    const { decodeText } = await import('../../../analysis/project/decode.ts');
    const { gatherFile } = await import('../../../analysis/run.ts');
    const found: ServerModel[] = [];
    for (const language of languages.filter(({ home }) => home !== undefined)) {
      for (const file of await mainFilesOf(language)) {
        const bytes = await host.files.read(file);
        if (isUnreadable(bytes)) continue;
        const options = {
          host,
          settings: await settings.analysis(uri),
          rules: [],
          now: host.clock.now(),
          cache: parsed,
        };
        const { project } = await gatherFile(file, decodeText(bytes), language, options);
        found.push(language.lower(project));
      }
    }
    return found;
  };

  const optionsFor = async (language: Language, uri: Uri, target?: Target): Promise<RunOptions> => {
    const { mainFilesAbove } = await import('../../../analysis/project/main-file.ts');
    const { rules } = await import('../../../rules/index.ts');
    const file = fileOf(uri);
    const folder = workspace.getWorkspaceFolder(uri);
    const chosen = await settings.analysis(uri);
    const above = await mainFilesAbove(file, language, host.files, folder && fileOf(folder.uri));
    return {
      host,
      settings: { ...chosen, target: target ?? (await installed.refine(chosen.target, language.id)) },
      rules,
      now: host.clock.now(),
      mainFiles: [...new Set([...above, ...(await mainFilesOf(language))])].filter((path) => path !== file),
      cache: parsed,
      nameOf: namesOfOpen(host.files),
      ...(folder && { root: fileOf(folder.uri) }),
      ...(language.home === undefined && { servers: await serversBeside(uri) }),
    };
  };
  /** A file that another one includes is judged as that one is, whose folder may have settings of its own. */
  const gatherAs = async (language: Language, uri: Uri, text: string, options: RunOptions, target?: Target) => {
    const { gatherFile } = await import('../../../analysis/run.ts');
    const file = fileOf(uri);
    const gathered = await gatherFile(file, text, language, options);
    const entry = uriOf(gathered.project.entry);
    if (workspace.getWorkspaceFolder(entry) === workspace.getWorkspaceFolder(uri)) return { gathered, options };
    const { settings: own } = await optionsFor(language, entry, target);
    const asEntry = { ...options, settings: own };
    return { gathered: await gatherFile(file, text, language, asEntry), options: asEntry };
  };
  const gatherDocument = async (document: TextDocument): Promise<GatheredDocument | undefined> => {
    if (obstacleOf(document) !== undefined) return undefined;
    const text = document.getText();
    const held = await heldIn(document);
    const language = held[0]?.language ?? (await languageOf(document));
    if (language === undefined) return undefined;
    const { gatherDump, gatherHeld } = await import('../../../analysis/run.ts');
    const options = await optionsFor(language, document.uri);
    const [first, ...others] = await gatherHeld(held, options);
    if (first !== undefined) return { projects: [first, ...others], options };
    const file = fileOf(document.uri);
    const dump = await dumpIn(file, text, language);
    if (dump) return { projects: [{ ...(await gatherDump(dump, language, options)), dump }], options };
    const found = await gatherAs(language, document.uri, text, options);
    return { projects: [{ ...found.gathered, dump }], options: found.options };
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
  const analyseAs = async (language: Language, uri: Uri, text: string, target?: Target): Promise<Run> => {
    const { analyseDump, analyseGathered } = await import('../../../analysis/run.ts');
    const options = await optionsFor(language, uri, target);
    const dump = await dumpIn(fileOf(uri), text, language);
    if (dump) return analyseDump(dump, language, options);
    const found = await gatherAs(language, uri, text, options, target);
    return analyseGathered(found.gathered, found.options);
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
    const question: Question = { ...stamp, ...(answerFor(document) ?? { gathered: gatherDocument(document) }) };
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
    async preview(document, text, target) {
      const held = await heldIn(document, text);
      if (held[0] !== undefined) {
        const { analyseHeld, gatherHeld } = await import('../../../analysis/run.ts');
        const options = await optionsFor(held[0].language, document.uri, target);
        const [first, ...others] = await gatherHeld(held, options);
        return first && analyseHeld([first, ...others], options);
      }
      const language = await languageOf(document);
      return language && analyseAs(language, document.uri, text, target);
    },
    async ofFile(file) {
      const open = workspace.textDocuments.find(({ uri }) => fileOf(uri) === file);
      if (open !== undefined) return runOf(open);
      const { decodeText, looksBinary, maximumFileSize } = await import('../../../analysis/project/decode.ts');
      const { detectLanguage } = await import('../../../analysis/languages.ts');
      const bytes = await host.files.read(file, maximumFileSize + 1);
      if (isUnreadable(bytes) || bytes.length > maximumFileSize) return undefined;
      const text = decodeText(bytes);
      const language = looksBinary(text) ? undefined : detectLanguage(file, text);
      return language && analyseAs(language, uriOf(file), text);
    },
    latest: latest.of,
    onDidFinish: finished.event,
    invalidate() {
      generation++;
      invalidated.fire();
    },
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

async function dumpIn(file: string, text: string, language: Language): Promise<Dump | undefined> {
  if (language.id !== 'nginx') return undefined;
  const { readDump } = await import('../../../analysis/project/dump.ts');
  return readDump(file, text);
}
