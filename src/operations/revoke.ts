import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { openSession } from '../acme/account/account.ts';
import type { AcmeClient } from '../acme/client/client.ts';
import { clientFor } from '../acme/client/issuer-client.ts';
import { AcmeProblem, isAcmeError } from '../acme/client/problem.ts';
import { toPkcs8 } from '../acme/keys/keys.ts';
import { nothingTakenBack } from '../acme/local/nothing-taken-back.ts';
import type { IssuanceContext } from '../acme/order/steps.ts';
import type { AcmeIssuer, Plan } from '../acme/plan/plan.ts';
import { findPreset } from '../acme/plan/presets.ts';
import { currentKey } from '../acme/renewal/placed.ts';
import { readCertificates } from '../acme/store/any-container.ts';
import { errorCode, unread } from '../acme/store/atomic.ts';
import { appendHistory, type HistoryEntry, readHistory } from '../acme/store/history.ts';
import { splitChain } from '../acme/store/output.ts';
import { openStore } from '../acme/store/store.ts';
import { acmeIssuer } from './account.ts';
import { selectCertificates } from './issue.ts';

/** Reasons that subscribers may give (RFC 5280 section 5.3.1). */
export const revocationReasons = {
  unspecified: 0,
  keyCompromise: 1,
  affiliationChanged: 3,
  superseded: 4,
  cessationOfOperation: 5,
} as const;
export type RevocationReason = keyof typeof revocationReasons;

export interface RevokeOptions extends IssuanceContext {
  readonly state: string;
  readonly reason: RevocationReason;
  /** Sign by the certificate's own key, where the account is lost; the CA may then take it for compromised. */
  readonly byCertificateKey: boolean;
  /** File of the certificate to revoke instead of the one that the plan's outputs hold: an older one. */
  readonly file: string | undefined;
  readonly dryRun: boolean;
}

export interface Revocation {
  readonly name: string;
  readonly serialNumber: string;
  readonly directory: string;
  /** True where the CA had revoked it before. */
  readonly wasRevoked: boolean;
}

/** Has the CA withdraw a certificate (RFC 8555 section 7.6). @throws AcmeProblem */
export async function revokeCertificate(plan: Plan, name: string, options: RevokeOptions): Promise<Revocation> {
  const [planned] = selectCertificates(plan, [name]);
  if (planned === undefined)
    throw new AcmeProblem('unknown-certificate', `There is no certificate "${name}" in the plan.`);
  const { certificate, fullchain, combined } = planned.output.files;
  const file = options.file ?? certificate ?? fullchain ?? combined ?? '';
  const notRevocable = (issuer: string) =>
    new AcmeProblem('not-revocable', `${name} is of "${issuer}", and ${nothingTakenBack}`);
  if (plan.issuers.get(planned.issuer)?.type === 'local') throw notRevocable(planned.issuer);
  const leaf = await readLeaf(file);
  const store = await openStore(options.state);
  const history = await readHistory(store);
  const known = history.findLast(({ serialNumber }) => serialNumber === leaf.serialNumber);
  if (known?.directory === 'local') throw notRevocable('local');
  const issuer = issuerOf(plan, acmeIssuer(plan, planned.issuer), known?.directory);
  if (issuer === undefined) {
    throw new AcmeProblem(
      'other-issuer',
      `${file} was issued by ${known?.directory}, which is no issuer of the plan. Add that CA to its issuers to revoke it.`,
    );
  }
  checkReason(issuer, options.reason);
  const result = { name, serialNumber: leaf.serialNumber, directory: issuer.directory };
  if (options.dryRun) return { ...result, wasRevoked: false };
  const client = options.byCertificateKey
    ? await keyClient(issuer, leaf, await currentKey(planned), file, options)
    : (await openSession(issuer, store, options)).client;
  try {
    const wasRevoked = await revoke(client, issuer, leaf, options);
    const isNoted = (entry: HistoryEntry) =>
      entry.serialNumber === leaf.serialNumber &&
      entry.event === 'revoked' &&
      (entry.compromisedKey !== undefined || options.reason !== 'keyCompromise');
    if (history.some(isNoted)) return { ...result, wasRevoked };
    await appendHistory(store, {
      time: options.now().toISOString(),
      certificate: name,
      plan: plan.file,
      directory: issuer.directory,
      names: planned.identifiers.map(({ value }) => value),
      event: 'revoked',
      serialNumber: leaf.serialNumber,
      ...(options.reason === 'keyCompromise' && {
        compromisedKey: leaf.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
      }),
    });
    return { ...result, wasRevoked };
  } finally {
    client.close();
  }
}

