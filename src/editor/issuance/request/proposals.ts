import { challengePath } from '../../../acme/plan/plan.ts';
import { groupBy } from '../../../text/group-by.ts';
import type { Located } from '../../../text/range.ts';
import type { ServerModel, Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';

/** A certificate that a configuration asks for: what a request can be filled in with. */
export interface Proposal {
  readonly names: readonly string[];
  /** As the configuration calls it: `server example.com`. */
  readonly label: string;
  /** The file that names them. */
  readonly file: string;
  readonly server: ServerModel['server'];
  /** Deployed paths, where the configuration names them. */
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
  readonly challenge: ChallengeFolder | undefined;
}

/** Where the challenge file goes: a document root, or the folder itself as behind an alias. */
export type ChallengeFolder =
  | { readonly kind: 'webroot'; readonly folder: string }
  | { readonly kind: 'challengeDirectory'; readonly folder: string };

/** One proposal for each set of names; a site on port 80 and its twin on 443 are one. */
export function proposalsOf(model: ServerModel): readonly Proposal[] {
  const sites = model.sites.filter((site) => site.application === 'http' && requestableNames(site).length > 0);
  const byNames = groupBy(sites, (site) => [...requestableNames(site)].sort().join(' '));
  return [...byNames.values()].map((group) => {
    const [first] = group;
    const fileOf = (named: Located<string> | null | undefined) =>
      named && !model.inline?.has(named.value) ? named.value : undefined;
    const pair = group.map(({ tls }) => knownValue(tls.certificates)?.[0]).find((found) => found !== undefined);
    return {
      names: requestableNames(first),
      label: first.label,
      file: first.location.file,
      server: model.server,
      certificateFile: fileOf(pair?.file),
      keyFile: fileOf(pair?.keyFile),
      challenge: challengeFolderOf(group, model),
    };
  });
}

function requestableNames(site: Site): readonly string[] {
  return [...new Set(site.names.filter(({ kind }) => kind === 'exact').map(({ text }) => text.toLowerCase()))];
}

/** Port 80 is where a CA asks (RFC 8555 section 8.3); a redirect from there may lead to the others. */
function challengeFolderOf(sites: readonly Site[], model: ServerModel): ChallengeFolder | undefined {
  const ports = new Map(model.listeners.map(({ id, port }) => [id, port]));
  const isPlain = (site: Site): boolean => site.bindings.some(({ listener }) => ports.get(listener) === 80);
  const ordered = [...sites].sort((a, b) => Number(isPlain(b)) - Number(isPlain(a)));
  for (const { challengeAnswer } of ordered) {
    if (challengeAnswer.kind !== 'files') continue;
    const folder = challengeAnswer.directory.replace(/(?<=.)\/+$/, '');
    return folder.endsWith(challengePath)
      ? { kind: 'webroot', folder: folder.slice(0, -challengePath.length) || '/' }
      : { kind: 'challengeDirectory', folder };
  }
  return undefined;
}
