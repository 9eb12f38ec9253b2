import type { Analysis } from '../analysis/analyse.ts';
import type { Dump } from '../analysis/project/dump.ts';
import type { Document } from '../text/document.ts';
import type { Finding, RuleInfo } from '../text/finding.ts';
import { describeServer, type Program, type Target } from '../tls/target.ts';

/** What every report format gets. */
export interface LintReport {
  readonly findings: readonly Finding[];
  /** How many more there are, which a baseline lists. */
  readonly known?: number;
  /** Number of configuration files that were read. */
  readonly files: number;
  readonly target: Target;
  /** What each program was judged for, of which a project may say its own version: those that differ, and each once. */
  readonly judged: readonly JudgedProgram[];
  /** Programs whose configurations these are. */
  readonly programs: ReadonlySet<Program>;
  /** Rules that exist, for formats that describe them. */
  readonly rules: readonly RuleInfo[];
  readonly documents: ReadonlyMap<string, Document>;
  /** How a file is named in the report: relative to the working directory. */
  readonly displayName: (file: string) => string;
}

export interface JudgedProgram {
  readonly program: Program;
  readonly target: Target;
}

/** The files that findings lie in: those of a configuration, or the dump that holds them all. */
export function shownDocuments({
  project,
  dump,
}: Pick<Analysis, 'project'> & { readonly dump?: Dump }): ReadonlyMap<string, Document> {
  if (dump) {
    const mapped = [...project.files].filter(([file]) => !dump.sections.has(file));
    return new Map([
      [dump.document.file, dump.document],
      ...mapped.map(([file, { document }]) => [file, document] as const),
    ]);
  }
  return new Map([...project.files].map(([file, { document }]) => [file, document]));
}

/** Joins several analyses into one report, each finding once: a file may be included by two main files. */
export function joinAnalyses(analyses: readonly (Analysis & { readonly dump?: Dump })[]) {
  const documents = new Map<string, Document>();
  const checked = new Set<string>();
  const findings: Finding[] = [];
  const seen = new Set<string>();
  const programs = new Set(analyses.map(({ language }) => language.id));
  const judged = new Map<string, JudgedProgram>();
  for (const analysis of analyses) {
    const { language, model } = analysis;
    judged.set(describeServer(language.id, model.target), { program: language.id, target: model.target });
    for (const [file, document] of shownDocuments(analysis)) {
      documents.set(file, document);
      checked.add(file);
    }
    for (const [file, parsed] of analysis.project.folderFiles ?? []) {
      if (parsed) documents.set(file, parsed.document);
    }
    for (const finding of analysis.findings) {
      const { file, range } = finding.location;
      const key = `${finding.rule}\0${file}\0${range.start}\0${range.end}\0${finding.message}`;
      if (seen.has(key)) continue;
      seen.add(key);
      findings.push(finding);
    }
  }
  return { findings, documents, files: checked.size, programs, judged: [...judged.values()] };
}
