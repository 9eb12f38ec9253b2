import { type Document, positionAt } from '../text/document.ts';
import type { Range } from '../text/range.ts';
import type { Target } from '../tls/target.ts';
import type { LintReport } from './report.ts';

/** The `lint --format json` document. Lines and columns count from 1, columns in UTF-16 code units. */
export function lintJson(report: LintReport): unknown {
  const { displayName, documents } = report;
  const rangeOf = (file: string, range: Range) => jsonRange(documents.get(file), range);
  return {
    findings: report.findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      effect: finding.effect,
      message: finding.message,
      file: displayName(finding.location.file),
      range: rangeOf(finding.location.file, finding.location.range),
      related: finding.related.map(({ location, message }) => ({
        file: displayName(location.file),
        range: rangeOf(location.file, location.range),
        message,
      })),
      fixes: finding.fixes.map(({ title, safe, edits }) => ({
        title,
        safe,
        edits: edits.map(({ file, range, newText }) => ({
          file: displayName(file),
          range: rangeOf(file, range),
          newText,
        })),
      })),
    })),
    files: report.files,
    target: targetJson(commonTarget(report)),
  };
}

/** Lines and columns from 1, in UTF-16 code units; the first character where the text is not at hand. */
export function jsonRange(document: Document | undefined, range: Range) {
  if (document === undefined) return { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } };
  const point = (offset: number) => {
    const { line, character } = positionAt(document, offset);
    return { line: line + 1, column: character + 1 };
  };
  return { start: point(range.start), end: point(range.end) };
}

/** With the version of each program that all were judged for, where it is one. */
function commonTarget({ target, judged }: LintReport): Target {
  let common = target;
  for (const program of new Set(judged.map((each) => each.program))) {
    const [first, ...others] = judged.flatMap((each) => (each.program === program ? [each.target] : []));
    if (first === undefined || others.some((other) => other[program] !== first[program])) continue;
    const origins = { ...common.origins, [program]: first.origins?.[program] };
    common = { ...common, [program]: first[program], origins };
  }
  return common;
}

function targetJson({ distribution, origins = {}, ...target }: Target) {
  const unstated = Object.entries(origins).flatMap(([program, origin]) => (origin?.assumed ? [program] : []));
  return {
    ...target,
    ...(distribution && { distribution: distribution.id }),
    ...(unstated.length > 0 && { unstated }),
  };
}
