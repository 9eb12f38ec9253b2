import type { Target } from '../../tls/target.ts';
import type { IncludeRequest } from '../language.ts';
import { evaluate } from './evaluate/evaluate.ts';
import type { ApacheFile } from './syntax.ts';

/** Versions do not matter here: both branches of an `<IfVersion>` may be asked for. */
const anyTarget: Target = {
  nginx: '1.26.3',
  apache: '2.4.68',
  django: '4.2',
  openssl: '3.5',
  securityLevel: 2,
  label: 'Debian 13',
  assumed: true,
};

/**
 * Includes of one file. Relative patterns start at `ServerRoot` and may use `Define`s: both are read from the files
 * gathered so far, which come in httpd's own order.
 */
export function fileIncludes(
  file: ApacheFile,
  gathered: ReadonlyMap<string, ApacheFile>,
  entry: string,
): readonly IncludeRequest[] {
  if (file.document.file === entry) return requestsOf(file, [], entry);
  const before = [...gathered.values()].filter((other) => other !== file);
  return requestsOf(file, before, entry);
}

function requestsOf(file: ApacheFile, before: readonly ApacheFile[], entry: string): readonly IncludeRequest[] {
  const settings = before.flatMap(({ nodes }) => nodes.filter(({ key }) => key === 'define' || key === 'serverroot'));
  const merged: ApacheFile = { ...file, nodes: [...settings, ...file.nodes] };
  const evaluation = evaluate({
    entry,
    complete: false,
    context: 'server-config',
    files: new Map([[entry, merged]]),
    included: () => undefined,
    target: anyTarget,
  });
  return evaluation.includes.map((request) => ({
    ...request,
    location: { file: file.document.file, range: request.location.range },
  }));
}
