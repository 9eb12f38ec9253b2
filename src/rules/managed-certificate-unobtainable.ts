import type { ManagedCertificate, ServerModel, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { serverFacts } from './support/server-facts.ts';
import { tlsEndpoints } from './support/sites.ts';
import { joinWords } from './support/words.ts';

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
        yield {
          message: `The server cannot get this certificate by itself: ${obstacle}. Until it has one, clients are refused or see a stand-in.`,
          location: managed.location,
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
    if (obstacle === undefined) return resolverObstacle(model, tls);
    if (!obstacles.includes(obstacle)) obstacles.push(obstacle);
  }
  return joinWords(obstacles);
}

function challengeObstacle(
  model: ServerModel,
  tls: TlsSettings,
  { names, portsMapped }: ManagedCertificate,
  challenge: string,
): string | undefined {
  if (challenge !== 'http-01' && challenge !== 'tls-alpn-01') return undefined;
  const wildcard = names.find((name) => name.startsWith('*.') || name.startsWith('.'));
  if (wildcard !== undefined)
    return `wildcard names (${wildcard}) need a dns-01 challenge, so name each host or get the certificate by a client that writes to DNS`;
  if (!model.complete) return undefined;
  const alpn = knownValue(tls.alpn);
  if (challenge === 'tls-alpn-01' && serverFacts(model).listsAcmeProtocol && alpn?.includes('acme-tls/1') === false) {
    return 'a tls-alpn-01 challenge needs acme-tls/1 among the protocols of the site';
  }
  if (portsMapped) return undefined;
  if (challenge === 'http-01' && !listensOn(model, 80, false)) {
    return 'an http-01 challenge comes to port 80, where nothing listens';
  }
  if (challenge === 'tls-alpn-01' && !listensOn(model, 443, true)) {
    return 'a tls-alpn-01 challenge comes to port 443, where nothing speaks TLS';
  }
  return undefined;
}

function resolverObstacle(model: ServerModel, { resolver }: TlsSettings): string | undefined {
  if (!model.complete || resolver === undefined || knownValue(resolver)?.length !== 0) return undefined;
  return 'no resolver is configured, so it cannot find the CA';
}

function listensOn(model: ServerModel, port: number, tls: boolean): boolean {
  return model.listeners.some((listener) => listener.port === port && knownValue(listener.tls) !== !tls);
}
