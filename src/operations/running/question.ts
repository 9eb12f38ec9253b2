import { isIP } from 'node:net';
import type { EndpointView } from '../../analysis/endpoints/endpoint-view.ts';
import type { Listener, ServerModel, Site, SiteName } from '../../tls/model/server-model.ts';
import { siteNamed } from '../answering-site.ts';

/** Where the server runs: on this machine, on another host, or wherever DNS leads for each name. */
export type Place =
  | { readonly kind: 'here' }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'dns' };

/** The name or address of a machine, in whose place no port, URL or path stands; undefined where something else is written. */
export function readHost(text: string): string | undefined {
  const written = text.trim();
  const host = /^\[([0-9a-f:.]+)\]$/i.exec(written)?.[1] ?? written;
  return /^[\w.-]+$/.test(host) || isIP(host) !== 0 ? host : undefined;
}

/** How one endpoint is reached. */
export interface Question {
  readonly host: string;
  readonly port: number;
  /** Empty: no name is sent, and the default server answers. */
  readonly serverName: string;
  /** The name is one of many that a pattern stands for: DNS need not have it. */
  readonly isExample?: true;
}

/** `127.0.0.1:443`, `[::1]:443` */
export function placeText({ host, port }: Question): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** How the endpoint is asked; a string says why it cannot be, as a clause. */
export function questionFor(view: EndpointView, model: ServerModel, place: Place): Question | string {
  const { listener, endpoint } = view;
  if (listener.transport !== 'tcp') return 'only TCP is asked, not QUIC or UDP';
  if (listener.family === 'unix') return 'a Unix socket is not asked';
  if (listener.port === 0) return 'its address is not known';
  if (listener.assumed) return 'no line of these files opens an address';
  const refused = whyOtherwise(view, model);
  if (refused !== undefined) return refused;
  const serverName = nameToAsk(view, model);
  if (serverName === undefined) {
    return endpoint.name === '' ? 'it has no name' : `${endpoint.name} is no name that can be asked for`;
  }
  if (place.kind === 'dns') {
    if (serverName === '') return 'without a name DNS cannot be asked';
    if (isLoopback(listener.address)) return onlyThere;
    const isExample = serverName !== endpoint.name.toLowerCase();
    return { host: serverName, port: listener.port, serverName, ...(isExample ? { isExample } : {}) };
  }
  const host = place.kind === 'host' ? place.host : addressHere(listener.address);
  if (isLoopback(listener.address) && !isLoopback(host)) return onlyThere;
  if (isOtherFamily(host, listener)) {
    const family = listener.family === 'ipv6' ? 'IPv6' : 'IPv4';
    return `${host} is no address of ${family}, to which alone it listens`;
  }
  const question = { host, port: listener.port, serverName };
  if (isTaken(question, listener, model)) return `another listener of these files answers at ${placeText(question)}`;
  return question;
}

const onlyThere = 'it listens to its own machine alone; compare it there';

function isLoopback(address: string): boolean {
  return /^(127\.[\d.]+|\[?::1\]?|localhost)$/i.test(address);
}

/** True for an address at which another listener than this one would answer; a name may have both. */
function isOtherFamily(host: string, { family }: Listener): boolean {
  const version = isIP(host);
  return (version === 4 && family === 'ipv6') || (version === 6 && family === 'ipv4');
}

/** True where a listener of just that address takes connections away from one of all addresses. */
function isTaken({ host, port }: Question, { address, id }: Listener, { listeners }: ServerModel): boolean {
  if (addressOf(address) === host) return false;
  return listeners.some(
    (other) => other.id !== id && other.port === port && other.transport === 'tcp' && addressOf(other.address) === host,
  );
}

/** What begins otherwise than by a handshake of a client. */
function whyOtherwise({ listener, site }: EndpointView, { sites }: ServerModel): string | undefined {
  const onListener = ({ bindings }: Site) => bindings.find((each) => each.listener === listener.id)?.parameters ?? [];
  const parameters = onListener(site);
  // Whoever asks for it does so for all on the address.
  if (sites.some((each) => onListener(each).includes('proxy_protocol')))
    return 'a proxy in front of it has to begin (PROXY protocol)';
  if (site.application === 'mail' && !parameters.includes('ssl')) return 'it begins in the clear (STARTTLS)';
  return undefined;
}

/** A name that leads to the site on its listener; empty where it answers whoever asks for none, undefined where there is none. */
function nameToAsk({ endpoint, listener, site }: EndpointView, model: ServerModel): string | undefined {
  const name = site.names.find(({ text }) => text === endpoint.name);
  const host = name === undefined ? undefined : hostOf(name);
  if (host !== undefined) {
    const others = model.sites.filter(({ bindings }) => bindings.some((each) => each.listener === listener.id));
    if (siteNamed(model.server, others, host) === site) return host;
  }
  return endpoint.isDefault ? '' : undefined;
}

/** Servers compare what stands there, so that a name in other letters than those of DNS is nobody's. */
function hostOf({ kind, text }: SiteName): string | undefined {
  if (kind !== 'exact' && kind !== 'wildcard') return undefined;
  const host = kind === 'exact' ? text : text.replace(/^\*?\./, 'tls-workbench.').replace(/\.\*$/, '.example');
  return /^[\w.-]+$/.test(host) && isIP(host) === 0 ? host.toLowerCase() : undefined;
}

function addressHere(address: string): string {
  if (address === '*' || address === '0.0.0.0') return '127.0.0.1';
  return address === '[::]' ? '::1' : addressOf(address);
}

function addressOf(address: string): string {
  return address.replace(/^\[|\]$/g, '');
}
