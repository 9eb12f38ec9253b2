import type { ModelNote, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Rule } from './rule.ts';
import { tlsEndpoints } from './support/sites/sites.ts';
import { comesLate, lateRequests } from './support/tls/late-certificates.ts';

/**
 * A part of a site wants to see a certificate that the handshake did not ask for. TLS 1.3 can ask afterwards only those
 * clients that said they can answer (RFC 8446 section 4.6.2), and no browser does.
 */
export const clientCertificateLate: Rule = {
  id: 'client-certificate-late',
  title: 'Client certificate is asked for after the handshake, where TLS 1.3 clients cannot answer',
  severity: 'error',
  effect: 'connect',
  *check({ model }) {
    for (const note of lateRequests(model)) {
      const asking = model.sites.filter((site) => comesLate(note, site) && offersTls13(model, site));
      const [first, ...others] = asking;
      if (!first) continue;
      const demands = note.kind === 'client-certificate-required' ? 'demands' : 'asks for';
      const seen = asking.some((site) => isSure(model, site));
      yield {
        message: note.isAlternative
          ? alternative(note, first)
          : `${note.text} ${demands} a client certificate that the handshake of ${first.label} ${wanted(first)}: with TLS 1.3 browsers get 403 there, with or without one (AH10158), as they do not answer such a request after the handshake. ${remedy(note, first)}.`,
        location: note.location,
        ...(seen && !note.isAlternative ? {} : { severity: 'information', effect: 'advice' }),
        related: others.map(({ location, label }) => ({ location, message: `${label} has it too.` })),
      };
    }
  },
};

function offersTls13(model: ServerModel, site: Site): boolean {
  return tlsEndpoints(model).some(
    ({ site: id, tls }) => id === site.id && knownValue(tls.protocols)?.includes('TLSv1.3') === true,
  );
}

function wanted({ tls }: Site): string {
  return knownValue(tls.clientVerification) === 'off' ? 'does not ask for' : 'asks for, but does not demand';
}

/** A password opens it, and a certificate is never seen (measured). */
function alternative({ text }: ModelNote, site: Site): string {
  const begin =
    knownValue(site.tls.clientVerification) === 'off'
      ? 'Ask for it in the handshake of the whole site, as optional'
      : 'Ask for it in the handshake only';
  return `${text} takes a client certificate or what else it requires (Satisfy Any), and the handshake of ${site.label} ${wanted(site)} one: with TLS 1.3 browsers get in the other way alone, as they do not answer such a request after the handshake. ${begin}, and write "Require ssl-verify-client" here in its place.`;
}

function remedy({ kind, text }: ModelNote, { tls }: Site): string {
  const everywhere = 'Ask for it in the handshake of the whole site, as';
  if (kind === 'client-certificate-from-any') return `${everywhere} optional_no_ca`;
  if (kind !== 'client-certificate-required') return `${everywhere} optional`;
  const begin =
    knownValue(tls.clientVerification) === 'off' ? `${everywhere} optional` : 'Ask for it in the handshake only';
  return `${begin}, and let ${text} refuse requests without one`;
}

/** Beside a snippet another file may set what this one leaves open. */
function isSure({ complete }: ServerModel, { tls }: Site): boolean {
  return complete || [tls.clientVerification, tls.protocols].every(({ origin }) => origin.kind === 'explicit');
}
