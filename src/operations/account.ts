import { lockAccount, openSession } from '../acme/account/account.ts';
import { adoptAccount, deactivate, rollOver, setAside, updateContact } from '../acme/account/changes.ts';
import { findAccountKeys } from '../acme/account/import.ts';
import { clientFor, type Session } from '../acme/client/issuer-client.ts';
import { AcmeProblem } from '../acme/client/problem.ts';
import { createPrivateKeyPem } from '../acme/keys/keys.ts';
import { isWildcard, parseIdentifier } from '../acme/order/identifiers.ts';
import type { IssuanceContext } from '../acme/order/steps.ts';
import type { AcmeIssuer, Plan } from '../acme/plan/plan.ts';
import { privateFolder, readIfThere } from '../acme/store/atomic.ts';
import { type AccountRecord, accountFolder, openStore, type Store } from '../acme/store/store.ts';
import { txtRecordsOf } from '../network/lookup.ts';

export interface AccountOptions extends IssuanceContext {
  readonly state: string;
}

export type AccountChange = 'create' | 'update' | 'rollover' | 'deactivate';

/** Makes, updates or ends the account of one issuer, or changes its key. @returns the account's URL. @throws AcmeProblem */
export async function changeAccount(
  plan: Plan,
  issuerName: string,
  change: AccountChange,
  options: AccountOptions,
): Promise<string> {
  const issuer = acmeIssuer(plan, issuerName);
  const store = await openStore(options.state);
  if (change === 'deactivate') {
    const account = `${accountFolder(store, issuer)}/account`;
    const record = await store.readJson<AccountRecord>(`${account}.json`);
    // The key alone is what a run left that was killed while it made the account.
    if (record === undefined && (await readIfThere(`${account}.key`)) === undefined) {
      const detail = `Issuer ${issuer.name} has no account here, so there is none to deactivate.`;
      throw new AcmeProblem('no-account', detail);
    }
    if (record?.status === 'deactivated') {
      // An earlier call was killed on its last steps.
      await underLock(issuer, store, options, () => setAside(issuer, store, options.now()));
      return record.url ?? '';
    }
  }
  const session = await openSession(issuer, store, options);
  try {
    if (change !== 'create') {
      await underLock(issuer, store, options, () => apply(change, session, issuer, store, options));
    } else if (!session.isNew) {
      // The CA may have closed it, or forgotten it.
      await session.client.post(session.client.accountUrl ?? '', null);
    }
    return session.client.accountUrl ?? '';
  } finally {
    session.client.close();
  }
}

/** Takes over the account of another ACME client. @param path its key file, or its folder. @returns the account's URL */
export async function importAccount(
  plan: Plan,
  issuerName: string,
  path: string,
  options: AccountOptions,
): Promise<{ readonly url: string; readonly file: string }> {
  const issuer = acmeIssuer(plan, issuerName);
  const store = await openStore(options.state);
  const [first, ...others] = await findAccountKeys(path, issuer.directory);
  if (first === undefined || others.length > 0) {
    const files = [first, ...others].map((found) => found?.file).join(', ');
    throw new AcmeProblem(
      'ambiguous',
      `There are several account keys for ${issuer.directory}: ${files}. Name one of the files.`,
    );
  }
  await privateFolder(accountFolder(store, issuer));
  return await underLock(issuer, store, options, async () => ({
    url: await adoptAccount(issuer, first.pem, store, options),
    file: first.file,
  }));
}

/** @throws AcmeProblem where there is no such issuer, or it is a local one */
export function acmeIssuer(plan: Plan, name: string): AcmeIssuer {
  const issuer = plan.issuers.get(name);
  const known = [...plan.issuers.values()].filter(({ type }) => type === 'acme').map((each) => each.name);
  if (issuer?.type === 'acme') return issuer;
  const why = issuer === undefined ? `is not in ${plan.file}` : 'is a development CA, which has no accounts';
  throw new AcmeProblem('unknown-issuer', `Issuer "${name}" ${why}. ACME issuers: ${known.join(', ') || 'none'}.`);
}

async function apply(
  change: Exclude<AccountChange, 'create'>,
  session: Session,
  issuer: AcmeIssuer,
  store: Store,
  options: AccountOptions,
): Promise<void> {
  if (change === 'update') await updateContact(session, issuer, store);
  else if (change === 'rollover') await rollOver(session, issuer, store, options);
  else await deactivate(session, issuer, store, options.now());
}

async function underLock<T>(
  issuer: AcmeIssuer,
  store: Store,
  options: AccountOptions,
  work: () => Promise<T>,
): Promise<T> {
  const lock = await lockAccount(issuer, store, options);
  try {
    return await work();
  } finally {
    await lock.release();
  }
}

/** Certificate profiles that a CA offers: name → what it says of it. */
export async function listProfiles(
  plan: Plan,
  issuerName: string,
  options: AccountOptions,
): Promise<ReadonlyMap<string, string>> {
  const issuer = acmeIssuer(plan, issuerName);
  const client = await clientFor(issuer, await createPrivateKeyPem('ecdsa-p256'), options);
  try {
    return (await client.directory()).profiles;
  } finally {
    client.close();
  }
}

export interface PersistRecord {
  readonly name: string;
  readonly value: string;
  /** Whether the record is seen from this machine. */
  readonly isSet: boolean;
}

/**
 * The TXT record by which this account may prove a name for good, and whether it is set. Experimental: dns-persist-01 is a
 * draft (draft-ietf-acme-dns-persist), which few CAs offer for trying only.
 */
export async function persistRecord(
  plan: Plan,
  issuerName: string,
  domain: string,
  options: AccountOptions,
): Promise<PersistRecord> {
  const issuer = acmeIssuer(plan, issuerName);
  const identifier = parseIdentifier(domain);
  if ('problem' in identifier) throw new AcmeProblem('bad-name', `${identifier.problem}.`);
  if (identifier.type === 'ip')
    throw new AcmeProblem(
      'bad-name',
      `The address ${identifier.value} cannot be proved by a record of DNS. Name a domain.`,
    );
  const { client } = await openSession(issuer, await openStore(options.state), options);
  try {
    const { caaIdentities } = await client.directory();
    const name = `_validation-persist.${identifier.value.replace(/^\*\./, '')}`;
    const identity = caaIdentities[0] ?? new URL(issuer.directory).hostname;
    const value = `${identity}; accounturi=${client.accountUrl ?? ''}${isWildcard(identifier.value) ? '; policy=wildcard' : ''}`;
    const records = await txtRecordsOf(name);
    return { name, value, isSet: records.some((record) => sameParameters(record, value)) };
  } finally {
    client.close();
  }
}

/** Spaces and the order behind the CA's name do not matter. */
function sameParameters(a: string, b: string): boolean {
  const parts = (text: string): string => {
    const [identity = '', ...rest] = text.split(';').map((part) => part.trim());
    return [identity, ...rest.filter((part) => !part.startsWith('persistUntil=')).sort()].join(';');
  };
  return parts(a) === parts(b);
}
