import type { ManagedCertificate, ServerModel, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { tlsEndpoints } from './support/sites.ts';

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

function obstacleOf(model: ServerModel, tls: TlsSettings, managed: ManagedCertificate): string | undefined {
  const { challenge, names } = managed;
  const wildcard = names.find((name) => name.startsWith('*.') || name.startsWith('.'));
  if (wildcard !== undefined && (challenge === 'http-01' || challenge === 'tls-alpn-01')) {
    return `wildcard names (${wildcard}) need a dns-01 challenge, and it uses ${challenge}`;
  }
  if (!model.complete) return undefined;
  if (challenge === 'http-01' && !listensOn(model, 80, false)) {
    return 'an http-01 challenge comes to port 80, where nothing listens';
  }
  if (challenge === 'tls-alpn-01' && !listensOn(model, 443, true)) {
    return 'a tls-alpn-01 challenge comes to port 443, where nothing speaks TLS';
  }
  if (tls.resolver !== undefined && knownValue(tls.resolver)?.length === 0) {
    return 'no resolver is configured, so it cannot find the CA';
  }
  return undefined;
}

function listensOn(model: ServerModel, port: number, tls: boolean): boolean {
  return model.listeners.some((listener) => listener.port === port && knownValue(listener.tls) !== !tls);
}
