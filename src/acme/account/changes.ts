import { clientFor, contactUrl, findAccount, type Session } from '../client/issuer-client.ts';
import { AcmeProblem, isAcmeError } from '../client/problem.ts';
import { createPrivateKeyPem, toPkcs8 } from '../keys/keys.ts';
import type { IssuanceContext } from '../order/steps.ts';
import type { AcmeIssuer } from '../plan/plan.ts';
import { readIfThere, writeAtomic } from '../store/atomic.ts';
import { removeFile, rename } from '../store/files.ts';
import { type AccountRecord, accountFolder, type Store } from '../store/store.ts';

/** Tells the CA the contact addresses that the plan names now (RFC 8555 section 7.3.2). */
export async function updateContact({ client }: Session, issuer: AcmeIssuer, store: Store): Promise<void> {
  await client.post(accountUrlOf(client.accountUrl), { contact: issuer.contact.map(contactUrl) });
  await changeRecord(store, issuer, { contact: issuer.contact });
}

/**
 * Gives the account a new key (RFC 8555 section 7.3.5). The new key is on disk before the CA hears of it, the old one until the CA
 * has agreed: killed between, `settleRollover` finds out which one holds.
 */
export async function rollOver(
  { client }: Session,
  issuer: AcmeIssuer,
  store: Store,
  context: IssuanceContext,
): Promise<void> {
  const folder = accountFolder(store, issuer);
  const { keyChange } = await client.directory();
  if (keyChange === undefined)
    throw new AcmeProblem(
      'not-offered',
      `Issuer ${issuer.name} offers no change of account keys. Deactivate the account and make a new one instead.`,
    );
  const key = await createPrivateKeyPem('ecdsa-p256');
  await writeAtomic(`${folder}/account.new.key`, key, 0o600);
  const next = await clientFor(issuer, key, context);
  const account = accountUrlOf(client.accountUrl);
  const inner = await next.sign(keyChange, { account, oldKey: await client.publicJwk() });
  next.close();
  await client.post(keyChange, inner);
  await rename(`${folder}/account.new.key`, `${folder}/account.key`);
}

/** After a rollover that was killed: the key that the CA knows becomes the account's key. */
export async function settleRollover(issuer: AcmeIssuer, store: Store, context: IssuanceContext): Promise<void> {
  const folder = accountFolder(store, issuer);
  const path = `${folder}/account.new.key`;
  const key = await readIfThere(path);
  if (key === undefined) return;
  if ((await findAccount(issuer, key, context)) === undefined) await removeFile(path);
  else await rename(path, `${folder}/account.key`);
}

/** Ends the account for good (RFC 8555 section 7.3.6). Its key is kept under another name, for revocations to come. */
export async function deactivate({ client }: Session, issuer: AcmeIssuer, store: Store, now: Date): Promise<void> {
  await client.post(accountUrlOf(client.accountUrl), { status: 'deactivated' }).catch((error: unknown) => {
    // Its own answer to a second call, after the first one was killed, or where the CA has forgotten the account.
    if (!isAcmeError(error, 'unauthorized') && !isAcmeError(error, 'accountDoesNotExist')) throw error;
  });
  await changeRecord(store, issuer, { status: 'deactivated' });
  await setAside(issuer, store, now);
}

/** Makes room for a new account where the old one is deactivated; does nothing twice. */
export async function setAside(issuer: AcmeIssuer, store: Store, now: Date): Promise<void> {
  const account = `${accountFolder(store, issuer)}/account`;
  const record = await store.readJson<AccountRecord>(`${account}.json`);
  if (record?.status !== 'deactivated') return;
  const stamp = now.toISOString().replace(/[:.]/g, '-');
  if ((await readIfThere(`${account}.key`)) !== undefined)
    await rename(`${account}.key`, `${account}.${stamp}.deactivated.key`);
  await rename(`${account}.json`, `${account}.${stamp}.deactivated.json`);
}

/**
 * Takes over an account that another client made.
 * @param key PEM of its private key
 * @throws AcmeProblem where the CA does not know it, or another account is in use already
 */
export async function adoptAccount(
  issuer: AcmeIssuer,
  key: string,
  store: Store,
  context: IssuanceContext,
): Promise<string> {
  const folder = accountFolder(store, issuer);
  const pkcs8 = toPkcs8(key);
  const used = await readIfThere(`${folder}/account.key`);
  if (used !== undefined && used !== pkcs8) {
    throw new AcmeProblem(
      'account-exists',
      `Issuer ${issuer.name} has an account here already (${folder}). Deactivate it first, or move its folder away.`,
    );
  }
  const url = await findAccount(issuer, pkcs8, context);
  if (url === undefined) {
    throw new AcmeProblem(
      'accountDoesNotExist',
      `${issuer.directory} knows no account with this key. Check that it belongs to issuer ${issuer.name}.`,
    );
  }
  const record: AccountRecord = {
    directory: issuer.directory,
    url,
    contact: issuer.contact,
    eabKid: issuer.eab?.kid,
    created: context.now().toISOString(),
    status: 'valid',
  };
  await writeAtomic(`${folder}/account.key`, pkcs8, 0o600);
  await store.writeJson(`${folder}/account.json`, record);
  return url;
}

async function changeRecord(store: Store, issuer: AcmeIssuer, change: Partial<AccountRecord>): Promise<void> {
  const path = `${accountFolder(store, issuer)}/account.json`;
  const record = await store.readJson<AccountRecord>(path);
  if (record !== undefined) await store.writeJson(path, { ...record, ...change });
}

function accountUrlOf(url: string | undefined): string {
  if (url === undefined)
    throw new AcmeProblem('internal', 'The account has no URL. Run "tls-workbench account create" first.');
  return url;
}
