import { createPrivateKey, X509Certificate } from 'node:crypto';
import { keyTypeOf } from '../keys/keys.ts';
import { requestedKey } from '../keys/own-request.ts';
import type { Wishes } from '../order/wishes.ts';
import type { OutputPlan, PlannedCertificate } from '../plan/plan.ts';
import { errorCode } from '../store/atomic.ts';
import { readFile } from '../store/files.ts';
import type { HistoryEntry } from '../store/history.ts';
import { certificateNames } from '../store/output.ts';
import { renewalIdentifier } from './ari.ts';
import { firstLacking, placedLeaves } from './complete.ts';
import { isSpecial } from './placed.ts';

/** What lies where the plan wants a certificate. */
export interface InventoryItem {
  readonly name: string;
  readonly state: 'missing' | 'closed' | 'unreadable' | 'present';
  /** The file that it is in, or that should hold it and does not. */
  readonly file: string | undefined;
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
  file: undefined,
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
  const placed = await placedLeaves(planned.output);
  if (placed.length === 0) {
    const file = await closedFile(planned.output);
    return { ...nothing, name: planned.name, state: file === undefined ? 'missing' : 'closed', file };
  }
  const found = await certificateInPlace(planned, placed);
  if (found === undefined) return { ...nothing, name: planned.name, state: 'unreadable', file: placed[0]?.path };
  const { pem, certificate, path: file } = found;
  try {
    const last = (wanted: HistoryEntry['event']) =>
      history.findLast(({ serialNumber, event }) => event === wanted && serialNumber === certificate.serialNumber);
    const [issued, revoked] = [last('issued'), last('revoked')];
    return {
      name: planned.name,
      state: 'present',
      file,
      pem,
      names: certificateNames(certificate),
      notBefore: new Date(certificate.validFrom),
      notAfter: new Date(certificate.validTo),
      serialNumber: certificate.serialNumber,
      ariIdentifier: renewalIdentifier(certificate),
      keyType: keyTypeOf(certificate.publicKey),
      keyFits: found.keyFits,
      directory: issued?.directory,
      asked: issued?.names,
      wishes: issued?.wishes,
      isRenewal: issued?.replaces === true,
      revoked: revoked === undefined ? undefined : new Date(revoked.time),
      lacking: await firstLacking(planned, pem),
    };
  } catch {
    return { ...nothing, name: planned.name, state: 'unreadable', file };
  }
}

/** The first file for the certificate that this user may not read, such as one below certbot's folder, which is root's. */
async function closedFile({ files }: OutputPlan): Promise<string | undefined> {
  for (const path of [files.certificate, files.fullchain, files.combined]) {
    if (path === undefined || (await isSpecial(path))) continue;
    const code = await readFile(path).then(() => undefined, errorCode);
    if (code === 'EACCES') return path;
  }
  return undefined;
}

/** Where the files hold several, as after a backup was put back over some of them: the newest of those that have the key. */
async function certificateInPlace(planned: PlannedCertificate, placed: Awaited<ReturnType<typeof placedLeaves>>) {
  const { key, combined } = planned.output.files;
  const found: { path: string; pem: string; certificate: X509Certificate; keyFits: boolean }[] = [];
  for (const { path, pem } of placed) {
    const certificate = decoded(pem);
    if (certificate === undefined) continue;
    const fits =
      planned.csr === undefined ? keyFits(certificate, key ?? combined) : requestFits(certificate, planned.csr);
    found.push({ path, pem, certificate, keyFits: await fits });
  }
  const since = ({ certificate }: { readonly certificate: X509Certificate }): number =>
    Date.parse(certificate.validFrom);
  return found.sort((a, b) => Number(b.keyFits) - Number(a.keyFits) || since(b) - since(a))[0];
}

function decoded(pem: string): X509Certificate | undefined {
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
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
