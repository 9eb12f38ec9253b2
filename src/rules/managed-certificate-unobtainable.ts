import { samePlace } from '../text/range.ts';
import type { Change } from '../tls/model/change.ts';
import type { ManagedCertificate, ServerModel, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { ModelFix, Rule } from './rule.ts';
import { serverFacts } from './support/server-facts.ts';
import { tlsEndpoints } from './support/sites/sites.ts';

/** A certificate that the server is to get over ACME by itself, by a challenge that it cannot pass. */
export const managedCertificateUnobtainable: Rule = {
  id: 'managed-certificate-unobtainable',
  title: 'The server cannot obtain this certificate',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    const seen = new Set<string>();
    for (const { tls } of tlsEndpoints(model)) {
      for (const managed of tls.managed === undefined ? [] : (knownValue(tls.managed) ?? [])) {
        const { file, range } = managed.location;
        const key = `${file}\0${range.start}`;
        const obstacle = seen.has(key) ? undefined : obstacleOf(model, tls, managed);
        if (obstacle === undefined) continue;
        seen.add(key);
        const stops = obstacle === noResolver;
        const outcome = stops
          ? 'and does not start (error log: "resolver" is not configured). Configure one for all sites'
          : 'Until it has one, clients are refused or get a placeholder';
        yield {
          message: `The server cannot get this certificate by itself: ${obstacle}${stops ? ' ' : '. '}${outcome}.`,
          ...(stops && { effect: 'start' as const }),
          location: managed.location,
          fixes: needsOnlyProtocol(model, tls, managed) ? [offerProtocol(model, managed)] : [],
        };
      }
    }
  },
};

/** Undefined where one of the challenges can work, as far as can be seen. */
function obstacleOf(model: ServerModel, tls: TlsSettings, managed: ManagedCertificate): string | undefined {
  const obstacles: string[] = [];
  for (const challenge of managed.challenge.split(' ')) {
    const obstacle = challengeObstacle(model, tls, managed, challenge);
    if (obstacle === undefined) return termsObstacle(managed) ?? resolverObstacle(model, tls);
    if (!obstacles.includes(obstacle)) obstacles.push(obstacle);
  }
  return obstacles.join(', and ');
}

function isWildcard(name: string): boolean {
  return name.startsWith('*.');
}

function challengeObstacle(
  model: ServerModel,
  tls: TlsSettings,
  { names, portsMapped }: ManagedCertificate,
  challenge: string,
): string | undefined {
  if (challenge !== 'http-01' && challenge !== 'tls-alpn-01') return undefined;
  const wildcard = names.find(isWildcard);
  if (wildcard !== undefined)
    return `wildcard names (${wildcard}) need a dns-01 challenge, so name each host, or use an ACME client that can write to DNS`;
  if (!model.complete) return undefined;
  if (challenge === 'tls-alpn-01' && lacksProtocol(model, tls)) {
    return 'a tls-alpn-01 challenge needs acme-tls/1 among the protocols of the site';
  }
  if (portsMapped) return undefined;
  if (challenge === 'http-01' && !listensOn(model, 80, false)) {
    return 'an http-01 challenge comes to port 80, where nothing answers plain HTTP';
  }
  if (challenge === 'tls-alpn-01' && !listensOn(model, 443, true)) {
    return 'a tls-alpn-01 challenge comes to port 443, where nothing speaks TLS';
  }
  return undefined;
}

function lacksProtocol(model: ServerModel, { alpn }: TlsSettings): boolean {
  return serverFacts(model).listsAcmeProtocol && knownValue(alpn)?.includes('acme-tls/1') === false;
}

/** True where a tls-alpn-01 challenge would be passed as soon as its protocol is listed. */
function needsOnlyProtocol(
  model: ServerModel,
  tls: TlsSettings,
  { challenge, names, portsMapped }: ManagedCertificate,
) {
  return (
    challenge.split(' ').includes('tls-alpn-01') &&
    lacksProtocol(model, tls) &&
    !names.some(isWildcard) &&
    (portsMapped === true || listensOn(model, 443, true)) &&
    resolverObstacle(model, tls) === undefined
  );
}

/** On every line that decides for a site of the certificate, and in each site where none does. */
function offerProtocol(model: ServerModel, { location: domain }: ManagedCertificate): ModelFix {
  const changes = new Map<string, Change>();
  for (const { tls, site } of tlsEndpoints(model)) {
    const managed = tls.managed === undefined ? undefined : knownValue(tls.managed);
    const isIts = managed?.some(({ location }) => samePlace(location, domain));
    if (!isIts || !lacksProtocol(model, tls)) continue;
    const { origin } = tls.alpn;
    const isWritten = origin.kind !== 'default';
    const place = isWritten ? `${origin.location.file}\0${origin.location.range.start}` : site;
    const scope = isWritten ? 'origin' : 'site';
    changes.set(place, changes.get(place) ?? { setting: 'acmeProtocol', site, from: false, to: true, scope });
  }
  return { title: 'Offer acme-tls/1', safe: true, changes: [...changes.values()] };
}

function termsObstacle({ needsTerms }: ManagedCertificate): string | undefined {
  if (needsTerms !== true) return undefined;
  return "the CA's terms of service are not accepted, and without that it opens no account; read them, and accept them in the settings of the issuer";
}

function resolverObstacle(model: ServerModel, { resolver }: TlsSettings): string | undefined {
  if (!model.complete || resolver === undefined || knownValue(resolver)?.length !== 0) return undefined;
  return noResolver;
}

/** The one that has it looks for it once the whole configuration is read, and gives up without. */
const noResolver = 'no resolver is configured, so it cannot find the CA';

function listensOn(model: ServerModel, port: number, tls: boolean): boolean {
  return model.listeners.some((listener) => listener.port === port && knownValue(listener.tls) !== !tls);
}
