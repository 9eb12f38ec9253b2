import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { readRequestNames } from '../../acme/client/client.ts';
import { AcmeProblem } from '../../acme/client/problem.ts';
import type { PlanValue } from '../../acme/plan/edit.ts';
import { importLegoFolder } from './import-lego-folder.ts';
import { keyOf, optional, stapleOf } from './imported-fields.ts';
import { contactOf, createBuilder, type ImportedPlan, outputOf } from './imported-plan.ts';
import { lastValue, shellCommands } from './shell-words.ts';

/** A certificate from an acme-tiny command line, in a shell script or a crontab. */
export async function importAcmeTiny(file: string): Promise<ImportedPlan> {
  const builder = createBuilder();
  for (const { words, output } of shellCommands(await readScript(file), /acme[-_]tiny(\.py)?$/)) {
    // Another program's, as that of `cd /opt/acme-tiny`.
    if (!words.some((word) => /^[-$]/.test(word))) continue;
    noteUnset(file, words, builder.note);
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

/** Certificates from lego command lines, in a shell script or a crontab, or from its folder. */
export async function importLego(file: string): Promise<ImportedPlan> {
  const folder = await stat(file).catch(() => undefined);
  if (folder?.isDirectory()) return importLegoFolder(file);
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
  const script = await readScript(file);
  const usual = lastValue(script, 'LEGO_PATH') || '.lego';
  for (const { words } of shellCommands(script, /^lego$/)) {
    const { options } = readOptions(words, flags);
    const all = (...names: readonly string[]) => names.flatMap((name) => options.get(name) ?? []);
    const [name] = all('domains', 'd');
    if (name === undefined) {
      // It issues none, or is another program's, as that of `mkdir -p /etc/lego`.
      if (words.some((word) => /^(?:run$|renew$|\$)/.test(word)))
        builder.note(`${file}: a command names no domains and was left out.`);
      continue;
    }
    const path = all('path')[0] ?? usual;
    noteUnset(file, [path, ...words], builder.note);
    const folder = `${path}/certificates`;
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
    builder.note(`To keep the account: tls-workbench account import ISSUER ${path}`);
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

/** What a loop or the arguments of the script set. */
function noteUnset(file: string, words: readonly string[], note: (text: string) => void): void {
  const unset = [...new Set(words.flatMap((word) => word.match(/\$(?:\w+|\{[^}]*\}|[@*])/g) ?? []))];
  if (unset.length === 0) return;
  note(`${file}: ${unset.join(', ')} is set as the script runs, and left as it stands. Put the value in its place.`);
}

async function readScript(file: string): Promise<string> {
  return await readFile(file, 'utf8').catch(() => {
    throw new AcmeProblem('not-found', `${file} cannot be read. Name the script that calls the client.`);
  });
}
