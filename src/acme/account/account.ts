import { createPrivateKey } from 'node:crypto';
import { basename } from 'node:path';
import type { AcmeClient } from '../client/client.ts';
import { clientFor, contactUrl, type Session } from '../client/issuer-client.ts';
import { AcmeProblem, isAcmeError } from '../client/problem.ts';
import { createPrivateKeyPem } from '../keys/keys.ts';
import type { IssuanceContext } from '../order/steps.ts';
import type { AcmeIssuer } from '../plan/plan.ts';
import { privateFolder, readIfThere, sweepTemporaries, writeAtomic } from '../store/atomic.ts';
import type { Lock } from '../store/lock.ts';
import { readNamedFile } from '../store/named-file.ts';
import { type AccountRecord, accountFolder, type Store } from '../store/store.ts';
import { setAside, settleRollover } from './changes.ts';
import { bindAccount } from './external-account.ts';

/**
 * Opens the issuer's account, making key and account where there is none. The key is on disk before the CA hears of it.
 * @throws AcmeProblem
 */
export async function openSession(issuer: AcmeIssuer, store: Store, context: IssuanceContext): Promise<Session> {
  const folder = accountFolder(store, issuer);
  await privateFolder(folder);
  const recordFile = `${folder}/account.json`;
  const record = await store.readJson<AccountRecord>(recordFile);
  const keyFile = `${folder}/account.key`;
  const key = await readIfThere(keyFile);
  const isSettled = (await readIfThere(`${folder}/account.new.key`)) === undefined;
  if (record?.url !== undefined && key !== undefined && record.status === 'valid' && isSettled) {
    return { client: await clientFor(issuer, readableKey(key, keyFile), context, record.url), isNew: false };
  }
  const lock = await lockAccount(issuer, store, context);
  try {
    await sweepTemporaries(folder);
    await setAside(issuer, store, context.now());
    await settleRollover(issuer, store, context);
    const kept = await readIfThere(keyFile);
    // Without its key an account is lost: the CA would take nothing that another key signs.
    const written = kept === undefined ? undefined : await store.readJson<AccountRecord>(recordFile);
    if (kept === undefined && record?.status === 'valid') {
      const message = `The key of account ${record.url} is gone (${keyFile}), so a new account is made.`;
      context.onStep({ kind: 'warning', certificate: '', message });
    }
    const accountKey = kept === undefined ? await newKey(keyFile) : readableKey(kept, keyFile);
    const client = await clientFor(issuer, accountKey, context, written?.url);
    if (written?.url !== undefined && written.status === 'valid') return { client, isNew: false };
    await register(client, issuer, context);
    const account: AccountRecord = {
      directory: issuer.directory,
      url: client.accountUrl,
      contact: issuer.contact,
      eabKid: issuer.eab?.kid,
      created: context.now().toISOString(),
      status: 'valid',
    };
    await store.writeJson(recordFile, account);
    return { client, isNew: true };
  } finally {
    await lock.release();
  }
}

/** Whoever makes or changes an account has it alone. */
export async function lockAccount(issuer: AcmeIssuer, store: Store, context: IssuanceContext): Promise<Lock> {
  const name = basename(accountFolder(store, issuer));
  return await store.lock(`account-${name}`, `The account at ${issuer.directory}`, 60_000, context.signal);
}

async function register(client: AcmeClient, issuer: AcmeIssuer, context: IssuanceContext): Promise<void> {
  const directory = await client.directory();
  if (directory.termsOfService !== undefined && !issuer.agreeToTerms) {
    throw new AcmeProblem(
      'terms-not-agreed',
      `Issuer ${issuer.name} has terms of service (${directory.termsOfService}). Read them and set agreeToTerms: true in the plan.`,
    );
  }
  const payload = {
    ...(issuer.agreeToTerms ? { termsOfServiceAgreed: true } : {}),
    ...(issuer.contact.length === 0 ? {} : { contact: issuer.contact.map(contactUrl) }),
    ...(await externalAccount(client, issuer, context, directory.externalAccountRequired)),
  };
  const response = await client.post(directory.newAccount, payload, { useKey: true }).catch(async (error: unknown) => {
    const isRefusal = isAcmeError(error, 'unauthorized') || isAcmeError(error, 'malformed');
    if (issuer.eab === undefined || !isRefusal) throw error;
    await context.hooks.eabRefused?.(issuer.name, issuer.eab.kid);
    throw eabRefused(issuer, error);
  });
  if (response.location === undefined) {
    throw new AcmeProblem(
      'unexpected-answer',
      `Issuer ${issuer.name} made an account but names no URL for it: this is no working ACME server. Correct its directory in the plan.`,
    );
  }
  client.accountUrl = response.location;
}

async function externalAccount(client: AcmeClient, issuer: AcmeIssuer, context: IssuanceContext, required: boolean) {
  const { eab } = issuer;
  if (eab === undefined) {
    if (!required) return {};
    throw new AcmeProblem(
      'externalAccountRequired',
      `Issuer ${issuer.name} wants an external account. Get a key id and a secret from the CA and add eab: { kid: KEY-ID } to the issuer.`,
    );
  }
  const variable = eabVariable(issuer.name);
  const secret =
    (eab.keyFile === undefined ? undefined : (await readNamedFile(eab.keyFile))?.trim()) ??
    context.env[variable] ??
    (await context.hooks.eabSecret?.(issuer.name, eab.kid));
  if (secret === undefined || secret === '') {
    const where = eab.keyFile === undefined ? '' : ` (${eab.keyFile} does not exist)`;
    throw new AcmeProblem(
      'eab-secret-missing',
      `The secret of external account ${eab.kid} is not here${where}. Set the environment variable ${variable}, or eab.keyFile in the plan.`,
    );
  }
  const { newAccount } = await client.directory();
  return { externalAccountBinding: bindAccount(eab, secret, newAccount, await client.publicJwk()) };
}

/** `TLS_WORKBENCH_EAB_CORP` for issuer `corp`. */
function eabVariable(issuer: string): string {
  return `TLS_WORKBENCH_EAB_${issuer.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}

function eabRefused(issuer: AcmeIssuer, error: AcmeProblem): AcmeProblem {
  const next = `Check the key id ${issuer.eab?.kid} and its secret: some CAs take a pair only once.`;
  return new AcmeProblem(error.type, `${error.detail} ${next}`, {
    cause: error,
    ...(error.status === undefined ? {} : { status: error.status }),
  });
}

/** @throws AcmeProblem where the file was damaged */
function readableKey(pem: string, path: string): string {
  try {
    createPrivateKey(pem);
    return pem;
  } catch (error) {
    const next = 'Put it back from a backup, or remove it to have a new account made.';
    throw new AcmeProblem('account-key-unreadable', `${path} holds no private key that can be read. ${next}`, {
      cause: error,
    });
  }
}

async function newKey(path: string): Promise<string> {
  const key = await createPrivateKeyPem('ecdsa-p256');
  await writeAtomic(path, key, 0o600);
  return key;
}
