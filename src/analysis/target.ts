import type { Target } from '../tls/target.ts';
import { defaultPlatform, platforms } from './platforms.ts';

/** The target where nobody said anything: Debian stable. */
export const defaultTarget: Target = {
  nginx: defaultPlatform.nginx,
  apache: defaultPlatform.apache,
  django: defaultPlatform.django,
  openssl: defaultPlatform.openssl,
  securityLevel: defaultPlatform.securityLevel,
  label: defaultPlatform.name,
  assumed: true,
};

const versionKeys = ['nginx', 'apache', 'django', 'openssl'] as const;

/** Reads `debian=12,nginx=1.26.3,openssl=3.5,seclevel=2`. @throws Error that names the part and what is allowed */
export function parseTargetText(text: string): Target {
  const entries: [string, string][] = [];
  for (const part of text.split(',')) {
    const [key, value, ...more] = part.split('=').map((word) => word.trim());
    if (!key || !value || more.length > 0) {
      throw new Error(
        `Target "${part.trim()}" is not key=value. Write for example debian=13,nginx=1.26.3,openssl=3.5.`,
      );
    }
    entries.push([key, value]);
  }
  return parseTarget(Object.fromEntries(entries));
}

/**
 * Reads the `target` of settings and plan file: `{ debian: 13 }`, `{ nginx: '1.28', openssl: '3.5', seclevel: 1 }`.
 * A distribution gives all versions, single versions override it.
 * @throws Error that names the key and what is allowed
 */
export function parseTarget(wanted: Readonly<Record<string, unknown>>): Target {
  const { base, label, distribution } = platformOf(wanted);
  const versions: Record<string, string> = {};
  const named: string[] = label === undefined ? [] : [label];
  for (const key of versionKeys) {
    const value = wanted[key];
    if (value === undefined) continue;
    const version = String(value);
    if (!/^\d+(\.\d+)*[a-z]?$/.test(version)) {
      throw new Error(`Target ${key} "${version}" is not a version. Write numbers, such as ${base[key]}.`);
    }
    versions[key] = version;
    named.push(`${key} ${version}`);
  }
  const securityLevel = wanted['seclevel'] === undefined ? base.securityLevel : Number(wanted['seclevel']);
  if (!Number.isInteger(securityLevel) || securityLevel < 0 || securityLevel > 5) {
    throw new Error(`Target seclevel "${wanted['seclevel']}" is not a security level. Write a number from 0 to 5.`);
  }
  if (wanted['seclevel'] !== undefined) named.push(`security level ${securityLevel}`);
  return {
    nginx: versions['nginx'] ?? base.nginx,
    apache: versions['apache'] ?? base.apache,
    django: versions['django'] ?? base.django,
    openssl: versions['openssl'] ?? base.openssl,
    securityLevel,
    label: named.join(', ') || base.name,
    assumed: named.length === 0,
    // An nginx of another version is not the distribution's.
    ...(label !== undefined && versions['nginx'] === undefined && { loadedModules: base.loadedModules ?? [] }),
    ...(distribution === undefined ? {} : { distribution }),
  };
}

function platformOf(wanted: Readonly<Record<string, unknown>>) {
  let base = defaultPlatform;
  let label: string | undefined;
  let distribution: string | undefined;
  for (const [key, value] of Object.entries(wanted)) {
    if (key === 'seclevel' || (versionKeys as readonly string[]).includes(key)) continue;
    const releases = platforms[key];
    if (releases === undefined) {
      const keys = [...Object.keys(platforms), ...versionKeys, 'seclevel'].join(', ');
      throw new Error(`Target "${key}" is not known. Use ${keys}.`);
    }
    const release = releases[String(value)];
    if (release === undefined) {
      throw new Error(`Target ${key} ${value} is not known. Known releases: ${Object.keys(releases).join(', ')}.`);
    }
    base = release;
    label = release.name;
    distribution = key;
  }
  return { base, label, distribution };
}
