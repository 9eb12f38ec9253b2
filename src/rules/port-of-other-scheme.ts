import { remember } from '../memory/remember.ts';
import { bindingTo, defaultSiteOf } from '../tls/model/parts.ts';
import type { Binding, Listener, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { loopback } from './support/sites/http-sites.ts';
import { hasPort, takesPlainPort } from './support/sites/sites.ts';

/** Port 443 without TLS, or port 80 with it: what an address without a port asks for is not what is spoken there. */
export const portOfOtherScheme: Rule = {
  id: 'port-of-other-scheme',
  title: 'Plain HTTP on port 443, or TLS on port 80',
  severity: 'warning',
  effect: 'security',
  *check({ model }) {
    if (!model.complete) return;
    for (const listener of model.listeners) {
      const { port, transport, tls } = listener;
      if ((port !== 443 && port !== 80) || transport !== 'tcp' || knownValue(tls) !== (port === 80)) continue;
      const found = answering(model, listener);
      if (found === undefined) continue;
      const { site, binding } = found;
      yield {
        message:
          port === 443
            ? `Port 443 speaks plain HTTP (${site.label}): browsers speak TLS there, so no https:// address works. ${takesPlainPort(model, site) ? 'Give port 443 a site of its own, with TLS and a certificate' : 'Switch TLS on with a certificate, or listen on port 80'}.`
            : `Port 80 speaks TLS (${site.label}): clients speak plain HTTP there, so http:// addresses and http-01 challenges fail. ${hasPort(model, site, 443) ? 'Give port 80 a site of its own, without TLS' : 'Listen on port 443, or switch TLS off here'}.`,
        location: binding.location,
      };
    }
  },
};

/** The site that decides for a listener, where it answers HTTP by itself and no other finding tells what is wrong. */
function answering(model: ServerModel, listener: Listener): { site: Site; binding: Binding } | undefined {
  if (loopback.test(listener.address)) return undefined;
  const site = defaultSiteOf(model, listener.id);
  const binding = site && bindingTo(site, listener.id);
  if (site === undefined || binding === undefined) return undefined;
  if (isLeftOver(model, listener)) return undefined;
  // What comes over another proxy may have had its TLS there.
  if (site.application !== 'http' || site.refusesAll || binding.parameters.includes('proxy_protocol')) return undefined;
  // What a site inherits is wrong where it is written, and that has a finding of its own.
  const isToldElsewhere =
    listener.port === 443 ? meantForTls(model).has(listener.id) : site.tls.enabled.origin.kind === 'inherited';
  return isToldElsewhere ? undefined : { site, binding };
}

const wildcard = /^(?:\*|0\.0\.0\.0|\[::\])$/;

/** True where addresses of the port have sites of their own that speak what belongs there: it has but the rest, for which nobody may ask. */
function isLeftOver({ listeners }: ServerModel, { address, port, tls, family }: Listener): boolean {
  if (!wildcard.test(address)) return false;
  return listeners.some(
    (other) =>
      other.port === port &&
      knownValue(other.tls) !== knownValue(tls) &&
      // Of IPv4, which most clients come by, an address of IPv6 takes nothing.
      !(family === 'ipv4' && other.family === 'ipv6') &&
      !wildcard.test(other.address) &&
      !loopback.test(other.address),
  );
}

/** Listeners of sites that have a certificate, or may, or want to speak TLS: what is wrong with those is told elsewhere. */
const meantForTls = remember((model: ServerModel): ReadonlySet<string> => {
  const meant = model.sites.filter(
    ({ tls: { enabled, certificates } }) =>
      knownValue(enabled) !== false || knownValue(certificates)?.length !== 0 || certificates.origin.kind !== 'default',
  );
  return new Set(meant.flatMap(({ bindings }) => bindings.map(({ listener }) => listener)));
});
