import { compareLocations } from '../analysis/analyse.ts';
import { applyBaseline, parseBaseline, renderBaseline } from '../analysis/baseline.ts';
import { applyFixes, chooseSafeFixes } from '../analysis/fix.ts';
import { encodeText } from '../analysis/project/decode.ts';
import type { Run } from '../analysis/run.ts';
import { isUnreadable } from '../host/host.ts';
import { allRules } from '../operations/all-rules.ts';
import { lintGithub } from '../report/github.ts';
import { lintGitlab } from '../report/gitlab.ts';
import { lintJson } from '../report/json.ts';
import { lintJunit } from '../report/junit.ts';
import { printable } from '../report/printable.ts';
import { joinAnalyses, type LintReport } from '../report/report.ts';
import { lintSarif } from '../report/sarif.ts';
import { lintText } from '../report/text.ts';
import { rules } from '../rules/index.ts';
import type { Finding, Severity } from '../text/finding.ts';
import { isBelow, relativePath } from '../text/path.ts';
import { version } from '../version.ts';
import { analyseInputs } from './analyses.ts';
import { readExcluded } from './exclude.ts';
import { host } from './host.ts';
import { type Command, type CommandIo, cannotRead, printJson, UsageError, whyNotWritten } from './io.ts';
import { refuseNothing, tellPartial, tellSkipped, tellUnread } from './left-out.ts';
import {
  type Arguments,
  choice,
  commonHelp,
  failOn,
  judgingExitCodes,
  now,
  reaches,
  readArguments,
  text,
} from './options.ts';
import { rulePages } from './package-files.ts';
import { argumentPath, readPaths, stdinHelp, stdinOptions } from './paths.ts';
import { planWarnings } from './plan-warnings.ts';
import { settingsBelow } from './plans-below.ts';
import { readSettings, settingsHelp, settingsOptions } from './settings.ts';

const usage = `usage: tls-workbench lint [OPTION…] PATH…

Findings for configurations of nginx and Apache and for settings of Django. A main file brings its includes;
a folder is searched.
"-" reads standard input. What "nginx -T" printed stands for the files that it holds, and so do
YAML with configurations in blocks of lines (a ConfigMap, a play) and scripts that write some (cat <<EOF).
The name in brackets behind a finding is its rule: "tls-workbench explain NAME" shows the rule's page.

${settingsHelp}
  --fix                     apply the safe fixes, then report what is left
  --baseline FILE           leave out the findings that FILE lists, and do not fix them
  --write-baseline FILE     list today's findings in FILE and report none
  --ignore-unknown          take any files, as git lists them, and pass over those that are no configurations
  --exclude PATTERN,…       leave out files and folders, as .gitignore does: a name, or a path from here (test/**/bad)
  --fail-on SEVERITY        error, warning (default), information, hint, never
  --format FORMAT           text (default), json, sarif, github, gitlab, junit
${stdinHelp}
${commonHelp(28)}
${judgingExitCodes.replace('could not run', 'could not run or not read all')}`;

const formats = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'] as const;

/** Fixing one thing can bring another to light; more rounds than this have never been needed. */
const maximumRounds = 10;

export const lint: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, {
    ...settingsOptions,
    fix: { type: 'boolean' },
    baseline: { type: 'string' },
    'write-baseline': { type: 'string' },
    'ignore-unknown': { type: 'boolean' },
    exclude: { type: 'string', multiple: true },
    'fail-on': { type: 'string' },
    format: { type: 'string' },
    ...stdinOptions,
  });
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  const threshold = failOn(values);
  const format = choice(values, 'format', formats, 'text');
  const options = { host, settings: await readSettings(values, io), rules, now: now(values) };
  for (const sentence of await planWarnings(options.settings, io.cwd)) io.stderr(`tls-workbench lint: ${sentence}\n`);

  if (values['fix'] === true && positionals.includes('-'))
    throw new UsageError('--fix cannot write to standard input. Name the file.');
  const withoutKnown = await readBaseline(values, io);
  const ignoresUnknown = values['ignore-unknown'] === true;
  const selection = { takesAny: ignoresUnknown, excluded: readExcluded(text(values, 'exclude'), io.cwd) };
  const readAll = () => readPaths(positionals, values, io, selection);
  let inputs = await readAll();
  const files = inputs.files.map(({ file }) => file);
  const elsewhere = await settingsBelow(files, io.cwd);
  if (elsewhere !== undefined) io.stderr(`tls-workbench lint: ${printable(elsewhere)}\n`);
  let runs = await analyseInputs(inputs.files, options);
  if (values['fix'] === true) {
    let fixed = 0;
    for (let round = 0; round < maximumRounds; round++) {
      const written = await writeFixes(runs, withoutKnown);
      if (written === 0) break;
      fixed += written;
      inputs = await readAll();
      runs = await analyseInputs(inputs.files, options);
    }
    io.stderr(fixed === 0 ? 'Nothing to fix safely.\n' : `${fixed} safe ${fixed === 1 ? 'fix' : 'fixes'} applied.\n`);
  }
  if (ignoresUnknown && inputs.foreign.length + inputs.excluded.length > 0) inputs = { ...inputs, foreign: [] };
  else refuseNothing(inputs, positionals, io, ', or have that pass with --ignore-unknown');
  tellSkipped(inputs, 'lint', io);
  tellUnread(runs, 'lint', io);

  const found = makeReport(runs, options.settings.target, io);
  const findings = (await writeBaseline(found, values, io)) ? [] : withoutKnown(found);
  const report: LintReport = { ...found, findings, known: found.findings.length - findings.length };
  const isFailure = (severity: Severity) => reaches(severity, threshold);
  await print(report, format, isFailure, io);
  if (report.findings.some(({ severity }) => isFailure(severity))) return 1;
  return tellPartial(inputs, runs, 'lint', io) ? 2 : 0;
};

