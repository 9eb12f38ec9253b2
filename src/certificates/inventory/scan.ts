import { type Crypto, type FileInfo, isUnreadable, type Unreadable } from '../../host/host.ts';
import { pathIn } from '../../text/path.ts';
import type { CertificateSummary } from '../certificate.ts';
import { isCandidate, isNamedLikeContainer, looksLikeContainer, sniffedBytes, whyNothing } from './file.ts';
import type { CertificateRecord, FileRecords, Inventory, KeyRecord, ScanOptions, UnreadableRecord } from './records.ts';

const skippedFolders = new Set(['node_modules', '.git', '.hg', '.svn', '.cache', '__pycache__', '.venv']);
/** Where the kernel shows itself as files, some for each process that runs. */
const kernelFolders = new Set(['/proc', '/sys']);
const concurrency = 64;
/** Bytes; a larger file is named as unreadable where its start looks like ours. */
const maximumSize = 16 * 1_048_576;

/** Milliseconds of work between two pauses, in which an editor draws and answers. */
const slice = 12;

type Reader<C extends CertificateSummary> = (
  name: string,
  bytes: Uint8Array,
  crypto: Crypto,
) => FileRecords<C> | Promise<FileRecords<C>>;

/** A file as the scan sees it, whichever way it was opened. */
interface Seen {
  readonly start: Uint8Array;
  info(): FileInfo | Promise<FileInfo | Unreadable>;
  readAll(): Uint8Array | Unreadable | Promise<Uint8Array | Unreadable>;
}

/** Walks folders and reads what looks like a container. Keys are not paired yet, and nothing is in order. */
export async function scanFolders<C extends CertificateSummary>(
  roots: readonly string[],
  options: ScanOptions,
  read: Reader<C>,
): Promise<Inventory<C>> {
  const { files, signal, progress } = options;
  const certificates: CertificateRecord<C>[] = [];
  const keys: KeyRecord[] = [];
  const unreadable: UnreadableRecord[] = [];
  const revocationLists: { readonly file: string }[] = [];
  const later: Promise<void>[] = [];
  let seen = 0;
  const add = (file: string, records: FileRecords<C>, info: FileInfo | Unreadable | undefined) => {
    if (records.problem !== undefined) unreadable.push({ file, ...records.problem });
    for (const [index, certificate] of records.certificates.entries()) {
      certificates.push({ file, index, certificate, keyFile: undefined });
    }
    if (records.hasRevocationLists === true) revocationLists.push({ file });
    const mode = info === undefined || isUnreadable(info) ? undefined : info.mode;
    for (const key of records.keys) keys.push({ file, ...key, mode });
  };
  const finish = async (file: string, pending: Promise<FileRecords<C>>, info: ReturnType<Seen['info']>) => {
    add(file, await pending, await info);
  };
  const look = (file: string, opened: Seen | Unreadable) => {
    seen++;
    const name = file.slice(file.lastIndexOf('/') + 1);
    if (isUnreadable(opened)) {
      // Removed since its folder was listed.
      if (opened.error === 'missing') return;
      if (isNamedLikeContainer(name)) unreadable.push({ file, reason: opened.message });
      return;
    }
    if (!looksLikeContainer(name, opened.start)) {
      const problem = whyNothing(name, opened.start);
      if (problem !== undefined) unreadable.push({ file, ...problem });
      return;
    }
    const bytes = opened.start.length === sniffedBytes ? readWhole(opened) : opened.start;
    if (bytes instanceof Promise) {
      const records = bytes.then((all) =>
        isUnreadable(all) ? unread<C>(all.message) : read(name, all, options.crypto),
      );
      later.push(finish(file, records, opened.info()));
      return;
    }
    const records = isUnreadable(bytes) ? unread<C>(bytes.message) : read(name, bytes, options.crypto);
    // What is asked of the file has to be asked while it is open.
    if (records instanceof Promise) later.push(finish(file, records, opened.info()));
    else {
      const info = records.keys.length === 0 ? undefined : opened.info();
      if (info instanceof Promise) later.push(info.then((found) => add(file, records, found)));
      else add(file, records, info);
    }
  };
  const report = () => progress?.({ files: seen, certificates: certificates.length });
  const fail = (file: string, reason: string) => void unreadable.push({ file, reason });
  for await (const batch of findFiles(roots, options, fail)) {
    signal?.throwIfAborted();
    if (files.lookInto !== undefined) await lookSynchronously(batch, options, look, report);
    else await lookAsynchronously(batch, options, look, report);
    await Promise.all(later.splice(0));
  }
  report();
  return {
    certificates,
    keys: byFile(keys),
    unreadable: byFile(unreadable),
    revocationLists: byFile(revocationLists),
    files: seen,
  };
}

