import { remember } from '../../../memory/remember.ts';
import type { Severity } from '../../../text/finding.ts';
import { forAdmitted } from '../../../tls/model/admitted.ts';
import type { PathAnswer, ResponseHeader, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { knownValue, possibleValues } from '../../../tls/model/setting.ts';
import { isGrpc } from '../sites/grpc.ts';
import { httpsSites, isOfNetwork, isPublic, publicNames } from '../sites/http-sites.ts';
import { isSent, leadsToPlain, redirectsTo, refuses, startPage } from '../sites/led-elsewhere.ts';
import { isNamed, sitesWithName } from '../sites/name-index.ts';
import { findHeader, listedHeaders, routesWithHeaders } from './headers.ts';
import { hstsHeader, readHsts } from './hsts.ts';
import { hstsSites } from './hsts-sites.ts';
import { lostFromAround } from './lost-headers.ts';

/** A site that ought to send HSTS and sends none. */
export interface SiteWithoutHsts {
  readonly site: Site;
  /** The host that it redirects to. */
  readonly elsewhere: string | undefined;
  /** A header that it has, and that does not go with its answers. */
  readonly unsent: ResponseHeader | undefined;
}

export const sitesWithoutHsts = remember((model: ServerModel): readonly SiteWithoutHsts[] => {
  const found: SiteWithoutHsts[] = [];
  // It is written, and why it is not there is said where it stands.
  const leftOut = new Set(model.notes.filter(({ kind }) => kind === 'hsts-left-out').map(({ site }) => site));
  for (const site of httpsSites(model)) {
    if (leftOut.has(site.id) || leftOut.has(null)) continue;
    // Most sites have one header and send it.
    const own = findHeader(knownValue(site.headers) ?? [], hstsHeader);
    if (own !== undefined && isSent(model, site, own)) continue;
    const possible = possibleValues(site.headers);
    if (possible === undefined) continue;
    const set = possible.map((headers) => findHeader(headers, hstsHeader)).filter((header) => header !== undefined);
    // What the site answers is asked of few: most have the header.
    // A site that only says no is no site that somebody types.
    if (set.some((header) => isSent(model, site, header)) || refuses(site)) continue;
    if (routesWithHeaders(site).some((route) => findHeader(listedHeaders(route.headers), hstsHeader) !== undefined))
      continue;
    if (isForThisNetwork(site) || isGrpc(mainAnswer(site))) continue;
    // With HSTS that way would lead back here.
    if (leadsToPlain(site)) continue;
    // What a program of the part that answers does with headers nobody knows.
    if (site.rootHeaders && possibleValues(site.rootHeaders) === undefined) continue;
    const elsewhere = redirectsTo(site);
    // A part of the request names the host: nobody can say here what that one sends.
    if (elsewhere !== undefined && (/[$%]/.test(elsewhere) || isCovered(model, site, elsewhere))) continue;
    found.push({ site, elsewhere, unsent: set[0] });
  }
  return found;
});

/** True where the block around the site has HSTS, and headers of the site's own take its place. */
export function losesHsts({ site, unsent }: SiteWithoutHsts): boolean {
  return unsent === undefined && lostFromAround(site, binds).length > 0;
}

/** HSTS that browsers keep. */
export function binds({ name, value }: ResponseHeader): boolean {
  return name.toLowerCase() === hstsHeader.toLowerCase() && (readHsts(value)?.maxAge ?? 0) > 0;
}

/** What stands behind a proxy may send the header itself, and HSTS needs a name. */
export function severityWithoutHsts({ complete }: ServerModel, { site, elsewhere }: SiteWithoutHsts): Severity {
  // Whoever is led away from here sees nothing of worth under this name.
  if (elsewhere !== undefined) return 'information';
  return complete && !mayComeFromBehind(site) && publicNames(site).length > 0 ? 'warning' : 'information';
}

/** A proxy answers, or what nobody can follow: a condition, a program, a file in the folder of the site. */
function mayComeFromBehind(site: Site): boolean {
  return isBehind(mainAnswer(site)) || site.folderRules !== undefined;
}

export function mainAnswer(site: Site): PathAnswer {
  return startPage(site, forAdmitted(site.rootAnswer), 'https');
}

function isBehind({ kind }: PathAnswer): boolean {
  return kind === 'proxy' || kind === 'unknown';
}

/** Every name of the site is one of this machine or network, where nobody types it from elsewhere. */
function isForThisNetwork({ names }: Site): boolean {
  return names.length > 0 && names.every((name) => (name.kind === 'exact' ? !isPublic(name) : isOfNetwork(name)));
}

/** The site that is led to binds the hosts below its name, and this one's names are all such; or nobody can say here whether it does. */
function isCovered(model: ServerModel, site: Site, host: string): boolean {
  const names = publicNames(site);
  if (names.length === 0 || !names.every((name) => name.endsWith(`.${host}`))) return false;
  const target = sitesWithName(httpsSites(model), host);
  return (
    target.every((led) => knownValue(led.headers) === undefined) ||
    hstsSites(model).some(({ sites, hsts }) => hsts.includeSubDomains && isNamed(sites, host))
  );
}
