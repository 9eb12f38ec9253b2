import { createPrivateKey, X509Certificate } from 'node:crypto';
import { keyTypeOf } from '../keys/keys.ts';
import type { PlannedCertificate } from '../plan/plan.ts';
import { readFile, stat } from '../store/files.ts';
import { readNamedFile } from '../store/named-file.ts';
import { certificateNames, splitChain } from '../store/output.ts';
import type { HistoryEntry } from '../store/store.ts';
import { renewalIdentifier } from './ari.ts';

/** What lies where the plan wants a certificate. */
export interface InventoryItem {
  readonly name: string;
  readonly state: 'missing' | 'unreadable' | 'present';
  /** PEM of the leaf, where there is one. */
  readonly pem: string | undefined;
  readonly names: readonly string[];
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Hex, upper case. */
  readonly serialNumber: string;
  /** RFC 9773 section 4.1; undefined where the certificate names no authority key. */
  readonly ariIdentifier: string | undefined;
  readonly keyType: string | undefined;
  /** False where the key file is missing or belongs to another certificate; true where it may not be read. */
  readonly keyFits: boolean;
  /** Where it was issued, as far as the history knows. */
  readonly directory: string | undefined;
}

const nothing = {
  pem: undefined,
  names: [],
  notBefore: new Date(0),
  notAfter: new Date(0),
  serialNumber: '',
  ariIdentifier: undefined,
  keyType: undefined,
  keyFits: false,
  directory: undefined,
} as const;

/** Reads the output files of one certificate of the plan. */
export async function takeInventory(
  planned: PlannedCertificate,
  history: readonly HistoryEntry[],
): Promise<InventoryItem> {
  const { files } = planned.output;
  const path = files.certificate ?? files.fullchain ?? files.combined;
  const text = path === undefined ? undefined : await readText(path);
  if (text === undefined) return { ...nothing, name: planned.name, state: 'missing' };
  try {
    const [pem = ''] = splitChain(text);
    const certificate = new X509Certificate(pem);
    const issued = history.findLast(
      ({ serialNumber, event }) => event === 'issued' && serialNumber === certificate.serialNumber,
    );
    return {
      name: planned.name,
      state: 'present',
      pem,
      names: certificateNames(certificate),
      notBefore: new Date(certificate.validFrom),
      notAfter: new Date(certificate.validTo),
      serialNumber: certificate.serialNumber,
      ariIdentifier: renewalIdentifier(certificate),
      keyType: keyTypeOf(certificate.publicKey),
      keyFits: planned.csr !== undefined || (await keyFits(certificate, files.key ?? files.combined)),
      directory: issued?.directory,
    };
  } catch {
    return { ...nothing, name: planned.name, state: 'unreadable' };
  }
}

/** PEM of the key that the outputs hold now; undefined where there is none. */
export async function currentKey(planned: PlannedCertificate): Promise<string | undefined> {
  const path = planned.output.files.key ?? planned.output.files.combined;
  const text = path === undefined || (await isSpecial(path)) ? undefined : await readNamedFile(path);
  return text?.match(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----/)?.[0];
}

async function readText(path: string): Promise<string | undefined> {
  return (await isSpecial(path)) ? undefined : await readFile(path, 'utf8').catch(() => undefined);
}

/** A pipe that nobody writes to is waited for without end. */
async function isSpecial(path: string): Promise<boolean> {
  return await stat(path).then(
    (info) => !info.isFile() && !info.isDirectory(),
    () => false,
  );
}

async function keyFits(certificate: X509Certificate, path: string | undefined): Promise<boolean> {
  if (path === undefined || (await isSpecial(path))) return false;
  try {
    return certificate.checkPrivateKey(createPrivateKey(await readFile(path)));
  } catch (error) {
    // Another user's key cannot be judged, which is no reason to replace it.
    return error instanceof Error && 'code' in error && error.code === 'EACCES';
  }
}
