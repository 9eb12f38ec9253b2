import type { Certificate } from './certificate.ts';
import { shortName } from './chain/node.ts';
import { certificateFields, keyFields } from './inspect.ts';
import type { Inventory } from './inventory.ts';
import { daysLeft, urgencyOf } from './status.ts';

/** What `certificates --format json` prints; field names are a contract. */
export interface InventoryReport {
  readonly certificates: readonly Readonly<Record<string, unknown>>[];
  readonly keys: readonly Readonly<Record<string, unknown>>[];
  readonly unreadable: readonly { readonly file: string; readonly reason: string }[];
}

/** @param name how a file is written, such as relative to the working folder */
export function inventoryReport(
  inventory: Inventory<Certificate>,
  now: Date,
  name: (file: string) => string = (file) => file,
): InventoryReport {
  return {
    certificates: inventory.certificates.map(({ file, index, certificate, keyFile }) => ({
      file: name(file),
      index,
      ...certificateFields(certificate, now),
      keyFile: keyFile === undefined ? null : name(keyFile),
    })),
    keys: inventory.keys.map(({ file, format, publicKey, encrypted, spkiSha256 }) => ({
      file: name(file),
      format,
      publicKey: publicKey === undefined ? null : keyFields(publicKey),
      encrypted,
      spkiSha256: spkiSha256 ?? null,
    })),
    unreadable: inventory.unreadable.map(({ file, reason }) => ({ file: name(file), reason })),
  };
}

/** The inventory as lines: what expires first comes first. */
export function describeInventory(
  inventory: Inventory,
  now: Date,
  name: (file: string) => string = (file) => file,
): string {
  const lines = [...inventory.certificates]
    .sort((a, b) => a.certificate.notAfter.getTime() - b.certificate.notAfter.getTime())
    .map(({ file, certificate, keyFile }) => {
      const left = daysLeft(certificate, now);
      const days = Number.isNaN(left) ? '?' : String(left);
      const key = keyFile === undefined ? '' : `  key ${name(keyFile)}`;
      const kind = certificate.isCa ? ' (CA)' : '';
      return `${days.padStart(6)} d  ${urgencyWords[urgencyOf(certificate, now)].padEnd(8)}  ${shortName(certificate)}${kind}  ${name(file)}${key}`;
    });
  const counted = [count(inventory.certificates.length, 'certificate'), count(inventory.keys.length, 'private key')];
  const unreadable = inventory.unreadable.map(({ file, reason }) => `        cannot read ${name(file)}: ${reason}`);
  return `${[...lines, ...unreadable, `${counted.join(', ')}, ${count(inventory.files, 'file')} looked at.`].join('\n')}\n`;
}

const urgencyWords = {
  expired: 'expired',
  critical: 'urgent',
  soon: 'soon',
  good: 'good',
  'not-yet-valid': 'not yet',
  unknown: 'unknown',
} as const;

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
