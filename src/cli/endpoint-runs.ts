import type { EndpointView } from '../analysis/endpoints/endpoint-view.ts';
import { viewEndpoints } from '../analysis/endpoints/endpoints.ts';
import { withStartErrors } from '../analysis/endpoints/start-error.ts';
import { locateInDump } from '../analysis/project/dump.ts';
import type { Run } from '../analysis/run.ts';
import type { EndpointsReport } from '../report/endpoints-json.ts';
import { shownDocuments } from '../report/report.ts';
import type { Rule } from '../rules/rule.ts';
import { relativePath } from '../text/path.ts';
import type { Target } from '../tls/target.ts';
import { analyseInputs } from './analyses.ts';
import { host } from './host.ts';
import type { Inputs } from './inputs.ts';
import type { CommandIo } from './io.ts';
import { refuseNothing, tellSkipped, tellUnread } from './left-out.ts';
import { type Arguments, now } from './options.ts';
import { readPaths } from './paths.ts';
import { planWarnings } from './plan-warnings.ts';
import { readSettings } from './settings.ts';

/** A configuration that a call names, with its endpoints and how they are shown. */
export interface EndpointRun {
  readonly run: Run;
  readonly views: readonly EndpointView[];
  readonly report: EndpointsReport;
}

/**
 * @param command as it is called in what is told on standard error
 * @param rules which of them are asked what keeps the server program from starting
 */
export async function readEndpointRuns(
  command: string,
  { values, positionals }: Arguments,
  io: CommandIo,
  rules: readonly Rule[] = [],
): Promise<{ readonly inputs: Inputs; readonly runs: readonly EndpointRun[]; readonly target: Target }> {
  const time = now(values);
  const settings = await readSettings(values, io);
  for (const sentence of await planWarnings(settings, io.cwd)) io.stderr(`tls-workbench ${command}: ${sentence}\n`);
  const inputs = await readPaths(positionals, values, io);
  refuseNothing(inputs, positionals, io);
  tellSkipped(inputs, command, io);
  const runs = await analyseInputs(inputs.files, { host, settings, rules, now: time });
  // Whoever may not read a site hears nothing of it, neither that it differs.
  tellUnread(runs, command, io);
  return {
    inputs,
    target: settings.target,
    runs: runs.map((run) => {
      const views = viewEndpoints(run.model, run.certificateFile, time);
      return { run, views: withStartErrors(views, run.findings), report: reportOf(run, io.cwd) };
    }),
  };
}

/** How the endpoints of a run are shown from a folder: in a dump at their places there. */
function reportOf(run: Run, cwd: string): EndpointsReport {
  const { dump } = run;
  return {
    server: run.model.server,
    documents: shownDocuments(run),
    displayName: (file) => relativePath(cwd, file),
    locate: (location) => (dump ? locateInDump(dump, location) : location),
  };
}
