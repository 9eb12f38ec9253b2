import { type ConfiguredFile, emptyFile, readConfiguredFile } from '../../certificates/configured-file.ts';
import { type Host, isUnreadable, type Unreadable } from '../../host/host.ts';
import type { CertificateFile } from '../../rules/rule.ts';
import type { NamedPath, ServerModel } from '../../tls/model/server-model.ts';
import type { PathMap } from './path-map.ts';

/** Bytes. No certificate file is larger; a larger one is looked at no further. */
const maximumSize = 4 * 1_048_576;

/** Files whose content matters; of the others only the presence does. */
const readPurposes: ReadonlySet<NamedPath['purpose']> = new Set([
  'certificate',
  'client-certificate',
  'key',
  'chain',
  'dh-parameters',
  'client-ca',
  'trusted-ca',
  'crl',
  'upstream-ca',
  'upstream-crl',
  'stapling-response',
]);

interface Remembered {
  readonly modified: number;
  readonly size: number;
  readonly content: ConfiguredFile;
}

/** Decoded files by path, as long as they do not change: an editor asks again at every key press. */
const remembered = new WeakMap<Host, Map<string, Remembered>>();

/** So many are looked at together: whoever wants another file meanwhile, as completion does, does not wait for thousands. */
const atOnce = 64;

/**
 * Reads every file that the model names, so that rules can ask for it without waiting.
 * @param rest is waited for in between; what it throws ends the reading
 */
export async function readCertificateFiles(
  model: ServerModel,
  paths: PathMap,
  host: Host,
  signal?: AbortSignal,
  rest?: () => Promise<void>,
): Promise<(path: string) => CertificateFile> {
  const wanted = new Map<string, boolean>();
  const folders = new Set(model.paths.filter(isLookedThrough).map(({ path }) => path));
  for (const { path, purpose, onlyWith = [] } of model.paths) {
    for (const file of onlyWith) if (!wanted.has(file)) wanted.set(file, false);
    // A large configuration has thousands of folders, and no rule asks whether they exist.
    if (purpose === 'document-root' || purpose === 'challenge-directory') continue;
    wanted.set(path, (wanted.get(path) ?? false) || readPurposes.has(purpose));
  }
  const read = new Map<string, CertificateFile>();
  const readOne = async ([path, content]: readonly [string, boolean]): Promise<void> => {
    const found = withMap(path, await readFirst(paths.candidates(path), path, content, host), paths);
    const isElsewhere = paths.mode === 'elsewhere';
    read.set(path, folders.has(path) ? await lookThrough(found, host) : isElsewhere ? asDeployed(found) : found);
  };
  const all = [...wanted];
  for (let start = 0; start < all.length; start += atOnce) {
    signal?.throwIfAborted();
    if (rest !== undefined) await rest();
    await Promise.all(all.slice(start, start + atOnce).map(readOne));
  }
  for (const [name, text] of model.inline ?? []) read.set(name, readInline(name, text, host));
  return (path) =>
    read.get(path) ?? { ...emptyFile, state: { kind: 'unseen', reason: 'it was not looked up' }, file: path };
}

/** What the configuration holds itself is as readable as that. */
function readInline(name: string, text: string, host: Host): CertificateFile {
  const bytes = new TextEncoder().encode(text);
  const content = readConfiguredFile(bytes, host.crypto);
  return { ...content, state: { kind: 'found', mode: 0o600, size: bytes.length }, file: name };
}

/** What a checkout keeps encrypted, or as a template, says nothing of the file that the server gets. */
function asDeployed(found: CertificateFile): CertificateFile {
  const { standIn, file } = found;
  return standIn === undefined
    ? found
    : { ...emptyFile, state: { kind: 'unseen', reason: `${file} ${standIn.what}` }, file };
}

/** Of what is missing, where the map leads: whoever wants it checked puts it there. */
function withMap(path: string, found: CertificateFile, paths: PathMap): CertificateFile {
  const mapped = found.state.kind === 'missing' ? paths.mapped(path) : undefined;
  return mapped === undefined ? found : { ...found, state: { kind: 'missing', mapped } };
}

/** The first candidate that exists; where none does, why. */
async function readFirst(
  candidates: readonly string[],
  path: string,
  content: boolean,
  host: Host,
): Promise<CertificateFile> {
  let problem: Unreadable | undefined;
  for (const file of candidates) {
    const info = await host.files.stat(file);
    if (isUnreadable(info)) {
      if (problem === undefined || info.error !== 'missing') problem = info;
      continue;
    }
    const state = { kind: 'found', mode: info.mode } as const;
    if (info.kind === 'directory') return { ...emptyFile, state: { ...state, isFolder: true }, file };
    // What a pipe holds is known to who reads it, and then it is gone.
    const reason = `${file} is a pipe or a device`;
    if (info.kind !== 'file') return { ...emptyFile, state: content ? { kind: 'unseen', reason } : state, file };
    const sized = { ...state, size: info.size };
    if (!content) return { ...emptyFile, state: sized, file };
    if (info.size > maximumSize)
      return { ...emptyFile, state, file, problems: ['the file is too large for a certificate'] };
    const decoded = await readContent(file, info, host);
    if (isUnreadable(decoded)) {
      return { ...emptyFile, state: { kind: 'unseen', reason: decoded.message }, file };
    }
    return { ...decoded, state: sized, file };
  }
  const missing = problem === undefined || problem.error === 'missing';
  return {
    ...emptyFile,
    state: missing ? { kind: 'missing' } : { kind: 'unseen', reason: (problem as Unreadable).message },
    file: path,
  };
}

/** Folders of which the start, or who is let in, depends on what the files in them hold. */
function isLookedThrough({ onlyAuthorities, purpose, wantsFolder, isReadAtStart }: NamedPath): boolean {
  return (
    onlyAuthorities === true ||
    (purpose === 'crl' && wantsFolder === true) ||
    (purpose === 'client-certificate' && wantsFolder === true && isReadAtStart === true)
  );
}

/** Of a folder with more files than this none is opened. */
const mostFiles = 100;

/** Reads the files of a folder as httpd does: whatever their names, and none of the folders below. */
async function lookThrough(found: CertificateFile, host: Host): Promise<CertificateFile> {
  const { state, file } = found;
  if (state.kind !== 'found' || !state.isFolder) return found;
  const entries = await host.files.list(file);
  if (isUnreadable(entries) || entries.length > mostFiles) return found;
  const inside: CertificateFile[] = [];
  for (const { name, kind } of entries) {
    if (kind === 'directory') continue;
    const path = `${file}/${name}`;
    const one = await readFirst([path], path, true, host);
    if (one.state.kind !== 'found' || one.state.size === undefined) return found;
    inside.push(one);
  }
  return { ...found, state: { ...state, inside } };
}

async function readContent(
  file: string,
  { modified, size }: { readonly modified: number; readonly size: number },
  host: Host,
): Promise<ConfiguredFile | Unreadable> {
  const cache = remembered.get(host) ?? new Map<string, Remembered>();
  remembered.set(host, cache);
  const known = cache.get(file);
  if (known !== undefined && known.modified === modified && known.size === size) return known.content;
  const bytes = await host.files.read(file);
  if (isUnreadable(bytes)) return bytes;
  const content = readConfiguredFile(bytes, host.crypto);
  cache.set(file, { modified, size, content });
  return content;
}
