import type { Document } from '../text/document.ts';
import { lineRange, positionAt } from '../text/document.ts';
import type { Finding } from '../text/finding.ts';
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
  readonly displayName: (file: string) => string;
}

/** The baseline file that lists all findings of a report: JSON, one finding a line, so that a diff reads well. */
export function renderBaseline(report: Listed): string {
  const lines = report.findings.map((finding) => `    ${JSON.stringify(entryOf(finding, report))}`);
  return `{\n  "version": 1,\n  "findings": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

/** @throws Error that names the file where it is no baseline */
export function parseBaseline(file: string, text: string): readonly BaselineEntry[] {
  const hint = `${file} is no baseline. Make one with --write-baseline ${file}.`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new Error(hint);
  }
  const findings = (value as { findings?: unknown } | null)?.findings;
  if (!Array.isArray(findings)) throw new Error(hint);
  return findings.map(({ rule, file: path, line }) => ({ rule: String(rule), file: String(path), line: String(line) }));
}

/** The findings that the baseline does not list; an entry hides as many findings as it stands there. */
export function applyBaseline(report: Listed, baseline: readonly BaselineEntry[]): readonly Finding[] {
  const left = new Map<string, number>();
  for (const entry of baseline) left.set(keyOf(entry), (left.get(keyOf(entry)) ?? 0) + 1);
  return report.findings.filter((finding) => {
    const key = keyOf(entryOf(finding, report));
    const count = left.get(key) ?? 0;
    if (count === 0) return true;
    left.set(key, count - 1);
    return false;
  });
}

function entryOf({ rule, location }: Finding, { documents, displayName }: Listed): BaselineEntry {
  const document = documents.get(location.file);
  if (document === undefined) return { rule, file: displayName(location.file), line: '' };
  const { start, end } = lineRange(document, positionAt(document, location.range.start).line);
  return { rule, file: displayName(location.file), line: withoutKeys(document.text.slice(start, end).trim()) };
}

function keyOf({ rule, file, line }: BaselineEntry): string {
  return `${rule}\0${file}\0${line}`;
}
