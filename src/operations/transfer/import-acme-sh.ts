import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PlanValue } from '../../acme/plan/edit.ts';
import { keyOf, optional, stapleOf } from './imported-fields.ts';
import { contactOf, createBuilder, type ImportedPlan, outputOf } from './imported-plan.ts';
import { shellVariables } from './shell-words.ts';

type Settings = ReadonlyMap<string, string>;

/** Certificates of acme.sh. @param path its home, usually `~/.acme.sh`, the folder of a certificate, or the `.conf` in there */
export async function importAcmeSh(path: string): Promise<ImportedPlan> {
  const builder = createBuilder();
  const names = new Set<string>();
  for (const file of await settingsFiles(path)) {
    const settings = await readSettings(file);
    const domain = settings.get('Le_Domain');
    if (domain === undefined) continue;
    if (!settings.has('Le_CertCreateTime')) {
      builder.note(`${file} was left out: acme.sh has got no certificate by it yet.`);
      continue;
    }
    const home = dirname(dirname(file));
    const directory = settings.get('Le_API') ?? 'letsencrypt';
    const alternative = (settings.get('Le_Alt') ?? 'no').split(',').filter((name) => name !== 'no');
    // One by RSA and one by ECDSA lie in folders of their own.
    const name = names.has(domain) ? basename(dirname(file)) : domain;
    names.add(domain);
    builder.certificate(name, {
      names: [domain, ...alternative],
      issuer: builder.issuer(directory, await issuerFields(home, directory)),
      challenge: challengeOf(file, settings, [domain, ...alternative], builder.note),
      // As old versions left it empty.
      key: keyOf(file, keyType(settings.get('Le_Keylength') ?? '2048'), builder.note),
      // Unless it is told otherwise, acme.sh keeps the key.
      ...(settings.get('Le_ForceNewDomainKey') === '1' ? {} : { reuse: true }),
      ...(settings.get('Le_OCSP_Staple') === '1' ? stapleOf(file, directory, builder.note) : {}),
      ...optional('preferredChain', settings.get('Le_Preferred_Chain')),
      output: outputOf(filesOf(file, domain, settings)),
    });
    noteHooks(file, settings, builder.note);
    builder.note(`To keep the account: tls-workbench account import ISSUER ${home}`);
  }
  if (names.size > 0)
    builder.note(
      'Remove these certificates from acme.sh (acme.sh --remove -d NAME), so that only one client renews them.',
    );
  return builder.done(
    `${path} holds no certificate of acme.sh, or cannot be read. They lie in ~/.acme.sh, a folder each.`,
  );
}

/** Whose name is that of their folder; other programs have such files too. */
async function settingsFiles(path: string): Promise<readonly string[]> {
  const info = await stat(path).catch(() => undefined);
  if (info?.isFile()) return [path];
  const found: string[] = [];
  for (const folder of [path, ...(await readdir(path).catch(() => [])).sort().map((name) => join(path, name))]) {
    const file = join(folder, `${basename(folder).replace(/_ecc$/, '')}.conf`);
    if ((await stat(file).catch(() => undefined))?.isFile()) found.push(file);
  }
  return found;
}

/** Empty ones are as if they were not there, and commands are written in base64. */
async function readSettings(file: string): Promise<Settings> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const found = new Map<string, string>();
  for (const [name, value] of shellVariables(text)) {
    const coded = /^__ACME_BASE64__START_(.*)__ACME_BASE64__END_$/s.exec(value)?.[1];
    if (value !== '') found.set(name, coded === undefined ? value : Buffer.from(coded, 'base64').toString('utf8'));
  }
  return found;
}

async function issuerFields(home: string, directory: string) {
  const { hostname, pathname } = URL.canParse(directory) ? new URL(directory) : { hostname: '', pathname: '' };
  const [own, account] = [
    await readSettings(join(home, 'ca', hostname, pathname, 'ca.conf')),
    await readSettings(join(home, 'account.conf')),
  ];
  const kid = own.get('CA_EAB_KEY_ID');
  return {
    ...contactOf(own.get('CA_EMAIL') ?? account.get('ACCOUNT_EMAIL')),
    ...(kid === undefined ? {} : { eab: { kid } }),
    ...optional('ca', account.get('CA_BUNDLE')),
  };
}

/** `ec-256`, `2048` */
function keyType(length: string): string {
  return length.startsWith('ec-') ? `ecdsa-p${length.slice(3)}` : `rsa-${length}`;
}

/** A way for each name, the last one for all that follow: a folder, or how acme.sh proves it itself. */
function challengeOf(
  file: string,
  settings: Settings,
  names: readonly string[],
  note: (text: string) => void,
): PlanValue {
  const given = (settings.get('Le_Webroot') ?? 'no').split(',');
  const ways = names.map((_name, index) => given[index] || given.findLast((way) => way !== '') || 'no');
  const [first = 'no'] = ways;
  if (ways.every((way) => way.startsWith('/'))) {
    const isOne = ways.every((way) => way === first);
    const folders = Object.fromEntries(names.map((name, index) => [name, ways[index] ?? first]));
    return { type: 'http-01', webroot: isOne ? first : folders };
  }
  if (ways.some((way) => way !== first))
    note(`${file}: its names are proved in several ways (${ways.join(', ')}), and in the plan in one. Make two of it.`);
  if (first === 'no') return { type: 'http-01', listen: `:${settings.get('Le_HTTPPort') ?? 80}` };
  if (first === 'alpn') return { type: 'tls-alpn-01', listen: `:${settings.get('Le_TLSPort') ?? 443}` };
  if (first === 'dns') return { type: 'dns-01' };
  if (first.startsWith('dns_')) {
    note(`${file}: the DNS provider ${first} has no counterpart. Give the challenge a command or rfc2136.`);
    return { type: 'dns-01' };
  }
  if (first.startsWith('/')) return { type: 'http-01', webroot: first };
  note(`${file}: "${first}" proves names through the server itself. Name the folder that it serves as webroot.`);
  return { type: 'http-01', webroot: '/var/www/html' };
}

/** Where it was told to install them, else where it keeps them. */
function filesOf(file: string, domain: string, settings: Settings): Readonly<Record<string, string | undefined>> {
  const folder = dirname(file);
  const fullchain = settings.get('Le_RealFullChainPath');
  const certificate = settings.get('Le_RealCertPath');
  const own = join(folder, 'fullchain.cer');
  return {
    // Into one file acme.sh writes the longer one last.
    certificate: certificate === fullchain ? undefined : certificate,
    key: settings.get('Le_RealKeyPath') ?? join(folder, `${domain}.key`),
    chain: settings.get('Le_RealCACertPath'),
    fullchain: fullchain ?? (certificate === undefined ? own : undefined),
  };
}

function noteHooks(file: string, settings: Settings, note: (text: string) => void): void {
  for (const name of ['Le_ReloadCmd', 'Le_RenewHook', 'Le_PostHook', 'Le_DeployHook']) {
    const hook = settings.get(name);
    if (hook !== undefined) note(`${file}: its hook "${hook}" was left out. Add it as after: [PROGRAM, ARGUMENT…].`);
  }
  const before = settings.get('Le_PreHook');
  if (before !== undefined) note(`${file}: its hook "${before}" has no counterpart: nothing is run before.`);
}
