import {
  Diagnostic,
  type DiagnosticCollection,
  DiagnosticRelatedInformation,
  DiagnosticTag,
  type Disposable,
  Range as EditorRange,
  languages as editorLanguages,
  type LogOutputChannel,
  type TextDocument,
  TextDocumentSaveReason,
  workspace,
} from 'vscode';
import { tooLarge, type UnreadFile } from '../../../analysis/project/gather.ts';
import type { Run } from '../../../analysis/run.ts';
import { toldAgain } from '../../../analysis/told-where-asked.ts';
import type { Files } from '../../../host/host.ts';
import type { Document } from '../../../text/document.ts';
import type { Finding } from '../../../text/finding.ts';
import { contains } from '../../../text/range.ts';
import { type DocumentLookup, diagnosticSeverities, editorLocation, editorRange } from '../../convert.ts';
import { diagnosticSource } from '../../ids.ts';
import { fileOf, uriOf, workspaceFolders } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { languageOf, lengthOf, obstacleOf } from '../workspace/documents.ts';
import { documentNames, documentsOf } from '../workspace/views.ts';
import { isGone } from './gone.ts';
import { rulePageLink } from './rule-pages.ts';
import { shortenPaths } from './short-paths.ts';
import { createTypedWords, type TypedLookup } from './typed-words.ts';
import { isUnfinished } from './unfinished.ts';

/** Milliseconds without a key press before a text is analysed. */
const pause = 150;

/** Rules whose place is dead text: VS Code shows it faded. An obsolete protocol is very much alive. */
const fadedRules = /-unused$|-no-effect$|-replaced$|^(?:hpkp|expect-ct|xss-protection)-obsolete$/;

