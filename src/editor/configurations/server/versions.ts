import { moduleFiles } from '../../../languages/nginx/data/modules.ts';
import { compareVersions } from '../../../text/version.ts';
import type { Target } from '../../../tls/target.ts';

/** What installed programs say about themselves; undefined where a program is missing or says something else. */
export interface ProgramAnswers {
  /** `nginx -V`. */
  readonly nginx?: string | undefined;
  /** `apache2 -v` or `httpd -v`, and the program's name. */
  readonly apache?: { readonly program: string; readonly output: string } | undefined;
  /** `openssl version`: the library that Apache's module shares with it. */
  readonly openssl?: string | undefined;
  /** `/etc/os-release`. */
  readonly system?: string | undefined;
}

/** The target as the machine has it. What the programs do not say stays as assumed, and the label says so. */
export function installedTarget(server: 'nginx' | 'apache', answers: ProgramAnswers, assumed: Target): Target {
  const found = server === 'nginx' ? nginxVersions(answers) : apacheVersions(answers);
  if (found === undefined) return assumed;
  const loadedModules = server === 'nginx' ? modulesToLoad(answers.nginx ?? '') : undefined;
  const { version, openssl, label, distribution } = found;
  const securityLevel = openssl === undefined ? assumed.securityLevel : defaultLevel(openssl, answers.system ?? '');
  return {
    ...assumed,
    [server]: version,
    openssl: openssl ?? assumed.openssl,
    securityLevel,
    label: openssl === undefined ? `${label}; OpenSSL assumed: ${assumed.label}` : label,
    assumed: false,
    ...(loadedModules && { loadedModules }),
    isInstalled: true,
    ...(distribution === undefined ? {} : { distribution }),
  };
}

function nginxVersions({ nginx = '' }: ProgramAnswers) {
  const version = /^nginx version: \S+?\/(\d+(?:\.\d+)+)/m.exec(nginx)?.[1];
  if (version === undefined) return undefined;
  // Where both are named, the library that is loaded counts, not the one of the build.
  const openssl = /running with OpenSSL (\S+)/.exec(nginx)?.[1] ?? /built with OpenSSL (\S+)/.exec(nginx)?.[1];
  return {
    version,
    openssl: release(openssl),
    label: 'nginx -V',
    distribution: builtBy(/^nginx version: .*/m.exec(nginx)?.[0]),
  };
}

/** `(Debian)` and `(Ubuntu)` behind a version. */
function builtBy(line = ''): string | undefined {
  return /\((Debian|Ubuntu)\)/.exec(line)?.[1]?.toLowerCase();
}

/** Of the modules that may be files those that are not compiled in, by the arguments of the configure script. */
function modulesToLoad(answer: string): readonly string[] | undefined {
  const options = /^configure arguments: (.*)$/m.exec(answer)?.[1]?.split(' ');
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

function apacheVersions({ apache, openssl = '' }: ProgramAnswers) {
  const version = /^Server version: \S+?\/(\d+(?:\.\d+)+)/m.exec(apache?.output ?? '')?.[1];
  if (apache === undefined || version === undefined) return undefined;
  const library = release(/\(Library: OpenSSL (\S+)/.exec(openssl)?.[1] ?? /^OpenSSL (\S+)/m.exec(openssl)?.[1]);
  const label = library === undefined ? `${apache.program} -v` : `${apache.program} -v, openssl version`;
  return { version, openssl: library, label, distribution: builtBy(apache.output) };
}

/** `3.5` of `3.5.9`, `1.1.1` of `1.1.1w`: releases that differ in what they offer. */
function release(version: string | undefined): string | undefined {
  const parts = /^(\d+)\.(\d+)(?:\.(\d+))?/.exec(version ?? '');
  if (parts === null) return undefined;
  const [, major = '', minor = '', patch = '0'] = parts;
  return Number(major) >= 3 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

/** OpenSSL's own default became 2 with 3.2; Debian and Ubuntu build all of theirs with 2. */
function defaultLevel(openssl: string, system: string): number {
  if (compareVersions(openssl, '3.2') >= 0) return 2;
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(system) ? 2 : 1;
}
