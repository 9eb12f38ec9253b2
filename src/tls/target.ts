import type { Version } from '../text/version.ts';
import type { ProtocolVersion } from './protocols.ts';

/** Programs that read a configuration of ours. */
export type Program = 'nginx' | 'apache' | 'django';

/** As people write them. */
export const programNames: Readonly<Record<Program, string>> = { nginx: 'nginx', apache: 'Apache', django: 'Django' };

/** The versions that a configuration is judged for. Every field is always set; `assumed` names those nobody stated. */
export interface Target {
  readonly nginx: Version;
  readonly apache: Version;
  readonly django: Version;
  readonly openssl: Version;
  /** OpenSSL security level, 0 to 5 (SSL_CTX_set_security_level(3)). */
  readonly securityLevel: number;
  /** The distribution whose builds these surely are; undefined: nobody knows. */
  readonly distribution?: Distribution | undefined;
  /** What this nginx really is, where it was made from nginx and goes ways of its own: `Angie`. */
  readonly fork?: string | undefined;
  /** Where the versions come from, as a message says it: `Debian 13`, `settings`, `nginx -V`. */
  readonly label: string;
  /** Where single versions come from, as far as the label does not say it of them. */
  readonly origins?: { readonly [Each in Program | 'openssl']?: VersionOrigin | undefined } | undefined;
  /** True where nobody said which versions run, so that messages must say what was assumed. */
  readonly assumed: boolean;
  /**
   * Modules that this nginx has only as files, if at all, so that `load_module` must bring them: names of its configure
   * script (`mail`, `http_image_filter`), and `others` for all that do not come with nginx. Undefined where nobody said
   * how it was built.
   */
  readonly loadedModules?: readonly string[];
  /** True where the programs of this machine said it all: what is deployed elsewhere may meet another build. */
  readonly isInstalled?: true;
}

export interface VersionOrigin {
  /** As a message says it: `Debian 13`, `requirements.txt`; empty where the version itself was asked for. */
  readonly label: string;
  /** True where nobody said it. */
  readonly assumed?: true;
  /** Of OpenSSL, where its security level comes from elsewhere: where the version alone does. */
  readonly version?: VersionOrigin;
}

/** What is known of a distribution's builds besides their versions. */
export interface Distribution {
  /** As `target` of the settings calls it: `debian`. */
  readonly id: string;
  /** True where its OpenSSL may replace words such as `PROFILE=SYSTEM` by a policy of the system, which no configuration holds. */
  readonly hasPolicies: boolean;
  /** The file of all CAs that the system trusts; absent: where Debian has it. */
  readonly trustedAuthorities?: string;
  /** The policy that it comes with. */
  readonly policy?: Policy;
  /** How its programs differ from those that others build of the same version. */
  readonly builds?: { readonly [Each in Program]?: Build };
}

/** What OpenSSL takes from its own configuration, where neither a server's configuration nor the server says anything. */
export interface Policy {
  readonly protocols: readonly ProtocolVersion[];
  readonly tls13CipherSuites: string;
  /** Undefined where they are not known here. */
  readonly groups: string | undefined;
}

export interface Build {
  /** What it offers where the configuration names no protocols, if the policy of the system says so and not the program. */
  readonly policyProtocols?: readonly ProtocolVersion[] | 'unknown';
  /** Directives that it has before their version, or alone; in lower case. */
  readonly directives?: readonly string[];
}

/** True where a distribution's build has a directive, whatever its version says. */
export function isBackported(directive: string, server: Program, { distribution }: Target): boolean {
  return distribution?.builds?.[server]?.directives?.includes(directive.toLowerCase()) === true;
}

/** `OpenSSL 3.5 at security level 2 (assumed: Debian 13)`, for messages that depend on it. */
export function describeOpenssl(target: Target): string {
  return `OpenSSL ${target.openssl} at security level ${target.securityLevel}${inBrackets(whence('openssl', target))}`;
}

/** `nginx 1.26.3 (assumed: Debian 13)`. */
export function describeServer(server: Program, target: Target): string {
  return `${programNames[server]} ${target[server]}${inBrackets(whence(server, target))}`;
}

/** True where nobody said which version of a program runs. */
export function isAssumed(program: Program | 'openssl', { origins, assumed }: Target): boolean {
  const origin = origins?.[program];
  return origin === undefined ? assumed : origin.assumed === true;
}

/** Where a version comes from: `assumed: Debian 13`, `requirements.txt`; empty where it was asked for itself. */
export function whence(program: Program | 'openssl', target: Target): string {
  const { label } = target.origins?.[program] ?? target;
  return label !== '' && isAssumed(program, target) ? `assumed: ${label}` : label;
}

function inBrackets(words: string): string {
  return words === '' ? '' : ` (${words})`;
}
