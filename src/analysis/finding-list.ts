import type { Project, TextReport } from '../languages/language.ts';
import type { Report } from '../rules/rule.ts';
import { Distinct } from '../text/distinct.ts';
import type { FileEdit } from '../text/edit.ts';
import type { Finding, Fix, RuleInfo, Severity } from '../text/finding.ts';
import { withLineBreaksOf } from '../text/lines.ts';
import type { Location } from '../text/range.ts';
import type { AnalysisSettings } from './settings.ts';

/** Collects reports as findings, each one once. */
export class FindingList {
  readonly items: Finding[] = [];
  private readonly settings: AnalysisSettings;
  private readonly files: Project['files'];
  private readonly distinct = new Distinct<Finding>(isSame, keyOf);

  constructor(settings: AnalysisSettings, files: Project['files']) {
    this.settings = settings;
    this.files = files;
  }

  /** @param fixes or how they are written, where that costs something: most findings are only shown */
  add(info: RuleInfo, report: Report | TextReport, fixes: Written): void {
    const severity = this.settings.rules.get(info.id) ?? report.severity ?? info.severity;
    if (severity === 'off') return;
    const finding = new ReportedFinding(info, severity, report, fixes, this.files);
    if (this.distinct.add(finding.location, finding)) this.items.push(finding);
  }
}

type Written = readonly Fix[] | (() => readonly Fix[]);

const none: readonly never[] = [];

function isSame(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.location.range.end === b.location.range.end && a.message === b.message;
}

function keyOf({ rule, message, location: { range } }: Finding): string {
  return `${rule} ${range.end} ${message}`;
}

/** A finding whose fixes are written when somebody asks. */
class ReportedFinding implements Finding {
  readonly rule: string;
  readonly severity: Severity;
  readonly effect: Finding['effect'];
  readonly message: string;
  readonly location: Location;
  readonly related: Finding['related'];
  #fixes: Written;
  /** Those that they are written into, until they are: then nothing of what was needed for it is kept. */
  #files: Project['files'] | undefined;

  constructor(
    info: RuleInfo,
    severity: Severity,
    report: Report | TextReport,
    written: Written,
    files: Project['files'],
  ) {
    this.rule = info.id;
    this.severity = severity;
    this.effect = report.effect ?? info.effect;
    this.message = report.message;
    this.location = report.location;
    this.related = report.related ?? none;
    this.#fixes = written;
    this.#files = files;
  }

  get fixes(): readonly Fix[] {
    const fixes = typeof this.#fixes === 'function' ? this.#fixes() : this.#fixes;
    if (this.#files === undefined) return fixes;
    const written = withTheirLineBreaks(fixes, this.#files);
    this.#fixes = written;
    this.#files = undefined;
    return written;
  }
}

/** Languages end lines by `\n`; what they write goes into files that may end theirs otherwise. Hardly any file does. */
function withTheirLineBreaks(fixes: readonly Fix[], files: Project['files']): readonly Fix[] {
  if (fixes.every((fix) => endsLinesAsTheirs(fix, files))) return fixes;
  return fixes.map((fix) => ({
    ...fix,
    edits: fix.edits.map((edit) => ({ ...edit, newText: textFor(edit, files) })),
  }));
}

/** A fix may have thousands of edits. */
function endsLinesAsTheirs({ edits }: Fix, files: Project['files']): boolean {
  for (const edit of edits) if (textFor(edit, files) !== edit.newText) return false;
  return true;
}

function textFor({ file, newText }: FileEdit, files: Project['files']): string {
  return withLineBreaksOf(files.get(file)?.document.text ?? '', newText);
}
