import { X509Certificate } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { caddyName } from '../../acme/account/import.ts';
import type { PlanValue } from '../../acme/plan/edit.ts';
import { caPresets } from '../../acme/plan/presets.ts';
import { errorCode } from '../../acme/store/atomic.ts';
import { certificateNames, splitChain } from '../../acme/store/output.ts';
import { type Fields, keyOf, keyTypeOf } from './imported-fields.ts';
import { contactOf, createBuilder, type ImportedPlan, outputOf } from './imported-plan.ts';

interface Kept {
  readonly file: string;
  readonly names: readonly string[];
  readonly certificate: X509Certificate;
  /** What Caddy wrote beside it; since 2.8 with the URL of the directory. */
  readonly origin: { readonly url?: string; readonly ca?: string };
}

/**
 * Certificates of Caddy: `certificates/CA/NAME/NAME.crt` (storage.go of certmagic).
 * @param path its data folder, usually `~/.local/share/caddy`, or one below that
 */
export async function importCaddy(path: string): Promise<ImportedPlan> {
  const builder = createBuilder();
  const kept: Kept[] = [];
  for (const file of await certificateFiles(path)) {
    const found = await readKept(file, builder.note);
    if (found !== undefined) kept.push(found);
  }
  for (const { file, names, certificate, origin } of newestOf(kept)) {
    const data = dirname(dirname(dirname(dirname(file))));
    const ca = basename(dirname(dirname(file)));
    const [name = ''] = names;
    const directory = directoryOf(ca, origin);
    if (directory === undefined) {
      builder.note(`${file} was left out: its CA "${ca}" is none that Caddy reached by ACME.`);
      continue;
    }
    if (origin.ca === undefined && !caPresets.some((preset) => preset.directory === directory))
      builder.note(`${directory} was made of the name of the folder ${ca}. Check the issuer's directory.`);
    builder.certificate(name, {
      names: [...names],
      issuer: builder.issuer(directory, await contactFields(join(data, 'acme', ca, 'users'))),
      challenge: challengeFor(names, builder.note),
      key: keyOf(file, keyTypeOf(certificate), builder.note),
      output: outputOf({ fullchain: file, key: file.replace(/\.crt$/, '.key') }),
    });
    builder.note(`To keep the account: tls-workbench account import ISSUER ${data}`);
  }
  if (kept.length > 0)
    builder.note('Stop Caddy, or give it these files by "tls CERTIFICATE KEY", so that only one client renews them.');
  return builder.done(
    `${path} holds no certificate of Caddy, or cannot be read. They lie in ~/.local/share/caddy/certificates, in a folder for each CA.`,
  );
}

/** After a change of the CA, and where the first one failed, there are two for one name: the newer is served. */
function newestOf(kept: readonly Kept[]): readonly Kept[] {
  const time = ({ certificate }: Kept): number => Date.parse(certificate.validFrom);
  const byName = new Map<string, Kept>();
  for (const each of kept) {
    const name = each.names.join();
    const other = byName.get(name);
    if (other === undefined || time(other) < time(each)) byName.set(name, each);
  }
  return [...byName.values()];
}

/** Whether the path is the home of its user, the data folder, that of all certificates, of one CA or of one certificate. */
async function certificateFiles(path: string): Promise<readonly string[]> {
  const found: string[] = [];
  const visit = async (folder: string, depth: number): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
      const below = join(folder, entry.name);
      if (entry.isFile() && entry.name === `${basename(folder)}.crt`) found.push(below);
      else if (entry.isDirectory() && depth > 0) await visit(below, depth - 1);
    }
  };
  await visit(path, 3);
  await visit(join(path, '.local/share/caddy'), 3);
  return found.sort();
}

async function readKept(file: string, note: (text: string) => void): Promise<Kept | undefined> {
  try {
    const certificate = new X509Certificate(splitChain(await readFile(file, 'utf8'))[0] ?? '');
    const beside = JSON.parse(await readFile(file.replace(/\.crt$/, '.json'), 'utf8').catch(() => '{}'));
    return { file, names: certificateNames(certificate), certificate, origin: beside?.issuer_data ?? {} };
  } catch (error) {
    note(`${file} was left out: it cannot be read (${errorCode(error) ?? 'no certificate of Caddy'}).`);
    return undefined;
  }
}

/** Folders bear host, port and path of the directory, with hyphens between them. */
function directoryOf(ca: string, { url, ca: told }: Kept['origin']): string | undefined {
  if (told !== undefined) return told;
  const known = caPresets.find(({ directory }) => caddyName(directory) === ca);
  if (known !== undefined || url === undefined || !URL.canParse(url)) return known?.directory;
  const { origin, host } = new URL(url);
  const start = caddyName(origin);
  if (ca === start) return origin;
  return ca.startsWith(`${start}-`) ? `https://${host}/${ca.slice(start.length + 1).replaceAll('-', '/')}` : undefined;
}

/** Of the first account that has an address. */
async function contactFields(users: string): Promise<Fields> {
  const [address] = (await readdir(users).catch(() => [])).filter((name) => name.includes('@')).sort();
  return contactOf(address);
}

function challengeFor(names: readonly string[], note: (text: string) => void): PlanValue {
  if (names.some((name) => name.startsWith('*.'))) {
    note(`${names[0]}: the DNS provider of Caddy has no counterpart. Give the challenge a command or rfc2136.`);
    return { type: 'dns-01' };
  }
  note('Caddy proves names itself, as the server that it is. Name the folder that the next server serves as webroot.');
  return { type: 'http-01', webroot: '/var/www/html' };
}
