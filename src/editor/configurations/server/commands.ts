import { existsSync, realpathSync } from 'node:fs';
import {
  Diagnostic,
  DiagnosticSeverity,
  type Disposable,
  type EventEmitter,
  languages as editorLanguages,
  Location,
  type LogOutputChannel,
  ProgressLocation,
  Range,
  window,
  workspace,
} from 'vscode';
import type { Run } from '../../../analysis/run.ts';
import type { Files } from '../../../host/host.ts';
import { baseName, folderOf, isBelow } from '../../../text/path.ts';
import { shellLine } from '../../../text/shell.ts';
import { commands } from '../../ids.ts';
import { registerCommand } from '../../register.ts';
import { longestRun, runProgram } from '../../run-program.ts';
import { displayPath, fileOf, uriOf } from '../../uris.ts';
import type { Analyses } from '../workspace/analyses.ts';
import { namesOfOpen } from '../workspace/open-names.ts';
import { isStopped, pidFileIn } from './apache-process.ts';
import { findPlace, parseServerMessages, reasonIn, type ServerMessage } from './messages.ts';
import { readElsewhere } from './read-elsewhere.ts';
import { asRoot, isTypable, lackedRightHere } from './rights.ts';

/**
 * `TLS: Test Configuration` and `TLS: Reload Server`: what the server program itself says, as problems in the text.
 * @param reloaded is told of files that a server has read again
 */
export function registerServerCommands(
  analyses: Analyses,
  reloaded: EventEmitter<readonly string[]>,
  files: Files,
  log: LogOutputChannel,
): Disposable[] {
  const problems = editorLanguages.createDiagnosticCollection('tls-server');
  /** Shows what a test has said as problems; returns the place that the first names, if it names one. */
  const show = async (run: Run, { messages, isLate, lacked }: TestResult): Promise<Location | undefined> => {
    const texts = new Map([...run.project.files].map(([name, { document }]) => [name, document.text]));
    const nameOf = namesOfOpen(files);
    const placed = await Promise.all(
      messages.map(async (found) => {
        const { file, line, isPlaced } = findPlace(found, texts, folderOf(run.project.entry));
        return { message: found.message, name: await nameOf(file), line, isPlaced };
      }),
    );
    // Nothing is waited for from here on: another test, or an edit, would take away what is not there yet.
    problems.clear();
    if (isLate || lacked !== undefined) return undefined;
    let first: Location | undefined;
    for (const [index, { message, name, line, isPlaced }] of placed.entries()) {
      const uri = uriOf(name);
      const start = Math.max(0, texts.get(name)?.split('\n')[line]?.search(/\S/) ?? 0);
      const diagnostic = new Diagnostic(new Range(line, start, line, 1000), message, DiagnosticSeverity.Error);
      diagnostic.source = run.language.name;
      problems.set(uri, [...(problems.get(uri) ?? []), diagnostic]);
      if (index === 0 && isPlaced) first = new Location(uri, diagnostic.range);
    }
    return first;
  };
  return [
    problems,
    workspace.onDidChangeTextDocument(({ document }) => problems.delete(document.uri)),
    registerCommand(commands.testConfiguration, async () => {
      const run = await activeRun(analyses);
      if (run === undefined) return;
      const result = await test(run, log);
      const placed = await show(run, result);
      if (result.isLate) return reportDelay(result, run);
      if (result.lacked !== undefined) return reportLack(result, run, []);
      await report(result, run, placed, log);
    }),
    registerCommand(commands.reloadServer, async () => {
      const run = await activeRun(analyses);
      if (run === undefined) return;
      const result = await test(run, log);
      const placed = await show(run, result);
      const reload = reloadArguments(run);
      if (result.isLate) return reportDelay(result, run);
      if (result.lacked !== undefined) return reportLack(result, run, reload);
      if (!result.isGood || result.program === undefined) return report(result, run, placed, log);
      if (await isIdle(result.program, run, log)) {
        const main = displayPath(run.project.entry);
        void window.showWarningMessage(
          `${run.language.name} does not run with ${main}. Start it, then it can be reloaded.`,
        );
        return;
      }
      const agreed = 'Reload';
      const chosen = await window.showWarningMessage(
        `Reload ${run.language.name} on this machine with ${displayPath(run.project.entry)}?`,
        { modal: true, detail: consequence(run) },
        agreed,
      );
      if (chosen !== agreed) return;
      const { code, output } = await runProgram(result.program, reload, log);
      const name = run.language.name;
      if (code === 'late') {
        void window.showErrorMessage(
          `${name} has not answered within ${longestRun} seconds. Look whether it still runs.`,
        );
        return;
      }
      if (code === 0) {
        reloaded.fire([...run.project.files.keys()]);
        void window.showInformationMessage(`${name} was reloaded.`);
        return;
      }
      const lacked = lackedRightHere(output, parseServerMessages(output, run.project.entry));
      if (lacked === undefined) void window.showErrorMessage(`${name} was not reloaded: ${reasonIn(output)}`);
      else
        await offerTerminal(`${name} was not reloaded, as this user may not do it: ${lacked}`, [
          asRoot(result.program, reload),
        ]);
    }),
  ];
}

