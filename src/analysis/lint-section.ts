import { type Severity, severities } from '../text/finding.ts';
import { resolvePath } from '../text/path.ts';
import { parseProfile } from '../tls/custom-profile.ts';
import { type GuidelineProfile, profiles } from '../tls/profiles.ts';
import type { AnalysisSettings, PathsMode } from './settings.ts';
import { parseTarget } from './target.ts';

/**
 * Reads the `lint` section of the plan file, or editor settings of the same names, over `base`.
 * @param folder folder that relative paths of `map` start from
 * @throws Error that names the key, what it holds and what it may hold
 */
export function readLintSection(section: unknown, folder: string, base: AnalysisSettings): AnalysisSettings {
  if (section === undefined || section === null) return base;
  const entries = asRecord(section, 'lint');
  let settings = base;
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined || value === null) continue;
    switch (key) {
      case 'profile':
        settings = { ...settings, profile: readProfile(value) };
        break;
      case 'target':
        settings = { ...settings, target: parseTarget(asRecord(value, 'lint.target')) };
        break;
      case 'paths':
        settings = { ...settings, paths: readPathsMode(value) };
        break;
      case 'map':
        settings = { ...settings, map: readMap(value, folder) };
        break;
      case 'rules':
        settings = { ...settings, rules: readRules(value) };
        break;
      default:
        throw new Error(`lint.${key} is not known. Use profile, target, paths, map or rules.`);
    }
  }
  return settings;
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
      if (!deployed.startsWith('/')) throw new Error(`lint.map "${deployed}" is not an absolute path of the server.`);
      return [deployed.replace(/(?<=.)\/+$/, ''), resolvePath(folder, String(local))];
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
        throw new Error(
          `lint.rules ${rule}: ${JSON.stringify(level)} is no severity. Use ${severities.join(', ')} or off.`,
        );
      }
      return [rule, known];
    }),
  );
}

function asRecord(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new Error(`${name} must hold keys and values, but is ${JSON.stringify(value)}.`);
}
