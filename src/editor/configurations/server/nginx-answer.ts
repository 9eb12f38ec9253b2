import type { Version } from '../../../text/version.ts';

/** What `nginx -V` says about itself. */
export interface NginxAnswer {
  /** The release of nginx, or the one that a fork came from. */
  readonly version: Version;
  /** Its name and version, where it is made from nginx and has directives of its own. */
  readonly fork?: { readonly name: string; readonly version: Version } | undefined;
  /** As it was built, and as it is loaded, which counts where the two differ; undefined: without TLS. */
  readonly library?: string | undefined;
  /** In brackets behind the version: `Ubuntu`. */
  readonly brackets?: string | undefined;
  /** Arguments of the configure script. */
  readonly options?: readonly string[] | undefined;
}

/** freenginx began as nginx 1.25.4 and counts on by itself (freenginx.org, February 2024). */
const freenginxBegan: Version = '1.25.4';

/** Undefined where the program is another one, or says no version of nginx. */
export function readNginxAnswer(output: string): NginxAnswer | undefined {
  const named = readVersion(output);
  if (named === undefined) return undefined;
  return {
    ...named,
    library:
      /running with ([^)\n]+)/.exec(output)?.[1] ??
      /^built with (\S+ [^\n]*?)(?: \(running with .*)?$/m.exec(output)?.[1],
    brackets: /^nginx version: \S+ \(([^)]*)\)/m.exec(output)?.[1],
    options: /^configure arguments: (.*)$/m.exec(output)?.[1]?.split(' '),
  };
}

function readVersion(output: string): Pick<NginxAnswer, 'version' | 'fork'> | undefined {
  const own = /^(Angie|Tengine) version: \w+\/(\d[\d.]*)(?: \(nginx\/(\d[\d.]*)\))?/m.exec(output);
  const [, program = '', version] =
    /^(?:free)?nginx version: ([\w-]+)\/(\d+(?:\.\d+)+)/m.exec(output) ?? ([] as readonly string[]);
  if (own) {
    const base = own[3] ?? version;
    return base === undefined ? undefined : { version: base, fork: { name: own[1] ?? '', version: own[2] ?? '' } };
  }
  if (version === undefined) return undefined;
  if (program === 'freenginx') return { version: freenginxBegan, fork: { name: program, version } };
  const plus = /\(nginx-plus-(\w+)/.exec(output)?.[1];
  // OpenResty counts its own releases behind nginx's three numbers.
  return {
    version: version.split('.').slice(0, 3).join('.'),
    ...(plus !== undefined && { fork: { name: 'NGINX Plus', version: plus } }),
  };
}
