import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { readRequestNames } from '../../acme/client/client.ts';
import { AcmeProblem } from '../../acme/client/problem.ts';
import type { NewEntry, PlanValue } from '../../acme/plan/edit.ts';
import { challengePath } from '../../acme/plan/plan.ts';
import { caPresets } from '../../acme/plan/presets.ts';
import { errorCode } from '../../acme/store/atomic.ts';
import { certificateNames, splitChain } from '../../acme/store/output.ts';
import { type Fields, keyOf, optional, stapleOf } from './imported-fields.ts';
import { shellCommands } from './shell-words.ts';

/** What was made of the files of another client, and what could not be. */
export interface ImportedPlan {
  readonly issuers: readonly NewEntry[];
  readonly certificates: readonly NewEntry[];
  /** Sentences about what needs a look. */
  readonly notes: readonly string[];
}

/** Certificates from certbot's `renewal/*.conf`. @param path one of them, or a folder above */
export async function importCertbot(path: string): Promise<ImportedPlan> {
  const files = await renewalFiles(path);
  if (files.length === 0)
    throw new AcmeProblem(
      'not-found',
      `${path} holds no renewal file of certbot. They lie in /etc/letsencrypt/renewal.`,
    );
  const builder = createBuilder();
  let found = 0;
  for (const file of files) {
    const { top, sections } = readIni(await readRenewalFile(file));
    const parameters = sections.get('renewalparams');
    if (parameters === undefined) {
      builder.note(`${file} was left out: it has no section [renewalparams], as renewal files of certbot have.`);
      continue;
    }
    found++;
    const name = basename(file, '.conf');
    const names = (await namesOf(top.get('cert') ?? '')) ?? [...(sections.get('webroot_map')?.keys() ?? [])];
    if (names.length === 0) builder.note(`${file}: its names could not be found; ${name} was taken.`);
    builder.certificate(name, {
      names: names.length === 0 ? [name] : [...names],
      issuer: builder.issuer(parameters.get('server') ?? 'letsencrypt', {}),
      challenge: certbotChallenge(file, parameters, sections, builder.note),
      key: keyOf(file, certbotKey(parameters, top.get('version')), builder.note),
      ...(parameters.get('reuse_key') === 'True' ? { reuse: true } : {}),
      ...(parameters.get('must_staple') === 'True' ? stapleOf(file, parameters.get('server'), builder.note) : {}),
      ...optional('preferredChain', parameters.get('preferred_chain')),
      ...optional('profile', parameters.get('required_profile') ?? parameters.get('preferred_profile')),
      output: outputOf({
        certificate: top.get('cert'),
        key: top.get('privkey'),
        chain: top.get('chain'),
        fullchain: top.get('fullchain'),
      }),
    });
    noteHabits(file, parameters, builder.note);
  }
  if (found === 0) {
    throw new AcmeProblem(
      'not-found',
      `${path} holds no renewal file of certbot, which has a section [renewalparams]. They lie in /etc/letsencrypt/renewal.`,
    );
  }
  builder.note("Stop certbot's own timer for these certificates, so that only one client renews them.");
  return builder.done();
}

/** What certbot does besides, and nothing in the plan. */
function noteHabits(file: string, parameters: ReadonlyMap<string, string>, note: (text: string) => void): void {
  for (const hook of [parameters.get('renew_hook'), parameters.get('post_hook')])
    if (hook !== undefined) note(`${file}: its hook "${hook}" was left out. Add it as after: [PROGRAM, ARGUMENT…].`);
  const before = parameters.get('pre_hook');
  if (before !== undefined) note(`${file}: its hook "${before}" has no counterpart: nothing is run before.`);
  const installer = parameters.get('installer') ?? 'None';
  if (installer !== 'None')
    note(
      `${file}: its installer ${installer} had the server read each new certificate. Add after: [PROGRAM, ARGUMENT…].`,
    );
  if (parameters.get('autorenew') === 'False')
    note(
      `${file}: certbot was told not to renew it (autorenew = False), and the plan does. Leave it out if it is not wanted.`,
    );
}

