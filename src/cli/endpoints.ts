import { meetClients } from '../analysis/endpoints/endpoint-clients.ts';
import { endpointRow } from '../report/endpoints-json.ts';
import { endpointsText } from '../report/endpoints-text.ts';
import { rules } from '../rules/index.ts';
import { knownClients } from '../tls/clients/clients.ts';
import { readEndpointRuns } from './endpoint-runs.ts';
import { type Command, printJson } from './io.ts';
import { tellPartial } from './left-out.ts';
import { choice, commonHelp, readArguments } from './options.ts';
import { stdinHelp, stdinOptions } from './paths.ts';
import { settingsHelp, settingsOptions } from './settings.ts';

const usage = `usage: tls-workbench endpoints [OPTION…] PATH…

What each listener really offers each name: protocols, cipher suites, groups, certificates, HSTS and the grade that
SSL Labs would give, predicted from the configuration.
"-" reads standard input. What "nginx -T" printed stands for the files that it holds.

${settingsHelp}
  --clients                 also what browsers, libraries and others would agree on there, old ones too
  --format FORMAT           text (default), json
${stdinHelp}
${commonHelp(28)}
Exit code: 0, or 2 could not run or not read all.
`;

export const endpoints: Command = async (args, io) => {
  const call = readArguments(args, {
    ...settingsOptions,
    ...stdinOptions,
    clients: { type: 'boolean' },
    format: { type: 'string' },
  });
  const { values } = call;
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const { inputs, runs } = await readEndpointRuns('endpoints', call, io, rules);
  const rows: Record<string, unknown>[] = [];
  for (const { run, views, report } of runs) {
    const { model, certificateFile } = run;
    const meet = meetClients(views, model, certificateFile);
    for (const view of views) {
      rows.push(endpointRow(view, report, values['clients'] === true ? meet(view, knownClients()) : undefined));
    }
  }
  if (format === 'json') printJson(io, { endpoints: rows });
  else io.stdout(`${endpointsText(rows)}\n`);
  const analyses = runs.map(({ run }) => run);
  return tellPartial(inputs, analyses, 'endpoints', io) ? 2 : 0;
};
