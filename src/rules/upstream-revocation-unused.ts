import type { Location } from '../text/range.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import { knownValue, originLocation } from '../tls/model/setting.ts';
import type { UpstreamConnection } from '../tls/model/upstream-connection.ts';
import type { Report, Rule } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { verifyUpstreams } from './support/upstreams/upstream-fix.ts';
import { isKnownFalse, isKnownTrue } from './support/values.ts';

/** A list of what a CA has revoked, for connections on which no certificate is verified (ngx_http_proxy_set_ssl). */
export const upstreamRevocationUnused: Rule = {
  id: 'upstream-revocation-unused',
  title: 'The revocation list for backends is never used',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const { path, location, upstreams } of namedLists(model)) {
      const isUnused = upstreams.every((upstream) => isNeverVerified(model, upstream));
      if (isUnused && path !== undefined) yield report(model, path, location, upstreams);
    }
  },
};

interface NamedList {
  /** Undefined as long as no connection surely has it. */
  path: string | undefined;
  /** The directive that names it. */
  readonly location: Location;
  /** Those that have the list, or may have it. */
  readonly upstreams: [UpstreamConnection, ...UpstreamConnection[]];
}

function namedLists({ upstreams }: ServerModel): Iterable<NamedList> {
  const lists = new Map<string, NamedList>();
  for (const upstream of upstreams) {
    const { revocationLists } = upstream;
    const location = revocationLists && originLocation(revocationLists);
    if (location === undefined) continue;
    const path = knownValue(revocationLists) ?? undefined;
    const key = `${location.file}\0${location.range.start}`;
    const list = lists.get(key);
    if (list) {
      list.upstreams.push(upstream);
      list.path ??= path;
    } else {
      lists.set(key, { path, location, upstreams: [upstream] });
    }
  }
  return lists.values();
}

function isNeverVerified({ complete }: ServerModel, { tls, verify }: UpstreamConnection): boolean {
  return isKnownTrue(tls) && isKnownFalse(verify) && (complete || verify.origin.kind !== 'default');
}

function report(model: ServerModel, path: string, location: Location, upstreams: NamedList['upstreams']): Report {
  const [first, ...others] = upstreams;
  return {
    message: `The revocation list ${path} is not used: the certificate of ${first.to} is not verified, so the file is not even opened, and a revoked certificate is accepted like any other. Verify the backend, or remove the line.`,
    location,
    related: fewRelated(others, ({ to }) => `Nor is the certificate of ${to}`),
    fixes: others.length === 0 ? verifyUpstreams(model, [first], { title: 'Verify the backend', safe: false }) : [],
  };
}
