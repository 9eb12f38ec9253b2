import { X509Certificate } from 'node:crypto';
import { type OutputKind, type OutputPlan, outputKinds, type PlannedCertificate } from '../plan/plan.ts';
import { errorCode } from '../store/atomic.ts';
import { stat } from '../store/files.ts';
import { type OutputContents, outputContents, splitChain } from '../store/output.ts';
import { currentKey, readPlaced } from './placed.ts';

/**
 * Files that the plan names and that are not there: added to it since, or taken away by somebody. As good as that are those which
 * hold another certificate than the first one, since a backup was put back or somebody else writes there.
 * @param leaf PEM of the certificate that is in place
 */
export async function missingFiles(
  { output, csr }: PlannedCertificate,
  leaf: string,
): Promise<ReadonlyMap<OutputKind, string>> {
  const missing = new Map<OutputKind, string>();
  for (const kind of outputKinds) {
    const path = output.files[kind];
    if (path === undefined || (kind === 'key' && csr !== undefined)) continue;
    await stat(path).catch((error: unknown) => {
      if (['ENOENT', 'ENOTDIR'].includes(errorCode(error) ?? '')) missing.set(kind, path);
    });
  }
  for (const { kind, path, pem } of await placedLeaves(output))
    if (withoutBlanks(pem) !== withoutBlanks(leaf)) missing.set(kind, path);
  return missing;
}

/** The files that begin with the certificate, and PEM of what they begin with, empty where that is none. One that cannot be read is left out. */
export async function placedLeaves({ files }: OutputPlan) {
  const found: { readonly kind: OutputKind; readonly path: string; readonly pem: string }[] = [];
  for (const kind of ['certificate', 'fullchain', 'combined'] as const) {
    const path = files[kind];
    const text = path === undefined ? undefined : await readPlaced(path);
    if (path !== undefined && text !== undefined) found.push({ kind, path, pem: blocksIn(text)[0] ?? '' });
  }
  return found;
}

function blocksIn(text: string): readonly string[] {
  try {
    return splitChain(text);
  } catch {
    return [];
  }
}

/** Lines of PEM may be of any length. */
function withoutBlanks(pem: string): string {
  return pem.replace(/\s/g, '');
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
async function issuersIn(paths: readonly (string | undefined)[], leaf: string, above: 0 | 1) {
  for (const path of paths) {
    const text = path === undefined ? undefined : await readPlaced(path);
    if (text === undefined) continue;
    const [first, ...others] = blocksIn(text);
    if (above === 1 && first !== undefined && withoutBlanks(first) === withoutBlanks(leaf)) return others;
    // Straight from a root there is nothing between.
    const isOwn = first === undefined ? text.trim() === '' : isIssuer(first, leaf);
    if (above === 0 && isOwn) return first === undefined ? [] : [first, ...others];
  }
  return undefined;
}

function isIssuer(pem: string, leaf: string): boolean {
  return new X509Certificate(leaf).checkIssued(new X509Certificate(pem));
}

/** The first missing file that the others do not hold, so that only a new certificate brings it. */
export async function firstLacking(planned: PlannedCertificate, leaf: string): Promise<string | undefined> {
  const missing = await missingFiles(planned, leaf);
  if (missing.size === 0) return undefined;
  const contents = await contentsAtHand(planned, leaf);
  return [...missing].find(([kind]) => contents[kind] === undefined)?.[1];
}
