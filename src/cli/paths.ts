import { decodeText } from '../analysis/project/decode.ts';
import { fromSystem } from '../host/system-paths.ts';
import { resolvePath } from '../text/path.ts';
import { nothingExcluded } from './exclude.ts';
import { host } from './host.ts';
import { asInputs, type Inputs, readInputs, type Selection } from './inputs.ts';
import { type CommandIo, UsageError } from './io.ts';
import { type Arguments, text } from './options.ts';

export const stdinOptions = { 'stdin-filename': { type: 'string' } } as const;

export const stdinHelp = '  --stdin-filename NAME     what standard input would be called';

/** The file that an argument names, from the working folder. */
export function argumentPath(path: string, { cwd }: Pick<CommandIo, 'cwd'>): string {
  return resolvePath(cwd, fromSystem(path));
}

/**
 * The configurations that a call names, or the one on standard input.
 * @throws UsageError where there is none, or where one cannot be read
 */
export async function readPaths(
  paths: readonly string[],
  values: Arguments['values'],
  io: CommandIo,
  selection: Selection = { takesAny: false, excluded: nothingExcluded },
): Promise<Inputs> {
  if (paths.length === 0) throw new UsageError('no path is given. Name a configuration file or a folder.');
  refuseEmpty(paths);
  const address = paths.find((path) => /^\w+:\/\//.test(path));
  if (address !== undefined)
    throw new UsageError(
      `${address} is an address, and files are read here. What a server shows is asked by "tls-workbench inspect tls://HOST".`,
    );
  if (!paths.includes('-'))
    return readInputs(
      paths.map((path) => argumentPath(path, io)),
      host.files,
      selection,
    );
  if (paths.length > 1) throw new UsageError('"-" cannot be combined with files. Name those in a second call.');
  const name = text(values, 'stdin-filename');
  if (name === undefined)
    throw new UsageError('standard input has no name. Give it one with --stdin-filename, such as nginx.conf.');
  const input = await io.readStdin();
  // What failed before the pipe writes nothing: that is no clean bill of health.
  if (input.length === 0)
    throw new UsageError('standard input is empty. See what the program before the pipe says, and whether it runs.');
  return {
    files: asInputs(argumentPath(name, io), decodeText(input)),
    skipped: [],
    foreign: [],
    excluded: [],
    isPartial: false,
  };
}

/** @throws UsageError for an empty path, which would stand for the working folder */
export function refuseEmpty(paths: readonly string[]): void {
  if (!paths.includes('')) return;
  throw new UsageError('a path is empty, as a variable leaves it that is not set. Name a file or a folder.');
}
