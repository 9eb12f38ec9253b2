import { splitName } from '../../../certificates/asn1/name-text.ts';
import type { Certificate } from '../../../certificates/certificate.ts';
import { urgencyOf } from '../../../certificates/status.ts';
import type { Level } from '../../../protocol/inspection.ts';
import type { Severity } from '../../../text/finding.ts';

const urgencyLevels: Readonly<Record<ReturnType<typeof urgencyOf>, Level>> = {
  expired: 'error',
  critical: 'warning',
  soon: 'warning',
  good: 'good',
  'not-yet-valid': 'error',
  unknown: 'warning',
};

export function levelOf(certificate: Certificate, now: Date): Level {
  return urgencyLevels[urgencyOf(certificate, now)];
}

/** What a lint says of a certificate that is not valid now; it begins with the status, and says what to do besides. */
export function findValidity<Finding extends { readonly rule: string }>(
  findings: readonly Finding[],
): Finding | undefined {
  return findings.find(({ rule }) => rule === 'certificate-expired' || rule === 'certificate-not-yet-valid');
}

export const levelOfSeverity: Readonly<Record<Severity, Level>> = {
  error: 'error',
  warning: 'warning',
  information: 'information',
  hint: 'information',
};

/** `Test Root (Example)`: common name and organisation, or whatever there is. */
export function nameInShort(name: string): string {
  const parts = splitName(name);
  const find = (type: string) => parts.find(([each]) => each === type)?.[1];
  const [common, organisation] = [find('CN'), find('O')];
  if (common !== undefined && organisation !== undefined && organisation !== common)
    return `${common} (${organisation})`;
  return common ?? organisation ?? (name === '' ? 'nobody: the name is empty' : name);
}
