import { type Crypto, type Files, isUnreadable } from '../host/host.ts';
import type { Certificate, CertificateSummary, PublicKey } from './certificate.ts';
import { readContainer } from './container.ts';
import { keysFor } from './key-match.ts';
import type { ContainerContent, ContainerObject } from './objects.ts';
import { summarizePem } from './summarize-pem.ts';

/** One certificate of the workspace. `C` is a summary, or the whole certificate where the scan was asked for it. */
export interface CertificateRecord<C extends CertificateSummary = CertificateSummary> {
  readonly file: string;
  /** Which certificate of the file, from 0. */
  readonly index: number;
  readonly certificate: C;
  /** The nearest file with the private key of the certificate. */
  readonly keyFile: string | undefined;
}

/** One private key of the workspace: what may be known of it. */
export interface KeyRecord {
  readonly file: string;
  readonly format: string;
  readonly publicKey: PublicKey | undefined;
  readonly encrypted: boolean;
  readonly spkiSha256: string | undefined;
  /** POSIX mode of the file, where there is one. */
  readonly mode: number | undefined;
}

export interface UnreadableRecord {
  readonly file: string;
  readonly reason: string;
}

export interface Inventory<C extends CertificateSummary = CertificateSummary> {
  readonly certificates: readonly CertificateRecord<C>[];
  readonly keys: readonly KeyRecord[];
  readonly unreadable: readonly UnreadableRecord[];
  /** How many files were looked into. */
  readonly files: number;
}

export interface ScanOptions {
  readonly files: Files;
  readonly crypto: Crypto;
  readonly signal?: AbortSignal;
  /** Called now and then with what was seen so far. */
  readonly progress?: (seen: { readonly files: number; readonly certificates: number }) => void;
  /** Bytes; a larger file is not read, and named as unreadable only where its start looks like ours. Default 16 MiB. */
  readonly maximumSize?: number;
}

/** What one file gives to an inventory. */
export interface FileRecords<C extends CertificateSummary = CertificateSummary> {
  readonly certificates: readonly C[];
  readonly keys: readonly Omit<KeyRecord, 'file' | 'mode'>[];
  readonly problem: string | undefined;
}

const skippedFolders = new Set(['node_modules', '.git', '.hg', '.svn', '.cache', '__pycache__', '.venv']);
const sniffedBytes = 4096;
const concurrency = 64;

/**
 * All certificates and private keys below files and folders, with certificates paired to keys by public key. Nothing
 * rejects but an abort; what cannot be read is listed. Folders of packages and version control are skipped.
 * @param paths absolute, with `/`
 */
export async function scan(paths: readonly string[], options: ScanOptions): Promise<Inventory> {
  return collect<CertificateSummary>(paths, options, recordsOf);
}

/** As `scan`, with every certificate fully decoded. */
export async function scanFully(paths: readonly string[], options: ScanOptions): Promise<Inventory<Certificate>> {
  return collect<Certificate>(paths, options, fullRecordsOf);
}

type Reader<C extends CertificateSummary> = (
  name: string,
  bytes: Uint8Array,
  crypto: Crypto,
) => Promise<FileRecords<C>>;

async function collect<C extends CertificateSummary>(
  paths: readonly string[],
  options: ScanOptions,
  read: Reader<C>,
): Promise<Inventory<C>> {
  const certificates: Omit<CertificateRecord<C>, 'keyFile'>[] = [];
  const keys: KeyRecord[] = [];
  const unreadable: UnreadableRecord[] = [];
  let files = 0;
  const visitFile = async (file: string) => {
    options.signal?.throwIfAborted();
    files++;
    if (files % 500 === 0) options.progress?.({ files, certificates: certificates.length });
    const records = await readFile(file, options, read);
    if (records === undefined) return;
    if (records.problem !== undefined) unreadable.push({ file, reason: records.problem });
    for (const [index, certificate] of records.certificates.entries()) certificates.push({ file, index, certificate });
    if (records.keys.length === 0) return;
    const info = await options.files.stat(file);
    const mode = isUnreadable(info) ? undefined : info.mode;
    for (const key of records.keys) keys.push({ file, ...key, mode });
  };
  await walk(paths, options, visitFile, (file, reason) => unreadable.push({ file, reason }));
  options.progress?.({ files, certificates: certificates.length });
  return { certificates: pairWithKeys(certificates, keys), keys: byFile(keys), unreadable: byFile(unreadable), files };
}

