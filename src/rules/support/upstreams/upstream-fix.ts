import { remember } from '../../../memory/remember.ts';
import type { Change } from '../../../tls/model/change.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { UpstreamConnection } from '../../../tls/model/upstream-connection.ts';
import type { ModelFix } from '../../rule.ts';
import { isKnownTrue } from '../values.ts';
import { askedInVain, type Connections, hostOf, nameOfAll } from './upstreams.ts';

/** The file of all CAs that the system trusts: where Debian, Ubuntu and Alpine have it, unless the target has it elsewhere. */
export function systemTrust({ target }: ServerModel): string {
  return target.distribution?.trustedAuthorities ?? '/etc/ssl/certs/ca-certificates.crt';
}

/** Two intermediate certificates: what public CAs need at most. */
const depth = 2;

/**
 * Verifies connections and sends the name that is wanted, with the CAs that are configured for each or for another connection
 * to the same host, else those of the system.
 * More intermediate certificates than are needed stay allowed.
 * @param only the part that is to change of a verification that is there
 * @returns nothing where a name would be looked for that no server has, and no better one is known
 */
export function verifyUpstreams(
  model: ServerModel,
  upstreams: Connections,
  fix: Pick<ModelFix, 'title' | 'safe'>,
  only?: 'depth' | 'name',
): readonly ModelFix[] {
  const lacksName = (upstream: UpstreamConnection) =>
    askedInVain(upstream) !== undefined && nameOfAll(upstream) === undefined;
  if (only !== 'depth' && upstreams.some(lacksName)) return [];
  return [{ ...fix, changes: upstreams.map((upstream) => verification(model, upstream, only)) }];
}

function verification(model: ServerModel, upstream: UpstreamConnection, only: 'depth' | 'name' | undefined): Change {
  const { site, location, to: url, trustedCertificate, verifyDepth } = upstream;
  const allowed = knownValue(verifyDepth);
  const name = askedInVain(upstream) === undefined ? undefined : nameOfAll(upstream);
  const to = {
    location,
    ...(allowed !== undefined && allowed < depth ? { depth } : {}),
    trustedCertificate:
      knownValue(trustedCertificate) ?? provenTrust(model).get(hostOf(url) ?? '') ?? systemTrust(model),
    ...(name === undefined ? {} : { name }),
    ...(only === undefined ? {} : { only }),
  };
  return { setting: 'upstreamVerify', site, from: undefined, to, scope: 'site' };
}

/** The CAs with which hosts are verified somewhere. */
const provenTrust = remember(({ upstreams }: ServerModel): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const { to, tls, verify, trustedCertificate } of upstreams) {
    if (!isKnownTrue(tls) || !isKnownTrue(verify)) continue;
    const [host, trusted] = [hostOf(to), knownValue(trustedCertificate)];
    if (host !== undefined && trusted) found.set(host, trusted);
  }
  return found;
});
