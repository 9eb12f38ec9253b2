import { locateInDump } from '../analysis/dump.ts';
import { viewEndpoints } from '../analysis/endpoints.ts';
import { type EndpointsReport, endpointRow } from '../report/endpoints-json.ts';
import { endpointsText } from '../report/endpoints-text.ts';
import { shownDocuments } from '../report/report.ts';
import { relativePath, resolvePath } from '../text/path.ts';
import { analyseInputs } from './analyses.ts';
import { host } from './host.ts';
import { readInputs, refuseNothing } from './inputs.ts';
import { type Command, printJson, UsageError } from './io.ts';
import { choice, commonHelp, now, readArguments } from './options.ts';
import { readSettings, settingsHelp, settingsOptions } from './settings.ts';

const usage = `usage: tls-workbench endpoints [OPTION…] PATH…

What each listener really offers each name: protocols, cipher suites, groups, certificates, HSTS and the grade that
SSL Labs would give, predicted from the configuration. What "nginx -T" printed stands for the files that it holds.

${settingsHelp}
  --format FORMAT           text (default), json
${commonHelp(28)}`;

export const endpoints: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, { ...settingsOptions, format: { type: 'string' } });
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  if (positionals.length === 0) throw new UsageError('no path is given. Name a configuration file or a folder.');
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const time = now(values);
  const settings = await readSettings(values, io);
  const inputs = await readInputs(
    positionals.map((path) => resolvePath(io.cwd, path)),
    host.files,
  );
  refuseNothing(inputs, positionals);
  for (const message of inputs.skipped) io.stderr(`tls-workbench endpoints: ${message}.\n`);
  const runs = await analyseInputs(inputs.files, { host, settings, rules: [], now: time });
  const rows: Record<string, unknown>[] = [];
  for (const run of runs) {
    const { model, certificateFile, dump } = run;
    const report: EndpointsReport = {
      server: model.server,
      documents: shownDocuments(run),
      displayName: (file) => relativePath(io.cwd, file),
      locate: (location) => (dump ? locateInDump(dump, location) : location),
    };
    for (const view of viewEndpoints(model, certificateFile, time)) {
      rows.push(endpointRow(view, report));
    }
  }
  if (format === 'json') printJson(io, { endpoints: rows });
  else io.stdout(`${endpointsText(rows)}\n`);
  return 0;
};
