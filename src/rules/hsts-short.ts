import type { Location } from '../text/range.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { GuidelineProfile } from '../tls/profiles.ts';
import type { ModelFix, Report, Rule } from './rule.ts';
import { applicationsOf, changeHsts, locationOf } from './support/applications.ts';
import { describeAge, writeHsts } from './support/headers/hsts.ts';
import { changeHeader, type HstsSites, hstsSites } from './support/headers/hsts-sites.ts';

/** Half a year: below it SSL Labs and most audits count the header as absent. */
const tolerated = 15_552_000;
/** Up to here somebody is trying the header out, as they should. */
const trial = 604_800;

/** HSTS that browsers forget before the next visit. */
export const hstsShort: Rule = {
  id: 'hsts-short',
  title: 'HSTS is forgotten too soon',
  severity: 'warning',
  effect: 'security',
  *check({ model, profile }) {
    for (const sent of hstsSites(model)) {
      const { maxAge } = sent.hsts;
      if (maxAge !== undefined && maxAge < profile.hstsMinimumAge) yield ofSites(maxAge, profile, sent);
    }
    for (const application of applicationsOf(model)) {
      const maxAge = application.hsts && knownValue(application.hsts.maxAge);
      if (application.hsts === undefined || maxAge === undefined) continue;
      if (maxAge === 0 || maxAge >= profile.hstsMinimumAge) continue;
      const hsts = { maxAge, includeSubDomains: false, preload: false };
      const location = locationOf(application, application.hsts.maxAge);
      const to = { maxAge: profile.hstsMinimumAge };
      yield report(maxAge, profile, location, (title) => changeHsts(title, application, hsts, to));
    }
  },
};

function ofSites(maxAge: number, profile: GuidelineProfile, { header, hsts, sites }: HstsSites): Report {
  const wanted = () => writeHsts({ ...hsts, maxAge: profile.hstsMinimumAge });
  return report(maxAge, profile, header.location, (title) => changeHeader(title, false, sites, header, wanted()));
}

function report(
  maxAge: number,
  profile: GuidelineProfile,
  location: Location,
  fix: (title: string) => ModelFix,
): Report {
  const severity = maxAge <= trial ? 'information' : maxAge < tolerated ? 'warning' : 'hint';
  const wanted = describeAge(profile.hstsMinimumAge);
  return {
    message:
      maxAge === 0
        ? `max-age=0 tells browsers to forget HSTS. To switch it on, set at least ${wanted}.`
        : `HSTS lasts ${describeAge(maxAge)} after the last visit; ${profile.source} asks for ${wanted}. Raise it${maxAge <= trial ? ' once you see that nothing breaks' : ''}.`,
    location,
    severity,
    effect: severity === 'warning' ? 'security' : 'advice',
    fixes: () => [fix(`Let HSTS last ${wanted}`)],
  };
}
