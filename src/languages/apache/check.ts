import { positionAt } from '../../text/document.ts';
import type { Severity } from '../../text/finding.ts';
import { newerThanKnown } from '../../tls/newest-known.ts';
import type { Project, TextReport } from '../language.ts';
import { withLeftOver } from '../left-over-words.ts';
import { evaluate } from './evaluate/evaluate.ts';
import { conditionsAround, mayBeLeftOut } from './evaluate/statement.ts';
import { foreignCharacter } from './rules/foreign-character.ts';
import { apacheRules } from './rules/index.ts';
import type { ApacheFile } from './syntax.ts';
import { generatedFile } from './write/refusal.ts';

/** What a release of httpd that nobody knows here may take. */
const extensible: ReadonlySet<string> = new Set([
  'unknown-directive',
  'wrong-context',
  'argument-count',
  'invalid-value',
]);

/** @param newer the sentence that says that the target is one */
function unlessNewer(report: TextReport, severity: Severity, newer: string | undefined): TextReport {
  if (newer === undefined || !extensible.has(report.rule) || (report.severity ?? severity) !== 'error') return report;
  return { ...report, severity: 'warning', message: `${report.message} ${newer}` };
}

function lineOf({ location: { file, range } }: Pick<TextReport, 'location'>, { files }: Project<ApacheFile>): string {
  const document = files.get(file)?.document;
  return `${file} ${document && positionAt(document, range.start).line}`;
}

/** Runs every rule about the text; a file that is included twice is reported once. */
export function checkApache(project: Project<ApacheFile>): readonly TextReport[] {
  const evaluation = evaluate(project);
  const context = { project, evaluation };
  // What a program writes it writes over: only its source can be mended.
  const generated = new Set<string>();
  for (const [file, { document }] of project.files) {
    if (generatedFile(file, document.text) !== undefined) generated.add(file);
  }
  const newer = newerThanKnown('apache', project.target);
  const seen = new Set<string>();
  const reports: TextReport[] = [];
  const quotes = new Map<string, number>();
  for (const rule of apacheRules) {
    for (const { statement, ...report } of rule.check(context)) {
      const { file, range } = report.location;
      const key = `${rule.id} ${file} ${range.start} ${report.message}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const severity = report.severity ?? rule.severity;
      const isPossible = severity === 'error' && statement && conditionsAround(statement).some(mayBeLeftOut);
      // What is wrong in a .htaccess stops no start: each request to its folder answers 500.
      const stops = (report.effect ?? rule.effect) === 'start' && evaluation.context === '.htaccess';
      const effect = stops ? 'connect' : report.effect;
      const told = withLeftOver(
        unlessNewer(
          {
            ...report,
            ...(report.fixes && generated.has(report.location.file) ? { fixes: [] } : {}),
            ...(isPossible ? { severity: 'warning' } : {}),
            ...(effect ? { effect } : {}),
            rule: rule.id,
          },
          rule.severity,
          newer,
        ),
      );
      // What else is wrong with the values of a line comes from its quotes, and says how grave they are.
      const line = rule === foreignCharacter || quotes.size > 0 ? lineOf(report, project) : '';
      const cause = quotes.get(line);
      if (cause !== undefined) {
        const first = reports[cause] as TextReport;
        reports[cause] = {
          ...first,
          ...(severity === 'error'
            ? { severity: isPossible ? 'warning' : severity, effect: effect ?? rule.effect }
            : {}),
          consequences: [...(first.consequences ?? []), told],
        };
        continue;
      }
      if (rule === foreignCharacter) quotes.set(line, reports.length);
      reports.push(told);
    }
  }
  return reports;
}