/** Who issued it, as far as the history knows: another issuer of the plan may have stood in. */
function issuerOf(plan: Plan, wanted: AcmeIssuer, directory = wanted.directory): AcmeIssuer | undefined {
  const all = [wanted, ...[...plan.issuers.values()].filter((each) => each.type === 'acme')];
  return all.find((each) => each.directory === directory);
}

async function revoke(
  client: AcmeClient,
  issuer: AcmeIssuer,
  leaf: X509Certificate,
  options: RevokeOptions,
): Promise<boolean> {
  const { revokeCert } = await client.directory();
  if (revokeCert === undefined)
    throw new AcmeProblem('not-offered', `Issuer ${issuer.name} offers no revocation over ACME. Use its own web site.`);
  const reason = revocationReasons[options.reason];
  const payload = { certificate: leaf.raw.toString('base64url'), ...(reason === 0 ? {} : { reason }) };
  try {
    await client.post(revokeCert, payload, { useKey: options.byCertificateKey });
    return false;
  } catch (error) {
    if (isAcmeError(error, 'alreadyRevoked')) return true;
    if (!isAcmeError(error, 'unauthorized') || options.byCertificateKey) throw error;
    const next =
      'Where the account that got it is lost, "tls-workbench revoke --by-key" signs by the certificate’s own key.';
    throw new AcmeProblem(error.type, `${error.detail} ${next}`, { cause: error, status: error.status ?? 403 });
  }
}

function checkReason(issuer: AcmeIssuer, reason: RevocationReason): void {
  const preset = findPreset(issuer.directory);
  const taken = preset?.revocationReasons;
  if (taken === undefined || taken.includes(revocationReasons[reason])) return;
  const names = Object.entries(revocationReasons)
    .filter(([, code]) => taken.includes(code))
    .map(([name]) => name);
  throw new AcmeProblem(
    'bad-reason',
    `${preset?.title} does not take the reason ${reason}. Use one of ${names.join(', ')}.`,
  );
}

async function readLeaf(file: string): Promise<X509Certificate> {
  try {
    const { pem = '' } = await readCertificates(await readFile(file));
    const certificates = splitChain(pem).map((each) => new X509Certificate(each));
    return certificates.find(({ ca }) => !ca) ?? (certificates[0] as X509Certificate);
  } catch (error) {
    const code = errorCode(error) ?? '';
    if (['EACCES', 'EPERM'].includes(code)) throw unread(file, error);
    const what = code === 'ENOENT' ? 'does not exist' : 'holds no certificate that can be read';
    const message = `${file} ${what}. Name the one to revoke with --certificate FILE.`;
    throw new AcmeProblem('unreadable', message, { cause: error });
  }
}

async function keyClient(
  issuer: AcmeIssuer,
  leaf: X509Certificate,
  key: string | undefined,
  file: string,
  options: RevokeOptions,
): Promise<AcmeClient> {
  const own = key === undefined ? undefined : readKey(key, file);
  if (key === undefined || own === undefined || !leaf.checkPrivateKey(own)) {
    throw new AcmeProblem('key-mismatch', `The private key of ${file} is not here. Revoke by the account instead.`);
  }
  return await clientFor(issuer, toPkcs8(key), options);
}

function readKey(pem: string, file: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (error) {
    const message = `The private key of ${file} cannot be read here. Remove its passphrase, or revoke by the account instead.`;
    throw new AcmeProblem('key-unreadable', message, { cause: error });
  }
}
