import type { Certificate } from '../certificate.ts';
import { createEffort } from '../chain/paths.ts';
import { lintInPool, type PoolOptions } from '../lint/content.ts';
import type { CertificateFinding } from '../lint/lint.ts';
import type { Inventory } from './records.ts';

/** Findings about single certificates, by their SHA-256; an entry for each certificate, even where nothing is found. */
export type InventoryLint = ReadonlyMap<string, readonly CertificateFinding[]>;

/**
 * Lints every certificate of an inventory once, however many files hold it. Issuers are looked for among all CA
 * certificates of the inventory and the trust stores; all searches share one effort.
 */
export function lintInventory(
  { certificates }: Pick<Inventory<Certificate>, 'certificates'>,
  options: PoolOptions,
): InventoryLint {
  const distinct = new Map(certificates.map(({ certificate }) => [certificate.sha256, certificate]));
  const authorities = [...distinct.values()].filter(({ isCa }) => isCa);
  const shared = { ...options, effort: createEffort(options, distinct.size) };
  const found = new Map<string, readonly CertificateFinding[]>();
  for (const [sha256, certificate] of distinct) found.set(sha256, lintInPool(certificate, authorities, shared));
  return found;
}
