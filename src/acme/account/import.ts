import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AcmeProblem } from '../client/problem.ts';
import { readTraefikStore } from './traefik-store.ts';

/** An account key of another client. */
export interface FoundKey {
  readonly file: string;
  readonly client: string;
  /** PEM, PKCS #8. */
  readonly pem: string;
}

/** Where the clients keep their account keys, below whatever folder they were told to use. */
const layouts: readonly { readonly client: string; readonly pattern: RegExp }[] = [
  { client: 'certbot', pattern: /(^|\/)[^/]+\/[^/]+\/[0-9a-f]{32}\/private_key\.json$/ },
  { client: 'lego', pattern: /(^|\/)[^/]+\/[^/]+\/keys\/[^/]+\.key$/ },
  { client: 'lego', pattern: /(^|\/)accounts\/[^/]+\/[^/]+\/[^/]+\.key$/ },
  { client: 'acme.sh', pattern: /(^|\/)ca\/[^/]+\/(?:[^/]+\/)*account\.key$/ },
  { client: 'dehydrated', pattern: /(^|\/)accounts\/[^/]+\/account_key\.pem$/ },
  { client: 'Caddy', pattern: /(^|\/)[^/]+\/users\/[^/]+\/[^/]+\.key$/ },
  { client: 'Traefik', pattern: /(^|\/)acme[^/]*\.json$/ },
  { client: 'uacme', pattern: /(^|\/)private\/key\.pem$/ },
];

/**
 * Finds account keys at a path: the key file itself (PEM or JWK), or a folder of certbot, lego, acme.sh, dehydrated, Caddy, Traefik or
 * uacme.
 * @param directory URL of the CA; where the client's folders name hosts, only its keys are taken
 * @throws AcmeProblem where there is none that can be read
 */
export async function findAccountKeys(path: string, directory: string): Promise<readonly FoundKey[]> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined)
    throw new AcmeProblem(
      'not-found',
      `${path} does not exist. Name the account's key file, or the folder of the other client.`,
    );
  const found: FoundKey[] = [];
  if (info.isFile()) {
    const keys = await traefikKeys(path, directory);
    if (keys === undefined) return [{ file: path, client: 'file', pem: await readKey(path) }];
    found.push(...keys);
  }
  for (const file of await filesBelow(path, 8)) {
    const layout = layouts.find(({ pattern }) => pattern.test(file));
    if (layout === undefined || !isFor(layout.client, file, directory)) continue;
    const whole = join(path, file);
    if (layout.client === 'Traefik') found.push(...((await traefikKeys(whole, directory)) ?? []));
    else found.push({ file: whole, client: layout.client, pem: await readKey(whole) });
  }
  if (found.length > 0) return found;
  const clients = [...new Set(layouts.map(({ client }) => client))].join(', ');
  throw new AcmeProblem(
    'not-found',
    `${path} holds no account key of ${clients} for ${directory}. Name the key file itself.`,
  );
}

/** The key of the first of Traefik's resolvers for the CA's host, as each has one and any will do; undefined where a file is no `acme.json`. */
async function traefikKeys(file: string, directory: string): Promise<readonly FoundKey[] | undefined> {
  const resolvers = readTraefikStore(await readFile(file, 'utf8').catch(() => ''));
  if (resolvers === undefined) return undefined;
  const { host } = new URL(directory);
  const own = resolvers.find(
    ({ account }) => account !== undefined && URL.canParse(account) && new URL(account).host === host,
  );
  return own === undefined ? [] : [{ file, client: 'Traefik', pem: await usableKey(file, async () => own.key()) }];
}

/** certbot, lego and acme.sh name the CA's host in the path, dehydrated its URL in base64. */
function isFor(client: string, file: string, directory: string): boolean {
  const { host, hostname } = new URL(directory);
  switch (client) {
    case 'certbot':
    case 'lego':
    case 'acme.sh':
      return file.split('/').some((part) => part === host || part === hostname || part === host.replace(':', '_'));
    case 'dehydrated': {
      const name = /accounts\/([^/]+)\//.exec(file)?.[1] ?? '';
      return Buffer.from(name, 'base64url').toString('utf8').trim() === directory;
    }
    case 'Caddy':
      return file.split('/').at(-4) === caddyName(directory);
    default:
      return true;
  }
}

/** What Caddy calls the folder of a CA (`issuerKey` and `Safe` of certmagic). @param directory URL */
export function caddyName(directory: string): string {
  const { host, pathname } = new URL(directory);
  return `${host}/${pathname.replace(/^\/+|\/+$/g, '')}`
    .replace(/\/$/, '')
    .toLowerCase()
    .replace(/[/:]/g, '-')
    .replace(/[^\w@.-]/g, '');
}

async function filesBelow(folder: string, depth: number): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (below: string, left: number): Promise<void> => {
    const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`;
      if (entry.isFile()) found.push(name);
      else if (entry.isDirectory() && left > 0) await visit(name, left - 1);
    }
  };
  await visit('', depth);
  return found.sort();
}

function readKey(file: string): Promise<string> {
  return usableKey(file, async () => {
    const text = await readFile(file, 'utf8');
    return text.trimStart().startsWith('{')
      ? createPrivateKey({ key: JSON.parse(text), format: 'jwk' })
      : createPrivateKey(text);
  });
}

/** PEM, PKCS #8. @throws AcmeProblem of type `key-unreadable` */
async function usableKey(file: string, read: () => Promise<KeyObject>): Promise<string> {
  try {
    const key = await read();
    if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== 'ec') {
      throw new Error(`keys of type ${key.asymmetricKeyType} cannot sign ACME requests here; RSA and ECDSA keys can`);
    }
    return key.export({ type: 'pkcs8', format: 'pem' }).toString();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AcmeProblem(
      'key-unreadable',
      `${file} holds no private key that can be used: ${reason}. Name the account's key as PEM without a passphrase, or as JWK.`,
      {
        cause: error,
      },
    );
  }
}
