import type { ModelNote, ServerModel, Site } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { Report, Rule } from './rule.ts';
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
      if (!first || (note.alternative === 'anybody' && note.kind !== 'client-certificate-required')) continue;
      yield {
        message: `${what(note, first, model)}. ${note.alternative ? instead(note, first) : remedy(note, first)}.`,
        location: note.location,
        ...weight(
          note,
          model,
          asking.some((site) => isSure(model, site)),
        ),
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

function weight(
  { alternative }: ModelNote,
  { complete }: ServerModel,
  seen: boolean,
): Pick<Report, 'severity' | 'effect'> {
  if (alternative === 'anybody' && complete) return { severity: 'warning', effect: 'security' };
  return seen && !alternative ? {} : { severity: 'information', effect: 'advice' };
}

function what({ kind, text, alternative }: ModelNote, site: Site, { complete }: ServerModel): string {
  const unanswered = 'as they do not answer such a request after the handshake';
  if (alternative === 'required') {
    return `${text} takes a client certificate or what else it requires (Satisfy Any), and the handshake of ${site.label} ${wanted(site)} one: with TLS 1.3 browsers get in the other way alone, ${unanswered}`;
  }
  const demands = kind === 'client-certificate-required' ? 'demands' : 'asks for';
  const asked = `${text} ${demands} a client certificate that the handshake of ${site.label} ${wanted(site)}: with TLS 1.3`;
  return alternative === 'anybody'
    ? `${asked} everybody gets in without one${complete ? '' : ', unless another file refuses them'}, as Satisfy Any takes what Require lets in as well, and nothing is required here`
    : `${asked} browsers get 403 there, with or without one (AH10158), ${unanswered}`;
}

function instead({ refusesOthers }: ModelNote, site: Site): string {
  return `${begin(site)}, and write "Require ssl-verify-client" here in place of the line that asks for it${refusesOthers ? '' : ' and of Satisfy Any'}`;
}

function begin({ tls }: Site): string {
  return knownValue(tls.clientVerification) === 'off'
    ? 'Ask for it in the handshake of the whole site, as optional'
    : 'Ask for it in the handshake only';
}

function remedy(note: ModelNote, site: Site): string {
  if (note.kind === 'client-certificate-required') {
    return `${begin(site)}, and let ${note.text} refuse requests without one`;
  }
  const mode = note.kind === 'client-certificate-from-any' ? 'optional_no_ca' : 'optional';
  return `Ask for it in the handshake of the whole site, as ${mode}`;
}

/** Beside a snippet another file may set what this one leaves open. */
function isSure({ complete }: ServerModel, { tls }: Site): boolean {
  return complete || [tls.clientVerification, tls.protocols].every(({ origin }) => origin.kind === 'explicit');
}
