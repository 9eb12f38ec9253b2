import { readdir, readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AcmeProblem } from '../../acme/client/problem.ts';
import type { PlanValue } from '../../acme/plan/edit.ts';
import { keyOf, optional, stapleOf } from './imported-fields.ts';
import { challengeOf, contactOf, createBuilder, type ImportedPlan, outputOf } from './imported-plan.ts';
import { shellVariables } from './shell-words.ts';

type Settings = ReadonlyMap<string, string>;

/** What dehydrated calls otherwise than the presets here, or has besides. */
const renamedCas: Readonly<Record<string, string>> = {
  'letsencrypt-test': 'letsencrypt-staging',
  buypass: 'https://api.buypass.com/acme/directory',
  'buypass-test': 'https://api.test4.buypass.no/acme/directory',
};

/** Certificates of dehydrated. @param path its `config`, or the folder of it, usually `/etc/dehydrated` */
export async function importDehydrated(path: string): Promise<ImportedPlan> {
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const config = isFolder ? join(path, 'config') : path;
  const settings = await readSettings(config);
  const file = settings.get('DOMAINS_TXT') ?? '';
  const builder = createBuilder();
  for (const { name, names } of await readDomains(file, config)) {
    const folder = join(settings.get('CERTDIR') ?? '', name);
    const shared = settings.get('DOMAINS_D');
    const own = await addSettings(settings, shared === undefined ? join(folder, 'config') : join(shared, name));
    const ca = own.get('CA') ?? 'letsencrypt';
    const kid = own.get('EAB_KID');
    const contact = contactOf(own.get('CONTACT_EMAIL'));
    builder.certificate(name, {
      names,
      issuer: builder.issuer(renamedCas[ca] ?? ca, { ...contact, ...(kid === undefined ? {} : { eab: { kid } }) }),
      challenge: challenge(file, name, own, builder.note),
      key: keyOf(file, keyType(own), builder.note),
      ...(own.get('PRIVATE_KEY_RENEW') === 'no' ? { reuse: true } : {}),
      ...(own.get('OCSP_MUST_STAPLE') === 'yes' ? stapleOf(file, renamedCas[ca] ?? ca, builder.note) : {}),
      ...optional('preferredChain', own.get('PREFERRED_CHAIN')),
      ...optional('profile', own.get('ACME_PROFILE')),
      output: outputOf({
        certificate: join(folder, 'cert.pem'),
        key: join(folder, 'privkey.pem'),
        chain: join(folder, 'chain.pem'),
        fullchain: join(folder, 'fullchain.pem'),
      }),
    });
    const hook = own.get('HOOK');
    if (hook !== undefined)
      builder.note(
        `${name}: what the hook ${hook} does for deploy_cert was left out. Add it as after: [PROGRAM, ARGUMENT…].`,
      );
  }
  builder.note(`To keep the account: tls-workbench account import ISSUER ${settings.get('BASEDIR')}`);
  builder.note("Stop dehydrated's own timer, so that only one client renews these certificates.");
  return builder.done();
}

/**
 * The certificates of `domains.txt`, and of the files in the folder beside it (`parse_domains_txt` of dehydrated).
 * @throws AcmeProblem where there is none
 */
async function readDomains(file: string, config: string) {
  const more = (await readdir(`${file}.d`).catch(() => [])).filter((name) => name.endsWith('.txt')).sort();
  const texts = [file, ...more.map((name) => join(`${file}.d`, name))].map((each) =>
    readFile(each, 'utf8').catch(() => {
      throw new AcmeProblem(
        'not-found',
        `${each}, where ${config} has its names, cannot be read. Run as a user who may, or name the configuration that is in use.`,
      );
    }),
  );
  const found = (await Promise.all(texts)).flatMap((each) =>
    each
      .toLowerCase()
      .split(/\r?\n/)
      .flatMap((line) => {
        const [words = '', alias] = line.replace(/^\s*#.*/, '').split('>');
        const names = words.trim().split(/\s+/).filter(Boolean);
        const name = alias?.trim() || names[0];
        return name === undefined ? [] : [{ name, names }];
      }),
  );
  if (found.length > 0) return found;
  throw new AcmeProblem(
    'not-found',
    `${file}, where ${config} has its names, has none. Write a line for each certificate there, or name the configuration that is in use.`,
  );
}

/** With what holds where nothing is said (docs/examples/config of dehydrated). @throws AcmeProblem where it cannot be read */
async function readSettings(config: string): Promise<Settings> {
  const text = await readFile(config, 'utf8').catch(() => {
    throw new AcmeProblem(
      'not-found',
      `${config} cannot be read. Name the configuration of dehydrated, or its folder.`,
    );
  });
  const folder = dirname(config);
  let settings: Settings = shellVariables(
    text,
    new Map([
      ['SCRIPTDIR', folder],
      ['BASEDIR', folder],
    ]),
  );
  const more = settings.get('CONFIG_D');
  for (const name of more === undefined ? [] : (await readdir(more).catch(() => [])).sort())
    if (name.endsWith('.sh')) settings = await addSettings(settings, join(more ?? '', name));
  const base = settings.get('BASEDIR') ?? folder;
  return new Map([['CERTDIR', join(base, 'certs')], ['DOMAINS_TXT', join(base, 'domains.txt')], ...settings]);
}

/** A variable that is empty is as if it were not set. */
async function addSettings(settings: Settings, file: string): Promise<Settings> {
  const found = shellVariables(await readFile(file, 'utf8').catch(() => ''), settings);
  return new Map([...settings, ...found].filter(([, value]) => value !== ''));
}

/** Since 0.7.0 keys are on secp384r1 where nothing is said. */
function keyType(settings: Settings): string {
  const algorithm = settings.get('KEY_ALGO') ?? 'secp384r1';
  if (algorithm === 'rsa') return `rsa-${settings.get('KEYSIZE') ?? '4096'}`;
  return `ecdsa-p${/(\d{3})[rv]1$/.exec(algorithm)?.[1] ?? algorithm}`;
}

function challenge(file: string, name: string, settings: Settings, note: (text: string) => void): PlanValue {
  switch (settings.get('CHALLENGETYPE')) {
    case 'dns-01':
      note(
        `${file}: the hook that sets the records of ${name} is called otherwise. Give the challenge a command or rfc2136.`,
      );
      return { type: 'dns-01' };
    case 'tls-alpn-01':
      note(
        `${file}: ${name} is proved by tls-alpn-01 through another server. Give the challenge an address to listen on.`,
      );
      return { type: 'tls-alpn-01' };
    default:
      return challengeOf(settings.get('WELLKNOWN') ?? '/var/www/dehydrated');
  }
}
