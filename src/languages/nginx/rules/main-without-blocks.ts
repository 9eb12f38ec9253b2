import type { TextReport } from '../../language.ts';
import { factsOf, isAllowedIn } from '../facts/directives.ts';
import { type Directive, rangeOf } from '../parse/tree.ts';
import type { FileRule } from './rule.ts';
import { wrongContext } from './wrong-context.ts';

/** Where packages and builds of one's own have nothing else than the main file. */
const mainFile = /^(?:(?:\/usr\/local|\/opt\/homebrew)?\/etc\/nginx|\/usr\/local\/nginx\/conf)\/nginx\.conf$/;

const blocksOfHttp: ReadonlySet<string> = new Set(['server', 'upstream', 'map', 'geo', 'split_clients']);

/** A site that was written over the main file, with no `http` block around it. */
function outsideOfHttp(file: string, block: Directive, directives: readonly Directive[]): TextReport {
  const name = block.nameWord.value;
  const [first, last] = [directives[0]?.start ?? 0, directives.at(-1)?.end ?? 0];
  const fits = directives.every(({ nameWord }) =>
    factsOf(nameWord.value).some((fact) => isAllowedIn(fact, 'http') && !isAllowedIn(fact, 'main')),
  );
  const fix = {
    title: 'Write "events" and "http" around it',
    safe: false,
    edits: [
      { file, range: { start: first, end: first }, newText: 'events {}\nhttp {\n' },
      { file, range: { start: last, end: last }, newText: '\n}' },
    ],
  };
  return {
    rule: wrongContext.id,
    message: `"${name}" is not allowed here: this is the main file, where it belongs into "http { … }", beside "events {}". Put back what was here, and the site into a file that "http" includes.`,
    location: { file, range: rangeOf(block, block.nameWord) },
    fixes: fits ? [fix] : [],
  };
}

/** A main file of which everything is commented out, or nothing has been written yet: `incomplete-block` sees no block there. */
export const mainWithoutBlocks: FileRule = {
  id: 'incomplete-block',
  title: 'Block without a directive that it needs',
  severity: 'error',
  effect: 'start',
  *check({ document, directives, problems, inserts }, project) {
    if (project.complete || document.file !== project.entry || !mainFile.test(project.entry)) return;
    if (problems.length > 0 || inserts.length > 0) return;
    if (directives.some(({ nameWord }) => nameWord.value === 'include')) return;
    const block = directives.find(({ block }) => block !== undefined);
    if (block !== undefined) {
      if (blocksOfHttp.has(block.nameWord.value)) yield outsideOfHttp(project.entry, block, directives);
      return;
    }
    const start = directives[0]?.start ?? 0;
    yield {
      rule: 'incomplete-block',
      message: `No "events" section in configuration: nginx does not start with a main file that has ${directives.length > 0 ? 'no block' : 'no directive'}. Put back what was here.`,
      location: { file: project.entry, range: { start, end: start } },
    };
  },
};
