import { dirname, join } from 'node:path';
import { checkedToken } from '../client/client.ts';
import { AcmeProblem } from '../client/problem.ts';
import { challengePath, servedFolder } from '../plan/plan.ts';
import { checkTakesFiles, errorCode } from '../store/atomic.ts';
import { chmod, lstat, mkdir, readFile, realpath, rmdir, unlink, writeNewFile } from '../store/files.ts';
import { writeReason, writeRemedy } from '../store/reasons.ts';
import type { Store } from '../store/store.ts';
import { type JournalEntry, openNote, removeMadeFolders } from './journal.ts';
import type { ChallengeTask, Presented, SolverContext } from './solver.ts';

type FileEntry = Extract<JournalEntry, { kind: 'file' }>;

/**
 * Writes the challenge file of RFC 8555 section 8.3 into a folder: as bytes, new, never through a symbolic link, mode 0644.
 * @param folder the challenge folder itself; below a document root it is made if it is missing
 */
export async function presentFile(folder: string, task: ChallengeTask, context: SolverContext): Promise<Presented> {
  const token = checkedToken(task.token);
  const file = join(folder, token);
  const note = openNote(context.store, context.certificateId, file);
  let entry: FileEntry = { kind: 'file', file, content: task.keyAuthorization, folders: [] };
  for (let attempt = 1; ; attempt++) {
    entry = { ...entry, folders: [...new Set([...entry.folders, ...(await missingFolders(folder))])] };
    await note.write(entry);
    try {
      await makeFolders(entry.folders);
      await writeChallenge(file, task.keyAuthorization);
      break;
    } catch (error) {
      // Another certificate that is done may have removed the empty folder under us.
      if (errorCode(error) === 'ENOENT' && attempt < 10) continue;
      await removeChallengeFile(entry, context.store);
      await note.remove();
      throw errorCode(error) === undefined ? error : notWritable(file, error);
    }
  }
  return {
    place: file,
    file,
    async remove() {
      await removeChallengeFile(entry, context.store);
      await note.remove();
    },
  };
}

/** @throws AcmeProblem where a challenge file could not be put into a folder, or the folder could not be made */
export async function checkFolder(folder: string): Promise<void> {
  const missing = await missingFolders(folder);
  const first = missing.at(-1) ?? join(folder, 'TOKEN');
  await checkTakesFiles(dirname(first)).catch((error: unknown) => {
    // Another certificate that is done has just removed it, and it is made anew.
    if (errorCode(error) !== 'ENOENT') throw notWritable(first, error);
  });
}

/** Folders below the document root that must be made, innermost first. @throws AcmeProblem where the root is missing or a link is in the way */
async function missingFolders(folder: string): Promise<readonly string[]> {
  const root = servedFolder(folder);
  const isDirect = root === folder;
  const what = isDirect ? 'The challenge folder' : 'The web root';
  const info = await lstat(isDirect ? folder : await realpath(root).catch(() => root)).catch((error: unknown) => {
    const next = 'Correct it in the plan, or make the folder that your web server serves.';
    if (errorCode(error) === 'ENOENT')
      throw new AcmeProblem('webroot-missing', `${what} ${root} does not exist. ${next}`);
    const isClosed = errorCode(error) === 'EACCES';
    const why = isClosed ? 'this user may not enter a folder above it' : (errorCode(error) ?? String(error));
    throw new AcmeProblem(
      'webroot-unusable',
      `${what} ${root} cannot be looked at: ${why}. ${isClosed ? 'Let this user enter it, or run as one who may.' : next}`,
    );
  });
  if (info.isSymbolicLink()) throw linkInTheWay(folder);
  if (!info.isDirectory())
    throw new AcmeProblem('webroot-unusable', `${what} ${root} is no folder. Correct it in the plan.`);
  const missing: string[] = [];
  for (let current = folder; current !== root; current = dirname(current)) {
    const found = await lstat(current).catch(() => undefined);
    if (found === undefined) missing.push(current);
    else if (found.isSymbolicLink()) throw linkInTheWay(current);
    else if (!found.isDirectory()) {
      throw new AcmeProblem(
        'webroot-unusable',
        `${current} is no folder, so that no challenge file can be put there. Move it away.`,
      );
    }
  }
  return missing;
}

function linkInTheWay(path: string): AcmeProblem {
  return new AcmeProblem(
    'symbolic-link',
    `${path} is a symbolic link; challenge files are never written through one. Name its target as challengeDirectory in the plan.`,
  );
}

async function makeFolders(missing: readonly string[]): Promise<void> {
  for (const path of missing.toReversed()) {
    try {
      await mkdir(path);
      // The web server must be able to enter, whatever the umask says.
      await chmod(path, 0o755);
    } catch (error) {
      if (errorCode(error) === 'ENOENT') throw error;
      if (errorCode(error) !== 'EEXIST') throw notWritable(path, error);
    }
  }
}

async function writeChallenge(path: string, content: string): Promise<void> {
  await writeNewFile(path, content, 0o644).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') throw error;
    if (errorCode(error) !== 'EEXIST') throw notWritable(path, error);
    const next = 'Remove it if no other ACME client uses this folder.';
    throw new AcmeProblem('challenge-file-exists', `${path} exists already and is not ours. ${next}`);
  });
  // Somebody may have put a link in place of a folder since it was looked at.
  const folder = dirname(path);
  const root = folder.endsWith(challengePath) ? folder.slice(0, -challengePath.length) || '/' : undefined;
  const expected = root === undefined ? folder : join(await realpath(root), challengePath);
  if (root !== undefined && (await realpath(folder)) !== expected) throw linkInTheWay(folder);
}

function notWritable(path: string, error: unknown): AcmeProblem {
  return new AcmeProblem(
    'webroot-unusable',
    `${path} cannot be written: ${writeReason(error)}. ${writeRemedy(error)}, and run it again.`,
    { cause: error },
  );
}

/** Only a file with exactly our content is removed, and folders only where they are empty again. Never throws. */
export async function removeChallengeFile(entry: FileEntry, store: Store): Promise<void> {
  try {
    const info = await lstat(entry.file);
    if (info.isFile() && info.size < 1000 && entry.content.startsWith(await readFile(entry.file, 'utf8'))) {
      await unlink(entry.file);
    }
  } catch {
    // It is gone, which is what was wanted.
  }
  await removeMadeFolders(store, entry.folders, removeEmpty).catch(() => undefined);
}

/** @returns whether none of them is left */
async function removeEmpty(folders: readonly string[]): Promise<boolean> {
  let areGone = true;
  for (const folder of folders) {
    const problem = await rmdir(folder).then(() => undefined, errorCode);
    areGone &&= problem === undefined || problem === 'ENOENT';
  }
  return areGone;
}