/** Before 2.0 keys were RSA, of 2048 bits unless somebody asked for more, and files did not always say so. */
function certbotKey(parameters: ReadonlyMap<string, string>, version = '2'): string {
  const size = parameters.get('rsa_key_size');
  const type = parameters.get('key_type') ?? (size !== undefined || /^[01]\./.test(version) ? 'rsa' : 'ecdsa');
  if (type === 'rsa') return `rsa-${size ?? '2048'}`;
  const curve = parameters.get('elliptic_curve') ?? 'secp256r1';
  return `ecdsa-p${/^secp(\d+)r1$/.exec(curve)?.[1] ?? curve}`;
}

function certbotChallenge(
  file: string,
  parameters: ReadonlyMap<string, string>,
  sections: ReadonlyMap<string, ReadonlyMap<string, string>>,
  note: (text: string) => void,
): PlanValue {
  const authenticator = parameters.get('authenticator') ?? '';
  const map = sections.get('webroot_map');
  if (authenticator === 'webroot' && map !== undefined && map.size > 0) {
    const [first = ''] = map.values();
    const isOne = [...map.values()].every((folder) => folder === first);
    return { type: 'http-01', webroot: isOne ? first : Object.fromEntries(map) };
  }
  const path = parameters.get('webroot_path')?.split(',')[0];
  if (authenticator === 'webroot' && path) return { type: 'http-01', webroot: path };
  if (authenticator === 'standalone') {
    const address = parameters.get('http01_address') ?? '';
    const host = address.includes(':') ? `[${address}]` : address;
    return { type: 'http-01', listen: `${host}:${parameters.get('http01_port') ?? 80}` };
  }
  if (authenticator.startsWith('dns-') || parameters.get('pref_challs')?.includes('dns')) {
    note(`${file}: the plugin ${authenticator} has no counterpart. Give the challenge a command or rfc2136.`);
    return { type: 'dns-01' };
  }
  note(
    authenticator === ''
      ? `${file} names no plugin. Name the folder that the server serves as webroot.`
      : `${file}: the plugin ${authenticator} proves names through the server itself. Name the folder that it serves as webroot.`,
  );
  return { type: 'http-01', webroot: '/var/www/html' };
}

/** A certificate from an acme-tiny command line, in a shell script or a crontab. */
export async function importAcmeTiny(file: string): Promise<ImportedPlan> {
  const builder = createBuilder();
  for (const { words, output } of shellCommands(await readScript(file), /acme[-_]tiny(\.py)?$/)) {
    const { options } = readOptions(words, []);
    const option = (...names: readonly string[]) => names.map((name) => options.get(name)?.[0]).find(Boolean);
    const csr = option('csr');
    const folder = option('acme-dir');
    if (csr === undefined || folder === undefined) {
      builder.note(`${file}: a command lacks --csr or --acme-dir and was left out.`);
      continue;
    }
    const written = option('output') ?? output;
    const name = basename(csr).replace(/\.(csr|req|pem)$/i, '');
    const names = await readFile(resolve(dirname(file), csr), 'utf8')
      .then(readRequestNames)
      .catch(() => undefined);
    if (names === undefined)
      builder.note(`${csr} cannot be read here; the name ${name} was taken from its file name. Complete the names.`);
    builder.certificate(name, {
      names: [...(names ?? [name])],
      issuer: builder.issuer(option('directory-url', 'ca') ?? 'letsencrypt', contactOf(option('contact'))),
      challenge: { type: 'http-01', challengeDirectory: folder },
      csr,
      output: outputOf({ fullchain: written ?? `tls/${name}.fullchain.pem` }),
    });
    const key = option('account-key');
    if (key !== undefined) builder.note(`To keep the account: tls-workbench account import ISSUER ${key}`);
    if (options.has('combine')) builder.note('--combine is not needed: the CA sends its chain along.');
  }
  return builder.done(`${file} holds no command of acme-tiny.`);
}

