import { type Files, isUnreadable } from '../../host/host.ts';

/** What a repository tracks: its working folder and the paths below it. */
export interface TrackedFiles {
  readonly root: string;
  readonly paths: ReadonlySet<string>;
}

/** Larger indexes belong to repositories of a million files, and reading them costs more than the answer is worth. */
const maximumIndex = 128 * 1_048_576;

/** The repository around a folder, read from its index without running git; undefined where there is none or it is unreadable. */
export async function trackedFilesAround(folder: string, files: Files): Promise<TrackedFiles | undefined> {
  for (let root = folder; ; root = root.slice(0, root.lastIndexOf('/'))) {
    const info = await files.stat(`${root}/.git`);
    if (!isUnreadable(info)) {
      const directory = info.kind === 'directory' ? `${root}/.git` : await linkedDirectory(root, files);
      const index = directory === undefined ? undefined : await files.read(`${directory}/index`, maximumIndex);
      if (index === undefined || isUnreadable(index)) return undefined;
      const paths = readIndex(index);
      return paths && { root, paths: new Set(paths) };
    }
    if (!root.includes('/')) return undefined;
  }
}

/** Worktrees and submodules have a file `.git` that says where the rest is (gitrepository-layout(5)). */
async function linkedDirectory(root: string, files: Files): Promise<string | undefined> {
  const bytes = await files.read(`${root}/.git`, 4096);
  if (isUnreadable(bytes)) return undefined;
  const path = /^gitdir: (.+)$/m.exec(new TextDecoder().decode(bytes))?.[1];
  return path === undefined || path.startsWith('/') ? path : `${root}/${path}`;
}

/** Octets before the name of an object, and of its flags behind it. */
const beforeName = 40;
const flagsLength = 2;
const extendedFlag = 0x4000;
const pathLengthMask = 0x0fff;

/** Paths of an index file of version 2, 3 or 4 (gitformat-index(5)); undefined where it is none. */
export function readIndex(bytes: Uint8Array): string[] | undefined {
  // Whether objects are named by SHA-1 or SHA-256 stands in the configuration; the flags tell it as well.
  return readEntries(bytes, 20) ?? readEntries(bytes, 32);
}

function readEntries(bytes: Uint8Array, nameLength: number): string[] | undefined {
  if (bytes.length < 12 || new TextDecoder().decode(bytes.subarray(0, 4)) !== 'DIRC') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [version, count] = [view.getUint32(4), view.getUint32(8)];
  if (version < 2 || version > 4) return undefined;
  const text = new TextDecoder();
  const paths: string[] = [];
  let before = new Uint8Array(0);
  for (let start = 12; paths.length < count; ) {
    const flagsAt = start + beforeName + nameLength;
    if (flagsAt + flagsLength >= bytes.length) return undefined;
    const flags = view.getUint16(flagsAt);
    const extended = version > 2 && (flags & extendedFlag) !== 0;
    let from = flagsAt + flagsLength + (extended ? 2 : 0);
    let kept = 0;
    if (version === 4) {
      const dropped = readOffset(bytes, from);
      from = dropped.next;
      kept = before.length - dropped.value;
    }
    const end = bytes.indexOf(0, from);
    if (end < 0 || kept < 0) return undefined;
    const path = new Uint8Array(kept + end - from);
    path.set(before.subarray(0, kept));
    path.set(bytes.subarray(from, end), kept);
    // A length that the flags have no room for is told as the greatest.
    if (Math.min(path.length, pathLengthMask) !== (flags & pathLengthMask)) return undefined;
    paths.push(text.decode(path));
    before = path;
    // Before version 4, one to eight zero bytes fill an entry up to a multiple of eight.
    start = version === 4 ? end + 1 : start + (((end - start) >> 3) + 1) * 8;
  }
  return paths;
}

/** A number in the variable width of pack files' offsets. */
function readOffset(bytes: Uint8Array, start: number): { readonly value: number; readonly next: number } {
  let next = start;
  let byte = bytes[next++] ?? 0;
  let value = byte & 0x7f;
  while ((byte & 0x80) !== 0) {
    byte = bytes[next++] ?? 0;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return { value, next };
}
