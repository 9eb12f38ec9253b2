import type { ModelNote, ServerModel, Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';

/** How much a handshake asks of its client. */
const strengths: Readonly<Record<string, number>> = { off: 0, optional: 1, 'optional-no-ca': 1, required: 2 };

const needs: Readonly<Record<string, number>> = {
  'client-certificate-required': 2,
  'client-certificate-optional': 1,
  'client-certificate-from-any': 1,
};

/** Parts of a model's sites that ask for client certificates themselves, once the request is read. */
export function lateRequests({ notes }: ServerModel): readonly ModelNote[] {
  return notes.filter(({ kind }) => needs[kind] !== undefined);
}

/** The part is the site's, or every site's, and the site's handshake is known to ask for less. */
export function comesLate({ kind, site }: ModelNote, { id, tls }: Site): boolean {
  if (site !== null && site !== id) return false;
  const mode = knownValue(tls.clientVerification);
  return mode !== undefined && (strengths[mode] ?? 2) < (needs[kind] ?? 0);
}
