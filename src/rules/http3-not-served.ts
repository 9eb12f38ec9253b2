import { PlaceMap } from '../text/place-map.ts';
import type { ResponseHeader, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { ModelFix, Report, Rule } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { changeSite } from './support/fixes.ts';
import { findHeader, headersBehind } from './support/headers/headers.ts';
import { removeHeader } from './support/headers/obsolete-header.ts';
import { supportsHttp3 } from './support/server-facts.ts';
import { httpsSites } from './support/sites/http-sites.ts';
import { sitesWithoutHttp3 } from './support/sites/without-http3.ts';

/** An `Alt-Svc` header that sends browsers to a port where nobody answers (RFC 7838, RFC 9114 section 3.1). */
export const http3NotServed: Rule = {
  id: 'http3-not-served',
  title: 'HTTP/3 is advertised, but nothing speaks it',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete) return;
    if (model.listeners.some(({ transport }) => transport === 'quic')) {
      yield* switchedOff(model);
      return;
    }
    const canListen = supportsHttp3(model);
    for (const [header, sites] of advertised(model)) {
      const [first, ...others] = sites;
      const remove = removeHeader('Remove the Alt-Svc header', false, first, header);
      yield {
        message: `The Alt-Svc header tells browsers that ${first.label} speaks HTTP/3, but no address here accepts QUIC: they try, wait and fall back. ${canListen ? 'Listen for QUIC as well, or remove the header' : 'Remove the header'}, unless something in front speaks HTTP/3.`,
        location: header.location,
        related: fewRelated(others, ({ label }) => `Sent by ${label} too`),
        fixes: canListen ? [listenForQuic(sites), remove] : [remove],
      };
    }
  },
};

/** Connections with ALPN `h3` fail there. */
function* switchedOff(model: ServerModel): Iterable<Report> {
  const without = sitesWithoutHttp3(model);
  if (without.size === 0) return;
  for (const [header, sites] of advertised(model)) {
    if (!sites.every(({ id }) => without.has(id))) continue;
    const [first, ...others] = sites;
    yield {
      message: `The Alt-Svc header tells browsers that ${first.label} speaks HTTP/3, which is switched off there: they try, fail and fall back. Switch HTTP/3 on, or remove the header.`,
      location: header.location,
      related: fewRelated(others, ({ label }) => `Sent by ${label} too`),
      fixes: [removeHeader('Remove the Alt-Svc header', false, first, header)],
    };
  }
}

/** Headers of HTTPS sites that name HTTP/3, once for each directive. */
function advertised(model: ServerModel): ReadonlyMap<ResponseHeader, readonly [Site, ...Site[]]> {
  const ports = new Set(model.listeners.map(({ port }) => `${port}`));
  const byPlace = new PlaceMap<{ readonly header: ResponseHeader; readonly sites: [Site, ...Site[]] }>();
  for (const site of httpsSites(model)) {
    const headers = knownValue(site.headers) ?? [];
    const first = findHeader(headers, 'Alt-Svc');
    if (first === undefined) continue;
    for (const header of [first, ...headersBehind(headers, first)]) {
      if (!namesHttp3Of(site, header, ports)) continue;
      const known = byPlace.get(header.location);
      if (known === undefined) byPlace.set(header.location, { header, sites: [site] });
      else known.sites.push(site);
    }
  }
  return new Map([...byPlace.values()].map(({ header, sites }) => [header, sites]));
}

/**
 * HTTP/3 on another host, as `h3="cdn.example.net:443"`, says nothing of the server here, nor does a port that another program has.
 */
function namesHttp3Of({ names }: Site, { value }: ResponseHeader, ports: ReadonlySet<string>): boolean {
  const [, host, port] = /\bh3\s*=\s*"?([^":,;$]*)(?:\$\w+)?(?::(\d+))?/.exec(value) ?? [];
  if (host === undefined || (port !== undefined && !ports.has(port))) return false;
  return host.trim() === '' || names.some(({ text }) => text === host.trim());
}

/** On one of the sites: once an address takes QUIC, the others are a choice. */
function listenForQuic([site]: readonly [Site, ...Site[]]): ModelFix {
  return { title: 'Listen for QUIC', safe: false, changes: [changeSite(site, 'http3', false, true)] };
}
