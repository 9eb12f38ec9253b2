import type { LintReport } from '../../src/report/report.ts';
import { analyseText } from './analyse.ts';

/** What `lint` has to report of one nginx configuration; `more` in place of what it would have. */
export function reportOf(text: string, more: Partial<LintReport> = {}): LintReport {
  const { findings, project, model } = analyseText(text, { language: 'nginx' });
  return {
    findings,
    files: 1,
    target: model.target,
    judged: [],
    rules: [],
    documents: new Map([...project.files].map(([file, { document }]) => [file, document])),
    programs: new Set(['nginx'] as const),
    displayName: (file) => file,
    ...more,
  };
}
