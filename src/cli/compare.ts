import { compareRunning } from '../operations/running/compare-running.ts';
import { type Place, placeText, readHost } from '../operations/running/question.ts';
import { type ComparisonRow, comparisonText } from '../report/comparison-text.ts';
import { endpointPlace } from '../report/endpoints-json.ts';
import { readEndpointRuns } from './endpoint-runs.ts';
import { host } from './host.ts';
import { type Command, printJson, UsageError } from './io.ts';
import { tellPartial } from './left-out.ts';
import { type Arguments, choice, commonHelp, readArguments, text } from './options.ts';
import { stdinHelp, stdinOptions } from './paths.ts';
import { settingsHelp, settingsOptions } from './settings.ts';

const usage = `usage: tls-workbench compare [OPTION…] PATH…

Asks the running server, for each name and listener, whether it does what these files say: protocol versions, the cipher
suite, group and certificates that it answers with, and Strict-Transport-Security. A server that nobody reloaded differs.
It is asked on this machine, at the addresses that it listens on, some six connections for each name. Where it runs other
versions than --target says, what they do by default differs too.

${settingsHelp}
  --at HOST                 the machine on which it runs, for all names
  --by-name                 wherever DNS leads for each name
  -q, --quiet               say nothing where all agrees, for cron
  --format FORMAT           text (default), json
${stdinHelp}
${commonHelp(28)}
Exit code: 0 all that could be compared agrees, 1 something differs or does not answer, 2 could not run,
not all could be read, or nothing could be compared.
`;

export const compare: Command = async (args, io) => {
  const call = readArguments(args, {
    ...settingsOptions,
    ...stdinOptions,
    at: { type: 'string' },
    'by-name': { type: 'boolean' },
    quiet: { type: 'boolean', short: 'q' },
    format: { type: 'string' },
  });
  const { values } = call;
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const place = readPlace(values);
  const { inputs, runs, target } = await readEndpointRuns('compare', call, io);
  const rows: ComparisonRow[] = [];
  for (const { run, views, report } of runs) {
    const { model, certificateFile } = run;
    for (const compared of await compareRunning(views, model, { place, crypto: host.crypto, certificateFile })) {
      const { view, question, agrees = null, differences, reason = null, isSilent = false } = compared;
      const asked = question === undefined ? null : placeText(question);
      const answers = question === undefined ? null : !isSilent;
      const name = view.endpoint.name;
      rows.push({ ...endpointPlace(view, report), name, asked, answers, agrees, differences, reason });
    }
  }
  if (rows.length === 0) throw new UsageError('no listener of these files speaks TLS. Name the main file of a server.');
  const differs = rows.some(({ agrees }) => agrees === false);
  // That nobody was asked is no clean bill of health.
  const isGood = !differs && rows.some(({ agrees }) => agrees !== null);
  const isQuiet = values['quiet'] === true && isGood;
  if (format === 'json' && !isQuiet) printJson(io, { endpoints: rows, target });
  else if (!isQuiet) io.stdout(`${comparisonText(rows, target)}\n`);
  if (differs) return 1;
  const isPartial = tellPartial(
    inputs,
    runs.map(({ run }) => run),
    'compare',
    io,
  );
  return isGood && !isPartial ? 0 : 2;
};

/** @throws UsageError where two places are given, or what is given is no host */
function readPlace(values: Arguments['values']): Place {
  const at = text(values, 'at');
  if (values['by-name'] === true) {
    if (at !== undefined) throw new UsageError('--at and --by-name exclude each other. Give one of them.');
    return { kind: 'dns' };
  }
  if (at === undefined) return { kind: 'here' };
  const host = readHost(at);
  if (host === undefined) {
    throw new UsageError(`--at "${at}" is no host. Write a name or an address; the ports are those of the listeners.`);
  }
  return { kind: 'host', host };
}
