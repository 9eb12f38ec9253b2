import { capitalised } from '../text/capitalised.ts';
import { PlaceMap } from '../text/place-map.ts';
import { forAdmitted } from '../tls/model/admitted.ts';
import type { ResponseHeader, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { fewAlike } from './support/few-related.ts';
import { findHeader, headerLists } from './support/headers/headers.ts';
import { changeHeader } from './support/headers/hsts-sites.ts';
import { sendHeader } from './support/headers/send-header.ts';
import { httpsSites } from './support/sites/http-sites.ts';

const name = 'X-Content-Type-Options';

/** Files whose type browsers guess: an upload becomes a page. */
export const contentTypeSniffing: Rule = {
  id: 'content-type-sniffing',
  title: 'Browsers may guess the type of files',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    const told = new PlaceMap<true>();
    const without: Site[] = [];
    for (const site of httpsSites(model)) {
      const header = findHeader(knownValue(site.headers) ?? [], name);
      if (header === undefined) {
        if (model.complete && sendsNothing(site)) without.push(site);
      } else if (isIgnored(header) && !told.get(header.location)) {
        told.set(header.location, true);
        yield {
          message: `Browsers ignore ${header.name} with "${header.value}": only nosniff means anything to them. Write that.`,
          location: header.location,
          fixes: [changeHeader('Write nosniff', true, [site], header, 'nosniff')],
        };
      }
    }
    const [first, ...others] = without;
    if (first === undefined) return;
    const to = { name, value: 'nosniff' };
    yield {
      message: `${capitalised(first.label)} serves files without ${name}: browsers may take an upload for a page or a script (MIME sniffing). Send "nosniff".`,
      location: first.location,
      related: fewAlike(others, ({ label }) => `${label} too`),
      fixes: [
        {
          title: `Send ${name}`,
          safe: false,
          changes: without.flatMap((site) => sendHeader(model, site, to)),
        },
      ],
    };
  },
};

/** Another value than the only one (https://fetch.spec.whatwg.org/#x-content-type-options-header), variables aside. */
function isIgnored({ value }: ResponseHeader): boolean {
  return !/[$%]/.test(value) && value.split(',', 1)[0]?.trim().toLowerCase() !== 'nosniff';
}

/** A site of files, none of whose blocks sends the header. */
function sendsNothing(site: Site): boolean {
  if (knownValue(site.headers) === undefined) return false;
  for (const list of headerLists(site)) if (findHeader(knownValue(list) ?? [], name) !== undefined) return false;
  return forAdmitted(site.rootAnswer).kind === 'files';
}
