import type { Severity } from '../text/finding.ts';
import { shortName } from './chain/node.ts';
import type { CertificateRecord, Inventory, KeyRecord } from './inventory.ts';

/** What only shows when all files are seen together. */
export interface InventoryFinding {
  readonly rule: 'key-readable' | 'key-shared' | 'key-kept' | 'serial-number-reused';
  readonly severity: Severity;
  readonly message: string;
  /** The files concerned, the one to look at first. */
  readonly files: readonly string[];
}

/** Findings over a whole inventory, in a fixed order. */
export function examineInventory(inventory: Inventory): InventoryFinding[] {
  const certificates = distinct(inventory.certificates);
  return [...readableKeys(inventory.keys), ...sharedKeys(certificates), ...reusedSerialNumbers(certificates)];
}

/** The same certificate lies in many files; the first one stands for all. */
function distinct(records: readonly CertificateRecord[]): CertificateRecord[] {
  const seen = new Set<string>();
  return records.filter(({ certificate }) => {
    if (seen.has(certificate.sha256)) return false;
    seen.add(certificate.sha256);
    return true;
  });
}

/** Others may read, or the group may write. Reading by the group is how Debian's ssl-cert shares keys. */
function readableKeys(keys: readonly KeyRecord[]): InventoryFinding[] {
  return keys.flatMap(({ file, mode, encrypted }): InventoryFinding[] => {
    if (mode === undefined || (mode & 0o027) === 0) return [];
    const octal = (mode & 0o777).toString(8).padStart(4, '0');
    const message = `Every user of this machine can read the private key (mode ${octal}). chmod 600 it.`;
    const written = `The group can change the private key (mode ${octal}). chmod 640 it.`;
    const severity = encrypted ? 'information' : 'warning';
    return [{ rule: 'key-readable', severity, message: (mode & 0o007) === 0 ? written : message, files: [file] }];
  });
}

/** One key in certificates for different names, or kept when the certificate was renewed. */
function sharedKeys(records: readonly CertificateRecord[]): InventoryFinding[] {
  return groups(records, ({ certificate }) => certificate.spkiSha256).flatMap((group): InventoryFinding[] => {
    const leaves = group.filter(({ certificate }) => !certificate.isCa);
    const [first, ...others] = leaves;
    if (first === undefined || others.length === 0) return [];
    const names = [...new Set(leaves.map(({ certificate }) => shortName(certificate)))];
    const files = leaves.map(({ file }) => file);
    if (names.length > 1) {
      const message = `${names.map((name) => `“${name}”`).join(', ')} share one private key: who gets it at one place has them all.`;
      return [{ rule: 'key-shared', severity: 'information', message, files }];
    }
    const message = `${leaves.length} certificates of “${names[0]}” have the same private key: it was kept when they were renewed.`;
    return [{ rule: 'key-kept', severity: 'hint', message, files }];
  });
}

/** RFC 5280 section 4.1.2.2: Firefox refuses the second one that it sees. */
function reusedSerialNumbers(records: readonly CertificateRecord[]): InventoryFinding[] {
  return groups(records, ({ certificate }) => `${certificate.issuer}/${certificate.serialNumber}`).map((group) => ({
    rule: 'serial-number-reused',
    severity: 'warning',
    message: `${group.length} different certificates of one issuer have the serial number ${group[0]?.certificate.serialNumber}. Firefox refuses all but the first that it sees.`,
    files: group.map(({ file }) => file),
  }));
}

/** Groups of two or more. */
function groups<T>(members: readonly T[], key: (member: T) => string): T[][] {
  const found = new Map<string, T[]>();
  for (const member of members) {
    const list = found.get(key(member));
    if (list === undefined) found.set(key(member), [member]);
    else list.push(member);
  }
  return [...found.values()].filter((group) => group.length > 1);
}
