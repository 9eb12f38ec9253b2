import { debian, ubuntu } from '../../../analysis/distributions.ts';
import { builtBy } from '../../../analysis/target.ts';
import { moduleFiles } from '../../../languages/nginx/data/modules.ts';
import { compareVersions } from '../../../text/version.ts';
import type { Distribution, Target } from '../../../tls/target.ts';
import { installedPlatform, raisesLevel } from './installed-platform.ts';
import { readNginxAnswer } from './nginx-answer.ts';

/** What installed programs say about themselves; undefined where a program is missing or says something else. */
export interface ProgramAnswers {
  /** `nginx -V`, and the program's name. */
  readonly nginx?: Answer | undefined;
  /** `apache2 -v` or `httpd -v`, and the program's name. */
  readonly apache?: Answer | undefined;
  /** `openssl version`: the library that Apache's module shares with it. */
  readonly openssl?: string | undefined;
  /** `/etc/os-release`. */
  readonly system?: string | undefined;
}

interface Answer {
  readonly program: string;
  readonly output: string;
}

/** The target as the machine has it. What the programs do not say stays as assumed, and the label says so. */
export function installedTarget(server: 'nginx' | 'apache', answers: ProgramAnswers, assumed: Target): Target {
  const found = server === 'nginx' ? nginxVersions(answers) : apacheVersions(answers);
  if (found === undefined) return assumed;
  const { version, openssl, otherLibrary, label, distribution, fork, loadedModules } = found;
  const securityLevel = openssl === undefined ? assumed.securityLevel : defaultLevel(openssl, answers.system ?? '');
  const library =
    otherLibrary === undefined
      ? `OpenSSL assumed: ${assumed.label}`
      : `${otherLibrary}, judged as OpenSSL of ${assumed.label}`;
  return {
    ...assumed,
    [server]: version,
    openssl: openssl ?? assumed.openssl,
    securityLevel,
    label: openssl === undefined ? `${label}; ${library}` : label,
    assumed: false,
    ...(loadedModules && { loadedModules }),
    isInstalled: true,
    ...(distribution === undefined ? {} : { distribution }),
    ...(fork === undefined ? {} : { fork }),
  };
}

interface Found {
  readonly version: string;
  /** Undefined where the program was built with another library, or says nothing. */
  readonly openssl: string | undefined;
  readonly otherLibrary?: string | undefined;
  readonly label: string;
  readonly distribution?: Distribution | undefined;
  readonly fork?: string | undefined;
  readonly loadedModules?: readonly string[] | undefined;
}

function nginxVersions({ nginx, system = '' }: ProgramAnswers): Found | undefined {
  const answer = nginx && readNginxAnswer(nginx.output);
  if (!answer) return undefined;
  const { version, fork, library = '', brackets, options } = answer;
  const openssl = release(/^OpenSSL (\S+)/.exec(library)?.[1]);
  const isOther = library.includes('compatible;') || (library !== '' && !library.startsWith('OpenSSL '));
  return {
    version,
    openssl: isOther ? undefined : openssl,
    otherLibrary: isOther ? (/compatible; ([^)]+)/.exec(library)?.[1] ?? library) : undefined,
    label: `${nginx.program} -V${fork ? `: ${fork.name} ${fork.version}` : ''}`,
    distribution: fork ? undefined : nginxDistribution(version, brackets, options, system),
    fork: fork?.name,
    loadedModules: modulesToLoad(options),
  };
}

/** Where packages of a distribution that names itself nowhere put nginx: not where those of nginx.org do. */
const ownPrefix: Readonly<Record<string, string>> = { rhel: '/usr/share/nginx', alpine: '/var/lib/nginx' };

function nginxDistribution(
  version: string,
  brackets: string | undefined,
  options: readonly string[] | undefined,
  system: string,
): Distribution | undefined {
  const platform = installedPlatform(system);
  if (!platform) return namedDistribution(brackets);
  const { id } = platform.distribution;
  const prefix = ownPrefix[id];
  const isOwn = prefix === undefined ? namedDistribution(brackets)?.id === id : options?.includes(`--prefix=${prefix}`);
  return isOwn === true ? builtBy(platform, { nginx: version }).distribution : undefined;
}

/** `(Debian)` and `(Ubuntu)` behind a version. */
function namedDistribution(brackets = ''): Distribution | undefined {
  return [debian, ubuntu].find(({ id }) => brackets.toLowerCase() === id);
}

/** Of the modules that may be files those that are not compiled in, by the arguments of the configure script. */
function modulesToLoad(options: readonly string[] | undefined): readonly string[] | undefined {
  return options && Object.keys(compiledIn).filter((name) => !options.some((option) => compiledIn[name]?.test(option)));
}

/** The option by which a module is compiled in; `=dynamic` behind it makes a file. */
const compiledIn: Readonly<Record<string, RegExp>> = {
  ...Object.fromEntries(
    Object.keys(moduleFiles).map((name) => [
      name,
      new RegExp(`^--with-${name.replace('xslt_filter', 'xslt')}(?:_module)?$`),
    ]),
  ),
  others: /^--add-module=/,
};

function apacheVersions({ apache, openssl = '', system = '' }: ProgramAnswers): Found | undefined {
  const [, version, brackets = ''] =
    /^Server version: \S+?\/(\d+(?:\.\d+)+)(?: \(([^)]*)\))?/m.exec(apache?.output ?? '') ?? [];
  if (apache === undefined || version === undefined) return undefined;
  const library = release(/\(Library: OpenSSL (\S+)/.exec(openssl)?.[1] ?? /^OpenSSL (\S+)/m.exec(openssl)?.[1]);
  const label = library === undefined ? `${apache.program} -v` : `${apache.program} -v, openssl version`;
  return { version, openssl: library, label, distribution: apacheDistribution(brackets, system) };
}

/** What distributions write behind the version, where the sources have `Unix`. */
const namesOfOwn: Readonly<Record<string, RegExp>> = {
  rhel: /^(?:Red Hat|Rocky|AlmaLinux|CentOS|Oracle|Amazon|Fedora)/i,
  suse: /SUSE/,
  freebsd: /^FreeBSD$/,
};

function apacheDistribution(brackets: string, system: string): Distribution | undefined {
  const platform = installedPlatform(system);
  if (platform && namesOfOwn[platform.distribution.id]?.test(brackets)) return platform.distribution;
  return namedDistribution(brackets);
}

/** `3.5` of `3.5.9`, `1.1.1` of `1.1.1w`: releases that differ in what they offer. */
function release(version: string | undefined): string | undefined {
  const parts = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version ?? '');
  if (parts === null) return undefined;
  const [, major = '', minor = '', patch = '0'] = parts;
  return Number(major) >= 3 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

/** OpenSSL's own default became 2 with 3.2; Debian and Ubuntu build all of theirs with 2, and Red Hat's policy asks for it. */
function defaultLevel(openssl: string, system: string): number {
  return compareVersions(openssl, '3.2') >= 0 || raisesLevel(system) ? 2 : 1;
}
