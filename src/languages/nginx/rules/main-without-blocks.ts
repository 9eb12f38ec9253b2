import type { FileRule } from './rule.ts';

/** Where packages and builds of one's own have nothing else than the main file. */
const mainFile = /^(?:(?:\/usr\/local|\/opt\/homebrew)?\/etc\/nginx|\/usr\/local\/nginx\/conf)\/nginx\.conf$/;

/** A main file of which everything is commented out, or nothing has been written yet: `incomplete-block` sees no block there. */
export const mainWithoutBlocks: FileRule = {
  id: 'incomplete-block',
  title: 'Block without a directive that it needs',
  severity: 'error',
  effect: 'start',
  *check({ document, directives, problems, inserts }, project) {
    if (project.complete || document.file !== project.entry || !mainFile.test(project.entry)) return;
    if (problems.length > 0 || inserts.length > 0) return;
    if (directives.some(({ nameWord, block }) => block !== undefined || nameWord.value === 'include')) return;
    const start = directives[0]?.start ?? 0;
    yield {
      rule: 'incomplete-block',
      message: `No "events" section in configuration: nginx does not start with a main file that has ${directives.length > 0 ? 'no block' : 'no directive'}. Put back what was here.`,
      location: { file: project.entry, range: { start, end: start } },
    };
  },
};
