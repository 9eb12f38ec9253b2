import { coversHost } from '../certificates/host-names.ts';
import { remember } from '../memory/remember.ts';
import { capitalised } from '../text/capitalised.ts';
import { samePlace } from '../text/range.ts';
import type { Application } from '../tls/model/application.ts';
import type { PathAnswer, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule, RuleContext } from './rule.ts';
import { applicationsOf, locationOf } from './support/applications.ts';
import { deployedCertificates } from './support/certificates/deployed-certificates.ts';
import { httpsSites, plainHttpSites, publicNames } from './support/sites/http-sites.ts';
import { hopFrom, namesOf, shownAddress, shownStart } from './support/sites/lone-folder.ts';
import { isNamed, isSurelyNamed } from './support/sites/name-index.ts';

type Redirect = PathAnswer & { readonly kind: 'redirect' };

/** A redirect to HTTPS that leads to a host which this server does not serve over HTTPS, though it has the asked one; or to no host. */
export const redirectWrongHost: Rule = {
  id: 'redirect-wrong-host',
  title: 'The redirect to HTTPS leads to another host',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    const { model } = context;
    yield* putsTwiceInFolder(model);
    const plain = new Set(plainHttpSites(model));
    for (const site of model.sites) {
      if (site.application !== 'http' || site.neverRedirects === true) continue;
      const isPlain = plain.has(site);
      const answer = (isPlain ? site.plainAnswer : undefined) ?? site.rootAnswer;
      const twice = isPlain ? putsTwice(answer, site, model) : undefined;
      if (twice) yield twice;
      if (!twice && answer.kind === 'redirect') {
        const report = leadsNowhere(answer, site, model) ?? (isPlain ? leadsPast(answer, site, context) : undefined);
        if (report) yield report;
      }
      yield* ofRoutes(site, answer);
    }
    for (const application of applicationsOf(model)) yield* ofApplication(application);
  },
};

/** What is no host where the application writes the scheme and the path itself. */
function* ofApplication(application: Application): Iterable<Report> {
  const { id, redirectHost, redirectsToHttps } = application;
  const written = redirectHost && knownValue(redirectHost);
  const isOff = redirectsToHttps === undefined || knownValue(redirectsToHttps) === false;
  const problem = written && !isOff ? problemOf(written) : undefined;
  if (!redirectHost || !written || problem === undefined) return;
  const { outcome, host } = problem;
  yield {
    message: `${redirectHost.name} is "${written}", and the application puts https:// before it and the path behind it: plain HTTP is redirected to https://${written}/, ${outcome}. ${host === null ? 'Write a host, or leave it out for the one that was asked for' : `Write the host alone: ${host}`}.`,
    location: locationOf(application, redirectHost),
    // Where a server in front redirects, nobody sees it.
    severity: 'warning',
    effect: 'security',
    fixes: [
      {
        title: `Redirect to ${host ?? 'the host that was asked for'}`,
        safe: false,
        changes: [{ setting: 'applicationRedirectHost', site: id, from: written, to: host, scope: 'origin' }],
      },
    ],
  };
}

const nowhere = 'where nobody gets any further';

/** @returns what comes of it, and the host that is meant; null: none is */
function problemOf(written: string): { readonly outcome: string; readonly host: string | null } | undefined {
  const [, scheme, name = '', port = '', slash] = /^([a-z]+:\/\/)?([\w.*-]+)(:\d+)?(\/)?$/i.exec(written.trim()) ?? [];
  if (name === '') return written.trim() === '' ? { outcome: nowhere, host: null } : undefined;
  // A switch is no host, and neither are all hosts below one.
  if (/^(?:true|yes|on|1)$|^\.|\*/i.test(name)) return { outcome: nowhere, host: null };
  const host = name + (port === ':80' || port === ':443' ? '' : port);
  if (scheme !== undefined || port === ':80' || written !== written.trim()) return { outcome: nowhere, host };
  return slash === undefined
    ? undefined
    : { outcome: 'where each path begins with two slashes: unless a server merges them, no page is found', host };
}

/** A start page that leads nowhere. */
function leadsNowhere(answer: Redirect, site: Site, model: ServerModel): Report | undefined {
  const url = noHost(answer);
  if (url === undefined) return undefined;
  const grade = takesTheRest(site, model) ? {} : ({ severity: 'error', effect: 'connect' } as const);
  return { message: nobodyFollows(capitalised(site.label), url), location: answer.location, ...grade };
}

/** Other paths that do. */
function* ofRoutes({ routes }: Site, root: PathAnswer): Iterable<Report> {
  for (const { kind, pattern, answer } of routes) {
    if ((kind !== 'exact' && kind !== 'prefix') || answer.kind !== 'redirect') continue;
    const url = noHost(answer);
    if (url === undefined || (root.kind === 'redirect' && samePlace(root.location, answer.location))) continue;
    yield { message: nobodyFollows(`"${pattern}"`, url), location: answer.location };
  }
}

