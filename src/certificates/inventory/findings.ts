import { type Severity, severities } from '../../text/finding.ts';
import { bigIntegerOf } from '../asn1/der.ts';
import { readRsaKey } from '../asn1/public-key.ts';
import type { Certificate } from '../certificate.ts';
import { nodeOf, shortName } from '../chain/node.ts';
import { isStructured } from '../container.ts';
import { isAuthority } from '../kinds.ts';
import { publishedKeyOwner } from '../weak-keys/published-keys.ts';
import { findSharedPrimes, searchSharedPrimes } from '../weak-keys/shared-primes.ts';
import type { KeyPlace } from './key-places.ts';
import type { CertificateRecord, Inventory, KeyRecord } from './records.ts';

/** What only shows when all files are seen together. */
export interface InventoryFinding {
  readonly rule:
    | 'certificate-compromised-key'
    | 'certificate-key-mismatch'
    | 'crl-expired'
    | 'key-readable'
    | 'key-tracked'
    | 'key-in-document-root'
    | 'key-shared'
    | 'key-kept'
    | 'key-shared-prime'
    | 'serial-number-reused';
  readonly severity: Severity;
  readonly message: string;
  readonly reference: string;
  /** The files concerned, the one to look at first. */
  readonly files: readonly string[];
}

/** Batch GCD takes about a second for so many keys. */
export const maximumModuli = 1000;

/** Findings over a whole inventory, gravest first. Shared primes need whole certificates, not summaries. */
export function examineInventory(
  { certificates: records, keys: all }: Pick<Inventory, 'certificates' | 'keys'>,
  places: ReadonlyMap<string, KeyPlace> = new Map(),
): InventoryFinding[] {
  const certificates = distinct(records);
  const keys = onePerFile(all);
  const findings = [
    ...publishedKeys(records, all),
    ...misplacedKeys(all),
    ...keysAmongStrangers(records, all),
    ...keys.flatMap((key) => examinePlace(key, places.get(key.file))),
    ...sharedPrimes(certificates),
    ...sharedKeys(certificates),
    ...reusedSerialNumbers(certificates),
  ];
  return gravestFirst(findings);
}

/** What a file may not show is its key in the clear, where it has one. */
function onePerFile(keys: readonly KeyRecord[]): KeyRecord[] {
  const found = new Map<string, KeyRecord>();
  for (const key of keys) {
    const known = found.get(key.file);
    if (known === undefined || (known.encrypted && !key.encrypted)) found.set(key.file, key);
  }
  return [...found.values()];
}

