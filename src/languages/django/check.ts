import type { Project, TextReport } from '../language.ts';
import { settingsOf } from './evaluate/evaluate.ts';
import type { DjangoFile } from './parse/tree.ts';
import { djangoRules } from './rules/index.ts';

/** Runs every rule about the text. Where Python would not take it, what follows is nobody's guess, and nothing is said. */
export function checkDjango(project: Project<DjangoFile>): readonly TextReport[] {
  const settings = settingsOf(project);
  const reports: TextReport[] = [];
  for (const rule of djangoRules) {
    for (const report of rule.check({ project, settings })) reports.push({ ...report, rule: rule.id });
  }
  return reports;
}
