import { capitalised } from '../text/capitalised.ts';
import { forAdmitted } from '../tls/model/admitted.ts';
import type { Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { fewAlike } from './support/few-related.ts';
import { findHeader, headerLists } from './support/headers/headers.ts';
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
    if (!model.complete) return;
    const without = httpsSites(model).filter(sendsNothing);
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

/** A site of files, none of whose blocks sends the header. */
function sendsNothing(site: Site): boolean {
  const own = knownValue(site.headers);
  if (own === undefined || findHeader(own, name) !== undefined) return false;
  for (const list of headerLists(site)) if (findHeader(knownValue(list) ?? [], name) !== undefined) return false;
  return forAdmitted(site.rootAnswer).kind === 'files';
}
