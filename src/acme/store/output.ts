import { createPrivateKey, X509Certificate } from 'node:crypto';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { AcmeProblem, reportToCa } from '../client/problem.ts';
import { type Identifier, shortestAddress } from '../order/identifiers.ts';
import { type OutputKind, type OutputPlan, outputKinds } from '../plan/plan.ts';
import { checkTakesFiles, errorCode, makeFolder, syncFolder, temporaryName, writeAtomic, writeNew } from './atomic.ts';
import { chmod, chown, link, lstat, readFile, readlink, realpath, removeFile, rename, stat, sync } from './files.ts';
import { writeReason, writeRemedy } from './reasons.ts';

/** A file of the set, written beside its place and waiting to be renamed over it. */
export interface StagedFile {
  readonly kind: OutputKind;
  readonly temporary: string;
  readonly path: string;
}

/** The PEM blocks of a chain, leaf first, each with a newline at its end. @throws AcmeProblem where there is none */
export function splitChain(pem: string): readonly string[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length === 0) {
    throw new AcmeProblem(
      'unexpected-answer',
      `The CA sent something that is no PEM certificate chain. Nothing was written. ${reportToCa}`,
    );
  }
  return blocks.map((block) => `${block.replace(/\r\n?/g, '\n')}\n`);
}

/** @throws AcmeProblem where the CA's certificate is not the one that was asked for */
export function checkIssued(
  chain: string,
  keyPem: string | undefined,
  identifiers: readonly Identifier[],
): X509Certificate {
  const [leaf = ''] = splitChain(chain);
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(leaf);
    for (const block of splitChain(chain)) new X509Certificate(block);
  } catch (error) {
    throw new AcmeProblem(
      'unexpected-answer',
      `The CA sent a certificate that cannot be decoded. Nothing was written. ${reportToCa}`,
      { cause: error },
    );
  }
  if (keyPem !== undefined && !certificate.checkPrivateKey(createPrivateKey(keyPem))) {
    throw new AcmeProblem(
      'unexpected-answer',
      `The CA sent a certificate for another key than ours. Nothing was written. ${reportToCa}`,
    );
  }
  const names = certificateNames(certificate);
  const lacking = identifiers.filter(({ value }) => !names.includes(value)).map(({ value }) => value);
  if (lacking.length > 0) {
    throw new AcmeProblem(
      'unexpected-answer',
      `The CA's certificate lacks ${lacking.join(', ')}. Nothing was written. ${reportToCa}`,
    );
  }
  return certificate;
}