/** Certificates from lego command lines, in a shell script or a crontab. */
export async function importLego(file: string): Promise<ImportedPlan> {
  const builder = createBuilder();
  const flags = [
    'accept-tos',
    'a',
    'http',
    'tls',
    'eab',
    'pem',
    'pfx',
    'disable-cn',
    'always-deactivate-authorizations',
    'must-staple',
    'no-bundle',
    'reuse-key',
  ];
  for (const { words } of shellCommands(await readScript(file), /^lego$/)) {
    const { options } = readOptions(words, flags);
    const all = (...names: readonly string[]) => names.flatMap((name) => options.get(name) ?? []);
    const [name] = all('domains', 'd');
    if (name === undefined) {
      builder.note(`${file}: a command names no domains and was left out.`);
      continue;
    }
    const folder = `${all('path')[0] ?? '.lego'}/certificates`;
    const base = `${folder}/${name.replace(/^\*/, '_')}`;
    const kid = all('kid')[0];
    const keyType = all('key-type', 'k')[0] ?? 'ec256';
    const hook = all('renew-hook', 'run-hook')[0];
    builder.certificate(name, {
      names: all('domains', 'd'),
      issuer: builder.issuer(all('server', 's')[0] ?? 'letsencrypt', {
        ...contactOf(all('email', 'm')[0]),
        ...(kid === undefined ? {} : { eab: { kid } }),
      }),
      challenge: legoChallenge(file, all, options, builder.note),
      key: keyOf(file, legoKey(keyType), builder.note),
      ...(options.has('reuse-key') ? { reuse: true } : {}),
      ...(options.has('must-staple') ? stapleOf(file, all('server', 's')[0], builder.note) : {}),
      ...optional('preferredChain', all('preferred-chain')[0]),
      ...optional('profile', all('profile')[0]),
      output: outputOf({
        [options.has('no-bundle') ? 'certificate' : 'fullchain']: `${base}.crt`,
        key: `${base}.key`,
        chain: `${base}.issuer.crt`,
        combined: options.has('pem') ? `${base}.pem` : undefined,
      }),
    });
    if (hook !== undefined) builder.note(`The hook "${hook}" was left out. Add it as after: [PROGRAM, ARGUMENT…].`);
    builder.note(`To keep the account: tls-workbench account import ISSUER ${all('path')[0] ?? '.lego'}`);
  }
  return builder.done(`${file} holds no command of lego.`);
}

/** `ec256`, `RSA4096` */
function legoKey(type: string): string {
  return type.toLowerCase().replace('ec', 'ecdsa-p').replace('rsa', 'rsa-');
}

function legoChallenge(
  file: string,
  all: (...names: readonly string[]) => readonly string[],
  options: ReadonlyMap<string, unknown>,
  note: (text: string) => void,
): PlanValue {
  const webroot = all('http.webroot')[0];
  if (webroot !== undefined) return { type: 'http-01', webroot };
  const provider = all('dns')[0];
  if (provider !== undefined) {
    if (provider !== 'manual')
      note(`${file}: the DNS provider ${provider} has no counterpart. Give the challenge a command or rfc2136.`);
    return { type: 'dns-01' };
  }
  if (options.has('tls')) return { type: 'tls-alpn-01', listen: all('tls.port')[0] ?? ':443' };
  return { type: 'http-01', listen: all('http.port')[0] ?? ':80' };
}

/** Entries without doubles: one issuer for each directory. */
export function createBuilder() {
  const issuers = new Map<string, NewEntry>();
  const certificates: NewEntry[] = [];
  const notes: string[] = [];
  const note = (text: string): void => {
    if (!notes.includes(text)) notes.push(text);
  };
  return {
    note,
    /** @returns the issuer's name */
    issuer(directoryOrPreset: string, fields: Fields, wereTermsAgreed = true): string {
      const preset = caPresets.find(({ id, directory }) => id === directoryOrPreset || directory === directoryOrPreset);
      const directory = preset?.id ?? directoryOrPreset;
      const name = preset?.id ?? hostOf(directory);
      if (!issuers.has(name)) {
        issuers.set(name, { name, fields: { directory, ...fields, agreeToTerms: wereTermsAgreed } });
        if (wereTermsAgreed) note(`Issuer ${name}: agreeToTerms was set, since its terms were agreed to before.`);
        else note(`Issuer ${name}: read its terms of service, and set agreeToTerms: true.`);
      }
      return name;
    },
    certificate(name: string, fields: Fields): void {
      if (certificates.some((entry) => entry.name === name)) note(`${name} is named twice; the second was left out.`);
      else certificates.push({ name, fields });
    },
    /** @param nothing what to say where no certificate was found */
    done(nothing = ''): ImportedPlan {
      if (certificates.length === 0 && notes.length === 0) throw new AcmeProblem('not-found', nothing);
      return { issuers: [...issuers.values()], certificates, notes };
    },
  };
}