/** True of an Apache that does not run: told to read its files again, it starts. nginx says then that it cannot. */
async function isIdle(program: string, run: Run, log: LogOutputChannel): Promise<boolean> {
  if (run.language.id !== 'apache') return false;
  const args = [...testArguments(run), '-D', 'DUMP_RUN_CFG'];
  const file = pidFileIn((await runProgram(program, args, log)).output);
  return file !== undefined && isStopped(file);
}

/** Findings that the server would not start with. Apache's own test does not look at TLS. */
function stoppers({ findings }: Run): readonly string[] {
  return findings.flatMap(({ effect, severity, message }) =>
    effect === 'start' && severity === 'error' ? [message] : [],
  );
}

function consequence(run: Run): string {
  const { name } = run.language;
  // The signal only says "read again": the file that is read is that of the start.
  const read = isInstalled(run.project.entry)
    ? ''
    : `\n\n${name} reads the file that it was started with again. Where that is another one than ${run.project.entry}, this one has no say: copy it there first.`;
  return `${risk(run)}${read}`;
}

function risk(run: Run): string {
  const [first, ...others] = stoppers(run);
  if (first === undefined) return 'The test of the configuration has passed. Open connections are kept.';
  const more = others.length === 0 ? '' : ` (and ${others.length} more in the Problems view)`;
  return `The test of the configuration has passed, but it does not see everything, and the server may stop: ${first}${more}`;
}

async function activeRun(analyses: Analyses): Promise<Run | undefined> {
  const document = window.activeTextEditor?.document;
  if (document === undefined) return undefined;
  if (!workspace.isTrusted) {
    void window.showWarningMessage('Server programs run only in a trusted workspace. Trust it, then try again.');
    return undefined;
  }
  if (document.uri.scheme !== 'file') {
    void window.showWarningMessage(
      `A server program reads files of this machine only. Save ${baseName(document.uri.path)} as one, then try again.`,
    );
    return undefined;
  }
  const run = await analyses.run(document);
  if (run !== undefined && isLooseSnippet(run)) {
    void window.showWarningMessage(
      `${displayPath(run.project.entry)} is a part of a configuration, and no main file here includes it, so ${run.language.name} cannot judge it alone. Enable it, or open the main file (${run.language.mainFileNames[0]}) and test that.`,
    );
    return undefined;
  }
  if (run?.dump === undefined) return run && (await save(run)) ? run : undefined;
  void window.showWarningMessage(
    run.dump.holder === undefined
      ? `This is what nginx -T printed of ${run.dump.main}. Open the configuration itself on its machine, then try again.`
      : `This configuration is in ${baseName(run.dump.document.file)}, which no server reads by itself. Test it where it is deployed.`,
  );
  return undefined;
}

/** The server program reads what lies on the disk: of every file of the configuration that shall be what its editor shows. */
async function save({ project }: Run): Promise<boolean> {
  const changed = workspace.textDocuments.filter((each) => each.isDirty && project.files.has(fileOf(each.uri)));
  const saved = await Promise.all(changed.map((each) => each.save()));
  const unsaved = changed[saved.indexOf(false)];
  if (unsaved === undefined) return true;
  void window.showWarningMessage(
    `${baseName(unsaved.uri.path)} could not be saved, and the server program reads the file. Save it, then try again.`,
  );
  return false;
}

function isLooseSnippet({ project, dump, language }: Run): boolean {
  return !project.complete && dump === undefined && programs[language.id].length > 0;
}

/** None where no program on this machine could judge by itself: what Django says hangs on all of a project. */
const programs: Readonly<Record<Run['language']['id'], readonly string[]>> = {
  django: [],
  nginx: ['nginx', 'angie', 'openresty'],
  // Red Hat's apachectl hands no arguments on, such as the file to test.
  apache: ['apache2ctl', 'httpd', 'apachectl'],
};

interface TestResult {
  readonly isGood: boolean;
  /** The program that judged; undefined where none is installed. */
  readonly program: string | undefined;
  readonly messages: readonly ServerMessage[];
  readonly output: string;
  /** It was stopped before it had judged. */
  readonly isLate: boolean;
  /** What it could not do as this user, and would not complain of as root. */
  readonly lacked?: string | undefined;
}

