import type { Binding, Listener, ServerModel, Site } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';
import { changeSite } from './support/fixes.ts';
import { listenerById } from './support/sites.ts';

/** Site that only clients with IPv6 reach. */
export const ipv4Missing: Rule = {
  id: 'ipv4-missing',
  title: 'Only IPv6 clients can connect',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    for (const site of model.sites) {
      for (const binding of site.bindings) {
        const listener = listenerById(model, binding.listener);
        if (listener === undefined || !isIpv6Only(listener) || hasIpv4(model, site, listener.port)) continue;
        const to = { address: '0.0.0.0', port: listener.port, like: listener.id };
        yield {
          message: `${listener.id} takes IPv6 connections only, so clients with IPv4 do not reach ${site.label} on port ${listener.port}. Listen on ${listener.port} for IPv4 as well.`,
          location: binding.location,
          fixes: [
            {
              title: `Listen on port ${listener.port} for IPv4 too`,
              safe: false,
              changes: [changeSite(site, 'listener', undefined, to)],
            },
          ],
        };
      }
    }
  },
};

/** A literal address is a choice; the address of everything is not one against IPv4. */
function isIpv6Only(listener: Listener): boolean {
  return listener.family === 'ipv6' && listener.address === '[::]' && listener.transport === 'tcp';
}

/** The site itself, or another one with a name of this one, takes IPv4 on the port. */
function hasIpv4(model: ServerModel, site: Site, port: number): boolean {
  const takesIpv4 = ({ listener }: Binding) => {
    const found = listenerById(model, listener);
    return found !== undefined && found.port === port && found.transport === 'tcp' && found.family !== 'ipv6';
  };
  if (site.bindings.some(takesIpv4)) return true;
  const names = new Set(site.names.map(({ text }) => text.toLowerCase()));
  return model.sites.some(
    (other) =>
      other !== site && other.names.some(({ text }) => names.has(text.toLowerCase())) && other.bindings.some(takesIpv4),
  );
}
