import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import type { DnsPlan } from '../plan.ts';
import { removeFile, type Store } from '../store.ts';

/** What was put somewhere for a challenge, noted before it is, so that a later run can take it away if this one dies. */
export type JournalEntry =
  | {
      readonly kind: 'file';
      readonly file: string;
      readonly content: string;
      /** Folders that were made for it, innermost first. */
      readonly folders: readonly string[];
    }
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

/** Notes that an earlier run of a certificate left, each with its removal. */
export async function leftNotes(store: Store, certificateId: string) {
  const found: { readonly entry: JournalEntry; readonly remove: () => Promise<void> }[] = [];
  for (const name of await readdir(store.path('challenges'))) {
    if (!name.startsWith(`${certificateId}.`)) continue;
    const path = store.path('challenges', name);
    const entry = await store.readJson<JournalEntry>(path);
    if (entry === undefined) await removeFile(path);
    else found.push({ entry, remove: () => removeFile(path) });
  }
  return found;
}
