import { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { PlanValue } from '../../acme/plan/edit.ts';
import { caPresets } from '../../acme/plan/presets.ts';
import { errorCode } from '../../acme/store/atomic.ts';
import { certificateNames, splitChain } from '../../acme/store/output.ts';
import { keyOf, keyTypeOf } from './imported-fields.ts';
import { contactOf, createBuilder, type ImportedPlan, outputOf } from './imported-plan.ts';

type Builder = ReturnType<typeof createBuilder>;

/**
 * Certificates that lego has kept: `certificates/NAME.json` with the certificate's URL, and its files beside that.
 * @param path its folder, usually `.lego`, one above that, or that of the certificates
 */
export async function importLegoFolder(path: string): Promise<ImportedPlan> {
  const builder = createBuilder();
  for (const folder of [path, join(path, 'certificates'), join(path, '.lego/certificates')]) {
    if (basename(folder) !== 'certificates') continue;
    for (const name of (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort())
      await add(join(folder, name.slice(0, -'.json'.length)), builder);
  }
  return builder.done(`${path} holds no certificate of lego. They lie in .lego/certificates.`);
}

/** @param base of the names of its files */
async function add(base: string, builder: Builder): Promise<void> {
  try {
    const { certUrl } = JSON.parse(await readFile(`${base}.json`, 'utf8')) as { readonly certUrl: string };
    const chain = splitChain(await readFile(`${base}.crt`, 'utf8'));
    const certificate = new X509Certificate(chain[0] ?? '');
    const names = [...certificateNames(certificate)];
    const [name] = names;
    if (name === undefined) throw new TypeError('A certificate for no name');
    const path = dirname(dirname(base));
    const existing = (file: string) => (existsSync(file) ? file : undefined);
    const key = existing(`${base}.key`);
    if (key === undefined)
      builder.note(
        `${name}: lego was given a request (--csr) and has no key. Name the request as csr, in place of key.`,
      );
    builder.certificate(name, {
      names,
      issuer: builder.issuer(directoryOf(certUrl, builder.note), await contactFields(path, certUrl)),
      challenge: challengeFor(names, builder.note),
      key: keyOf(base, keyTypeOf(certificate), builder.note),
      output: outputOf({
        [chain.length > 1 ? 'fullchain' : 'certificate']: `${base}.crt`,
        key,
        chain: existing(`${base}.issuer.crt`),
        combined: existing(`${base}.pem`),
      }),
    });
    builder.note(`To keep the account: tls-workbench account import ISSUER ${path}`);
  } catch (error) {
    builder.note(
      `${base}.json was left out: it or its certificate cannot be read (${errorCode(error) ?? 'not lego’s'}).`,
    );
  }
}

/** The directory of a certificate's URL, which lego keeps without it. */
function directoryOf(certUrl: string, note: Builder['note']): string {
  const { host, origin } = new URL(certUrl);
  const known = caPresets.filter(({ directory }) => new URL(directory).host === host);
  const found = known.find(({ directory }) => certUrl.startsWith(directory)) ?? known[0];
  if (found !== undefined) return found.directory;
  note(`${origin}/directory was made of the address of a certificate. Check the issuer's directory.`);
  return `${origin}/directory`;
}

/** Of the first account there. */
async function contactFields(path: string, certUrl: string) {
  const accounts = await readdir(join(path, 'accounts', new URL(certUrl).host.replace(':', '_'))).catch(() => []);
  return contactOf(accounts.filter((name) => name.includes('@')).sort()[0]);
}

function challengeFor(names: readonly string[], note: Builder['note']): PlanValue {
  if (names.some((name) => name.startsWith('*.'))) {
    note(`${names[0]}: lego does not keep how names were proven. Give the challenge a command or rfc2136.`);
    return { type: 'dns-01' };
  }
  note(
    'lego does not keep how names were proven. Where a server has port 80, name the folder that it serves as webroot.',
  );
  return { type: 'http-01', listen: ':80' };
}
