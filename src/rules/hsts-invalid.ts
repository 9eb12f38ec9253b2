import { PlaceMap } from '../text/place-map.ts';
import type { Application } from '../tls/model/application.ts';
import type { ResponseHeader, ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { applicationsOf, changeHsts, locationOf } from './support/applications.ts';
import { certainHeaders, findHeader, headerLists, headersBehind } from './support/headers/headers.ts';
import { describeAge, hstsHeader, readHsts, writeHsts } from './support/headers/hsts.ts';
import { changeHeader, hstsSites } from './support/headers/hsts-sites.ts';
import { httpsSites } from './support/sites/http-sites.ts';

/** A header that browsers ignore because they cannot read it, or have read another one before it (RFC 6797 section 8.1). */
export const hstsInvalid: Rule = {
  id: 'hsts-invalid',
  title: 'Browsers ignore the HSTS header',
  severity: 'warning',
  effect: 'security',
  *check({ model, profile }) {
    for (const { header, hsts, sites } of hstsSites(model)) {
      if (hsts.problem === undefined) continue;
      const value = writeHsts({ ...hsts, maxAge: profile.hstsMinimumAge });
      yield {
        message: `Browsers ignore this ${header.name} header: ${hsts.problem}. Write "${value}".`,
        location: header.location,
        fixes: [changeHeader(`Let HSTS last ${describeAge(profile.hstsMinimumAge)}`, false, sites, header, value)],
      };
    }
    yield* behindAnother(model);
    for (const application of applicationsOf(model)) yield* ofApplication(application, profile.hstsMinimumAge);
  },
};

function* ofApplication(application: Application, wanted: number): Iterable<Report> {
  for (const sent of application.hsts?.sent ?? []) {
    const problem = readHsts(`max-age=${knownValue(sent)}`)?.problem;
    if (problem === undefined) continue;
    const before = { maxAge: 0, includeSubDomains: false, preload: false };
    yield {
      message: `Browsers ignore the ${hstsHeader} header: ${problem}. Give ${sent.name} a whole number of seconds, such as ${wanted}.`,
      location: locationOf(application, sent),
      fixes: [changeHsts(`Let HSTS last ${describeAge(wanted)}`, application, before, { maxAge: wanted })],
    };
  }
}

/** Each directive whose header comes behind another one in every answer that has it; included elsewhere, it may be the first. */
function* behindAnother(model: ServerModel): Iterable<Report> {
  let told: PlaceMap<true> | undefined;
  for (const [first, header] of secondHeaders(model)) {
    told ??= placesOfFirst(model);
    // With errors the first one may not be sent.
    if (told.get(header.location) || (header.always && !first.always)) continue;
    told.set(header.location, true);
    yield {
      message: `Browsers ignore this ${header.name} header: the same responses have another one before it, and the first counts. Remove this one, and put what is meant there.`,
      location: header.location,
      severity: 'information',
      effect: 'advice',
      related: [{ location: first.location, message: 'This one counts' }],
    };
  }
}

/** HSTS headers behind another one, each with the one that counts. */
function* secondHeaders(model: ServerModel): Iterable<readonly [ResponseHeader, ResponseHeader]> {
  for (const site of httpsSites(model)) {
    for (const list of headerLists(site)) {
      const headers = certainHeaders(list) ?? [];
      const first = findHeader(headers, hstsHeader);
      if (first === undefined) continue;
      for (const header of headersBehind(headers, first)) yield [first, header];
    }
  }
}

function placesOfFirst(model: ServerModel): PlaceMap<true> {
  const places = new PlaceMap<true>();
  for (const { header } of hstsSites(model)) places.set(header.location, true);
  return places;
}
