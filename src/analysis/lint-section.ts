import { type Severity, severities } from '../text/finding.ts';
import { resolvePath } from '../text/path.ts';
import { parseProfile } from '../tls/custom-profile.ts';
import { type GuidelineProfile, profiles } from '../tls/profiles.ts';
import type { AnalysisSettings, PathsMode } from './settings.ts';
import { parseTarget } from './target.ts';

/** A setting that cannot be understood, and the keys below `lint` that lead to it. */
export class SettingError extends Error {
  readonly path: readonly string[];

  constructor(message: string, path: readonly string[]) {
    super(message);
    this.path = path;
  }
}

/** What is told of a setting that cannot be understood; where it returns, the others count all the same. */
export type TellProblem = (problem: SettingError) => void;

const raise: TellProblem = (problem) => {
  throw problem;
};

/**
 * Reads the `lint` section of the plan file, or editor settings of the same names, over `base`: of `map` and `rules` what is not named stays.
 * @param folder folder that relative paths of `map` start from
 * @throws SettingError that names the key, what it holds and what it may hold, unless `tell` takes it
 */
export function readLintSection(
  section: unknown,
  folder: string,
  base: AnalysisSettings,
  tell: TellProblem = raise,
): AnalysisSettings {
  if (section === undefined || section === null) return base;
  let settings = base;
  for (const [key, value] of Object.entries(attempt([], () => asRecord(section, 'lint'), tell) ?? {})) {
    if (value === undefined || value === null) continue;
    settings = { ...settings, ...attempt([key], () => readKey(key, value, folder, settings, tell), tell) };
  }
  return settings;
}

function readKey(
  key: string,
  value: unknown,
  folder: string,
  { map, rules }: AnalysisSettings,
  tell: TellProblem,
): Partial<AnalysisSettings> {
  switch (key) {
    case 'profile':
      return { profile: readProfile(value) };
    case 'target':
      return { target: parseTarget(asRecord(value, 'lint.target')) };
    case 'paths':
      return { paths: readPathsMode(value) };
    case 'map':
      return { map: new Map([...map, ...readMap(value, folder, tell)]) };
    case 'rules':
      return { rules: new Map([...rules, ...readRules(value, tell)]) };
    default:
      throw new Error(`lint.${key} is not known. Use profile, target, paths, map or rules.`);
  }
}

/** Tells where a setting stands that cannot be read, which then is undefined. */
function attempt<T>(path: readonly string[], read: () => T, tell: TellProblem): T | undefined {
  let problem: SettingError;
  try {
    return read();
  } catch (error) {
    problem = error instanceof SettingError ? error : new SettingError((error as Error).message, path);
  }
  tell(problem);
  return undefined;
}

/** What can be read of a section that names things, one by one. */
function readEntries<T>(
  value: unknown,
  key: 'map' | 'rules',
  read: (name: string, value: unknown) => readonly [string, T],
  tell: TellProblem,
): ReadonlyMap<string, T> {
  const entries = Object.entries(asRecord(value, `lint.${key}`));
  return new Map(
    entries.flatMap(([name, each]) => {
      const entry = attempt([key, name], () => read(name, each), tell);
      return entry === undefined ? [] : [entry];
    }),
  );
}

/** A profile by name, or one written out. @throws Error */
export function readProfile(value: unknown): GuidelineProfile {
  if (typeof value !== 'string') return parseProfile(value, 'lint.profile');
  const profile = Object.entries(profiles).find(([name]) => name === value)?.[1];
  if (profile === undefined) {
    throw new Error(`Profile "${value}" is not known. Use ${Object.keys(profiles).join(', ')}, or write one out.`);
  }
  return profile;
}

function readPathsMode(value: unknown): PathsMode {
  if (value === 'here' || value === 'elsewhere' || value === 'auto') return value;
  throw new Error(`lint.paths ${JSON.stringify(value)} is not known. Use here, elsewhere or auto.`);
}

function readMap(value: unknown, folder: string, tell: TellProblem): ReadonlyMap<string, string> {
  const read = (deployed: string, local: unknown) => {
    if (!deployed.startsWith('/')) throw new Error(`lint.map "${deployed}" is not an absolute path of the server.`);
    if (typeof local !== 'string')
      throw new Error(
        `lint.map ${deployed}: ${JSON.stringify(local)} is no path. Write the folder that holds its files here.`,
      );
    return [deployed.replace(/(?<=.)\/+$/, ''), resolvePath(folder, local)] as const;
  };
  return readEntries(value, 'map', read, tell);
}

function readRules(value: unknown, tell: TellProblem): ReadonlyMap<string, Severity | 'off'> {
  const read = (rule: string, level: unknown) => {
    // YAML 1.1 readers make a boolean of a bare `off`.
    const wanted = level === false ? 'off' : level;
    const known = [...severities, 'off' as const].find((word) => word === wanted);
    if (known !== undefined) return [rule, known] as const;
    throw new Error(
      `lint.rules ${rule}: ${JSON.stringify(level)} is no severity. Use ${severities.join(', ')} or off.`,
    );
  };
  return readEntries(value, 'rules', read, tell);
}

/** How each section that holds keys is written, for whoever wrote something else. */
const samples = {
  lint: '{ profile: modern }',
  'lint.target': '{ debian: 13 }',
  'lint.map': '{ /etc/nginx: deploy/nginx }',
  'lint.rules': '{ hsts-short: hint }',
} as const;

function asRecord(value: unknown, name: keyof typeof samples): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`${name} must hold keys and values, such as ${samples[name]}, but is ${JSON.stringify(value)}.`);
}
