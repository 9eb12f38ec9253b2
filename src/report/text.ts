import { lineRange, positionAt } from '../text/document.ts';
import { type Finding, type Severity, severities } from '../text/finding.ts';
import type { Location } from '../text/range.ts';
import { withoutKeys } from '../text/without-keys.ts';
import { describeServer, type Program, programNames, type Target, whence } from '../tls/target.ts';
import { printable } from './printable.ts';
import type { LintReport } from './report.ts';

const colours: Readonly<Record<Severity, string>> = { error: '31', warning: '33', information: '36', hint: '2' };

/** Findings for a person: the place, the sentence, the line with its range underlined, and what can be done. */
export function lintText(report: LintReport, colour: boolean): string {
  const paint = (code: string, text: string) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const parts = report.findings.map((finding) => {
    const head = `${place(report, finding.location)}: ${paint(colours[finding.severity], finding.severity)}: ${printable(finding.message)} ${paint('2', `[${finding.rule}]`)}`;
    return [head, ...excerpt(report, finding, paint), ...notes(report, finding)].join('\n');
  });
  return [...parts, summary(report)].join('\n\n');
}

function place(report: LintReport, { file, range }: Location): string {
  const document = report.documents.get(file);
  const name = printable(report.displayName(file));
  if (document === undefined) return name;
  const { line, character } = positionAt(document, range.start);
  return `${name}:${line + 1}:${character + 1}`;
}

function excerpt(report: LintReport, finding: Finding, paint: (code: string, text: string) => string): string[] {
  const document = report.documents.get(finding.location.file);
  if (document === undefined) return [];
  const { start, end } = finding.location.range;
  const { line, character } = positionAt(document, start);
  const range = lineRange(document, line);
  const text = printable(withoutKeys(document.text.slice(range.start, range.end)));
  if (text.trim() === '') return [];
  const width = Math.max(1, Math.min(end, range.end) - start);
  const { shown, before, marked } =
    text.length > longest ? clip(text, character, width) : whole(text, character, width);
  const indent = before.replace(/[^\t]/g, ' ');
  return [`  ${shown}`, `  ${indent}${paint(colours[finding.severity], '^'.repeat(marked))}`];
}

/** Characters of a line that are shown; of a longer one, as generated text has them, what lies around the range. */
const longest = 200;
const margin = 40;

/** What is shown of a line, the part of that before the range, and the columns of the range. */
interface Excerpt {
  readonly shown: string;
  readonly before: string;
  readonly marked: number;
}

function whole(text: string, character: number, width: number): Excerpt {
  return { shown: text, before: text.slice(0, character), marked: width };
}

function clip(text: string, character: number, width: number): Excerpt {
  const from = Math.max(0, character - margin);
  const to = Math.min(text.length, from + longest);
  const before = `${from > 0 ? '…' : ''}${text.slice(from, character)}`;
  const shown = `${from > 0 ? '…' : ''}${text.slice(from, to)}${to < text.length ? '…' : ''}`;
  return { shown, before, marked: Math.min(width, to - character) };
}

function notes(report: LintReport, finding: Finding): string[] {
  const more = finding.related.length - 5;
  return [
    ...finding.related
      .slice(0, 5)
      .map(({ location, message }) => `  see ${place(report, location)}: ${printable(message)}`),
    ...(more > 0 ? [`  and ${more} more ${more === 1 ? 'place' : 'places'}`] : []),
    ...finding.fixes.map(({ title, safe }) => `  fix: ${printable(title)}${safe ? ' (--fix)' : ''}`),
  ];
}

function summary({ findings, known = 0, files, programs, ...targets }: LintReport): string {
  const checked = `${files} ${files === 1 ? 'file' : 'files'} checked for ${versions(targets, programs)}`;
  const besides = known === 0 ? '' : ` besides ${known} that the baseline lists`;
  if (findings.length === 0) return `No findings${besides}. ${checked}.`;
  const counts = severities
    .map((severity) => ({ severity, count: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${plural(severity, count)}`);
  return `${counts.join(', ')}${besides}. ${checked}.`;
}

/** Servers share OpenSSL, whichever of them it is; an application is told of where there is one. */
function versions({ target, judged }: Pick<LintReport, 'target' | 'judged'>, programs: LintReport['programs']): string {
  if (programs.has('django') && programs.size === 1)
    return judged.map(({ target: each }) => describeServer('django', each)).join(' and ');
  const source = `${target.assumed ? 'assumed: ' : ''}${target.label}`;
  const named = (program: Program, each: Target) =>
    whence(program, each) === source ? `${programNames[program]} ${each[program]}` : describeServer(program, each);
  // What an image, say, does not hold is told of where it was asked for all the same.
  const isTold = (program: Program) => program !== 'django' && target.origins?.[program]?.assumed !== true;
  const servers = (['nginx', 'apache', 'django'] as const).flatMap((program) => {
    const own = judged.filter((each) => each.program === program);
    if (own.length === 0) return isTold(program) ? [named(program, target)] : [];
    return own.map((each) => named(program, each.target));
  });
  return `${servers.join(', ')} and OpenSSL ${target.openssl} at security level ${target.securityLevel} (${source})`;
}

function plural(severity: Severity, count: number): string {
  if (severity === 'information') return 'information';
  return count === 1 ? severity : `${severity}s`;
}