/** The scheme and host of a redirect for which no browser can ask: a wildcard, an expression, nothing but signs, or nothing, also behind `www.`. */
function noHost({ to }: Redirect): string | undefined {
  const host = /^https?:\/\/([^/:?#]*)/i.exec(to)?.[1];
  if (host === undefined || (/[${}%<]/.test(host) && !host.startsWith('~'))) return undefined;
  return /^[-_]*$|\*|^~|^www\.$/i.test(host) ? /^https?:\/\/[^/]*/i.exec(to)?.[0] : undefined;
}

function nobodyFollows(who: string, url: string): string {
  return `${who} redirects to ${url}/, which is not a host that a browser could reach: nobody gets any further. Redirect to the host that was asked for, or write out the one that is meant.`;
}

/** A site without a name beside others: who comes there has asked for none of theirs. */
function takesTheRest({ names, bindings, id }: Site, { sites }: ServerModel): boolean {
  if (names.some(({ kind }) => kind !== 'catch-all')) return false;
  const own = new Set(bindings.map(({ listener }) => listener));
  return sites.some((other) => other.id !== id && other.bindings.some(({ listener }) => own.has(listener)));
}

/** More names than this are not asked one by one. */
const mostNames = 10;

/** `https://www.www.example.com`: `www.` is put before whichever name was asked for, of which one has it. */
function putsTwice(answer: PathAnswer, site: Site, model: ServerModel): Report | undefined {
  if (answer.kind !== 'redirect' && answer.kind !== 'unknown') return undefined;
  for (const name of publicNames(site).slice(0, mostNames)) {
    if (!/^www\.[^*]+$/i.test(name)) continue;
    const asked = site.answerUnder?.(name, 'http');
    if (asked?.kind !== 'redirect' || /^https:\/\/www\.([^/:]+)/i.exec(asked.to)?.[1]?.toLowerCase() !== name) continue;
    if (isNamed(httpsSites(model), `www.${name}`)) continue;
    return {
      message: `Plain HTTP of ${name} is redirected to https://www.${name}: www. is put before a name that has it already, and no browser gets any further. Redirect to https://${name}, written out.`,
      location: asked.location,
      ...(model.complete ? { severity: 'error', effect: 'connect' } : {}),
    };
  }
  return undefined;
}

/** The same by the rules of a folder, over whichever scheme. */
function* putsTwiceInFolder({ folder }: ServerModel): Iterable<Report> {
  if (folder === undefined) return;
  const hop = namesOf(folder)
    .filter((name) => name.startsWith('www.'))
    .flatMap((name) => (['http', 'https'] as const).flatMap((scheme) => hopFrom(folder, name, scheme) ?? []))
    .find(({ host, to }) => to.host === `www.${host}`);
  if (hop === undefined) return;
  yield {
    message: `These rules redirect ${shownStart(hop)} to ${shownAddress(hop.to)}: www. is put before a name that has it already, and no browser gets any further. Write the host out, or redirect only names without www. there.`,
    location: hop.answer.location,
  };
}

/** A name of the site that HTTPS answers by its default site, with a certificate for others. */
function leadsToDefault({ to, location }: Redirect, site: Site, context: RuleContext): Report | undefined {
  const host = /^https:\/\/([^/:$%]+)(?::443)?(?:\/|$)/i.exec(to)?.[1]?.toLowerCase();
  const secure = httpsSites(context.model);
  if (host === undefined || !site.names.some(({ text }) => text.toLowerCase() === host)) return undefined;
  if (!publicNames(site).includes(host) || secure.length === 0 || isNamed(secure, host)) return undefined;
  const answering = soleDefault(context);
  if (answering === undefined) return undefined;
  const { first, sent } = answering;
  if (sent.some(({ leaf }) => coversHost(leaf, host))) return undefined;
  return {
    message: `Plain HTTP of ${host} is redirected to https://${host}, which no site for HTTPS has as its name: clients get there the certificate of ${first.label}, which is for others, and refuse it. Give ${host} HTTPS too.`,
    location,
    severity: 'warning',
    effect: 'connect',
    related: [{ location: first.location, message: 'Answers for all names that no site has' }],
  };
}

/** The one site that HTTPS answers with where no site has the name, and what it sends; undefined where it may be another, or send another. */
const soleDefault = remember((context: RuleContext) => {
  const { model } = context;
  const listeners = model.listeners.filter(({ port, transport }) => port === 443 && transport === 'tcp');
  if (!listeners.every(({ address }) => /^(?:\*|0\.0\.0\.0|\[::\])$/.test(address))) return undefined;
  const defaults = new Set(listeners.map(({ defaultSite }) => defaultSite));
  const [first, ...others] = httpsSites(model).filter(({ id }) => defaults.has(id));
  if (first === undefined || others.length > 0 || defaults.size > 1) return undefined;
  const sent = deployedCertificates(context).filter(({ sites }) => sites.includes(first));
  // One that is not read here may have the name.
  const isRead = sent.length > 0 && sent.length === knownValue(first.tls.certificates)?.length;
  return isRead ? { first, sent } : undefined;
});

function leadsPast(first: Redirect, site: Site, context: RuleContext): Report | undefined {
  const { model } = context;
  if (!model.complete) return undefined;
  const secure = httpsSites(model);
  const names = publicNames(site);
  const own = names.find((name) => isSurelyNamed(secure, name, site));
  if (own === undefined) return leadsToDefault(first, site, context);
  const isPattern = own.includes('*') || own.startsWith('.');
  const asked = isPattern ? undefined : site.answerUnder?.(own, 'http');
  if (asked !== undefined && asked.kind !== 'redirect') return undefined;
  const { to, location } = asked ?? first;
  const host = /^https:\/\/([^/:$%]+)/i.exec(to)?.[1]?.toLowerCase();
  if (host === undefined || isNamed(secure, host)) return undefined;
  const isOwn = names.includes(host);
  // It may stand for whichever name was asked for.
  if (isOwn && asked === undefined) return undefined;
  return {
    message: isOwn
      ? `Plain HTTP of ${own}, which has HTTPS here, is redirected to https://${host}, which is not a name of any site here: clients that follow get the certificate and the pages of another one. Add ${host} to the site that is meant, or redirect to https://${own}.`
      : `${own} has HTTPS here, but plain HTTP is redirected past it, to ${host}: browsers that begin with plain HTTP never see the HSTS header of ${own}. Redirect to ${isPattern ? 'the host that was asked for, over HTTPS,' : `https://${own}`} first.`,
    location,
  };
}
