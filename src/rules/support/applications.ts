import { remember } from '../../memory/remember.ts';
import type { Location } from '../../text/range.ts';
import type { Application, ApplicationCookie, ApplicationHsts, NamedSetting } from '../../tls/model/application.ts';
import type { ServerModel, Site } from '../../tls/model/server-model.ts';
import { knownValue, originLocation } from '../../tls/model/setting.ts';
import type { ModelFix } from '../rule.ts';
import type { Hsts } from './headers/hsts.ts';
import { publicNames } from './sites/http-sites.ts';

const none: readonly Application[] = [];

export function applicationsOf({ applications = none }: ServerModel): readonly Application[] {
  return applications;
}

/** `.example.com` stands for the name without the dot and for all below it. */
export function isAmong(name: string, hosts: readonly string[]): boolean {
  const known = namesOf(hosts);
  const dotted = `.${name}`;
  for (let dot = 0; dot >= 0; dot = dotted.indexOf('.', dot + 1)) if (known.has(dotted.slice(dot))) return true;
  return known.has(name);
}

const namesOf = remember(
  (hosts: readonly string[]): ReadonlySet<string> => new Set(hosts.map((host) => host.toLowerCase())),
);

/** Those of sites of known servers that have a name of the application: what each of them does it need not do itself. */
export function sitesFor({ hosts }: Application, sites: readonly Site[]): readonly Site[] {
  if (hosts.kind !== 'known') return [];
  return sites.filter((site) => publicNames(site).some((name) => isAmong(name, hosts.value)));
}

/** The line that sets it, else where absences are shown. */
export function locationOf(application: Application, setting: NamedSetting<unknown>): Location {
  return originLocation(setting) ?? application.location;
}

/** What browsers hold a cookie to by its name: `__Secure-` and `__Host-`. */
export function promisedBy({ called }: ApplicationCookie): 'secure' | 'host' | undefined {
  const name = knownValue(called) ?? '';
  return name.startsWith('__Host-') ? 'host' : name.startsWith('__Secure-') ? 'secure' : undefined;
}

/** The beginning of a sentence about switches that are off. */
export function settingPhrase(names: string, count: number, { origin }: NamedSetting<boolean>): string {
  const verb = count > 1 ? 'are' : 'is';
  return origin.kind === 'default' ? `${names} ${verb} not set (${origin.because}: off)` : `${names} ${verb} off`;
}

/** HSTS of an application where all of it is known; undefined where it is not, or is not sent. */
export function sentHsts({ maxAge, includeSubDomains, preload }: ApplicationHsts): Omit<Hsts, 'problem'> | undefined {
  const age = knownValue(maxAge);
  const [withSubdomains, withPreload] = [knownValue(includeSubDomains), knownValue(preload)];
  if (age === undefined || age === 0 || withSubdomains === undefined || withPreload === undefined) return undefined;
  return { maxAge: age, includeSubDomains: withSubdomains, preload: withPreload };
}

/** Another HSTS header of an application. */
export function changeHsts(
  title: string,
  { id }: Application,
  from: Omit<Hsts, 'problem'>,
  different: Partial<Pick<Hsts, 'maxAge' | 'includeSubDomains' | 'preload'>>,
): ModelFix {
  const before = { ...from, maxAge: from.maxAge ?? 0 };
  const to = { ...before, ...different, maxAge: different.maxAge ?? before.maxAge };
  return { title, safe: false, changes: [{ setting: 'applicationHsts', site: id, from: before, to, scope: 'origin' }] };
}

/** A cookie for HTTPS alone, which may lock out whoever develops without it. */
export function makeSecure({ id }: Application, { kind, secure }: ApplicationCookie): ModelFix {
  const from = { cookie: kind, secure: false };
  const to = { cookie: kind, secure: true };
  return {
    title: `Set ${secure.name} to True`,
    safe: false,
    changes: [{ setting: 'cookieSecure', site: id, from, to, scope: 'origin' }],
  };
}
