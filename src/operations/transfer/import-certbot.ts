import { X509Certificate } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AcmeProblem } from '../../acme/client/problem.ts';
import type { PlanValue } from '../../acme/plan/edit.ts';
import { errorCode } from '../../acme/store/atomic.ts';
import { certificateNames, splitChain } from '../../acme/store/output.ts';
import { readConfigObj, type Section } from './configobj.ts';
import { keyOf, optional, stapleOf } from './imported-fields.ts';
import { createBuilder, type ImportedPlan, outputOf } from './imported-plan.ts';

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
    const { top, sections } = readConfigObj(await readRenewalFile(file));
    const parameters = sections.get('renewalparams');
    if (parameters === undefined) {
      builder.note(`${file} was left out: it has no section [renewalparams], as renewal files of certbot have.`);
      continue;
    }
    found++;
    const name = basename(file, '.conf');
    const cert = top.get('cert') ?? '';
    const names = (await namesOf(cert)) ?? sections.get('webroot_map')?.names ?? [];
    if (names.length === 0) {
      const otherwise = cert === '' ? '' : `, or import as a user who may read ${cert}`;
      builder.note(`${file}: its names could not be found, and ${name} was taken. Complete them${otherwise}.`);
    }
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
    if (parameters.has('account'))
      builder.note(`To keep the account: tls-workbench account import ISSUER ${dirname(dirname(file))}`);
  }
  if (found === 0) {
    throw new AcmeProblem(
      'not-found',
      `${path} holds no renewal file of certbot, which has a section [renewalparams]. They lie in /etc/letsencrypt/renewal.`,
    );
  }
  for (const folder of new Set(files.map((file) => join(dirname(dirname(file)), 'renewal-hooks'))))
    await noteSharedHooks(folder, builder.note);
  builder.note("Stop certbot's own timer for these certificates, so that only one client renews them.");
  return builder.done();
}

/** Programs that certbot runs for whatever it renews. */
async function noteSharedHooks(folder: string, note: (text: string) => void): Promise<void> {
  for (const kind of ['deploy', 'post', 'pre']) {
    for (const name of (await readdir(join(folder, kind)).catch(() => [])).sort()) {
      const file = join(folder, kind, name);
      // As certbot does (hooks.py, list_hooks).
      const info = await stat(file).catch(() => undefined);
      if (name.endsWith('~') || info?.isFile() !== true || (info.mode & 0o111) === 0) continue;
      const next =
        kind === 'pre' ? 'has no counterpart: nothing is run before' : `was left out. Add it as after: [${file}]`;
      note(`The hook ${file}, which certbot runs for all, ${next}.`);
    }
  }
}

/** What certbot does besides, and nothing in the plan. */
function noteHabits(file: string, parameters: Section, note: (text: string) => void): void {
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
function certbotKey(parameters: Section, version = '2'): string {
  const size = parameters.get('rsa_key_size');
  const type = parameters.get('key_type') ?? (size !== undefined || /^[01]\./.test(version) ? 'rsa' : 'ecdsa');
  if (type === 'rsa') return `rsa-${size ?? '2048'}`;
  const curve = parameters.get('elliptic_curve') ?? 'secp256r1';
  return `ecdsa-p${/^secp(\d+)r1$/.exec(curve)?.[1] ?? curve}`;
}

function certbotChallenge(
  file: string,
  parameters: Section,
  sections: ReadonlyMap<string, Section>,
  note: (text: string) => void,
): PlanValue {
  const authenticator = parameters.get('authenticator') ?? '';
  const map = sections.get('webroot_map');
  if (authenticator === 'webroot' && map !== undefined && map.names.length > 0) {
    const folders = map.names.map((name) => [name, map.get(name) ?? ''] as const);
    const [[, first] = ['', '']] = folders;
    const isOne = folders.every(([, folder]) => folder === first);
    return { type: 'http-01', webroot: isOne ? first : Object.fromEntries(folders) };
  }
  const path = parameters.get('webroot_path');
  if (authenticator === 'webroot' && path) return { type: 'http-01', webroot: path };
  if (authenticator === 'standalone') {
    const address = parameters.get('http01_address') ?? '';
    const host = address.includes(':') ? `[${address}]` : address;
    return { type: 'http-01', listen: `${host}:${parameters.get('http01_port') ?? 80}` };
  }
  if (authenticator.startsWith('dns-') || parameters.all('pref_challs').some((type) => type.startsWith('dns'))) {
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

async function renewalFiles(path: string): Promise<readonly string[]> {
  const info = await stat(path).catch((error: unknown) => noneUnlessClosed(path, error));
  if (info === undefined) throw new AcmeProblem('not-found', `${path} does not exist. Check the path.`);
  if (info.isFile()) return [path];
  const closed: [string, unknown][] = [];
  for (const folder of [path, join(path, 'renewal')]) {
    const all = await readdir(folder).catch((error: unknown): string[] => {
      closed.push([folder, error]);
      return [];
    });
    const names = all.filter((name) => name.endsWith('.conf')).sort();
    if (names.length > 0) return names.map((name) => join(folder, name));
  }
  for (const [folder, error] of closed) noneUnlessClosed(folder, error);
  return [];
}

/** What is closed to this user may hold what is looked for. */
function noneUnlessClosed(path: string, error: unknown): undefined {
  if (errorCode(error) === 'EACCES')
    throw new AcmeProblem('unreadable', `${path} may not be read by this user. Run as a user who may, such as root.`);
}

async function readRenewalFile(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch((error: unknown) => {
    const code = errorCode(error) ?? String(error);
    // It was found by its name.
    const why = code === 'ENOENT' ? 'leads to a file that does not exist. Mend the link' : undefined;
    throw new AcmeProblem(
      'unreadable',
      `${file} ${why ?? `cannot be read (${code}). Run as a user who may`}, or name other renewal files.`,
    );
  });
}

async function namesOf(file: string): Promise<readonly string[] | undefined> {
  try {
    return certificateNames(new X509Certificate(splitChain(await readFile(file, 'utf8'))[0] ?? ''));
  } catch {
    return undefined;
  }
}