function byFile<T extends { readonly file: string }>(records: readonly T[]): T[] {
  return [...records].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

/** Fills in `keyFile`, and sorts by file and place. */
export function pairWithKeys<C extends CertificateSummary>(
  certificates: readonly Omit<CertificateRecord<C>, 'keyFile'>[],
  keys: readonly KeyRecord[],
): CertificateRecord<C>[] {
  const byPin = new Map<string, { file: string; spkiSha256: string }[]>();
  for (const { file, spkiSha256 } of keys) {
    if (spkiSha256 === undefined) continue;
    const list = byPin.get(spkiSha256);
    if (list === undefined) byPin.set(spkiSha256, [{ file, spkiSha256 }]);
    else list.push({ file, spkiSha256 });
  }
  const sorted = [...certificates].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.index - b.index));
  return sorted.map((record) => {
    const candidates = byPin.get(record.certificate.spkiSha256) ?? [];
    return { ...record, keyFile: keysFor(record.certificate, candidates, record.file)[0]?.file };
  });
}

/** Walks folders with a bounded number of reads under way. */
async function walk(
  roots: readonly string[],
  { files, signal }: ScanOptions,
  visitFile: (file: string) => Promise<void>,
  fail: (path: string, reason: string) => void,
): Promise<void> {
  const pending: (() => Promise<void>)[] = [];
  const seenFolders = new Set<string>();
  const visitFolder = async (folder: string) => {
    const real = await files.realPath(folder);
    if (seenFolders.has(real)) return;
    seenFolders.add(real);
    const entries = await files.list(folder);
    if (isUnreadable(entries)) {
      fail(folder, entries.message);
      return;
    }
    for (const { name, kind } of entries) {
      const path = folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
      if (kind === 'directory') {
        if (!skippedFolders.has(name)) pending.push(() => visitFolder(path));
      } else if (kind === 'file' && isCandidate(name)) pending.push(() => visitFile(path));
    }
  };
  const visitRoot = async (path: string) => {
    const info = await files.stat(path);
    if (isUnreadable(info)) fail(path, info.message);
    else if (info.kind === 'directory') await visitFolder(path);
    else await visitFile(path);
  };
  pending.push(...roots.map((root) => () => visitRoot(root)));
  await drain(pending, signal);
}

async function drain(pending: (() => Promise<void>)[], signal: AbortSignal | undefined): Promise<void> {
  const running = new Set<Promise<void>>();
  let failure: unknown;
  while ((pending.length > 0 && failure === undefined) || running.size > 0) {
    while (pending.length > 0 && running.size < concurrency && failure === undefined) {
      const job = (pending.pop() as () => Promise<void>)()
        .catch((error: unknown) => {
          failure ??= error;
        })
        .finally(() => running.delete(job));
      running.add(job);
    }
    if (running.size > 0) await Promise.race(running);
    if (signal?.aborted && failure === undefined) failure = signal.reason;
  }
  if (failure !== undefined) throw failure;
}

const knownExtensions =
  /\.(?:pem|crt|cer|cert|der|key|csr|req|p7b|p7c|p7s|p7|spc|p8|pk8|pfx|p12|jks|jceks|keystore|truststore|ks|crl|ocsp|chain|fullchain|ca|ca-bundle|bundle|pub|yaml|yml)$/i;
const certainlyOther =
  /\.(?:[cm]?[jt]sx?|map|css|scss|html?|md|json|lock|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|otf|zip|gz|tgz|xz|zst|bz2|7z|rar|mp[34]|mov|avi|webm|ogg|wav|pdf|exe|dll|so|dylib|a|o|class|jar|war|wasm|py|pyc|rb|go|rs|java|kt|c|h|cc|cpp|hpp|cs|php|pl|sh|sql|db|sqlite3?|log|po|mo|docx?|xlsx?|pptx?|csv|tsv|parquet|vsix|node|iso|img|qcow2|deb|rpm)$/i;

/** Whether a file is worth a look, by its name: the usual extensions, and those that say nothing (`privkey`, `site.conf.bak`). */
export function isCandidate(name: string): boolean {
  return knownExtensions.test(name) || !certainlyOther.test(name);
}

