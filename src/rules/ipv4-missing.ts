import { remember } from '../memory/remember.ts';
import { listenerById } from '../tls/model/parts.ts';
import type { Binding, Listener, PathAnswer, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { fewRelated } from './support/few-related.ts';
import { changeSite } from './support/fixes.ts';
import { joinSome } from './support/words.ts';

/** Site that only clients with IPv6 reach. */
export const ipv4Missing: Rule = {
  id: 'ipv4-missing',
  title: 'Only IPv6 clients can connect',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    if (!model.listeners.some(isIpv6Only)) return;
    const lonely = lonelyBindings(model);
    const [first, ...others] = lonely;
    if (first === undefined) return;
    // A whole machine without IPv4 may be meant: one question then. A part of a configuration does not tell.
    if (model.complete && !model.listeners.some(speaksIpv4)) {
      const ports = [...new Set(lonely.map(({ listener }) => listener.port))];
      yield {
        message: `No address of this configuration accepts IPv4, so clients without IPv6 cannot connect. Listen on ${joinSome(ports.map(String))} for IPv4 as well, unless the machine has IPv6 only.`,
        location: first.binding.location,
        severity: 'warning',
        effect: 'security',
        related: fewRelated(
          others.map(({ binding }) => binding),
          () => 'IPv6 only, too',
        ),
        fixes: [{ title: 'Listen for IPv4 too', safe: false, changes: lonely.map(addIpv4) }],
      };
      return;
    }
    for (const found of lonely) {
      const { site, listener, binding } = found;
      yield {
        message: `${listener.id} accepts only IPv6 connections, so IPv4 clients cannot reach ${site.label} on port ${listener.port}. Listen on ${listener.port} for IPv4 as well.`,
        location: binding.location,
        // Another file may give the site's name IPv4 there, or the address `ipv6only=off`.
        ...(model.complete ? {} : ({ severity: 'warning' } as const)),
        fixes: [{ title: `Listen on port ${listener.port} for IPv4 too`, safe: false, changes: [addIpv4(found)] }],
      };
    }
  },
};

interface LonelyBinding {
  readonly site: Site;
  readonly binding: Binding;
  readonly listener: Listener;
}

function lonelyBindings(model: ServerModel): readonly LonelyBinding[] {
  return model.sites.flatMap((site) => {
    const ports = new Set(site.bindings.map(({ listener }) => portOfIpv4(model, listener)));
    return site.bindings.flatMap((binding) => {
      const listener = listenerById(model, binding.listener);
      if (listener === undefined || !isIpv6Only(listener)) return [];
      const isElsewhere = [listener.port, unknownPort].some((port) => ports.has(port) || isShared(model, site, port));
      return isElsewhere || isSetElsewhere(model, listener) || isIdle(model, site, listener.port)
        ? []
        : [{ site, binding, listener }];
    });
  });
}

/** Port 443 without TLS, in a part of a configuration: another file says what the address is, `ipv6only=off` maybe. */
function isSetElsewhere({ complete }: ServerModel, { port, tls }: Listener): boolean {
  return !complete && port === 443 && knownValue(tls) !== true;
}

/** Where others take IPv4 on the port, nobody misses one for unknown names there that answers none of them. */
function isIdle(model: ServerModel, site: Site, port: number): boolean {
  if (!namesByPort(model).has(port) || site.names.some(({ kind }) => kind !== 'catch-all')) return false;
  const answers = [site.rootAnswer, site.answerUnder?.('', 'http', '/any'), ...site.routes.map(({ answer }) => answer)];
  return site.refusesAll || answers.every(isRefusal);
}

function isRefusal(answer: PathAnswer | undefined): boolean {
  if (answer?.kind === 'denied') return answer.admitted === undefined;
  return answer?.kind === 'status' && answer.status >= 400;
}

function addIpv4({ site, listener: { id, port } }: LonelyBinding) {
  return changeSite(site, 'listener', undefined, { address: '0.0.0.0', port, like: id });
}

function speaksIpv4({ family, transport }: Listener): boolean {
  return transport === 'tcp' && (family === 'ipv4' || family === 'both');
}

/** A literal address is a choice; the address of everything is not one against IPv4. */
function isIpv6Only(listener: Listener): boolean {
  return listener.family === 'ipv6' && listener.address === '[::]' && listener.transport === 'tcp';
}

/** Of an address that is filled in later, which may be any. */
const unknownPort = 0;

/** Some site with a name of this one takes IPv4 on the port. */
function isShared(model: ServerModel, site: Site, port: number): boolean {
  const names = namesByPort(model).get(port);
  return names !== undefined && askedNames(site).some((name) => names.has(name));
}

/** What clients ask for: the empty name where a site has none, and of mail, which knows no names. */
function askedNames({ application, names }: Site): readonly string[] {
  return application === 'mail' || names.length === 0 ? [''] : names.map(({ text }) => text.toLowerCase());
}

/** The port, where a listener takes IPv4. */
function portOfIpv4(model: ServerModel, id: string): number | undefined {
  const found = listenerById(model, id);
  return found !== undefined && speaksIpv4(found) ? found.port : undefined;
}

/** The names that some site has on each port that takes IPv4. */
const namesByPort = remember((model: ServerModel): ReadonlyMap<number, ReadonlySet<string>> => {
  const found = new Map<number, Set<string>>();
  for (const site of model.sites) {
    for (const { listener } of site.bindings) {
      const port = portOfIpv4(model, listener);
      if (port === undefined) continue;
      const names = found.get(port) ?? new Set<string>();
      found.set(port, names);
      for (const name of askedNames(site)) names.add(name);
    }
  }
  return found;
});