/** Shows findings: after a pause, for every file of the projects that open documents belong to. */
export function registerDiagnostics(analyses: Analyses, files: Files, log: LogOutputChannel): Disposable {
  const collection = editorLanguages.createDiagnosticCollection(diagnosticSource);
  const board = createBoard(collection);
  const typed = createTypedWords((document) => board.repaint(fileOf(document.uri)));
  const timers = new Map<string, NodeJS.Timeout>();

  const refresh = async (document: TextDocument): Promise<void> => {
    const file = fileOf(document.uri);
    const obstacle = (await languageOf(document)) && obstacleOf(document);
    if (obstacle !== undefined) {
      board.remove(file);
      collection.set(document.uri, [describeObstacle(file, document, obstacle)]);
      return;
    }
    try {
      const { version } = document;
      const run = await analyses.run(document);
      const isNowhere = run === undefined || (await isGone(document, files));
      // Nothing is waited for from here on: what is closed meanwhile would be shown for ever.
      if (document.isClosed || document.version !== version) return;
      if (isNowhere) board.remove(file);
      else scheduleFiles(board.show(run, file, typed.in));
    } catch (error) {
      log.error(`${file} could not be analysed.`, error instanceof Error ? error : String(error));
      if (document.isClosed) return;
      // Nothing to see would look like a clean bill of health.
      board.remove(file);
      collection.set(document.uri, [describeObstacle(file, document, 'failed')]);
    }
  };
  const schedule = (document: TextDocument, delay = pause): void => {
    const key = document.uri.toString();
    clearTimeout(timers.get(key));
    timers.set(
      key,
      setTimeout(() => {
        timers.delete(key);
        void refresh(document);
      }, delay),
    );
  };
  const scheduleAll = (delay?: number): void => {
    for (const document of workspace.textDocuments) schedule(document, delay);
  };
  const scheduleFiles = (files: readonly string[]): void => {
    for (const document of workspace.textDocuments) {
      if (files.includes(fileOf(document.uri))) schedule(document, 0);
    }
  };
  // A document that is already there is shown at once: nobody is typing.
  scheduleAll(0);

  const subscriptions = [
    collection,
    typed,
    workspace.onDidOpenTextDocument((document) => schedule(document, 0)),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length > 0) schedule(document);
    }),
    // Who has VS Code save by itself after a pause is still typing.
    workspace.onWillSaveTextDocument(({ document, reason }) => {
      if (reason !== TextDocumentSaveReason.AfterDelay) typed.finish(document);
    }),
    workspace.onDidSaveTextDocument((document) => schedule(document, 0)),
    workspace.onDidCloseTextDocument((document) => {
      clearTimeout(timers.get(document.uri.toString()));
      board.close(fileOf(document.uri));
    }),
    analyses.onDidInvalidate(() => scheduleAll()),
  ];
  return {
    dispose() {
      for (const timer of timers.values()) clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

/** What stands on the screen: which project a file's findings came from, so that they go when the project does. */
function createBoard(collection: DiagnosticCollection) {
  const owners = new Map<string, Owner>();
  const painted = new Map<string, { readonly document: Document; readonly content: string | undefined }>();
  let typedIn: TypedLookup = () => undefined;

  const paint = (file: string, run: Run, findings: readonly Finding[]): void => {
    const documentOf = documentsOf(run);
    const document = documentOf(file);
    if (document === undefined) return;
    const typed = typedIn(file);
    // A key that is pressed in one file changes nothing about most of the others.
    const left = leftOut(run, file);
    const content = typed === undefined ? signatureOf(findings, left) : undefined;
    const before = painted.get(file);
    if (content !== undefined && before?.document === document && before.content === content) return;
    painted.set(file, { document, content });
    const shown = findings.flatMap((finding) => {
      const diagnostic = toDiagnostic(finding, documentOf);
      return typed !== undefined && isUnfinished(finding.rule, diagnostic.range, typed) ? [] : [diagnostic];
    });
    collection.set(uriOf(file), [...shown, ...left.map((each) => describeUnread(each, document))]);
  };
  const remove = (file: string): void => {
    owners.delete(file);
    painted.delete(file);
    collection.delete(uriOf(file));
  };
  /** A project stays as long as one of its files is open. */
  const release = (entry: string, closed?: string): void => {
    const files = [...owners].filter(([, owner]) => owner.entry === entry).map(([name]) => name);
    const open = openFiles();
    if (!files.some((name) => name !== closed && open.has(name))) files.forEach(remove);
  };
  const repaint = (file: string, closed?: string): void => {
    const owner = owners.get(file);
    if (owner === undefined) return;
    const open = new Set([...openFiles()].filter((name) => name !== closed));
    paint(file, owner.run, findingsByFile(owner.run, open).get(file) ?? []);
  };
  return {
    remove,
    /**
     * @returns open files that the configuration had, and has no more: what is said of them is no longer true
     */
    show(run: Run, asked: string, lookup: TypedLookup): readonly string[] {
      typedIn = lookup;
      const entry = entryOf(run);
      const files = run.project.complete ? documentNames(run) : [asked];
      const shown = new Set(files);
      const open = openFiles();
      const byFile = findingsByFile(run, open);
      const left: string[] = [];
      for (const [file, owner] of owners) {
        if (owner.entry !== entry || shown.has(file)) continue;
        // The link to a file that is edited under its own name is another file to VS Code, and its main file knows only one.
        if (!owner.isAsked || !open.has(file)) remove(file);
        else if (!run.project.files.has(file)) left.push(file);
      }
      const before = owners.get(asked)?.entry;
      for (const file of files) {
        owners.set(file, { entry, run, isAsked: file === asked || owners.get(file)?.isAsked === true });
        paint(file, run, byFile.get(file) ?? []);
      }
      // Whose file went on the disk, though it is open, has perhaps no other one that is.
      if (before !== undefined && before !== entry) release(before);
      return left;
    },
    repaint,
    close(file: string): void {
      const entry = owners.get(file)?.entry;
      if (entry === undefined) {
        collection.delete(uriOf(file));
        return;
      }
      release(entry, file);
      repaint(file, file);
    },
  };
}

/** A dump stands for itself: the file that its main file is called may lie here too. */
function entryOf({ project, dump }: Run): string {
  return dump?.document.file ?? project.entry;
}

/**
 * What each file shows. A mistake that several files share is one: it is told in the first of them, and again, once, in each
 * other one that is open. Who looks at a file sees what is wrong in it, and the list of problems has it as often as somebody
 * looks at it, and not for each of a hundred sites.
 */
function findingsByFile({ findings }: Run, open: ReadonlySet<string>): ReadonlyMap<string, readonly Finding[]> {
  const byFile = new Map<string, Finding[]>();
  const add = (finding: Finding): void => {
    const known = byFile.get(finding.location.file);
    if (known === undefined) byFile.set(finding.location.file, [finding]);
    else known.push(finding);
  };
  for (const finding of findings) {
    add(finding);
    for (const again of toldAgain(finding, (file) => open.has(file))) add(again);
  }
  return byFile;
}

/** All that a diagnostic is made of. */
function signatureOf(findings: readonly Finding[], left: readonly UnreadFile[]): string {
  return JSON.stringify([
    findings.map(({ rule, severity, message, location, related }) => {
      const places = related.map((place) => [place.location, place.message]);
      return [rule, severity, message, location, places];
    }),
    left,
  ]);
}

/** What a file asks for and could not be read, where no finding says so already. */
function leftOut({ unread, findings, dump }: Run, file: string): readonly UnreadFile[] {
  if (dump !== undefined) return [];
  const isTold = ({ location: { range } }: UnreadFile) =>
    findings.some(({ location }) => location.file === file && contains(range, location.range.start));
  return unread.filter((each) => each.location.file === file && !isTold(each));
}

interface Owner {
  readonly entry: string;
  readonly run: Run;
  /** True where the file was once the one that was analysed, and not one that came with it. */
  readonly isAsked: boolean;
}

function openFiles(): ReadonlySet<string> {
  return new Set(workspace.textDocuments.filter(({ isClosed }) => !isClosed).map(({ uri }) => fileOf(uri)));
}

function toDiagnostic(finding: Finding, documentOf: DocumentLookup): Diagnostic {
  const document = documentOf(finding.location.file);
  const shorten = (message: string): string => shortenPaths(message, workspaceFolders(), document?.text ?? '');
  const range = document ? editorRange(document, finding.location.range) : new EditorRange(0, 0, 0, 0);
  const diagnostic = new Diagnostic(range, shorten(finding.message), diagnosticSeverities[finding.severity]);
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: finding.rule, target: rulePageLink(finding.rule) };
  diagnostic.relatedInformation = finding.related.flatMap(({ location, message }) => {
    const place = editorLocation(location, documentOf);
    return place === undefined ? [] : [new DiagnosticRelatedInformation(place, shorten(message))];
  });
  if (fadedRules.test(finding.rule)) diagnostic.tags = [DiagnosticTag.Unnecessary];
  return diagnostic;
}

/** Nothing found among what could be read is no clean bill of health. */
function describeUnread({ message, location }: UnreadFile, document: Document): Diagnostic {
  const reason = shortenPaths(message, workspaceFolders(), document.text);
  const diagnostic = new Diagnostic(
    editorRange(document, location.range),
    `This is left out of what is checked, with all that it may set: ${reason}.`,
    diagnosticSeverities.information,
  );
  diagnostic.source = diagnosticSource;
  return diagnostic;
}

function describeObstacle(
  file: string,
  document: TextDocument,
  obstacle: 'too-large' | 'binary' | 'failed',
): Diagnostic {
  const messages = {
    'too-large': `${tooLarge(file, lengthOf(document))}.`,
    binary:
      'This file holds NUL characters, so it is no configuration and is not checked. Open another file, or save it as UTF-8 text.',
    failed:
      'This file is not checked: TLS Workbench failed at it by a mistake of its own. "Output: Show Output Channels…", TLS Workbench, has the details: please report them.',
  };
  const diagnostic = new Diagnostic(
    document.lineAt(0).range.with({ end: document.lineAt(0).range.end.with({ character: 80 }) }),
    messages[obstacle],
    diagnosticSeverities.information,
  );
  diagnostic.source = diagnosticSource;
  return diagnostic;
}
