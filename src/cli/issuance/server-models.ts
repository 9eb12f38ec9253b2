import type { Run } from '../../analysis/run.ts';
import type { ServerModel } from '../../tls/model/server-model.ts';
import { analyseInputs } from '../analyses.ts';
import { nothingExcluded } from '../exclude.ts';
import { host } from '../host.ts';
import { readInputs } from '../inputs.ts';
import { UsageError } from '../io.ts';
import { refuseNothing, tellSkipped, tellUnread } from '../left-out.ts';
import { argumentPath } from '../paths.ts';
import { readSettings } from '../settings.ts';
import type { IssuanceIo } from './arguments.ts';

/**
 * What the configurations of nginx and Apache say that a call names, each with its includes; of a folder those below it.
 * @param command as it is called in what is told on standard error
 * @throws UsageError where there is none, or where one that is named cannot be read
 */
export async function readServerModels(
  command: string,
  paths: readonly string[],
  now: Date,
  io: IssuanceIo,
): Promise<readonly ServerModel[]> {
  const named = paths.map((path) => argumentPath(path, io));
  const inputs = await readInputs(named, host.files, { takesAny: false, excluded: nothingExcluded });
  refuseNothing(inputs, paths, io);
  tellSkipped(inputs, command, io);
  const runs = await analyseInputs(inputs.files, { host, settings: await readSettings({}, io), rules: [], now });
  tellUnread(runs, command, io);
  const models = runs.filter((run) => isInUse(run, runs, named)).map(({ model }) => model);
  if (models.length === 0)
    throw new UsageError(`no configuration of nginx or Apache is below ${paths.join(', ')}. Check the path.`);
  return models;
}

/** Beside a main file that does not include it, a file found in a folder is one that is not enabled. */
function isInUse({ language, project }: Run, runs: readonly Run[], named: readonly string[]): boolean {
  // An application is no server.
  if (language.home === undefined) return false;
  if (project.complete || named.includes(project.entry)) return true;
  return !runs.some((other) => other.language === language && other.project.complete);
}
