import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { findHeader } from './support/headers.ts';
import { httpsSites } from './support/http-sites.ts';

const name = 'X-Content-Type-Options';

/** Files whose type browsers guess: an upload becomes a page. */
export const contentTypeSniffing: Rule = {
  id: 'content-type-sniffing',
  title: 'Browsers may guess the type of files',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete) return;
    for (const site of httpsSites(model)) {
      const headers = knownValue(site.headers);
      if (headers === undefined || site.rootAnswer.kind !== 'files' || findHeader(headers, name) !== undefined)
        continue;
      if (site.routes.some((route) => findHeader(knownValue(route.headers) ?? [], name) !== undefined)) continue;
      yield {
        message: `${site.label} serves files without ${name}: browsers may take an upload for a page or a script (MIME sniffing). Send "nosniff".`,
        location: site.location,
        fixes: [
          {
            title: `Send ${name}`,
            safe: false,
            changes: [changeSite(site, 'header', undefined, { name, value: 'nosniff' })],
          },
        ],
      };
    }
  },
};
