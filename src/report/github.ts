import { type Severity, severities } from '../text/finding.ts';
import { jsonRange } from './json.ts';
import type { LintReport } from './report.ts';

const commands: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * Workflow commands, one a line, that annotate a pull request (GitHub: "Workflow commands for GitHub Actions"). Of each
 * command GitHub shows the first ten of a step: the graver ones come first.
 */
export function lintGithub(report: LintReport): string {
  return [...report.findings]
    .sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
    .map(({ severity, rule, message, location }) => {
      const { start, end } = jsonRange(report.documents.get(location.file), location.range);
      const properties = [
        `file=${property(report.displayName(location.file))}`,
        `line=${start.line}`,
        `endLine=${end.line}`,
        // Columns of an annotation must lie on one line.
        ...(start.line === end.line ? [`col=${start.column}`, `endColumn=${end.column}`] : []),
        `title=${property(`tls ${rule}`)}`,
      ];
      return `::${commands[severity]} ${properties.join(',')}::${data(message)}`;
    })
    .join('\n');
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