/** Whether the first bytes could be of one of our containers: armour, a SEQUENCE, a key store, or YAML of Kubernetes. */
export function looksLikeContainer(name: string, start: Uint8Array): boolean {
  const [first, second] = start;
  if (first === 0x30 && second !== undefined && (second >= 0x80 || second > 16) && knownExtensions.test(name))
    return true;
  if ((first === 0xfe && second === 0xed) || (first === 0xce && second === 0xce)) return true;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  const text = new TextDecoder('latin1').decode(start);
  if (text.includes('BEGIN ')) return true;
  if (/\.ya?ml$/i.test(name)) return text.includes('LS0tLS1CRUdJTi') || /kind:\s*Secret/.test(text);
  return /^\s*MI[I-L][A-Za-z0-9+/\r\n]{40}/.test(text) && knownExtensions.test(name);
}

async function readFile<C extends CertificateSummary>(
  file: string,
  { files, crypto, maximumSize = 16 * 1_048_576 }: ScanOptions,
  read: Reader<C>,
): Promise<FileRecords<C> | undefined> {
  const name = file.slice(file.lastIndexOf('/') + 1);
  const start = await files.read(file, sniffedBytes);
  if (isUnreadable(start)) {
    return knownExtensions.test(name) ? { certificates: [], keys: [], problem: start.message } : undefined;
  }
  if (!looksLikeContainer(name, start)) return undefined;
  if (start.length < sniffedBytes) return read(name, start, crypto);
  const info = await files.stat(file);
  if (!isUnreadable(info) && info.size > maximumSize) {
    return { certificates: [], keys: [], problem: `The file has ${info.size} bytes, more than certificates need.` };
  }
  const bytes = await files.read(file);
  return isUnreadable(bytes) ? { certificates: [], keys: [], problem: bytes.message } : read(name, bytes, crypto);
}

/** Records of one file, certificates as summaries; a file of PEM certificates alone takes a short way. */
export async function recordsOf(name: string, bytes: Uint8Array, crypto: Crypto): Promise<FileRecords> {
  const summaries = summarizePem(bytes, crypto);
  if (summaries !== undefined) return { certificates: summaries, keys: [], problem: undefined };
  const full = await fullRecordsOf(name, bytes, crypto);
  return { ...full, certificates: full.certificates.map(summaryOf) };
}

/** Records of one file, certificates fully decoded. */
export async function fullRecordsOf(
  name: string,
  bytes: Uint8Array,
  crypto: Crypto,
): Promise<FileRecords<Certificate>> {
  const content = await readContainer(name, bytes, crypto);
  return {
    certificates: content.objects.flatMap((object) => (object.kind === 'certificate' ? [object.certificate] : [])),
    keys: content.objects.flatMap(keyRecord),
    problem: problemOf(content),
  };
}

function keyRecord(object: ContainerObject): Omit<KeyRecord, 'file' | 'mode'>[] {
  if (object.kind !== 'privateKey') return [];
  const { format, publicKey, encrypted, spkiSha256 } = object.key;
  return [{ format, publicKey, encrypted, spkiSha256 }];
}

/** Only what hides something: an object that cannot be read, or a closed container. */
function problemOf(content: ContainerContent): string | undefined {
  const broken = content.objects.find((object) => object.kind === 'unreadable' && !/ PARAMETERS$/.test(object.label));
  if (broken?.kind === 'unreadable') return `${broken.label}: ${broken.reason}`;
  const hidden = content.problems.find((problem) => problem.id === 'locked' || problem.id === 'damaged');
  return content.format === 'pkcs12' || content.format === 'jks' || content.format === 'jceks'
    ? hidden?.message
    : undefined;
}

/** A summary without what a full certificate has besides, so that its bytes can go. */
function summaryOf(certificate: Certificate): CertificateSummary {
  const {
    subject,
    issuer,
    serialNumber,
    notBefore,
    notAfter,
    subjectAltNames,
    publicKey,
    isCa,
    selfIssued,
    sha256,
    spkiSha256,
  } = certificate;
  return {
    subject,
    issuer,
    serialNumber,
    notBefore,
    notAfter,
    subjectAltNames,
    publicKey,
    isCa,
    selfIssued,
    sha256,
    spkiSha256,
  };
}
