import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** The least that a scan has to do: list the folder and read the first 4 KB of every file that may hold a certificate. */
export function listAndRead(folder) {
  const buffer = Buffer.alloc(4096);
  let bytes = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = openSync(join(entry.parentPath, entry.name), 'r');
    bytes += readSync(file, buffer, 0, buffer.length, 0);
    closeSync(file);
  }
  return bytes;
}
