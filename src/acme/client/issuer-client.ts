import { createHash } from 'node:crypto';
import type { IssuanceContext } from '../order/steps.ts';
import type { AcmeIssuer } from '../plan/plan.ts';
import { readCertificates } from '../store/any-container.ts';
import { errorCode } from '../store/atomic.ts';
import { readFile } from '../store/files.ts';
import { type AcmeClient, type AcmeConnection, createAcmeClient, createConnection } from './client.ts';
import { AcmeProblem, isAcmeError } from './problem.ts';

/** A client whose account is known to the CA. Shared by all certificates of one run: connections and nonces are reused. */
export interface Session {
  readonly client: AcmeClient;
  readonly isNew: boolean;
}

/** A client for an issuer of the plan, with any account key. */
export async function clientFor(
  issuer: AcmeIssuer,
  accountKey: string,
  context: Pick<IssuanceContext, 'now' | 'signal' | 'onStep' | 'env'>,
  accountUrl?: string,
): Promise<AcmeClient> {
  const ca = await readRoots(issuer);
  const { connection, release } = takeConnection(issuer.directory, accountKey, ca, context.env);
  const client = createAcmeClient(
    {
      issuer: issuer.name,
      directoryUrl: issuer.directory,
      accountKey,
      accountUrl,
      ca,
      hosts: issuer.hosts,
      now: context.now,
      signal: context.signal,
      onWait: (until, reason) => context.onStep({ kind: 'wait', certificate: '', until, reason }),
    },
    connection,
  );
  client.close = release;
  return client;
}

interface Kept {
  readonly connection: AcmeConnection;
  users: number;
  timer: NodeJS.Timeout | undefined;
}

const keptFor = 60_000;
const kept = new Map<string, Kept>();

/** An editor asks the same CA again and again: directory, connection and nonces are kept for a minute after their last use. */
function takeConnection(directory: string, accountKey: string, ca: string | undefined, env: IssuanceContext['env']) {
  const proxy = Object.entries(env).filter(([name]) => /^(https|all|no)_proxy$/i.test(name));
  const key = createHash('sha256')
    .update(JSON.stringify([directory, accountKey, ca, proxy]))
    .digest('hex');
  const entry: Kept = kept.get(key) ?? { connection: createConnection(ca, env), users: 0, timer: undefined };
  kept.set(key, entry);
  clearTimeout(entry.timer);
  entry.users++;
  const forget = (): void => {
    kept.delete(key);
    entry.connection.http.close();
  };
  const release = (): void => {
    entry.users--;
    if (entry.users === 0) entry.timer = setTimeout(forget, keptFor).unref();
  };
  return { connection: entry.connection, release };
}

/** URL of the account that a key belongs to at the CA; undefined where it has none. */
export async function findAccount(
  issuer: AcmeIssuer,
  keyPem: string,
  context: IssuanceContext,
): Promise<string | undefined> {
  const client = await clientFor(issuer, keyPem, context);
  try {
    const { newAccount } = await client.directory();
    return (await client.post(newAccount, { onlyReturnExisting: true }, { useKey: true })).location;
  } catch (error) {
    if (isAcmeError(error, 'accountDoesNotExist')) return undefined;
    throw error;
  } finally {
    client.close();
  }
}

export function contactUrl(contact: string): string {
  return /^[a-z]+:/i.test(contact) ? contact : `mailto:${contact}`;
}

/** PEM of the roots, whatever they come in. @throws AcmeProblem of type `ca-file-unreadable` */
async function readRoots(issuer: AcmeIssuer): Promise<string | undefined> {
  if (issuer.ca === undefined) return undefined;
  const what = `Issuer ${issuer.name}: its ca file ${issuer.ca}`;
  const bytes = await readFile(issuer.ca).catch((error: unknown) => {
    const code = errorCode(error);
    const reason = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code ?? String(error)})`;
    const next = code === 'EACCES' ? 'Let this user read it.' : 'Correct the path in the plan.';
    throw new AcmeProblem('ca-file-unreadable', `${what} ${reason}. ${next}`);
  });
  const { pem, locked } = await readCertificates(bytes);
  if (pem !== undefined) return pem;
  const next = locked
    ? 'is locked. "tls-workbench convert --password-file FILE" writes its certificates as PEM: name that file.'
    : 'holds no certificate that can be read. Name the file of the CA’s own root.';
  throw new AcmeProblem('ca-file-unreadable', `${what} ${next}`);
}
