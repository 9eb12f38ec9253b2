import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readTraefikStore, type TraefikResolver } from '../../acme/account/traefik-store.ts';
import { isRecord } from '../../acme/client/problem.ts';
import type { PlanValue } from '../../acme/plan/edit.ts';
import { caPresets } from '../../acme/plan/presets.ts';
import { errorCode } from '../../acme/store/atomic.ts';
import { splitChain } from '../../acme/store/output.ts';
import { type Fields, keyOf, keyTypeOf, optional } from './imported-fields.ts';
import { contactOf, createBuilder, type ImportedPlan } from './imported-plan.ts';

type Settings = Readonly<Record<string, unknown>>;
type Note = (text: string) => void;

/**
 * Certificates of Traefik, which lie in its `acme.json`. How its resolvers get them is in its static configuration, which is read
 * where it is YAML and lies beside that or in the folder above.
 * @param path the file, or a folder that holds it
 */
export async function importTraefik(path: string): Promise<ImportedPlan> {
  const builder = createBuilder();
  const names = new Set<string>();
  for (const file of await storeFiles(path)) {
    const resolvers = readTraefikStore(await readNoted(file, builder.note)) ?? [];
    const settings = resolvers.length === 0 ? new Map<string, Settings>() : await resolverSettings(file, builder.note);
    for (const resolver of resolvers) {
      const own = settings.get(resolver.name) ?? {};
      const directory = directoryOf(resolver, own, builder.note);
      for (const { names: wanted, chain } of directory === undefined ? [] : resolver.certificates) {
        const [main] = wanted;
        if (directory === undefined || main === undefined) continue;
        const name = freeName(main, resolver.name, names);
        names.add(name);
        builder.certificate(name, {
          names: wanted,
          issuer: builder.issuer(directory, { ...contactOf(resolver.email), ...externalAccount(own) }),
          challenge: challengeOf(resolver.name, wanted, own, builder.note),
          ...keyFields(name, chain, builder.note),
          ...optional('profile', textOf(own['profile'])),
          ...optional('preferredChain', textOf(own['preferredChain'])),
        });
        builder.note(`To keep the account: tls-workbench account import ISSUER ${file}`);
      }
    }
  }
  if (names.size > 0) {
    builder.note(
      'Traefik has its certificates in acme.json alone, so the first run orders new ones, and writes files.',
    );
    builder.note(
      'Name those below tls.certificates in its dynamic configuration, and take certResolver out of its routers, so that only one client renews them.',
    );
  }
  return builder.done(
    `${path} holds no certificate of Traefik, or cannot be read. They lie in the file that a resolver names as its storage, mostly acme.json.`,
  );
}

/** Two resolvers may have one for the same name, and one resolver several that begin with it. */
function freeName(main: string, resolver: string, taken: ReadonlySet<string>): string {
  const other = `${main}-${resolver}`;
  let name = main;
  for (let count = 1; taken.has(name); count++) name = count === 1 ? other : `${other}-${count}`;
  return name;
}

/** That file; or those that may be one in a folder and the folders in it. */
async function storeFiles(path: string): Promise<readonly string[]> {
  if ((await stat(path).catch(() => undefined))?.isFile() === true) return [path];
  const found: string[] = [];
  const visit = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const below = join(folder, entry.name);
      if (entry.isFile() && /acme.*\.json$/.test(entry.name)) found.push(below);
      else if (entry.isDirectory() && depth > 0) await visit(below, depth - 1);
    }
  };
  await visit(path, 2);
  return found.sort();
}

async function readNoted(file: string, note: Note): Promise<string> {
  return await readFile(file, 'utf8').catch((error: unknown) => {
    note(`${file} was left out: it cannot be read (${errorCode(error)}).`);
    return '';
  });
}

/** What the static configuration says of each resolver: the fields of its `acme`. */
async function resolverSettings(file: string, note: Note): Promise<ReadonlyMap<string, Settings>> {
  const folder = dirname(file);
  for (const name of ['traefik.yml', 'traefik.yaml'].flatMap((each) => [
    join(folder, each),
    join(folder, '..', each),
  ])) {
    const text = await readFile(name, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const { parse } = await import('yaml');
    let root: unknown;
    try {
      root = parse(text, { logLevel: 'error', prettyErrors: false });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      note(`${name} was left out: it is no YAML (${reason}). Check issuers and challenges.`);
    }
    const resolvers = settingsOf(settingsOf(root)['certificatesResolvers']);
    return new Map(Object.entries(resolvers).map(([key, value]) => [key, settingsOf(settingsOf(value)['acme'])]));
  }
  note(
    `There is no traefik.yml beside ${file}, and other forms are not read, so its CAs were told by its accounts. Check issuers and challenges.`,
  );
  return new Map();
}

/** As the configuration names it, else by the host of the account. */
function directoryOf({ name, account }: TraefikResolver, own: Settings, note: Note): string | undefined {
  const named = textOf(own['caServer']);
  if (named !== undefined) return named;
  const url = account !== undefined && URL.canParse(account) ? new URL(account) : undefined;
  if (url?.protocol !== 'https:') {
    note(`Resolver ${name} was left out: it has no account yet.`);
    return undefined;
  }
  const known = caPresets.find(({ directory }) => new URL(directory).host === url.host);
  if (known !== undefined) return known.directory;
  const directory = `${url.origin}${/^(.*)\/acc(?:oun)?t\/[^/]+$/.exec(url.pathname)?.[1] ?? ''}/directory`;
  note(`${directory} was made of the URL of an account. Check the issuer's directory.`);
  return directory;
}

function challengeOf(resolver: string, names: readonly string[], own: Settings, note: Note): PlanValue {
  const provider = textOf(settingsOf(own['dnsChallenge'])['provider']);
  if (provider !== undefined || names.some((name) => name.startsWith('*.'))) {
    note(`Resolver ${resolver}: its DNS provider has no counterpart. Give the challenge a command or rfc2136.`);
    return { type: 'dns-01' };
  }
  note(
    'Traefik proves names itself, as the server that it is. Name the folder that a server behind it serves as webroot.',
  );
  return { type: 'http-01', webroot: '/var/www/html' };
}

function keyFields(name: string, chain: string, note: Note): Fields {
  try {
    return { key: keyOf(name, keyTypeOf(new X509Certificate(splitChain(chain)[0] ?? '')), note) };
  } catch {
    return {};
  }
}

function externalAccount(own: Settings): Fields {
  const kid = textOf(settingsOf(own['eab'])['kid']);
  return kid === undefined ? {} : { eab: { kid } };
}

function settingsOf(value: unknown): Settings {
  return isRecord(value) ? value : {};
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
