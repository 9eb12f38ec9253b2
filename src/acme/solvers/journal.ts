import { createHash, randomUUID } from 'node:crypto';
import type { DnsPlan } from '../plan/plan.ts';
import { readdir, removeFile } from '../store/files.ts';
import type { Store } from '../store/store.ts';

/** What was put somewhere for a challenge, noted before it is, so that a later run can take it away if this one dies. */
export type JournalEntry =
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly content: string;
      /** Folders that were made for it, innermost first. */
      readonly folders: readonly string[];
    }
  | { readonly kind: 'folders'; readonly folders: readonly string[] }
  | { readonly kind: 'record'; readonly how: DnsPlan; readonly name: string; readonly value: string };

export interface Note {
  write(entry: JournalEntry): Promise<void>;
  remove(): Promise<void>;
}

/** The note for one proof of a certificate; `what` tells it from the others. */
export function openNote(store: Store, certificateId: string, what: string): Note {
  const hash = createHash('sha256').update(what).digest('hex').slice(0, 12);
  const path = store.path('challenges', `${certificateId}.${hash}.json`);
  return {
    write: (entry) => store.writeJson(path, entry, 'quick'),
    remove: () => removeFile(path),
  };
}

/** Where folders are noted that were made for challenges and are still used by others. */
const sharedFolders = 'folders';

/**
 * Removes the folders that were made for a challenge. One that another challenge still needs is noted, so that whoever
 * leaves it last takes it away.
 * @param removeEmpty removes the folders that are empty, and tells whether all are gone
 */
export async function removeMadeFolders(
  store: Store,
  folders: readonly string[],
  removeEmpty: (folders: readonly string[]) => Promise<boolean>,
): Promise<void> {
  if (folders.length > 0 && !(await removeEmpty(folders))) {
    // A name of its own: whoever is just done with another note about these folders must not take this one away.
    const note = openNote(store, sharedFolders, randomUUID());
    await note.write({ kind: 'folders', folders });
  }
  for (const { entry, remove } of await leftNotes(store, sharedFolders))
    if (entry.kind === 'folders' && (await removeEmpty(entry.folders))) await remove();
}

/** Notes that an earlier run of a certificate left, each with its removal. One that a process is just writing is none yet. */
export async function leftNotes(store: Store, certificateId: string) {
  const found: { readonly entry: JournalEntry; readonly remove: () => Promise<void> }[] = [];
  for (const name of await readdir(store.path('challenges'))) {
    if (!name.startsWith(`${certificateId}.`) || !name.endsWith('.json')) continue;
    const path = store.path('challenges', name);
    const entry = await store.readJson<JournalEntry>(path);
    if (entry === undefined) await removeFile(path);
    else found.push({ entry, remove: () => removeFile(path) });
  }
  return found;
}
