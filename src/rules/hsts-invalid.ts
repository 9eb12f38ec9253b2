import type { Rule } from './rule.ts';
import { describeAge, writeHsts } from './support/hsts.ts';
import { changeHeader, hstsSites } from './support/hsts-sites.ts';

/** A header that browsers ignore because they cannot read it (RFC 6797 section 8.1). */
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
  },
};
