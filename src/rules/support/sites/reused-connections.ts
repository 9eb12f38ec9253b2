import type { Certificate } from '../../../certificates/certificate.ts';
import { hostNamesOf } from '../../../certificates/host-names.ts';
import { listenerById, siteById } from '../../../tls/model/parts.ts';
import type { Endpoint, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { RuleContext } from '../../rule.ts';
import { tlsEndpoints } from './sites.ts';
import { type NamedSite, SitesByName } from './sites-by-name.ts';

/**
 * Requests that browsers send over a connection to another site, since its certificate has their name and the address is the
 * same (RFC 9113 section 9.1.1).
 */
export interface ReusedConnection {
  /** The site that the connection was made to. */
  readonly opener: Site;
  /** Path of the certificate that the connection showed. */
  readonly certificate: string;
  /** The site that the requests are for. */
  readonly target: Site;
  /** The name in those requests, lower case. */
  readonly name: string;
}

/** The sites of one listener that show a certificate to clients that speak HTTP/2 and are not asked for one of their own. */
interface Openers {
  readonly leaf: Certificate;
  readonly certificate: string;
  readonly sites: Site[];
}

interface Opener {
  readonly site: Site;
  readonly certificate: string;
  readonly key: string;
}

/**
 * Reused connections between sites of different keys, where both keys are known. For each site and each name of a certificate
 * it is told once, however many connections there may be: the time taken is linear in sites and names.
 */
export function reusedConnections(context: RuleContext, keyOf: KeyOf): readonly ReusedConnection[] {
  const found: ReusedConnection[] = [];
  const choose = chooser(keyOf);
  for (const endpoints of endpointsByListener(context.model)) {
    const openers = openersOf(context, endpoints);
    if (openers.length === 0) continue;
    const sites = new SitesByName(context.model, endpoints);
    for (const [name, showing] of openersByName(openers, sites)) {
      const targets = sites.covered(name);
      if (targets.length === 0 || isOnlyItself(showing, targets)) continue;
      const chosen = choose(showing);
      for (const target of targets) {
        const key = keyOf(target.site);
        const opener = key === undefined ? undefined : chosen.find((each) => each.key !== key);
        if (opener === undefined) continue;
        const { site, certificate } = opener;
        // What decides whether the one is there may leave out the other.
        if (site.condition !== undefined && site.condition !== target.site.condition) continue;
        found.push({ opener: site, certificate, target: target.site, name: target.name });
      }
    }
  }
  return found.length < 2 ? found : byOpener(found, context.model);
}

/** In the order of the text. */
function byOpener(connections: readonly ReusedConnection[], { sites }: ServerModel): readonly ReusedConnection[] {
  const places = new Map(sites.map((site, index) => [site, index]));
  const placeOf = ({ opener }: ReusedConnection) => places.get(opener) ?? 0;
  return [...connections].sort((a, b) => placeOf(a) - placeOf(b));
}

/** The usual case: a certificate for the names of the one site that shows it. */
function isOnlyItself(showing: readonly Openers[], targets: readonly NamedSite[]): boolean {
  const site = showing.length === 1 && showing[0]?.sites.length === 1 ? showing[0].sites[0] : undefined;
  return site !== undefined && targets.every((target) => target.site === site);
}

type KeyOf = (site: Site) => string | undefined;

/** One opener, and another of a different key where there is one: together they tell all other keys from theirs. */
function twoKeys(openers: Iterable<Opener>): readonly Opener[] {
  let first: Opener | undefined;
  for (const opener of openers) {
    if (first === undefined) first = opener;
    else if (opener.key !== first.key) return [first, opener];
  }
  return first === undefined ? [] : [first];
}

function* keyed({ certificate, sites }: Openers, keyOf: KeyOf): Iterable<Opener> {
  for (const site of sites) {
    const key = keyOf(site);
    if (key !== undefined) yield { site, certificate, key };
  }
}

/** Of those that show one certificate they are chosen once, however many names it has. */
function chooser(keyOf: KeyOf): (showing: readonly Openers[]) => readonly Opener[] {
  const chosen = new Map<Openers, readonly Opener[]>();
  const choose = (openers: Openers) => {
    const known = chosen.get(openers) ?? twoKeys(keyed(openers, keyOf));
    chosen.set(openers, known);
    return known;
  };
  return (showing) => twoKeys(showing.flatMap(choose));
}

function endpointsByListener(model: ServerModel): Iterable<readonly Endpoint[]> {
  const found = new Map<string, Endpoint[]>();
  for (const endpoint of tlsEndpoints(model)) {
    const known = found.get(endpoint.listener);
    if (known !== undefined) known.push(endpoint);
    else if (listenerById(model, endpoint.listener)?.transport === 'tcp') found.set(endpoint.listener, [endpoint]);
  }
  return found.values();
}

function openersOf(context: RuleContext, endpoints: readonly Endpoint[]): readonly Openers[] {
  const found = new Map<Certificate, Openers>();
  for (const { site: id, tls } of endpoints) {
    // A connection on which a browser showed a certificate stays with its site.
    if (knownValue(tls.alpn)?.includes('h2') !== true || knownValue(tls.clientVerification) !== 'off') continue;
    if (tls.rejectHandshake !== undefined && knownValue(tls.rejectHandshake) !== false) continue;
    const site = siteById(context.model, id);
    const pairs = knownValue(tls.certificates) ?? [];
    const [pair] = pairs;
    if (site === undefined || pair === undefined) continue;
    const leaf = context.certificateFile(pair.file.value).certificates[0];
    // Nobody reuses a connection that was not trusted.
    if (leaf === undefined || leaf.isCa || leaf.selfIssued || leaf.notAfter <= context.now) continue;
    const { subjectAltNames } = leaf;
    const haveSameNames = pairs.every(
      ({ file }) => file === pair.file || isSameNames(context.certificateFile(file.value), subjectAltNames),
    );
    if (!haveSameNames) continue;
    const known = found.get(leaf);
    if (known === undefined) found.set(leaf, { leaf, certificate: pair.file.value, sites: [site] });
    else known.sites.push(site);
  }
  return [...found.values()];
}

function isSameNames(file: { readonly certificates: readonly Certificate[] }, names: readonly string[]): boolean {
  const others = file.certificates[0]?.subjectAltNames ?? [];
  return others.length === names.length && [...others].sort().join() === [...names].sort().join();
}

/** Openers by each name of their certificates, lower case; those alone whose own name the certificate has. */
function openersByName(openers: readonly Openers[], sitesByName: SitesByName): ReadonlyMap<string, readonly Openers[]> {
  const found = new Map<string, Openers[]>();
  for (const { leaf, certificate, sites } of openers) {
    const names = new Set(hostNamesOf(leaf).map((name) => name.toLowerCase()));
    const reached = sites.filter((site) => sitesByName.isReached(site, names));
    if (reached.length === 0) continue;
    const group = { leaf, certificate, sites: reached };
    for (const name of names) {
      const known = found.get(name);
      if (known === undefined) found.set(name, [group]);
      else known.push(group);
    }
  }
  return found;
}
