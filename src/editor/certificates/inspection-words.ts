import type { Certificate, PublicKey } from '../../certificates/certificate.ts';
import { urgencyOf } from '../../certificates/status.ts';
import type { Level } from '../../protocol/inspection.ts';

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

export function describeKey({ algorithm, bits, curve }: PublicKey): string {
  if (curve !== undefined) return `${algorithm} ${curve}`;
  return bits === undefined || /\d/.test(algorithm) ? algorithm : `${algorithm} ${bits} bits`;
}
