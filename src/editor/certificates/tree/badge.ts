import type { InventoryFinding } from '../../../certificates/inventory/findings.ts';
import { type FoundCertificate, needsAttention, plural } from './model.ts';

/** True where something breaks or is given away, not only remarkable. */
export function isGrave({ severity }: InventoryFinding): boolean {
  return severity === 'error' || severity === 'warning';
}

/** What somebody should look at, counted; undefined where there is nothing. */
export function badgeOf(
  certificates: readonly FoundCertificate[],
  findings: readonly InventoryFinding[],
  now: Date,
): { readonly value: number; readonly tooltip: string } | undefined {
  const ending = certificates.filter((certificate) => needsAttention(certificate, now)).length;
  const grave = findings.filter(isGrave).length;
  if (ending + grave === 0) return undefined;
  const parts = [
    ...(ending === 0 ? [] : [`${plural(ending, 'certificate')} expired or overdue for renewal`]),
    ...(grave === 0 ? [] : [`${plural(grave, 'finding')} about keys and certificates`]),
  ];
  return { value: ending + grave, tooltip: parts.join(', ') };
}
