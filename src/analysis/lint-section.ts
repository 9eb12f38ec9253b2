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

/**
 * Reads the `lint` section of the plan file, or editor settings of the same names, over `base`.
 * @param folder folder that relative paths of `map` start from
 * @throws SettingError that names the key, what it holds and what it may hold
 */
export function readLintSection(section: unknown, folder: string, base: AnalysisSettings): AnalysisSettings {
  if (section === undefined || section === null) return base;
  let settings = base;
  for (const [key, value] of Object.entries(at([], () => asRecord(section, 'lint')))) {
    if (value === undefined || value === null) continue;
    settings = { ...settings, ...at([key], () => readKey(key, value, folder)) };
  }
  return settings;
}

function readKey(key: string, value: unknown, folder: string): Partial<AnalysisSettings> {
  switch (key) {
    case 'profile':
      return { profile: readProfile(value) };
    case 'target':
      return { target: parseTarget(asRecord(value, 'lint.target')) };
    case 'paths':
      return { paths: readPathsMode(value) };
    case 'map':
      return { map: readMap(value, folder) };
    case 'rules':
      return { rules: readRules(value) };
    default:
      throw new Error(`lint.${key} is not known. Use profile, target, paths, map or rules.`);
  }
}

/** Says where a setting stands that cannot be read; the innermost place counts. */
function at<T>(path: readonly string[], read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof SettingError ? error : new SettingError((error as Error).message, path);
  }
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

function readMap(value: unknown, folder: string): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(asRecord(value, 'lint.map')).map(([deployed, local]) => {
      const problem = (message: string) => new SettingError(`lint.map ${message}`, ['map', deployed]);
      if (!deployed.startsWith('/')) throw problem(`"${deployed}" is not an absolute path of the server.`);
      if (typeof local !== 'string')
        throw problem(`${deployed}: ${JSON.stringify(local)} is no path. Write the folder that holds its files here.`);
      return [deployed.replace(/(?<=.)\/+$/, ''), resolvePath(folder, local)];
    }),
  );
}

function readRules(value: unknown): ReadonlyMap<string, Severity | 'off'> {
  return new Map(
    Object.entries(asRecord(value, 'lint.rules')).map(([rule, level]) => {
      // YAML 1.1 readers make a boolean of a bare `off`.
      const wanted = level === false ? 'off' : level;
      const known = [...severities, 'off' as const].find((word) => word === wanted);
      if (known === undefined) {
        throw new SettingError(
          `lint.rules ${rule}: ${JSON.stringify(level)} is no severity. Use ${severities.join(', ')} or off.`,
          ['rules', rule],
        );
      }
      return [rule, known];
    }),
  );
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
