import type { Version } from '../text/version.ts';

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
  /** The distribution whose builds these surely are, as `target` of the settings calls it: `debian`; undefined: nobody knows. */
  readonly distribution?: string | undefined;
  /** Where the versions come from, as a message says it: `Debian 13`, `settings`, `nginx -V`. */
  readonly label: string;
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

/** `OpenSSL 3.5 at security level 2 (assumed: Debian 13)`, for messages that depend on it. */
export function describeOpenssl(target: Target): string {
  return `OpenSSL ${target.openssl} at security level ${target.securityLevel} (${target.assumed ? 'assumed: ' : ''}${target.label})`;
}

/** `nginx 1.26.3 (assumed: Debian 13)`. */
export function describeServer(server: Program, target: Target): string {
  return `${programNames[server]} ${target[server]} (${target.assumed ? 'assumed: ' : ''}${target.label})`;
}
