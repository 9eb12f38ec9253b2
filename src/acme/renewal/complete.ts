import { X509Certificate } from 'node:crypto';
import { type OutputKind, outputKinds, type PlannedCertificate } from '../plan/plan.ts';
import { errorCode } from '../store/atomic.ts';
import { stat } from '../store/files.ts';
import { type OutputContents, outputContents, splitChain } from '../store/output.ts';
import { currentKey, readPlaced } from './placed.ts';

/** Files that the plan names and that are not there: added to it since, or taken away by somebody. */
export async function missingFiles({ output, csr }: PlannedCertificate): Promise<ReadonlyMap<OutputKind, string>> {
  const missing = new Map<OutputKind, string>();
  for (const kind of outputKinds) {
    const path = output.files[kind];
    if (path === undefined || (kind === 'key' && csr !== undefined)) continue;
    await stat(path).catch((error: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) missing.set(kind, path);
    });
  }
  return missing;
}

/**
 * What the missing ones shall hold, out of those that are there; undefined for what these do not say. The chain may have a root
 * that no other file has.
 * @param leaf PEM of the certificate that is in place
 */
export async function contentsAtHand(planned: PlannedCertificate, leaf: string): Promise<OutputContents> {
  const { chain, fullchain, combined } = planned.output.files;
  const full = (await issuersIn([fullchain, combined], leaf, 1)) ?? (await issuersIn([chain], leaf, 0));
  const key = planned.csr === undefined ? await currentKey(planned) : undefined;
  const contents = outputContents(full === undefined ? leaf : leaf + full.join(''), key && `${key}\n`);
  const isWhole = full !== undefined && (key !== undefined || planned.csr !== undefined);
  return {
    ...contents,
    chain: undefined,
    fullchain: full && contents.fullchain,
    combined: isWhole ? contents.combined : undefined,
  };
}

/** The certificates above the leaf in the first of the files that has them. */
async function issuersIn(paths: readonly (string | undefined)[], leaf: string, above: number) {
  for (const path of paths) {
    const text = path === undefined ? undefined : await readPlaced(path);
    if (text === undefined) continue;
    const blocks = text.trim() === '' ? [] : splitChain(text);
    const [first, issuers] = [blocks[0], blocks.slice(above)];
    const isOwn = above === 1 ? first === leaf : first === undefined || isIssuer(first, leaf);
    if (isOwn) return issuers;
  }
  return undefined;
}

function isIssuer(pem: string, leaf: string): boolean {
  return new X509Certificate(leaf).checkIssued(new X509Certificate(pem));
}

/** The first missing file that the others do not hold, so that only a new certificate brings it. */
export async function firstLacking(planned: PlannedCertificate, leaf: string): Promise<string | undefined> {
  const missing = await missingFiles(planned);
  if (missing.size === 0) return undefined;
  const contents = await contentsAtHand(planned, leaf);
  return [...missing].find(([kind]) => contents[kind] === undefined)?.[1];
}