function unread<C extends CertificateSummary>(problem: string): FileRecords<C> {
  return { certificates: [], keys: [], problem: { reason: problem } };
}

function readWhole(opened: Seen): ReturnType<Seen['readAll']> {
  const judge = (info: FileInfo | Unreadable) => {
    if (isUnreadable(info) || info.size <= maximumSize) return opened.readAll();
    const message = `The file has ${info.size} bytes, more than certificates need.`;
    return { error: 'too-large', message } as const;
  };
  const info = opened.info();
  return info instanceof Promise ? info.then(judge) : judge(info);
}

async function lookSynchronously(
  batch: readonly string[],
  { files, signal }: ScanOptions,
  look: (file: string, opened: Seen | Unreadable) => void,
  report: () => void,
): Promise<void> {
  const step = 32;
  let started = performance.now();
  for (let index = 0; index < batch.length; index += step) {
    files.lookInto?.(batch.slice(index, index + step), sniffedBytes, look);
    if (performance.now() - started < slice) continue;
    report();
    await pause();
    signal?.throwIfAborted();
    started = performance.now();
  }
}

async function lookAsynchronously(
  batch: readonly string[],
  { files, signal }: ScanOptions,
  look: (file: string, opened: Seen | Unreadable) => void,
  report: () => void,
): Promise<void> {
  for (let index = 0; index < batch.length; index += concurrency) {
    signal?.throwIfAborted();
    await Promise.all(
      batch.slice(index, index + concurrency).map(async (file) => {
        const start = await files.read(file, sniffedBytes);
        const info = async () => (await files.stat(file)) as FileInfo | Unreadable;
        look(
          file,
          isUnreadable(start) ? start : { start, info: info as Seen['info'], readAll: () => files.read(file) },
        );
      }),
    );
    report();
  }
}

const { setImmediate: soon = (then: () => void): unknown => setTimeout(then, 0) } = globalThis as {
  readonly setImmediate?: (then: () => void) => unknown;
};

/** Lets all else that is waiting go first. A timer, which browsers have, would sleep a millisecond besides. */
function pause(): Promise<void> {
  return new Promise((resolve) => void soon(resolve));
}

/** Candidates below the roots, in batches of some hundred; a folder that two links lead to is visited once. */
async function* findFiles(
  roots: readonly string[],
  { files, signal }: ScanOptions,
  fail: (path: string, reason: string) => void,
): AsyncIterable<readonly string[]> {
  const seenFolders = new Set<string>();
  let folders: string[] = [];
  let batch: string[] = [];
  for (const root of roots) {
    const info = await files.stat(root);
    if (isUnreadable(info)) fail(root, info.message);
    else if (info.kind === 'directory') folders.push(root);
    else batch.push(root);
  }
  // The next folders are listed while the files of these are looked into.
  const list = (group: readonly string[]) => {
    return Promise.all(
      group.map(async (folder) => ({ folder, found: await listFolder(folder, files, seenFolders, fail) })),
    );
  };
  let listing = list(folders.splice(0, concurrency));
  for (;;) {
    signal?.throwIfAborted();
    for (const { folder, found } of await listing) {
      if (isUnreadable(found)) {
        if (found.error !== 'missing') fail(folder, found.message);
      } else {
        folders = folders.concat(found.folders);
        batch.push(...found.files);
      }
    }
    const isLast = folders.length === 0;
    listing = list(folders.splice(0, concurrency));
    if (batch.length > 0) yield batch;
    batch = [];
    if (isLast) return;
  }
}

async function listFolder(
  folder: string,
  files: ScanOptions['files'],
  seenFolders: Set<string>,
  fail: (path: string, reason: string) => void,
): Promise<{ readonly folders: string[]; readonly files: string[] } | Unreadable> {
  const real = await files.realPath(folder);
  if (seenFolders.has(real)) return { folders: [], files: [] };
  seenFolders.add(real);
  const entries = await files.list(folder);
  if (isUnreadable(entries)) return entries;
  const found = { folders: [] as string[], files: [] as string[] };
  for (const { name, kind } of entries) {
    const path = pathIn(folder, name);
    if (kind === 'directory' && !skippedFolders.has(name) && !kernelFolders.has(path)) found.folders.push(path);
    else if (kind === 'file' && isCandidate(name)) found.files.push(path);
    else if (kind === 'other' && isNamedLikeContainer(name) && !name.startsWith('.#')) {
      // Mostly nothing but a link. Emacs marks an open file with one that is to lead nowhere.
      const info = await files.stat(path);
      if (isUnreadable(info)) fail(path, info.error === 'missing' ? 'It is a link that leads nowhere.' : info.message);
    }
  }
  return found;
}

function byFile<T extends { readonly file: string }>(records: readonly T[]): T[] {
  return [...records].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}