async function test(run: Run, log: LogOutputChannel): Promise<TestResult> {
  const { entry } = run.project;
  for (const program of programs[run.language.id]) {
    const { code, output } = await window.withProgress(
      { location: ProgressLocation.Window, title: `Testing with ${program}` },
      () => runProgram(program, testArguments(run), log),
    );
    if (code === 'missing') continue;
    const messages = parseServerMessages(output, entry);
    const isGood = code === 0;
    const lacked = isGood ? undefined : lackedRightHere(output, messages);
    return { isGood, program, messages, output, isLate: code === 'late', lacked };
  }
  return { isGood: false, program: undefined, messages: [], output: '', isLate: false };
}

function isInstalled(entry: string): boolean {
  return isBelow(entry, '/etc');
}

/** An installed configuration is used as it is; another one by its name, with its folder as the prefix where its modules lie there. */
function fileArguments(run: Run): readonly string[] {
  const { entry } = run.project;
  if (isInstalled(entry)) return [];
  if (run.language.id !== 'nginx') return ['-f', entry];
  return ['-c', entry, ...(loadsInstalledModules(run) ? [] : ['-p', folderOf(entry)])];
}

/** A copy of a package's configuration loads modules from below the prefix that the program was built with. */
function loadsInstalledModules({ project }: Run): boolean {
  const folder = folderOf(project.entry);
  const relative = /^[ \t]*load_module[ \t]+["']?([^"'\s;/][^"'\s;]*)/gm;
  return [...project.files.values()].some(({ document }) =>
    [...document.text.matchAll(relative)].some(([, module]) => !existsSync(`${folder}/${module}`)),
  );
}

function testArguments(run: Run): readonly string[] {
  return [...fileArguments(run), '-t'];
}

/** The configuration says where the process id lies, so it tells which of several servers is meant. */
function reloadArguments(run: Run): readonly string[] {
  return [...fileArguments(run), ...(run.language.id === 'nginx' ? ['-s', 'reload'] : ['-k', 'graceful'])];
}

/** No verdict: nginx asks for the addresses of its backends before it judges, and may wait long for each. */
async function reportDelay({ program = '' }: TestResult, run: Run): Promise<void> {
  const main = displayPath(run.project.entry);
  await offerTerminal(
    `${program} has not judged ${main} within ${longestRun} seconds, and was stopped: it may wait for a name server`,
    [shellLine([program, ...testArguments(run)])],
  );
}

/** Most servers are root's, and most people are not: what a program says then is no mistake of the configuration. */
async function reportLack(
  { program = '', output, lacked }: TestResult,
  run: Run,
  next: readonly string[],
): Promise<void> {
  const steps = [testArguments(run), next].filter(({ length }) => length > 0);
  const file = displayPath(run.project.entry);
  const found = /: the configuration file .* syntax is ok$/m.test(output)
    ? `${program} finds no mistake in the syntax of ${file}, but cannot finish`
    : `${program} cannot test ${file}`;
  await offerTerminal(
    `${found} as this user: ${lacked}`,
    steps.map((args) => asRoot(program, args)),
  );
}

/** A command that asks for a password is the user's to run: it stands in a terminal, and waits for Enter. */
async function offerTerminal(reason: string, steps: readonly string[]): Promise<void> {
  const command = steps.join(' && ');
  const open = 'Open Terminal';
  const message = `${reason}. Run "${command}" in a terminal.`;
  if ((await window.showWarningMessage(message, ...(isTypable(command) ? [open] : []))) !== open) return;
  const terminal = window.createTerminal();
  terminal.show();
  terminal.sendText(command, false);
}

async function report(result: TestResult, run: Run, place: Location | undefined, log: LogOutputChannel): Promise<void> {
  const { name, id } = run.language;
  if (result.program === undefined) {
    const wanted = programs[id].join(' or ');
    void window.showWarningMessage(
      `${wanted} is not installed on this machine, so ${name} cannot judge the configuration. Run this command where the server is.`,
    );
  } else if (result.isGood) {
    const accepted = `${result.program} accepts ${displayPath(run.project.entry)}`;
    const [stopper] = stoppers(run);
    const elsewhere = readElsewhere(run.project, realFolder);
    if (elsewhere !== undefined) {
      void window.showWarningMessage(
        `${accepted}, but has read ${elsewhere} of this machine, and not the copies here. Test them where they are deployed.`,
      );
    } else if (stopper === undefined) void window.showInformationMessage(`${accepted}.`);
    else void window.showWarningMessage(`${accepted}, but this test does not see everything: ${stopper}`);
  } else {
    const first = result.messages[0]?.message ?? reasonIn(result.output);
    const where = place === undefined ? '' : ` (${displayPath(fileOf(place.uri))}:${place.range.start.line + 1})`;
    const message = `${result.program} refuses the configuration: ${first}${where}`;
    const go = 'Go to Line';
    const chosen = await window.showErrorMessage(message, ...(place === undefined ? [] : [go]), 'Show Log');
    if (place !== undefined && chosen === go)
      await window.showTextDocument(place.uri, { selection: new Range(place.range.start, place.range.start) });
    else if (chosen !== undefined) log.show();
  }
}

function realFolder(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}