function makeReport(runs: readonly Run[], target: LintReport['target'], io: CommandIo): LintReport {
  const { findings, documents, files, programs, judged } = joinAnalyses(runs);
  const displayName = (file: string) => relativePath(io.cwd, file);
  const byDisplay = findings.sort((a, b) => {
    const [left, right] = [displayName(a.location.file), displayName(b.location.file)];
    return left === right ? compareLocations(a.location, b.location) : left < right ? -1 : 1;
  });
  return { findings: byDisplay, files, target, judged, programs, rules: allRules, documents, displayName };
}

async function print(
  report: LintReport,
  format: (typeof formats)[number],
  isFailure: (severity: Severity) => boolean,
  io: CommandIo,
): Promise<void> {
  if (format === 'json') printJson(io, lintJson(report));
  else if (format === 'sarif') printJson(io, lintSarif(inRepository(report, io), version, await rulePages()));
  else if (format === 'gitlab') printJson(io, lintGitlab(inRepository(report, io)));
  else if (format === 'junit') io.stdout(`${lintJunit(inRepository(report, io), isFailure)}\n`);
  else if (format === 'text') io.stdout(`${lintText(report, io.showsColour())}\n`);
  else if (report.findings.length > 0) io.stdout(`${lintGithub(inRepository(report, io))}\n`);
}

/** For those who look for files in the repository, whatever folder of it a step runs in. */
function inRepository(report: LintReport, { cwd, env }: CommandIo): LintReport {
  const repository = env['GITHUB_WORKSPACE'] ?? env['CI_PROJECT_DIR'];
  if (repository === undefined || !isBelow(cwd, repository)) return report;
  return { ...report, displayName: (file) => relativePath(repository, file) };
}

/** Writes one round of safe fixes, of none of the findings that a baseline lists. @returns how many were written */
async function writeFixes(runs: readonly Run[], withoutKnown: WithoutKnown): Promise<number> {
  const joined = joinAnalyses(runs);
  const { documents } = joined;
  const chosen = chooseSafeFixes(withoutKnown(joined));
  const { replaceFile } = await writer();
  const texts = applyFixes(chosen, (file) => documents.get(file)?.text);
  let written = 0;
  for (const [file, content] of texts) {
    if (content === documents.get(file)?.text) continue;
    written++;
    const before = await host.files.read(file);
    try {
      replaceFile(file, isUnreadable(before) ? content : encodeText(content, before));
    } catch (error) {
      throw new UsageError(
        `${file} cannot be written (${whyNotWritten(error)}), and what follows it was not fixed. Mend that and run it again: what is fixed stays so.`,
      );
    }
  }
  return written === 0 ? 0 : chosen.length;
}

/** Loaded where something is written: most runs only read. */
function writer() {
  return import('./replace-file.ts');
}

/** @returns whether there was one to write */
async function writeBaseline(report: LintReport, values: Arguments['values'], io: CommandIo): Promise<boolean> {
  const target = text(values, 'write-baseline');
  if (target === undefined) return false;
  const { replaceFile } = await writer();
  try {
    const file = argumentPath(target, io);
    replaceFile(file, renderBaseline(report, { file, cwd: io.cwd }));
  } catch (error) {
    throw new UsageError(`${target} cannot be written (${whyNotWritten(error)}). Name another file.`);
  }
  const count = report.findings.length;
  io.stderr(`${count} ${count === 1 ? 'finding' : 'findings'} listed in ${target}.\n`);
  return true;
}

/** @throws UsageError where a list would take the place of something else, as of a configuration behind an option without its FILE */
async function refuseOther(target: string, io: CommandIo): Promise<void> {
  const file = argumentPath(target, io);
  const info = await host.files.stat(file);
  if (isUnreadable(info) || info.kind !== 'file' || info.size === 0) return;
  const bytes = await host.files.read(file);
  if (isUnreadable(bytes)) return;
  try {
    parseBaseline(target, new TextDecoder().decode(bytes));
  } catch {
    throw new UsageError(`${target} holds something else than a baseline. Name another file, or remove it first.`);
  }
}

/** The findings that no baseline lists. */
type WithoutKnown = (report: Pick<LintReport, 'findings' | 'documents'>) => readonly Finding[];

async function readBaseline(values: Arguments['values'], io: CommandIo): Promise<WithoutKnown> {
  const source = text(values, 'baseline');
  const target = text(values, 'write-baseline');
  if (target !== undefined) await refuseOther(target, io);
  // What is listed anew is all that there is.
  if (source === undefined || target !== undefined) return ({ findings }) => findings;
  const file = argumentPath(source, io);
  const bytes = await host.files.read(file);
  if (isUnreadable(bytes)) {
    if (bytes.error !== 'missing') throw cannotRead(bytes);
    throw new UsageError(`${bytes.message}. Make it with --write-baseline ${source}.`);
  }
  const baseline = parseBaseline(source, new TextDecoder().decode(bytes));
  return (report) => applyBaseline(report, baseline, { file, cwd: io.cwd });
}
