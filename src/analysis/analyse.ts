import type { Language, Project } from '../languages/language.ts';
import type { CertificateFile, ModelFix, Report, Rule, RuleContext } from '../rules/rule.ts';
import { type Finding, type Fix, type RuleInfo, severities } from '../text/finding.ts';
import type { Location } from '../text/range.ts';
import type { Whereabouts } from '../text/whereabouts.ts';
import type { Change } from '../tls/model/change.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import { commentUnknown, judgeComments } from './comments/comment-words.ts';
import { mayHaveComments } from './comments/comments.ts';
import { applySuppressions, suppressionRules } from './comments/suppression.ts';
import { conditionalIn } from './conditional.ts';
import { FindingList } from './finding-list.ts';
import { placedInServer } from './project/folder-places.ts';
import type { AnalysisSettings } from './settings.ts';
import { toldWhereAsked } from './told-where-asked.ts';

export interface AnalysisInput {
  readonly language: Language;
  readonly project: Project;
  /** `language.lower(project)`, where the caller has it already. */
  readonly model?: ServerModel;
  readonly settings: AnalysisSettings;
  readonly paths: Whereabouts;
  readonly now: Date;
  readonly rules: readonly Rule[];
  readonly servers?: readonly ServerModel[];
  /** Files whose findings are wanted: a mistake that several share is told in the first of them. */
  readonly isAsked?: (file: string) => boolean;
  readonly certificateFile: (path: string) => CertificateFile;
  readonly isIssuedBy?: NonNullable<RuleContext['isIssuedBy']>;
}

export interface Analysis {
  readonly language: Language;
  readonly project: Project;
  readonly model: ServerModel;
  /** Sorted by file and place, the gravest first. */
  readonly findings: readonly Finding[];
}

/** From a gathered project to its findings. Pure, synchronous and total. */
export function analyse(input: AnalysisInput): Analysis {
  const steps = analyseInSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** The same, a rule a step: an editor has other things to do in between, or no longer wants to know. */
export function* analyseInSteps(input: AnalysisInput): Generator<void, Analysis> {
  const { language, project, settings } = input;
  const model = input.model ?? language.lower(project);
  const findings = new FindingList(settings, project.files);
  for (const report of language.check(project)) {
    const isSilent = settings.rules.get(report.rule) === 'off';
    for (const each of isSilent ? (report.consequences ?? []) : [report]) {
      findings.add(infoOf(language.rules, each.rule), each, each.fixes ?? []);
    }
  }
  const commented = new Map([...project.files].filter(([, { document }]) => mayHaveComments(document.text)));
  for (const report of judgeComments(commented, language)) findings.add(commentUnknown, report, report.fixes ?? []);
  const context: RuleContext = {
    model,
    profile: settings.profile,
    now: input.now,
    paths: input.paths,
    certificateFile: input.certificateFile,
    ...(input.servers === undefined ? {} : { servers: input.servers }),
    ...(input.isIssuedBy === undefined ? {} : { isIssuedBy: input.isIssuedBy }),
  };
  const isConditional = conditionalIn(model);
  const write: Write = (changes) => language.write(project, model, changes);
  for (const rule of input.rules) {
    if (settings.rules.get(rule.id) === 'off') continue;
    yield;
    for (const found of rule.check(context)) {
      const report = placedInServer(found, project, model);
      if (report === undefined) continue;
      const isPossible = (report.severity ?? rule.severity) === 'error' && isConditional(report.location);
      const lowered: Report = isPossible ? { ...report, severity: 'warning' } : report;
      findings.add(rule, lowered, writerOf(report.fixes, write));
    }
  }
  const known = new Set([...language.rules, ...input.rules, ...suppressionRules].map(({ id }) => id));
  const isOff = (rule: string) => settings.rules.get(rule) === 'off';
  const { isAsked } = input;
  const kept = applySuppressions(findings.items, commented, known, isOff).filter(({ rule }) => !isOff(rule));
  const told = isAsked ? kept.map((finding) => toldWhereAsked(finding, isAsked)) : [...kept];
  return { language, project, model, findings: told.sort(byPlace) };
}

function infoOf(rules: readonly RuleInfo[], id: string): RuleInfo {
  return rules.find((rule) => rule.id === id) ?? { id, title: id, severity: 'error', effect: 'start' };
}

type Write = (changes: readonly Change[]) => ReturnType<Language['write']>;

/** A function only where there is something to write: most findings have nothing, and a configuration may have thousands. */
function writerOf(fixes: Report['fixes'], write: Write): readonly Fix[] | (() => readonly Fix[]) {
  if (fixes === undefined) return none;
  return () => writeFixes(typeof fixes === 'function' ? fixes() : fixes, write);
}

const none: readonly never[] = [];

/** A fix that the language refuses to write (another program's file, a template) is not offered. */
function writeFixes(fixes: readonly ModelFix[], write: Write): readonly Fix[] {
  const written: Fix[] = [];
  for (const { title, safe, changes } of fixes) {
    const result = write(changes);
    if (result.kind === 'edits' && result.edits.length > 0) written.push({ title, safe, edits: result.edits });
  }
  return written;
}

function byPlace(a: Finding, b: Finding): number {
  return (
    compareLocations(a.location, b.location) ||
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0)
  );
}

export function compareLocations(a: Location, b: Location): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start - b.range.start || a.range.end - b.range.end;
}
