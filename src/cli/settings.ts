import { readProfile } from '../analysis/lint-section.ts';
import { type AnalysisSettings, defaultSettings } from '../analysis/settings.ts';
import { parseTargetText } from '../analysis/target.ts';
import { isUnreadable } from '../host/host.ts';
import { foldersAround, pathIn } from '../text/path.ts';
import { parseProfile } from '../tls/custom-profile.ts';
import { profiles } from '../tls/profiles.ts';
import { host } from './host.ts';
import { type CommandIo, cannotRead, UsageError } from './io.ts';
import { type Arguments, choice, text } from './options.ts';
import { argumentPath } from './paths.ts';
import { planText } from './plan-text.ts';

/** Options of every command that analyses configurations. */
export const settingsOptions = {
  profile: { type: 'string' },
  target: { type: 'string', multiple: true },
  paths: { type: 'string' },
} as const;

export const settingsHelp = `  --profile NAME|FILE       guideline: modern, intermediate (default), old, or a JSON file with one of your own
  --target KEY=VALUE,…      what to judge for: debian=12, ubuntu=24.04, rhel=9 (also: rocky, almalinux, oracle, centos),
                            fedora=44, amazon=2023, opensuse=15.6, sles=15.6, alpine=3.23, freebsd=15, image=nginx:1.29;
                            nginx=1.26.3, apache=2.4.68, django=5.2, openssl=3.5, seclevel=2 (default: debian=13)
  --paths here|elsewhere|auto
                            whether the paths in the configuration are this machine's (auto: below /etc they are)`;

/**
 * Settings of a call: defaults, over them the plan file of the working folder or one above, over them the options.
 * @throws UsageError that names what cannot be understood
 */
export async function readSettings(values: Arguments['values'], io: Pick<CommandIo, 'cwd'>): Promise<AnalysisSettings> {
  let settings = await planSettings(io.cwd);
  const target = text(values, 'target');
  const profile = text(values, 'profile');
  if (target !== undefined) settings = { ...settings, target: usage(() => parseTargetText(target)) };
  if (profile !== undefined) settings = { ...settings, profile: await readProfileOption(profile, io) };
  return { ...settings, paths: choice(values, 'paths', ['here', 'elsewhere', 'auto'], settings.paths) };
}

async function planSettings(cwd: string): Promise<AnalysisSettings> {
  const plan = await findPlan(cwd);
  if (plan === undefined) return defaultSettings;
  const { readLintSettings } = await import('../operations/lint-settings.ts');
  return readLintSettings(plan.text, plan.file);
}

/**
 * The plan file of the working folder or one above.
 * @throws UsageError where one is there and cannot be read: without its settings the answer would be another
 */
export async function findPlan(cwd: string): Promise<{ readonly file: string; readonly text: string } | undefined> {
  for (const folder of foldersAround(pathIn(cwd, 'tls-workbench.yaml'))) {
    const file = pathIn(folder, 'tls-workbench.yaml');
    const bytes = await host.files.read(file);
    if (!isUnreadable(bytes)) return { file, text: planText(file, bytes) };
    // A folder that cannot be looked into says the same, and may have none.
    if (bytes.error !== 'missing' && !isUnreadable(await host.files.stat(file))) throw cannotRead(bytes);
  }
  return undefined;
}

async function readProfileOption(name: string, io: Pick<CommandIo, 'cwd'>) {
  if (name in profiles) return readProfile(name);
  const bytes = await host.files.read(argumentPath(name, io));
  if (isUnreadable(bytes)) {
    throw new UsageError(
      `profile "${name}" is neither ${Object.keys(profiles).join(', ')} nor a file: ${bytes.message}.`,
    );
  }
  const written = new TextDecoder().decode(bytes);
  return usage(() => parseProfile(readJson(written, name), name));
}

/** @throws Error that names the line where the text stops being JSON */
function readJson(written: string, name: string): unknown {
  try {
    return JSON.parse(written);
  } catch (error) {
    const { message } = error as Error;
    const position = Number(/position (\d+)/.exec(message)?.[1] ?? written.trimEnd().length);
    const line = written.slice(0, position).split('\n').length;
    // What V8 quotes of the text may be anything, as long as it likes.
    const why = message.replace(/,? (?:\.\.\.)?".*$/s, '');
    throw new Error(
      `${name}:${line}: this is not JSON (${why}). A profile is one object, such as {"extends": "modern"}.`,
    );
  }
}

function usage<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
