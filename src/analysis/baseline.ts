import type { Document } from '../text/document.ts';
import { lineRange, positionAt } from '../text/document.ts';
import type { Finding } from '../text/finding.ts';
import { folderOf, isBelow, relativePath } from '../text/path.ts';
import type { Location } from '../text/range.ts';
import { withoutKeys } from '../text/without-keys.ts';

/** A finding that is known and accepted for now. The line's text, but for keys in it, finds it again after others have moved. */
interface BaselineEntry {
  readonly rule: string;
  readonly file: string;
  readonly line: string;
}

interface Listed {
  readonly findings: readonly Finding[];
  readonly documents: ReadonlyMap<string, Document>;
}

/** Where a baseline lies, and where the command runs. */
export interface BaselinePlace {
  readonly file: string;
  readonly cwd: string;
}

interface Baseline {
  readonly entries: readonly BaselineEntry[];
  /** Paths count from the file's own folder (version 2), not from that of the command that wrote it. */
  readonly isFromFile: boolean;
}

/**
 * The baseline file that lists all findings of a report: JSON, one finding a line, so that a diff reads well. It holds from
 * wherever the command runs, but where it lies apart from what was looked at: its place says nothing about that then.
 */
export function renderBaseline(report: Listed, { file, cwd }: BaselinePlace): string {
  const folder = folderOf(file);
  const isFromFile = isBelow(file, cwd) || report.findings.every(({ location }) => isBelow(location.file, folder));
  const base = isFromFile ? folder : cwd;
  // A mistake of several places is listed at each: the first may be mended, or a call ask for another.
  const lines = report.findings.flatMap(({ rule, location, ...finding }) =>
    [location, ...sharedBy(finding)].map((place) => JSON.stringify(entryOf({ rule, location: place }, report, base))),
  );
  return `{\n  "version": ${isFromFile ? 2 : 1},\n  "findings": [\n${lines.map((line) => `    ${line}`).join(',\n')}\n  ]\n}\n`;
}

/** @throws Error that names the file where it is no baseline */
export function parseBaseline(file: string, text: string): Baseline {
  const hint = `${file} is no baseline. Make one with --write-baseline, in a file of its own.`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(hint);
  }
  const { findings, version } = (value ?? {}) as { findings?: unknown; version?: unknown };
  if (!Array.isArray(findings)) throw new Error(hint);
  const entries = findings.map((entry: Partial<BaselineEntry> | null) => {
    const { rule, file, line } = entry ?? {};
    // The report that --format json prints has findings too, and hides none of them.
    if (typeof rule !== 'string' || typeof file !== 'string' || typeof line !== 'string') throw new Error(hint);
    return { rule, file, line };
  });
  return { entries, isFromFile: version === 2 };
}

/** The findings that the baseline does not list; an entry hides as many findings as it stands there. */
export function applyBaseline(
  report: Listed,
  { entries, isFromFile }: Baseline,
  { file, cwd }: BaselinePlace,
): readonly Finding[] {
  const left = new Map<string, number>();
  for (const entry of entries) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + 1);
  // Those of version 1 mostly lie in the folder that their paths count from, and are looked for from the command's own first.
  const bases = new Set(isFromFile ? [folderOf(file)] : [cwd, folderOf(file)]);
  const isListed = (rule: string, location: Location): boolean => {
    const keys = [...bases].map((each) => keyOf(entryOf({ rule, location }, report, each)));
    const key = keys.find((candidate) => (left.get(candidate) ?? 0) > 0);
    if (key !== undefined) left.set(key, (left.get(key) ?? 0) - 1);
    return key !== undefined;
  };
  // All of its places are asked, so that none of its entries is left for another mistake.
  const isSharedListed = (finding: Finding): boolean =>
    sharedBy(finding).filter((place) => isListed(finding.rule, place)).length > 0;
  const listed = new Set<Finding>();
  for (const finding of report.findings) {
    if (!isListed(finding.rule, finding.location)) continue;
    listed.add(finding);
    isSharedListed(finding);
  }
  // What several places share is one mistake: the first may have been mended, or another file asked for when it was listed.
  return report.findings.filter((finding) => !listed.has(finding) && !isSharedListed(finding));
}

/** Where the mistake of a finding stands besides its own place. */
function sharedBy({ related }: Pick<Finding, 'related'>): readonly Location[] {
  return related.flatMap(({ alike = [] }) => alike);
}

/** @param base the folder from which the file's path counts */
function entryOf(
  { rule, location }: Pick<Finding, 'rule' | 'location'>,
  { documents }: Listed,
  base: string,
): BaselineEntry {
  const document = documents.get(location.file);
  const file = relativePath(base, location.file);
  if (document === undefined) return { rule, file, line: '' };
  const { start, end } = lineRange(document, positionAt(document, location.range.start).line);
  return { rule, file, line: withoutKeys(document.text.slice(start, end).trim()) };
}

function keyOf({ rule, file, line }: BaselineEntry): string {
  return `${rule}\0${file}\0${line}`;
}
