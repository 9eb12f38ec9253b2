import { createPrivateKey, X509Certificate } from 'node:crypto';
import { keyTypeOf } from '../keys/keys.ts';
import { requestedKey } from '../keys/own-request.ts';
import type { Wishes } from '../order/wishes.ts';
import type { PlannedCertificate } from '../plan/plan.ts';
import { readFile } from '../store/files.ts';
import type { HistoryEntry } from '../store/history.ts';
import { certificateNames, splitChain } from '../store/output.ts';
import { renewalIdentifier } from './ari.ts';
import { firstLacking } from './complete.ts';
import { isSpecial, readPlaced } from './placed.ts';

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
  /** False where the key file, or the user's own request, is missing or by another key; true where it may not be read. */
  readonly keyFits: boolean;
  /** Where it was issued, as far as the history knows. */
  readonly directory: string | undefined;
  /** The names that were asked for then: some CAs add others. */
  readonly asked: readonly string[] | undefined;
  /** What else was asked for then, as far as the history knows. */
  readonly wishes: Wishes | undefined;
  /** Whether it took another one's place, as far as the history knows. */
  readonly isRenewal: boolean;
  /** When it was revoked, as far as the history knows. */
  readonly revoked: Date | undefined;
  /** The first file of the plan that is not there and that the others do not hold; see `completeOutput`. */
  readonly lacking: string | undefined;
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
  asked: undefined,
  wishes: undefined,
  isRenewal: false,
  revoked: undefined,
  lacking: undefined,
} as const;

/** Reads the output files of one certificate of the plan. */
export async function takeInventory(
  planned: PlannedCertificate,
  history: readonly HistoryEntry[],
): Promise<InventoryItem> {
  const { files } = planned.output;
  const text = await firstText([files.certificate, files.fullchain, files.combined]);
  if (text === undefined) return { ...nothing, name: planned.name, state: 'missing' };
  try {
    const [pem = ''] = splitChain(text);
    const certificate = new X509Certificate(pem);
    const last = (wanted: HistoryEntry['event']) =>
      history.findLast(({ serialNumber, event }) => event === wanted && serialNumber === certificate.serialNumber);
    const [issued, revoked] = [last('issued'), last('revoked')];
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
      keyFits: await (planned.csr === undefined
        ? keyFits(certificate, files.key ?? files.combined)
        : requestFits(certificate, planned.csr)),
      directory: issued?.directory,
      asked: issued?.names,
      wishes: issued?.wishes,
      isRenewal: issued?.replaces === true,
      revoked: revoked === undefined ? undefined : new Date(revoked.time),
      lacking: await firstLacking(planned, pem),
    };
  } catch {
    return { ...nothing, name: planned.name, state: 'unreadable' };
  }
}

async function firstText(paths: readonly (string | undefined)[]): Promise<string | undefined> {
  for (const path of paths) {
    const text = path === undefined ? undefined : await readPlaced(path);
    if (text !== undefined) return text;
  }
  return undefined;
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

async function requestFits(certificate: X509Certificate, path: string): Promise<boolean> {
  // What is wrong with a request is told before an order, and no reason for one.
  return (await requestedKey(path))?.equals(certificate.publicKey) !== false;
}
