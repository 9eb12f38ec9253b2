import { entryOf } from '../text/entry-of.ts';
import type { Build, Distribution, Target, VersionOrigin } from '../tls/target.ts';
import { defaultPlatform, type Platform, platforms } from './platforms.ts';

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
type VersionKey = (typeof versionKeys)[number];

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
  const platform = platformOf(wanted);
  const versions: Record<string, string> = {};
  for (const key of versionKeys) {
    const value = wanted[key];
    if (value === undefined) continue;
    const version = String(value);
    if (!/^\d+(\.\d+)*[a-z]?$/.test(version)) {
      const sample = platform?.[key] ?? defaultPlatform[key];
      throw new Error(`Target ${key} "${version}" is not a version. Write numbers, such as ${sample}.`);
    }
    versions[key] = version;
  }
  const hasLevel = wanted['seclevel'] !== undefined;
  const securityLevel = hasLevel ? Number(wanted['seclevel']) : (platform ?? defaultPlatform).securityLevel;
  if (!Number.isInteger(securityLevel) || securityLevel < 0 || securityLevel > 5) {
    throw new Error(`Target seclevel "${wanted['seclevel']}" is not a security level. Write a number from 0 to 5.`);
  }
  const named = [
    ...(platform === undefined ? [] : [platform.name]),
    ...Object.entries(versions).map(([key, version]) => `${key} ${version}`),
    ...(hasLevel ? [`security level ${securityLevel}`] : []),
  ];
  if (named.length === 0) return defaultTarget;
  const versionOf = (key: VersionKey) => versions[key] ?? platform?.[key] ?? defaultPlatform[key];
  const origins = Object.fromEntries(versionKeys.map((key) => [key, originOf(key, platform, versions)]));
  return {
    nginx: versionOf('nginx'),
    apache: versionOf('apache'),
    django: versionOf('django'),
    openssl: versionOf('openssl'),
    securityLevel,
    label: named.join(', '),
    origins: { ...origins, openssl: opensslOrigin(originOf('openssl', platform, versions), platform, hasLevel) },
    assumed: false,
    ...(platform && builtBy(platform, versions)),
  };
}

function originOf(
  key: VersionKey,
  platform: Platform | undefined,
  versions: Readonly<Record<string, string>>,
): VersionOrigin {
  if (versions[key] !== undefined) return { label: '' };
  return platform?.[key] === undefined ? { label: defaultPlatform.name, assumed: true } : { label: platform.name };
}

/** OpenSSL has a security level beside its version, which may come from elsewhere. */
function opensslOrigin(version: VersionOrigin, platform: Platform | undefined, hasLevel: boolean): VersionOrigin {
  const isStated = version.label === '';
  if (isStated === hasLevel) return version;
  if (hasLevel) return { ...version, label: version.assumed ? version.label : `version of ${version.label}`, version };
  return { label: platform ? `level of ${platform.name}` : `level assumed: ${defaultPlatform.name}`, version };
}

/** What is known of the programs besides their versions: one of a version that the distribution does not have is another's. */
export function builtBy(
  platform: Platform,
  versions: Readonly<Record<string, string>>,
): Pick<Target, 'loadedModules' | 'distribution'> {
  const { distribution, loadedModules } = platform;
  const nginx = nginxBuild(platform, versions['nginx']);
  const apache = versions['apache'] === undefined ? distribution.builds?.apache : undefined;
  const builds = { ...(nginx && { nginx }), ...(apache && { apache }) };
  return {
    ...(nginx && loadedModules && { loadedModules }),
    distribution: { ...distribution, builds } satisfies Distribution,
  };
}

function nginxBuild({ nginx, distribution, streams = {} }: Platform, version: string | undefined): Build | undefined {
  const own = distribution.builds?.nginx ?? {};
  if (version === undefined || nginx === undefined || minorOf(version) === minorOf(nginx)) return own;
  const stream = streams[minorOf(version)];
  return stream && { directives: own.directives ?? [], ...stream };
}

/** `1.24` of `1.24.0`. */
function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

/** The release that was named, of which there may be one. @throws Error that names what is known */
function platformOf(wanted: Readonly<Record<string, unknown>>): Platform | undefined {
  let platform: Platform | undefined;
  for (const [key, value] of Object.entries(wanted)) {
    if (key === 'seclevel' || (versionKeys as readonly string[]).includes(key)) continue;
    const releases = entryOf(platforms, key);
    if (releases === undefined) {
      const keys = [...Object.keys(platforms), ...versionKeys, 'seclevel'].join(', ');
      throw new Error(`Target "${key}" is not known. Use ${keys}.`);
    }
    platform = entryOf(releases, String(value));
    if (platform === undefined) {
      throw new Error(`Target ${key} ${value} is not known. Known releases: ${Object.keys(releases).join(', ')}.`);
    }
  }
  return platform;
}
