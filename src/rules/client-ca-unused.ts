import { siteById } from '../tls/model/parts.ts';
import type { Endpoint, ServerModel, TlsSettings } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
import { serverFacts } from './support/server-facts.ts';
import { inheritors, isDefault, writtenSettings } from './support/shared-settings.ts';
import { preparedByPlace } from './support/sites/prepared-sites.ts';

/**
 * CAs are named for the certificates of clients, and everybody is let in: nothing asks clients for any, or nothing looks at
 * whether they had one. Where a server does not even open the file
 * then (ngx_http_ssl_merge_srv_conf), it has no other use; elsewhere it may complete the server's own chain.
 */
export const clientCaUnused: Rule = {
  id: 'client-ca-unused',
  title: 'CAs for client certificates, and everybody is let in',
  severity: 'information',
  effect: 'advice',
  *check({ model }) {
    if (!model.complete) return;
    if (!serverFacts(model).readsUnusedTrust) yield* unasked(model);
    yield* unlookedAt(model);
    yield* ofEverybody(model);
  },
};

function* unasked(model: ServerModel): Iterable<Report> {
  const preparedAt = preparedByPlace(model, 'clientCertificates');
  for (const shared of writtenSettings(model, 'clientCertificates')) {
    if (!knownValue(shared.setting)) continue;
    if (![...shared.endpoints, ...preparedAt(shared.location)].every(({ tls }) => isLeftOut(tls))) continue;
    yield {
      message:
        'Nothing asks clients for a certificate, so the server does not even open this file of CAs and lets everybody in. Switch client verification on, or remove the file.',
      location: shared.location,
      related: inheritors(shared),
    };
  }
}

/** Where systems keep the roots of public CAs. */
const publicStore =
  /^(?:\/etc\/ssl\/(?:certs(?:\/ca-certificates\.crt)?|cert\.pem|ca-bundle\.pem)|\/etc\/pki\/(?:tls\/(?:certs\/ca-bundle\.(?:trust\.)?crt|cert\.pem)|ca-trust\/extracted\/pem\/tls-ca-bundle\.pem))\/?$/;

/** Everybody can get a certificate from one of these, and nothing asks whose it is. */
function* ofEverybody(model: ServerModel): Iterable<Report> {
  const demands = ({ site, tls: { clientVerification, clientDepth } }: Endpoint) =>
    knownValue(clientVerification) === 'required' &&
    // Public CAs have a certificate between.
    (clientDepth === undefined || (knownValue(clientDepth) ?? 0) >= 2) &&
    siteById(model, site)?.application !== 'mail';
  const open = writtenSettings(model, 'clientCertificates').filter(
    ({ setting, endpoints }) => publicStore.test(knownValue(setting) ?? '') && endpoints.every(demands),
  );
  if (open.length === 0 || model.looksAtClients?.() !== false) return;
  for (const shared of open) {
    yield {
      message: `${knownValue(shared.setting)} holds the public CAs: a client certificate from any of them will do, as nothing here looks at whose it is. Name the CA of your clients alone.`,
      location: shared.location,
      related: inheritors(shared),
      severity: 'warning',
      effect: 'security',
    };
  }
}

/** Where no CA is named that is a finding of its own, and the server of a mail proxy is told by itself (Auth-SSL-Verify). */
function* unlookedAt(model: ServerModel): Iterable<Report> {
  const asked = writtenSettings(model, 'clientVerification').filter(
    ({ setting }) => knownValue(setting) === 'optional',
  );
  // It reads all of the text.
  if (asked.length === 0 || model.looksAtClients?.() !== false) return;
  for (const shared of asked) {
    const isTold = ({ site, tls }: Endpoint) =>
      siteById(model, site)?.application === 'mail' || !knownValue(tls.clientCertificates);
    if (shared.endpoints.some(isTold)) continue;
    yield {
      message:
        'Clients are asked for a certificate, and nothing here looks at whether they have one, so nobody needs one. Demand one, refuse those who have none, or tell the backend what came of it.',
      location: shared.location,
      related: inheritors(shared),
    };
  }
}

/** Somebody who writes `off` knows. */
function isLeftOut({ clientVerification }: TlsSettings): boolean {
  return knownValue(clientVerification) === 'off' && isDefault(clientVerification);
}
