import { createPrivateKey, type KeyObject } from 'node:crypto';
import { isRecord } from '../client/problem.ts';

/** What Traefik keeps for one of its certificate resolvers in `acme.json` (`StoredData` in pkg/provider/acme). */
export interface TraefikResolver {
  readonly name: string;
  readonly email: string | undefined;
  /** URL of its account; undefined where it has none yet. */
  readonly account: string | undefined;
  /** PKCS #1 in DER. @throws Error where it is none */
  readonly key: () => KeyObject;
  readonly certificates: readonly {
    /** As the routers name them, the main one first. */
    readonly names: readonly string[];
    /** PEM, leaf first. */
    readonly chain: string;
  }[];
}

/** The resolvers of an `acme.json`; undefined where the text is none. Traefik 1 had but one, without a name. */
export function readTraefikStore(text: string): readonly TraefikResolver[] | undefined {
  let root: unknown;
  try {
    root = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(root)) return undefined;
  const stores = isStore(root) ? [['acme', root] as const] : Object.entries(root);
  const found = stores.flatMap(([name, store]) =>
    isRecord(store) && isStore(store) ? [readResolver(name, store)] : [],
  );
  return found.length > 0 ? found : undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Both are there from the beginning, though one may be null. */
function isStore(fields: Fields): boolean {
  return 'Account' in fields && 'Certificates' in fields;
}

function readResolver(name: string, store: Fields): TraefikResolver {
  const account = asFields(store['Account']);
  const registration = asFields(account['Registration']);
  const certificates = Array.isArray(store['Certificates']) ? store['Certificates'] : [];
  return {
    name,
    email: asText(account['Email']),
    account: asText(registration['uri']),
    key: () => createPrivateKey({ key: bytesOf(account['PrivateKey']), format: 'der', type: 'pkcs1' }),
    certificates: certificates.map(asFields).map((fields) => {
      // Traefik 1 wrote these names with capitals.
      const domain = asFields(fields['domain'] ?? fields['Domain']);
      const others = domain['sans'] ?? domain['SANs'];
      const names = [domain['main'] ?? domain['Main'], ...(Array.isArray(others) ? others : [])];
      const chain = bytesOf(fields['certificate'] ?? fields['Certificate']).toString('utf8');
      return { names: names.map(asText).filter((each) => each !== undefined), chain };
    }),
  };
}

function asFields(value: unknown): Fields {
  return isRecord(value) ? value : {};
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function bytesOf(value: unknown): Buffer {
  return Buffer.from(asText(value) ?? '', 'base64');
}