function hostOf(directory: string): string {
  const url = URL.canParse(directory) ? new URL(directory) : undefined;
  if (url?.hostname) return url.hostname;
  const known = caPresets.map(({ id }) => id).join(', ');
  throw new AcmeProblem(
    'not-found',
    `"${directory}" is neither a known CA nor the URL of a directory. Known are ${known}.`,
  );
}

/** The challenge folder as the plan writes it: a document root where it ends in the well-known path. */
function challengeOf(folder: string): PlanValue {
  const clean = folder.replace(/(?<=.)\/+$/, '');
  if (clean.endsWith(challengePath)) return { type: 'http-01', webroot: webrootOf(clean) };
  return { type: 'http-01', challengeDirectory: clean };
}

/** The same where each name may have its own folder. */
export function challengeByName(folders: ReadonlyMap<string, string>): PlanValue {
  const clean = [...folders].map(([name, folder]) => [name, folder.replace(/(?<=.)\/+$/, '')] as const);
  const [first] = clean;
  if (first && clean.every(([, folder]) => folder === first[1])) return challengeOf(first[1]);
  if (!clean.every(([, folder]) => folder.endsWith(challengePath))) {
    return { type: 'http-01', challengeDirectory: Object.fromEntries(clean) };
  }
  const webroots = clean.map(([name, folder]) => [name, webrootOf(folder)] as const);
  return { type: 'http-01', webroot: Object.fromEntries(webroots) };
}

function webrootOf(challengeFolder: string): string {
  return challengeFolder.slice(0, -challengePath.length) || '/';
}

export function outputOf(files: Readonly<Record<string, string | undefined>>): PlanValue {
  return Object.fromEntries(
    Object.entries(files).flatMap(([kind, file]) => (file === undefined ? [] : [[kind, file]])),
  );
}

function contactOf(address: string | undefined): Fields {
  return address === undefined ? {} : { contact: [address.replace(/^mailto:/, '')] };
}

/** Options of a command line: `--name value`, `--name=value`, `-n value`; those in `flags` take none. */
function readOptions(words: readonly string[], flags: readonly string[]) {
  const options = new Map<string, string[]>();
  for (let index = 0; index < words.length; index++) {
    const match = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(words[index] ?? '');
    const name = match?.[1];
    if (name === undefined) continue;
    const values = options.get(name) ?? [];
    options.set(name, values);
    if (match?.[2] !== undefined) values.push(match[2]);
    else if (!flags.includes(name) && words[index + 1]?.startsWith('-') === false) values.push(words[++index] ?? '');
  }
  return { options };
}

async function renewalFiles(path: string): Promise<readonly string[]> {
  const info = await stat(path).catch(() => undefined);
  if (info === undefined) throw new AcmeProblem('not-found', `${path} does not exist. Check the path.`);
  if (info.isFile()) return [path];
  for (const folder of [path, join(path, 'renewal')]) {
    const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.conf')).sort();
    if (names.length > 0) return names.map((name) => join(folder, name));
  }
  return [];
}

async function readRenewalFile(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: unknown) => {
    throw new AcmeProblem(
      'unreadable',
      `${file} cannot be read (${errorCode(error) ?? String(error)}). Run as a user who may, or name other renewal files.`,
    );
  });
}

function readIni(text: string) {
  const top = new Map<string, string>();
  const sections = new Map<string, Map<string, string>>();
  let current = top;
  for (const line of text.split(/\r?\n/)) {
    const header = /^\s*\[+([^\]]+)\]+\s*$/.exec(line);
    const equals = /^\s*[#;=]/.test(line) ? -1 : line.indexOf('=');
    if (header !== null) {
      current = new Map();
      sections.set(header[1] ?? '', current);
    } else if (equals > 0) {
      const value = line.slice(equals + 1).trim();
      current.set(line.slice(0, equals).trim(), value.endsWith(',') ? value.slice(0, -1) : value);
    }
  }
  return { top, sections };
}

async function namesOf(file: string): Promise<readonly string[] | undefined> {
  try {
    return certificateNames(new X509Certificate(splitChain(await readFile(file, 'utf8'))[0] ?? ''));
  } catch {
    return undefined;
  }
}

async function readScript(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => {
    throw new AcmeProblem('not-found', `${file} cannot be read. Name the script that calls the client.`);
  });
}
