import { createPrivateKey } from 'node:crypto';
import { AcmeProblem } from '../client/problem.ts';
import { keyTypeOf } from '../keys/keys.ts';
import type { PlannedCertificate } from '../plan/plan.ts';
import { readFile, stat } from '../store/files.ts';
import { readNamedFile } from '../store/named-file.ts';

/** PEM of the key that the outputs hold now; undefined where there is none. */
export async function currentKey(planned: PlannedCertificate): Promise<string | undefined> {
  const path = planned.output.files.key ?? planned.output.files.combined;
  const text = path === undefined || (await isSpecial(path)) ? undefined : await readNamedFile(path);
  // Headers of one with a passphrase have hyphens too (`DEK-Info: AES-256-CBC`).
  return text?.match(/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]+?-----END \1-----/)?.[0];
}

/**
 * The key that the plan wants used again; undefined where there is none of the type that it wants now.
 * @throws AcmeProblem of type `key-unreadable` where one with a passphrase would be replaced, and lost
 */
export async function keyToKeep(planned: PlannedCertificate): Promise<string | undefined> {
  const pem = planned.reuseKey ? await currentKey(planned) : undefined;
  if (pem === undefined) return undefined;
  const file = planned.output.files.key ?? planned.output.files.combined;
  try {
    return keyTypeOf(createPrivateKey(pem)) === planned.key ? pem : undefined;
  } catch (error) {
    const next = 'Take its passphrase off, or remove reuse from the plan to have a new key made in its place.';
    throw new AcmeProblem('key-unreadable', `${file} holds a key that cannot be read, so not be used again. ${next}`, {
      cause: error,
    });
  }
}

/** The text of a file where one lies; undefined where it cannot be read. */
export async function readPlaced(path: string): Promise<string | undefined> {
  return (await isSpecial(path)) ? undefined : await readFile(path, 'utf8').catch(() => undefined);
}

/** A pipe that nobody writes to is waited for without end. */
export async function isSpecial(path: string): Promise<boolean> {
  return await stat(path).then(
    (info) => !info.isFile() && !info.isDirectory(),
    () => false,
  );
}