export function gravestFirst(findings: readonly InventoryFinding[]): InventoryFinding[] {
  return [...findings].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** Files of certificates and of keys that belong to none of them; of Secrets it is told which one is wrong. */
function keysAmongStrangers(records: readonly CertificateRecord[], keys: readonly KeyRecord[]): InventoryFinding[] {
  const files = new Map<string, { readonly certificates: CertificateRecord[]; readonly keys: KeyRecord[] }>();
  for (const key of keys) {
    // No server reads both from YAML.
    if (isStructured(key.file)) continue;
    const known = files.get(key.file);
    if (known === undefined) files.set(key.file, { certificates: [], keys: [key] });
    else known.keys.push(key);
  }
  for (const record of records) files.get(record.file)?.certificates.push(record);
  return [...files.values()].flatMap((file) =>
    file.keys.some(({ mismatch }) => mismatch !== undefined) ? [] : strangeKeys(file.certificates, file.keys),
  );
}

/** Keys beside certificates in one file, of which none belongs to any of them. */
export function strangeKeys(
  certificates: readonly CertificateRecord[],
  keys: readonly KeyRecord[],
): InventoryFinding[] {
  const known = keys.filter(({ spkiSha256 }) => spkiSha256 !== undefined);
  const pins = new Set(certificates.map(({ certificate }) => certificate.spkiSha256));
  const [first] = known;
  if (first === undefined || certificates.every(({ certificate }) => isAuthority(certificate))) return [];
  if (known.some(({ spkiSha256 }) => pins.has(spkiSha256 as string))) return [];
  const message = `The file has ${known.length === 1 ? 'a private key that belongs' : 'private keys that belong'} to none of its certificates: a server that reads both from it does not start. Put the key of the certificate there.`;
  const reference = 'X509_check_private_key(3)';
  return [{ rule: 'certificate-key-mismatch', severity: 'warning', message, reference, files: [first.file] }];
}

/** Keys of Kubernetes’ Secrets beside certificates of other keys. */
function misplacedKeys(keys: readonly KeyRecord[]): InventoryFinding[] {
  return keys.flatMap(({ file, mismatch }): InventoryFinding[] => {
    const reference = 'Kubernetes, TLS Secrets';
    return mismatch === undefined
      ? []
      : [{ rule: 'certificate-key-mismatch', severity: 'error', message: mismatch, reference, files: [file] }];
  });
}

/** The same certificate is in many files; the first one stands for all. */
function distinct(records: readonly CertificateRecord[]): CertificateRecord[] {
  const seen = new Set<string>();
  return records.filter(({ certificate }) => {
    if (seen.has(certificate.sha256)) return false;
    seen.add(certificate.sha256);
    return true;
  });
}

function examinePlace({ file, mode, encrypted }: KeyRecord, place: KeyPlace | undefined): InventoryFinding[] {
  const severity = encrypted ? 'information' : 'warning';
  const found: InventoryFinding[] = [];
  const add = (rule: InventoryFinding['rule'], message: string, reference: string, grade: Severity = severity) =>
    found.push({ rule, severity: grade, message, reference, files: [file] });
  // Reading by the group is how Debian's ssl-cert shares keys. git sets the mode of what it tracks, and that is told anyway.
  if (mode !== undefined && (mode & 0o026) !== 0 && place?.closed !== true && place?.tracked !== true) {
    const octal = (mode & 0o777).toString(8).padStart(4, '0');
    const message =
      (mode & 0o006) === 0
        ? `The group can change the private key (mode ${octal}). chmod 640 it.`
        : `Every user of this machine can ${(mode & 0o004) === 0 ? 'change' : 'read'} the private key (mode ${octal}). chmod 600 it.`;
    add('key-readable', message, 'Debian package ssl-cert');
  }
  if (place?.documentRoot !== undefined) {
    const folder = place.documentRoot.slice(place.documentRoot.lastIndexOf('/') + 1);
    const message = `The private key is in “${folder}”, a usual name for a folder that a web server serves: anyone who guesses its URL can download it. Move it out, and replace it if it was ever served.`;
    add('key-in-document-root', message, 'CWE-219');
  }
  if (place?.tracked === true) {
    const message =
      'git tracks the private key: everyone with a copy of the repository has it, and its history keeps it. Make a new key and remove this one with "git rm --cached".';
    add('key-tracked', message, 'CWE-540', isForTests(file) ? 'information' : severity);
  }
  return found;
}

/** Keys of tests and examples are meant to be published. */
function isForTests(file: string): boolean {
  return /(?:^|[/_.-])(?:tests?|testdata|fixtures?|specs?|examples?|samples?|mocks?)(?:[/_.-]|$)/i.test(file);
}

/** Test keys of programs and documents, which find their way into real servers. */
function publishedKeys(records: readonly CertificateRecord[], keys: readonly KeyRecord[]): InventoryFinding[] {
  const used = [
    ...keys.map(({ file, spkiSha256 }) => ({ file, spkiSha256 })),
    ...records.map(({ file, certificate }) => ({ file, spkiSha256: certificate.spkiSha256 })),
  ];
  const known = used.flatMap(({ file, spkiSha256 }) => {
    const owner = spkiSha256 === undefined ? undefined : publishedKeyOwner(spkiSha256);
    return owner === undefined ? [] : [{ file, owner }];
  });
  return [...new Set(known.map(({ owner }) => owner))].map((owner) => {
    const message = `The private key is public: it is the one of ${owner}. Make a new key.`;
    const files = [...new Set(known.flatMap((each) => (each.owner === owner ? [each.file] : [])))];
    return { rule: 'certificate-compromised-key', severity: 'error', message, reference: 'BR 6.1.1.3', files };
  });
}

/** Two keys from one bad source of random numbers: whoever sees both certificates computes both keys. */
function sharedPrimes(records: readonly CertificateRecord[]): InventoryFinding[] {
  const byModulus = moduliOf(records);
  return describeSharedPrimes(findSharedPrimes([...byModulus.keys()]), byModulus);
}

/** The same, with `pause` awaited every few milliseconds. */
export async function sharedPrimesAtLeisure(
  records: readonly CertificateRecord<Certificate>[],
  pause: () => Promise<void>,
): Promise<InventoryFinding[]> {
  const byModulus = moduliOf(distinct(records));
  const search = searchSharedPrimes([...byModulus.keys()]);
  for (;;) {
    const step = search.next();
    if (step.done === true) return describeSharedPrimes(step.value, byModulus);
    await pause();
  }
}

function moduliOf(records: readonly CertificateRecord[]): ReadonlyMap<bigint, CertificateRecord> {
  const byModulus = new Map<bigint, CertificateRecord>();
  for (const record of records) {
    if (byModulus.size >= maximumModuli) break;
    const modulus = modulusOf(record);
    if (modulus !== undefined && !byModulus.has(modulus)) byModulus.set(modulus, record);
  }
  return byModulus;
}

function describeSharedPrimes(
  indices: readonly number[],
  byModulus: ReadonlyMap<bigint, CertificateRecord>,
): InventoryFinding[] {
  const looked = [...byModulus.values()];
  const weak = indices.flatMap((index) => looked[index] ?? []);
  if (weak.length === 0) return [];
  const message = `The RSA keys of ${listOf(weak.map(({ certificate }) => shortName(certificate)))} share a prime: from the certificates alone anyone computes the private keys. Replace them.`;
  const files = [...new Set(weak.map(({ file }) => file))];
  return [
    { rule: 'key-shared-prime', severity: 'error', message, reference: 'Mining your Ps and Qs, USENIX 2012', files },
  ];
}

function modulusOf({ certificate }: CertificateRecord): bigint | undefined {
  if (!certificate.publicKey.algorithm.startsWith('RSA') || (certificate.publicKey.bits ?? 0) < 256) return undefined;
  if (!('der' in certificate) || (certificate.publicKey.bits ?? 0) > 16_384) return undefined;
  const key = readRsaKey(nodeOf(certificate as Certificate).parts.publicKey);
  return key && bigIntegerOf(key.modulus);
}

/** One key in certificates for different names, or kept when the certificate was renewed. */
function sharedKeys(records: readonly CertificateRecord[]): InventoryFinding[] {
  return groups(records, ({ certificate }) => certificate.spkiSha256).flatMap((group): InventoryFinding[] => {
    const leaves = group.filter(({ certificate }) => !certificate.isCa);
    const [first, ...others] = leaves;
    if (first === undefined || others.length === 0) return [];
    const names = [...new Set(leaves.map(({ certificate }) => shortName(certificate)))];
    const files = leaves.map(({ file }) => file);
    const reference = 'NIST SP 800-57 part 1, section 5.3';
    if (names.length > 1) {
      const message = `${listOf(names)} share one private key: who gets it at one place has them all.`;
      return [{ rule: 'key-shared', severity: 'information', message, reference, files }];
    }
    const message = `${leaves.length} certificates of “${names[0]}” have the same private key: it was kept when they were renewed.`;
    return [{ rule: 'key-kept', severity: 'hint', message, reference, files }];
  });
}

/** RFC 5280 section 4.1.2.2: Firefox refuses the second one that it sees. */
function reusedSerialNumbers(records: readonly CertificateRecord[]): InventoryFinding[] {
  return groups(records, ({ certificate }) => `${certificate.issuer}/${certificate.serialNumber}`).flatMap(
    (group): InventoryFinding[] => {
      const [first] = group;
      if (first === undefined) return [];
      const { issuer, serialNumber } = first.certificate;
      const message = `${group.length} different certificates of “${issuer || 'an issuer without a name'}” have the serial number ${serialNumber}. Firefox refuses all but the first that it sees.`;
      const files = group.map(({ file }) => file);
      return [
        { rule: 'serial-number-reused', severity: 'warning', message, reference: 'RFC 5280 section 4.1.2.2', files },
      ];
    },
  );
}

const listedNames = 5;

function listOf(names: readonly string[]): string {
  const shown = names.slice(0, listedNames).map((name) => `“${name}”`);
  return names.length > listedNames ? `${shown.join(', ')} and ${names.length - listedNames} more` : shown.join(', ');
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
