import type { Severity } from '../text/finding.ts';
import { jsonRange } from './json.ts';
import { lineHasher } from './line-hashes.ts';
import type { LintReport } from './report.ts';

const severities: Readonly<Record<Severity, string>> = {
  error: 'critical',
  warning: 'major',
  information: 'minor',
  hint: 'info',
};

/** A report of GitLab's Code Quality, which a merge request shows beside its changes (GitLab: "Code Quality report format"). */
export function lintGitlab(report: LintReport): unknown {
  const hashOf = lineHasher(report.documents);
  const told = new Map<string, number>();
  return report.findings.map(({ rule, severity, message, location }) => {
    const { start, end } = jsonRange(report.documents.get(location.file), location.range);
    const path = report.displayName(location.file);
    // What stays the same while lines above it change, and is no other finding's.
    const known = [rule, path, hashOf(location)].join(' ');
    const count = (told.get(known) ?? 0) + 1;
    told.set(known, count);
    return {
      description: message,
      check_name: rule,
      fingerprint: count === 1 ? known : `${known} ${count}`,
      severity: severities[severity],
      location: { path, lines: { begin: start.line, end: end.line } },
    };
  });
}
