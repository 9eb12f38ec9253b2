import type { Certificate } from '../../certificates/certificate.ts';
import {
  examineInventory,
  gravestFirst,
  type InventoryFinding,
  maximumModuli,
  sharedPrimesAtLeisure,
} from '../../certificates/inventory/findings.ts';
import { placesOf } from '../../certificates/inventory/key-places.ts';
import type { CertificateRecord, Inventory } from '../../certificates/inventory/records.ts';
import { findRevocations } from '../../certificates/inventory/revocations.ts';
import { certificatesIn, readObjects } from '../../certificates/objects.ts';
import type { Revocations } from '../../certificates/revocation.ts';
import { type Host, isUnreadable } from '../../host/host.ts';

/** Milliseconds of work between two pauses. */
const slice = 12;

/** What only shows when all files are seen together. */
export interface WorkspaceFindings {
  /** Gravest first. */
  readonly findings: readonly InventoryFinding[];
  readonly revocations: Revocations;
}

/**
 * What only shows when all files are seen together. Long work is done in slices, so that nothing waits for
 * it; an aborted signal ends it at the next pause.
 * @throws the signal's reason
 */
export async function findInWorkspace(
  inventory: Inventory,
  { files, crypto, clock }: Host,
  signal: AbortSignal,
): Promise<WorkspaceFindings> {
  let started = performance.now();
  const pause = async (): Promise<void> => {
    if (performance.now() - started < slice) return;
    await new Promise((resolve) => setImmediate(resolve));
    signal.throwIfAborted();
    started = performance.now();
  };
  const places = await placesOf(inventory.keys, files);
  signal.throwIfAborted();
  const found = examineInventory(inventory, places);
  const whole = await readRsaCertificates(inventory, { files, crypto }, pause);
  const primes = await sharedPrimesAtLeisure(whole, pause);
  const lists = await findRevocations(inventory, { files, crypto, now: clock.now(), pause });
  return { findings: gravestFirst([...found, ...primes, ...lists.findings]), revocations: lists.revocations };
}

/** The inventory keeps no bytes; moduli come from the files again, of so many keys as are compared. */
async function readRsaCertificates(
  { certificates }: Inventory,
  { files, crypto }: Pick<Host, 'files' | 'crypto'>,
  pause: () => Promise<void>,
): Promise<CertificateRecord<Certificate>[]> {
  const wanted = new Map<string, string>();
  for (const { file, certificate } of certificates) {
    if (wanted.size >= maximumModuli) break;
    const { publicKey, spkiSha256 } = certificate;
    if (publicKey.algorithm.startsWith('RSA') && !wanted.has(spkiSha256)) wanted.set(spkiSha256, file);
  }
  const records: CertificateRecord<Certificate>[] = [];
  for (const file of new Set(wanted.values())) {
    const bytes = await files.read(file);
    await pause();
    if (isUnreadable(bytes)) continue;
    for (const [index, certificate] of certificatesIn(readObjects(bytes, crypto)).entries()) {
      if (wanted.get(certificate.spkiSha256) === file) records.push({ file, index, certificate, keyFile: undefined });
    }
  }
  return records;
}
