import { forAdmitted } from '../../../tls/model/admitted.ts';
import type { PathAnswer, ResponseHeader, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { serverFacts } from '../server-facts.ts';

/** The host that a site without a name is asked for, as lowering calls it for people. */
const unknownHost = 'HOST';

/** A name that nobody writes, as one of those that a wildcard stands for. */
const anyName = 'name';

/** The other host that the site's only business is to lead to, with `$host` for the one that was asked where nobody knows that. */
export function redirectsTo(site: Site): string | undefined {
  const written = hostIn(site.rootAnswer);
  if (written === undefined || written === unknownHost) return undefined;
  const host = written.replace(unknownHost, '$host').toLowerCase();
  return site.names.some(({ text }) => text.toLowerCase() === host) || leadsToAsked(site) ? undefined : host;
}

/** Whether the site answers HTTPS with nothing but the way to plain HTTP of the host that was asked for. */
export function leadsToPlain(site: Site): boolean {
  return endsTls(site) && redirectsTo(site) === undefined;
}

/** The same for plain HTTP of any host. */
export function endsTls({ rootAnswer }: Site): boolean {
  return rootAnswer.kind === 'redirect' && /^http:/i.test(rootAnswer.to);
}

function hostIn(answer: PathAnswer): string | undefined {
  return answer.kind === 'redirect' ? /^https?:\/\/([^/:?#]+)/i.exec(answer.to)?.[1] : undefined;
}

/** The redirect keeps the host that was asked for, whichever of those of a wildcard. */
function leadsToAsked(site: Site): boolean {
  return site.names.some(({ kind, text }) => {
    if (kind !== 'wildcard') return false;
    const asked = text
      .toLowerCase()
      .replace(/^\*?\./, `${anyName}.`)
      .replace('*', anyName);
    const answer = site.answerUnder?.(asked, 'https');
    return answer !== undefined && hostIn(answer)?.toLowerCase() === asked;
  });
}

/** What answers `/`, or the path of the same site that it leads to: many applications have their start page in a folder. */
export function startPage(site: Site, answer: PathAnswer, scheme: 'http' | 'https'): PathAnswer {
  const [name] = site.names;
  if (answer.kind !== 'redirect' || name === undefined) return answer;
  const written = /^(?:(https?):\/\/([^/:?#]+)(?::\d+)?)?(\/(?!\/)[^?#$%{]*)/i.exec(answer.to) ?? [];
  const [, to = scheme, host = name.text, path = '/'] = written;
  const isOwn = to === scheme && (host === unknownHost || site.names.some(({ text }) => text === host.toLowerCase()));
  return isOwn && path !== '/' ? forAdmitted(site.answerUnder?.(name.text, scheme, path) ?? answer) : answer;
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
