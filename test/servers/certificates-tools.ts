import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The judges look at a part of their inputs; `JUDGE=full` lets them look at all. */
export const full = process.env['JUDGE'] === 'full';

/** Debian's python3-cryptography-vectors: certificates, lists, requests, keys and PKCS #12 of all kinds. */
export const vectors = '/usr/lib/python3/dist-packages/cryptography_vectors';

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function run(program: string, args: readonly string[], input?: string | Uint8Array, cwd?: string): Run {
  const limits = { timeout: 60_000, maxBuffer: 256 * 1_048_576 };
  const { status, stdout, stderr } = spawnSync(program, args, { input, cwd, encoding: 'utf8', ...limits });
  return { status, stdout, stderr };
}

/** Runs OpenSSL in a folder. @throws where it fails */
export function openssl(folder: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = run('openssl', args, undefined, folder);
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  return stdout;
}

export function temporaryFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'tls-workbench-certificates-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** All files below a folder, sorted; none where it does not exist. */
export function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Every n-th member, so that about `count` are left; all of them in the full run. */
export function sample<T>(members: readonly T[], count: number): T[] {
  const step = full ? 1 : Math.max(1, Math.floor(members.length / count));
  return members.filter((_, index) => index % step === 0);
}
