import { forAdmitted } from '../../../tls/model/admitted.ts';
import type { ResponseHeader, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { serverFacts } from '../server-facts.ts';

/** The host that a site without a name is asked for, as lowering calls it for people. */
const unknownHost = 'HOST';

/** The other host that the site's only business is to lead to, with `$host` for the one that was asked where nobody knows that. */
export function redirectsTo({ rootAnswer, names }: Site): string | undefined {
  if (rootAnswer.kind !== 'redirect') return undefined;
  const written = /^https?:\/\/([^/:?#]+)/i.exec(rootAnswer.to)?.[1];
  if (written === unknownHost) return undefined;
  const host = written?.replace(unknownHost, '$host').toLowerCase();
  return names.some(({ text }) => text.toLowerCase() === host) ? undefined : host;
}

/** Whether whoever comes to the site gets a header of its list: none that an error, or a redirect elsewhere, goes without. */
export function isSent(model: ServerModel, site: Site, { always }: ResponseHeader): boolean {
  if (always) return true;
  if (refuses(site)) return false;
  return !serverFacts(model).redirectsLikeErrors || redirectsTo(site) === undefined;
}

/** The site only says no, as far as its first page tells, and lets nobody in. */
export function refuses({ rootAnswer }: Site): boolean {
  const answer = forAdmitted(rootAnswer);
  return (answer.kind === 'status' && answer.status >= 400) || answer.kind === 'denied';
}
