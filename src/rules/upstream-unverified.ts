import { groupBy } from '../text/group-by.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import type { UpstreamConnection } from '../tls/model/upstream-connection.ts';
import type { Rule } from './rule.ts';
import { fewAlike } from './support/few-related.ts';
import { verifyUpstreams } from './support/upstreams/upstream-fix.ts';
import { askedInVain, authorityOf, hostOf, isAddress, remoteTlsUpstreams } from './support/upstreams/upstreams.ts';
import { isKnownFalse, isKnownNull } from './support/values.ts';

/** An encrypted connection to whoever answers. */
export const upstreamUnverified: Rule = {
  id: 'upstream-unverified',
  title: 'The backend is not verified',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    for (const [first, ...others] of unverified(model)) {
      const fix = { title: 'Verify the backend', safe: false };
      const next = namesTrust(first)
        ? 'The CAs that are named here count only where verification is switched on: do that.'
        : `Verify it, with a file of CAs to trust${nameBesides(first)}.`;
      yield {
        message: `The connection to ${first.to} is encrypted, but its certificate is not checked: an attacker in between can answer in its place and read everything. ${next}`,
        location: first.location,
        related: fewAlike(others, () => 'Nor here'),
        fixes: verifyUpstreams(model, [first, ...others], fix),
      };
    }
  },
};

/** What verification needs where something is looked for that the certificate can hardly have. */
function nameBesides(upstream: UpstreamConnection): string {
  const asked = askedInVain(upstream);
  if (asked === undefined) return '';
  const what = isAddress(asked) ? 'the address' : `the name of the group, "${asked}",`;
  return ` and the name in its certificate; else ${what} is looked for among its names`;
}

function namesTrust({ trustedCertificate }: UpstreamConnection): boolean {
  return trustedCertificate.origin.kind !== 'default' && !isKnownNull(trustedCertificate);
}

/** Connections that nothing checks, those of a site to one backend together. */
function unverified(model: ServerModel): Iterable<readonly [UpstreamConnection, ...UpstreamConnection[]]> {
  // Panels ask the web server behind at the address that both listen on: what goes there stays on the machine.
  const own = new Set(model.listeners.map(({ address }) => address));
  const unchecked = remoteTlsUpstreams(model).filter(
    ({ verify, to, group = [to] }) =>
      isKnownFalse(verify) &&
      (model.complete || verify.origin.kind !== 'default') &&
      !group.every((each) => own.has(hostOf(each) ?? '')),
  );
  return groupBy(unchecked, ({ site, to }) => `${site} ${authorityOf(to)}`).values();
}
