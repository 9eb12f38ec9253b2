import { isOwnConfiguration } from '../analysis/project/own-folders.ts';
import { createPathMap } from '../analysis/project/path-map.ts';
import type { Run } from '../analysis/run.ts';
import type { AnalysisSettings } from '../analysis/settings.ts';
import { hostNamesOf, matchesName } from '../certificates/host-names.ts';
import type { Project } from '../languages/language.ts';
import type { CertificateFile } from '../rules/rule.ts';
import { folderOf, isBelow } from '../text/path.ts';
import type { Located } from '../text/range.ts';
import type { CertificatePair } from '../tls/model/certificate-pair.ts';
import type { Change } from '../tls/model/change.ts';
import type { Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';

/** Files as a configuration is to name them; `key` is null where the certificate's own file has it. */
export interface CertificatePaths {
  readonly certificate: string;
  readonly key: string | null;
  readonly chain?: string | undefined;
}

/**
 * The change that has a site send a certificate: in the place of the only one that it names, or of that with a key of the same kind;
 * beside them where it has certificates of other kinds.
 */
export function certificateChange(
  site: Site,
  paths: CertificatePaths,
  keyKind: string | undefined,
  certificateFile: (path: string) => CertificateFile,
): Change {
  const located = (value: string): Located<string> => ({
    value,
    location: { file: site.block.file, range: { start: 0, end: 0 } },
  });
  const pair: CertificatePair = {
    file: located(paths.certificate),
    keyFile: paths.key === null ? null : located(paths.key),
    ...(paths.chain === undefined ? {} : { chainFile: located(paths.chain) }),
  };
  const from = knownValue(site.tls.certificates);
  const kept = from === undefined || from.length < 2 ? [] : from.filter((old) => kindOf(old) !== keyKind);
  return { setting: 'certificates', site: site.id, from, to: [...kept, pair], scope: 'site' };

  function kindOf({ file }: CertificatePair): string | undefined {
    return certificateFile(file.value).certificates[0]?.publicKey.algorithm;
  }
}

/** Whether a site names a file already, also one that was only just written and that the run has not seen. */
export function namesFile(
  { run, site }: { readonly run: Run; readonly site: Site },
  file: string,
  settings: Pick<AnalysisSettings, 'map' | 'paths'>,
): boolean {
  const { candidates } = createPathMap(run.project.entry, settings);
  return (knownValue(site.tls.certificates) ?? []).some(
    ({ file: { value } }) => run.certificateFile(value).file === file || candidates(value)[0] === file,
  );
}

/** Names of the site that the certificate is good for, and those that it is not. Expressions and defaults are nobody's. */
export function coveredNames(
  site: Site,
  certificate: { readonly subjectAltNames: readonly string[] },
): { readonly covered: readonly string[]; readonly uncovered: readonly string[] } {
  const own = hostNamesOf(certificate);
  const names = site.names.filter(({ kind }) => kind === 'exact' || kind === 'wildcard').map(({ text }) => text);
  const isCovered = (name: string) =>
    own.some((each) => each.toLowerCase() === name.toLowerCase() || matchesName(each, name));
  return { covered: names.filter(isCovered), uncovered: names.filter((name) => !isCovered(name)) };
}

/**
 * How a configuration names a file of this machine: by the folder that is mapped to it (`lint.map`), relative to its main file where
 * that lies elsewhere when deployed, else as it is.
 */
export function deployedPath(
  file: string,
  { entry, complete }: Pick<Project, 'entry' | 'complete'>,
  { map, paths }: Pick<AnalysisSettings, 'map' | 'paths'>,
): string {
  const mapped = [...map].filter(([, local]) => isBelow(file, local)).sort(([, a], [, b]) => b.length - a.length)[0];
  if (mapped !== undefined) {
    const [deployed, local] = mapped;
    return `${deployed.replace(/\/$/, '')}${file.slice(local.replace(/\/$/, '').length)}`;
  }
  const isHere = paths === 'here' || (paths === 'auto' && isOwnConfiguration(entry));
  const home = folderOf(entry);
  // Of a snippet nobody knows where its main file lies.
  return complete && !isHere && isBelow(file, home) ? file.slice(home.length + 1) : file;
}