/** Names and addresses of the subject alternative names, as `Identifier.value` writes them. */
export function certificateNames(certificate: X509Certificate): readonly string[] {
  const text = certificate.subjectAltName ?? '';
  return [...text.matchAll(/(DNS|IP Address):([^,\s"]+)/g)].map(([, type, value = '']) =>
    type === 'DNS' ? value.toLowerCase() : shortestAddress(value),
  );
}

export type OutputContents = Readonly<Record<OutputKind, string | undefined>>;

/** What each file of the set holds. `key` is left out where the user brought a signing request. */
export function outputContents(
  chain: string,
  keyPem: string | undefined,
): Readonly<Record<OutputKind, string | undefined>> {
  const [leaf = '', ...rest] = splitChain(chain);
  // A server sends no root: whoever trusts it has it. It stays in `chain`, for those who want to hand it out.
  const full = [leaf, ...rest.filter((pem) => !isRoot(pem))].join('');
  return {
    certificate: leaf,
    chain: rest.join(''),
    fullchain: full,
    key: keyPem,
    combined: keyPem === undefined ? full : full + keyPem,
  };
}

/** By its key identifiers too: a CA's next key, certified with the one before, bears one name and is no root. */
function isRoot(pem: string): boolean {
  const certificate = new X509Certificate(pem);
  return certificate.ca && certificate.checkIssued(certificate);
}

/** Tells before an order is spent that its files could not be written. @throws AcmeProblem of type `output-not-writable` */
export async function checkWritable(output: OutputPlan): Promise<void> {
  await checkKeyStays(output);
  for (const named of Object.values(output.files)) {
    const path = await followed(named);
    let folder = dirname(path);
    for (;;) {
      try {
        // What lies in the place of a folder may be written too.
        if (!(await stat(folder)).isDirectory()) throw Object.assign(new Error(folder), { code: 'ENOTDIR' });
        await checkTakesFiles(folder);
        break;
      } catch (error) {
        const parent = dirname(folder);
        if (errorCode(error) !== 'ENOENT' || parent === folder) throw notWritable(path, error);
        // No folder can be made in the place of a link whose own is gone, such as one on a disk that is not mounted.
        if ((await lstat(folder).catch(() => undefined)) !== undefined)
          throw new AcmeProblem(
            'output-not-writable',
            `${path} cannot be written: ${folder} is a link that leads nowhere. Put its folder there, or correct the path in the plan, and run it again.`,
          );
        folder = parent;
      }
    }
    // The name that a file has first is longer.
    await stat(temporaryName(path)).catch((error: unknown) => {
      if (errorCode(error) === 'ENAMETOOLONG') throw notWritable(path, error);
    });
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory())
      throw new AcmeProblem('output-not-writable', `${path} is a folder. Name a file in the plan's output.`);
    // A file would take the place of the device itself.
    if (info !== undefined && !info.isFile())
      throw new AcmeProblem(
        'output-not-writable',
        `${path} is a device or a pipe, whose place a file would take. Name a file in the plan's output, or leave out what is not needed.`,
      );
  }
  if (output.group !== undefined) await groupId(output.group);
}

/**
 * By a link from another file the key would be written over, and the certificate be of no use. What is combined holds the key too,
 * and is written last.
 * @throws AcmeProblem of type `output-not-writable`
 */
export async function checkKeyStays({ files }: OutputPlan): Promise<void> {
  const { key, certificate, chain, fullchain, combined } = files;
  const place = key === undefined ? undefined : await followed(key);
  if (combined !== undefined && (await followed(combined)) === place) return;
  for (const other of [certificate, chain, fullchain]) {
    if (other === undefined || (await followed(other)) !== place) continue;
    throw new AcmeProblem(
      'output-not-writable',
      `${key} and ${other} lead to one file, ${place}, so that the key would be lost. Remove the link, or name them as combined in the plan.`,
    );
  }
}

/**
 * The files of a set and the names that they first get, beside their places. Symbolic links are followed, so that a link
 * stays one.
 */
export async function planOutput(output: OutputPlan, contents: OutputContents): Promise<readonly StagedFile[]> {
  const staged: StagedFile[] = [];
  for (const kind of outputKinds) {
    const named = output.files[kind];
    if (named === undefined || contents[kind] === undefined) continue;
    const path = await followed(named);
    staged.push({ kind, temporary: temporaryName(path), path });
  }
  return staged;
}

/** Where symbolic links lead, also one whose file is yet to be made. @throws AcmeProblem of type `output-not-writable` */
async function followed(named: string): Promise<string> {
  let path = named;
  try {
    for (let step = 0; step < 40; step++) {
      const folder = await realpath(dirname(path)).catch(() => dirname(path));
      const isLink = (await lstat(path).catch(() => undefined))?.isSymbolicLink() === true;
      if (!isLink) return join(folder, basename(path));
      path = resolve(folder, await readlink(path));
    }
  } catch (error) {
    throw notWritable(named, error);
  }
  throw notWritable(named, Object.assign(new Error(named), { code: 'ELOOP' }));
}

/**
 * Writes the whole set beside its places: keys as the plan says, else as the ones before or 0600, certificates 0644.
 * @throws AcmeProblem of type `output-not-writable`; nothing is left behind then
 */
export async function stageOutput(
  staged: readonly StagedFile[],
  output: OutputPlan,
  contents: OutputContents,
): Promise<void> {
  const group = output.group === undefined ? undefined : await groupId(output.group);
  try {
    for (const { kind, temporary, path } of staged) {
      const isSecret = kind === 'key' || kind === 'combined';
      const before = await chosenBefore(path);
      // What others might open in between, while it is empty, they would read later.
      const isLike = before !== undefined && (!isSecret || before.mode !== undefined);
      const secretMode = plannedMode(output) ?? before?.mode ?? 0o600;
      try {
        // Where a umask closes nothing, whoever may write in its folder could exchange a key.
        await makeFolder(dirname(path), 0o755);
        await writeNew(
          temporary,
          contents[kind] ?? '',
          isSecret ? secretMode : 0o644,
          'quick',
          isLike ? path : undefined,
        );
        if (group !== undefined && isSecret) await chown(temporary, (await stat(temporary)).uid, group);
      } catch (error) {
        throw notWritable(path, error);
      }
    }
    // All at once: the disk is waited for once.
    const waits = staged.map(({ temporary, path }) =>
      sync(temporary).catch((error: unknown) => {
        throw notWritable(path, error);
      }),
    );
    await Promise.all(waits);
  } catch (error) {
    await unstageOutput(staged);
    throw error;
  }
}

function plannedMode({ keyMode, group }: OutputPlan): number | undefined {
  return keyMode ?? (group === undefined ? undefined : 0o640);
}

/**
 * Gives keys that are in place the mode and the group that the plan says by now.
 * @param change false: only to look
 * @returns the files that have others. @throws AcmeProblem of type `output-not-writable` or `unknown-group`
 */
export async function alignAccess(output: OutputPlan, change: boolean): Promise<readonly string[]> {
  const mode = plannedMode(output);
  const found: string[] = [];
  if (mode === undefined || process.platform === 'win32') return found;
  const group = output.group === undefined ? undefined : await groupId(output.group);
  for (const path of [output.files.key, output.files.combined]) {
    // Elsewhere somebody else could have put another file there, to have it opened for a group.
    if (path === undefined || (await chosenBefore(path)) === undefined) continue;
    const info = await stat(path);
    if ((info.mode & 0o777) === mode && (group ?? info.gid) === info.gid) continue;
    try {
      if (change && group !== undefined && group !== info.gid) await chown(path, info.uid, group);
      if (change) await chmod(path, mode);
    } catch (error) {
      throw notWritable(path, error);
    }
    const now = change ? await stat(path) : undefined;
    // Some file systems take a mode and keep none, at every run again.
    if (now?.mode !== info.mode || now.gid !== info.gid) found.push(path);
  }
  return found;
}

/**
 * The mode of a file that is replaced, where whoever may write in its folder has chosen it, with its owner and its ACL: a proxy
 * that reads its key as a user of its own shall do so after the renewal. Open to everybody is no choice for a key. Undefined
 * where somebody else could have put the file there, to get the key.
 */
async function chosenBefore(path: string): Promise<{ readonly mode: number | undefined } | undefined> {
  const own = process.geteuid?.();
  const [info, folder] = await Promise.all([path, dirname(path)].map((each) => stat(each).catch(() => undefined)));
  if (own === undefined || info?.isFile() !== true || folder === undefined) return undefined;
  if ((folder.mode & 0o022) !== 0 || (folder.uid !== own && folder.uid !== 0)) return undefined;
  const mode = info.mode & 0o777;
  return { mode: (mode & 0o007) === 0 && (mode & 0o400) !== 0 ? mode : undefined };
}

/** Removes what was written beside the live files and is not to take their place. */
export async function unstageOutput(staged: readonly StagedFile[]): Promise<void> {
  for (const { temporary } of staged) {
    await removeFile(temporary);
    await removeFile(asideOf(temporary));
  }
}

/**
 * Renames the set over the old files. May be called again after a crash: what is renamed already is left alone. If one
 * cannot be renamed, the others are put back as they were, so that no mixed set stays.
 */
export async function commitOutput(staged: readonly StagedFile[]): Promise<void> {
  const done: PutBack[] = [];
  try {
    for (const { temporary, path } of staged) {
      try {
        const putBack = await keepAside(path, asideOf(temporary));
        await rename(temporary, path);
        done.push(putBack);
      } catch (error) {
        if (errorCode(error) !== 'ENOENT') throw notWritable(path, error);
      }
    }
  } catch (error) {
    // One that cannot be put back keeps none of the others.
    for (const putBack of done) await putBack().catch(() => undefined);
    throw error;
  } finally {
    for (const { temporary } of staged) await removeFile(asideOf(temporary)).catch(() => undefined);
  }
  for (const folder of new Set(staged.map(({ path }) => dirname(path))))
    await syncFolder(folder).catch(() => undefined);
}

type PutBack = () => Promise<void>;

/** Second name of a file that is being replaced. */
function asideOf(temporary: string): string {
  return temporary.replace(/\.tmp$/, '.old');
}

/** Keeps a file as it is under a second name: with content, owner, mode and ACL. */
async function keepAside(path: string, aside: string): Promise<PutBack> {
  try {
    await link(path, aside);
    return () => rename(aside, path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return () => removeFile(path);
  }
  // Not every file system, and not to everybody, gives a file a second name.
  const before = await readFile(path).catch(() => undefined);
  if (before === undefined) return async () => undefined;
  const mode = (await stat(path)).mode & 0o777;
  return () => writeAtomic(path, before, mode);
}

/** Numeric id of a group of this machine. @throws AcmeProblem of type `unknown-group` */
async function groupId(name: string): Promise<number> {
  if (/^\d+$/.test(name)) return Number(name);
  const table = await readFile('/etc/group', 'utf8').catch(() => '');
  const line = table.split('\n').find((entry) => entry.startsWith(`${name}:`)) ?? (await lookUpGroup(name));
  const id = Number(line.split(':')[2]);
  if (line !== '' && Number.isInteger(id)) return id;
  throw new AcmeProblem(
    'unknown-group',
    `There is no group "${name}" on this machine. Correct output.group in the plan.`,
  );
}

/** Groups of a directory service are in no file. */
async function lookUpGroup(name: string): Promise<string> {
  const { execFile } = await import('node:child_process');
  try {
    return (await promisify(execFile)('getent', ['group', '--', name])).stdout.trim();
  } catch {
    return '';
  }
}

function notWritable(path: string, error: unknown): AcmeProblem {
  if (error instanceof AcmeProblem) return error;
  return new AcmeProblem(
    'output-not-writable',
    `${path} cannot be written: ${writeReason(error)}. ${writeRemedy(error)}, and run it again.`,
    { cause: error },
  );
}
