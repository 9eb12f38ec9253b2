import type { Fix } from '../../../text/finding.ts';
import { isGlob } from '../../../text/glob.ts';
import { isLeftOver, leftOverOf } from '../../../text/left-over.ts';
import { baseName } from '../../../text/path.ts';
import type { Project, TextReport } from '../../language.ts';
import { includePattern } from '../includes.ts';
import type { NginxFile } from '../parse/file.ts';
import { rangeOf } from '../parse/tree.ts';
import { headRange, type Item, locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** A wildcard takes all that lies in a folder, the copies of editors and packages with it (ngx_conf_include, glob(3)). */
export const leftOverIncluded: DirectiveRule = {
  id: 'left-over-included',
  title: 'Copy of a file, or one that was put aside, is loaded too',
  severity: 'information',
  effect: 'advice',
  concerns: ({ fact }) => fact?.name === 'include',
  check({ item, project }) {
    const pattern = includePattern(item.args, project.entry, item.outer.owner?.name);
    if (pattern === undefined || !isGlob(pattern) || isLeftOver(pattern)) return undefined;
    const paths = project.included(pattern) ?? [];
    const found = paths.filter((path) => isLeftOver(path)).flatMap((path) => withDirectives(path, project));
    if (found.length === 0) return undefined;
    const names = listed(found.map(({ path }) => baseName(path)));
    const [it, is, does] =
      found.length === 1 ? ['it', 'is a copy or was', 'says'] : ['them', 'are copies or were', 'say'];
    const fix = narrowed(item, paths);
    return {
      rule: 'left-over-included',
      message: `"${item.args[0]?.value}" takes ${names} too, which by name ${is} put aside: what ${it === 'it' ? it : 'they'} ${does} counts. Move ${it} elsewhere${fix ? ', or include only what ends in .conf' : ''}.`,
      location: locate(item, headRange(item)),
      related: found.map(({ path, range }) => ({ location: { file: path, range }, message: 'Loaded from here.' })),
      fixes: fix ? [fix] : [],
    };
  },
};

function withDirectives(path: string, project: Project<NginxFile>) {
  const file = project.files.get(path);
  const [first] = file?.directives ?? [];
  return file && first ? [{ path, range: { start: first.start, end: first.start } }] : [];
}

function listed(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}

/** The wildcard of a folder where all that is meant ends in `.conf`. */
function narrowed(item: Item, paths: readonly string[]): Fix | undefined {
  const [word] = item.args;
  const meant = paths.filter((path) => !isLeftOver(path));
  if (!word || !/(?:^|\/)\*$/.test(word.value) || meant.length === 0) return undefined;
  if (!meant.every((path) => path.endsWith('.conf'))) return undefined;
  const { start, end } = rangeOf(item, word);
  const { file, text } = item.file.document;
  if (!text.slice(start, end).endsWith('*')) return undefined;
  return {
    title: `Include ${word.value}.conf`,
    safe: false,
    edits: [{ file, range: { start: end, end }, newText: '.conf' }],
  };
}

/** Of what contradicts a copy of itself, the copy has to go. */
export function withLeftOver(report: TextReport): TextReport {
  const other = report.related?.find(({ location }) => location.file !== report.location.file)?.location.file;
  const name = other === undefined ? undefined : leftOverOf(report.location.file, other);
  if (name === undefined || report.rule === 'left-over-included') return report;
  return { ...report, message: `${report.message} By its name ${name} is a copy or was put aside: move it elsewhere.` };
}
