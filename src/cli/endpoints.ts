import { meetClients } from '../analysis/endpoints/endpoint-clients.ts';
import { viewEndpoints } from '../analysis/endpoints/endpoints.ts';
import { endpointRow } from '../report/endpoints-json.ts';
import { endpointsText } from '../report/endpoints-text.ts';
import { knownClients } from '../tls/clients/clients.ts';
import { analyseInputs } from './analyses.ts';
import { endpointsReport } from './endpoints-report.ts';
import { host } from './host.ts';
import { refuseNothing, tellSkipped } from './inputs.ts';
import { type Command, printJson } from './io.ts';
import { choice, commonHelp, now, readArguments } from './options.ts';
import { readPaths, stdinHelp, stdinOptions } from './paths.ts';
import { planWarnings } from './plan-warnings.ts';
import { readSettings, settingsHelp, settingsOptions } from './settings.ts';

const usage = `usage: tls-workbench endpoints [OPTION…] PATH…

What each listener really offers each name: protocols, cipher suites, groups, certificates, HSTS and the grade that
SSL Labs would give, predicted from the configuration.
"-" reads standard input. What "nginx -T" printed stands for the files that it holds.

${settingsHelp}
  --clients                 also what browsers, libraries and others would agree on there, old ones too
  --format FORMAT           text (default), json
${stdinHelp}
${commonHelp(28)}
Exit code: 0, or 2 could not run.
`;

export const endpoints: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, {
    ...settingsOptions,
    ...stdinOptions,
    clients: { type: 'boolean' },
    format: { type: 'string' },
  });
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const time = now(values);
  const settings = await readSettings(values, io);
  for (const sentence of await planWarnings(settings, io.cwd)) io.stderr(`tls-workbench endpoints: ${sentence}\n`);
  const inputs = await readPaths(positionals, values, io);
  refuseNothing(inputs, positionals);
  tellSkipped(inputs, 'endpoints', io);
  const runs = await analyseInputs(inputs.files, { host, settings, rules: [], now: time });
  const rows: Record<string, unknown>[] = [];
  for (const run of runs) {
    const { model, certificateFile } = run;
    const report = endpointsReport(run, io.cwd);
    const views = viewEndpoints(model, certificateFile, time);
    const meet = meetClients(views, model, certificateFile);
    for (const view of views) {
      rows.push(endpointRow(view, report, values['clients'] === true ? meet(view, knownClients()) : undefined));
    }
  }
  if (format === 'json') printJson(io, { endpoints: rows });
  else io.stdout(`${endpointsText(rows)}\n`);
  return 0;
};
