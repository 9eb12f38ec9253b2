import type { Located } from '../text/range.ts';
import { describeServer } from '../tls/target.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { hasHttp2Directive } from './support/server-facts.ts';

const isHttp2 = ({ value }: Located<string>) => value === 'http2';

/** HTTP/2 switched on for an address, where it belongs to a site by now. */
export const http2DeprecatedParameter: Rule = {
  id: 'http2-deprecated-parameter',
  title: 'HTTP/2 is switched on in a deprecated way',
  severity: 'hint',
  effect: 'advice',
  *check({ model }) {
    if (!hasHttp2Directive(model)) return;
    for (const site of model.sites) {
      if (!site.bindings.some(({ parameters }) => parameters.some(isHttp2))) continue;
      const [first, ...others] = site.bindings.flatMap(({ parameters }) => parameters.filter(isHttp2));
      if (first === undefined) continue;
      yield {
        message: `As a parameter of an address "http2" is deprecated in ${describeServer(model.server, model.target)}, which warns at every start: it counts for all sites on that address. Switch HTTP/2 on for the site.`,
        location: first.location,
        related: others.map(({ location }) => ({ location, message: 'Here too' })),
        fixes: [
          { title: 'Switch HTTP/2 on for the site', safe: true, changes: [changeSite(site, 'http2', true, true)] },
        ],
      };
    }
  },
};
