import { capitalised } from '../text/capitalised.ts';
import { bindingTo } from '../tls/model/parts.ts';
import type { ResponseHeader, Route, Site } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { findHeader, headersBehind, listedHeaders, routesWithHeaders } from './support/headers/headers.ts';
import { inRoute } from './support/headers/lost-headers.ts';
import { supportsHttp3 } from './support/server-facts.ts';
import { refuses } from './support/sites/led-elsewhere.ts';
import { listenersOf } from './support/sites/sites.ts';
import { sitesWithoutHttp3 } from './support/sites/without-http3.ts';

/** HTTP/3 that no browser looks for (RFC 9114 section 3.1). */
export const http3NotAdvertised: Rule = {
  id: 'http3-not-advertised',
  title: 'HTTP/3 is on, but no browser learns of it',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    // Where the server is older than HTTP/3 the address itself is refused.
    if (!supportsHttp3(model) || !model.listeners.some(({ transport }) => transport === 'quic')) return;
    const switchedOff = sitesWithoutHttp3(model);
    for (const site of model.sites) {
      const quic = listenersOf(model, site).find(({ transport }) => transport === 'quic');
      const headers = knownValue(site.headers);
      if (quic === undefined || site.refusesAll || switchedOff.has(site.id)) continue;
      // An address wants QUIC of its default site too, and one that only says no is visited by nobody.
      if (headers === undefined || refuses(site)) continue;
      const sent = findHeader(headers, 'Alt-Svc');
      if (sent !== undefined) {
        if (![sent, ...headersBehind(headers, sent)].every(offersDrafts)) {
          yield* lostEverywhere(site, sent);
          continue;
        }
        yield {
          message: `The Alt-Svc header of ${site.label} offers drafts of HTTP/3 alone (${sent.value}), which browsers no longer try, so HTTP/3 is never used. ${isParameter(sent) ? `What follows a ";" is a parameter of the offer before it: write h3=":${quic.port}" first, and a "," between offers.` : `Offer h3=":${quic.port}".`}`,
          location: sent.location,
        };
        continue;
      }
      const isElsewhere = routesWithHeaders(site).some(
        (route) => findHeader(listedHeaders(route.headers), 'Alt-Svc') !== undefined,
      );
      if (isElsewhere) continue;
      const value = `h3=":${quic.port}"; ma=86400`;
      const binding = bindingTo(site, quic.id);
      yield {
        message: `${capitalised(site.label)} speaks HTTP/3 on port ${quic.port}, but browsers try that only where an Alt-Svc header or an HTTPS record in DNS says so. Send Alt-Svc.`,
        location: binding?.location ?? site.location,
        fixes: [
          {
            title: 'Send the Alt-Svc header',
            safe: false,
            changes: [changeSite(site, 'header', undefined, { name: 'Alt-Svc', value })],
          },
        ],
      };
    }
  },
};

/** The header of a site that none of its blocks sends, since each has headers of its own; the one for all paths is named. */
function* lostEverywhere(site: Site, sent: ResponseHeader): Iterable<Report> {
  const lacksIt = ({ headers }: Route) => knownValue(headers)?.every(({ name }) => !isAltSvc(name)) === true;
  const blocks = site.routes.filter(isVisited);
  const root = blocks.find(({ kind, pattern }) => kind === 'prefix' && pattern === '/');
  const location = root && originLocation(root.headers);
  if (root === undefined || location === undefined || !blocks.every(lacksIt)) return;
  const title = `Send ${sent.name} from "/" too`;
  const change = { setting: 'header', site: site.id, from: undefined, to: inRoute(sent, root), scope: 'site' } as const;
  yield {
    message: `"/" sets headers of its own, and so inherits none of the site's, and no other block sends ${sent.name}: browsers learn of HTTP/3 at most from an HTTPS record in DNS. Repeat it there.`,
    location,
    fixes: [{ title, safe: false, changes: [change] }],
  };
}

/** Blocks that answer a browser: not those for challenges and search engines, or for nobody. */
function isVisited({ pattern, answer }: Route): boolean {
  const isDenied = answer.kind === 'denied' && answer.admitted === undefined;
  return !isDenied && !/well-known|robots/.test(pattern);
}

const isAltSvc = (name: string) => name.toLowerCase() === 'alt-svc';

/** What browsers tried before HTTP/3 was an RFC: `h3-29`, Google's `h3-Q050` and `quic`. */
function offersDrafts({ value }: ResponseHeader): boolean {
  const offered = offersOf(value);
  return !value.includes('$') && offered.some((name) => /^(?:h3-\w+|quic)$/.test(name)) && !offered.includes('h3');
}

/** Protocols of the alternatives, which commas part (RFC 7838 section 3; measured with curl 8.14). */
function offersOf(value: string): readonly string[] {
  return (value.match(/(?:"[^"]*"|[^",])+/g) ?? []).map((offer) => offer.split('=')[0]?.trim() ?? '');
}

function isParameter({ value }: ResponseHeader): boolean {
  return /;\s*h3=/.test(value);
}
