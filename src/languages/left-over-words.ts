import type { Fix, Related } from '../text/finding.ts';
import { isGlob } from '../text/glob.ts';
import { isLeftOver, leftOverOf } from '../text/left-over.ts';
import { baseName } from '../text/path.ts';
import type { Location } from '../text/range.ts';
import type { ParsedFile, Project, TextReport } from './language.ts';

/** An include that may take more than one file. */
interface WideInclude {
  /** As the server resolves it. */
  readonly pattern: string;
  /** As it is written, without quotes. */
  readonly written: string;
  /** Of the word that is written, with its quotes. */
  readonly word: Location;
}

/**
 * What to say of an include that takes copies and files which were put aside; undefined where it takes none.
 * @param firstPlace start of the first directive in a file, undefined where it has none
 */
export function describeLeftOvers<Parsed extends ParsedFile>(
  { pattern, written, word }: WideInclude,
  project: Project<Parsed>,
  firstPlace: (file: Parsed) => number | undefined,
): { readonly message: string; readonly related: readonly Related[]; readonly fixes: readonly Fix[] } | undefined {
  if (isLeftOver(pattern)) return undefined;
  const paths = project.included(pattern) ?? [];
  const found = paths.filter((path) => isLeftOver(path)).flatMap((path) => placeIn(path, project, firstPlace));
  if (found.length === 0) return undefined;
  const names = listed(found.map(({ file }) => baseName(file)));
  const [it, is, does] =
    found.length === 1 ? ['it', 'is a copy or was', 'says'] : ['them', 'are copies or were', 'say'];
  const fix = isGlob(pattern) ? narrowed(written, word, paths, project) : undefined;
  return {
    message: `"${written}" includes ${names} too, which by name ${is} switched off: what ${it === 'it' ? it : 'they'} ${does} counts. Move ${it} elsewhere${fix ? ', or include only what ends in .conf' : ''}.`,
    related: found.map((location) => ({ location, message: 'Loaded from here.' })),
    fixes: fix ? [fix] : [],
  };
}

function placeIn<Parsed extends ParsedFile>(
  path: string,
  project: Project<Parsed>,
  firstPlace: (file: Parsed) => number | undefined,
): readonly Location[] {
  const file = project.files.get(path);
  const start = file && firstPlace(file);
  return start === undefined ? [] : [{ file: path, range: { start, end: start } }];
}

function listed(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
  return [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}

/** The wildcard of a folder where all that is meant ends in `.conf`. */
function narrowed(written: string, { file, range }: Location, paths: readonly string[], project: Project) {
  const meant = paths.filter((path) => !isLeftOver(path));
  if (!/(?:^|\/)\*$/.test(written) || meant.length === 0) return undefined;
  if (!meant.every((path) => path.endsWith('.conf'))) return undefined;
  const text = project.files.get(file)?.document.text.slice(range.start, range.end) ?? '';
  const [, quote] = /\*(["']?)$/.exec(text) ?? [];
  if (quote === undefined) return undefined;
  const end = range.end - quote.length;
  return {
    title: `Include ${written}.conf`,
    safe: false,
    edits: [{ file, range: { start: end, end }, newText: '.conf' }],
  };
}

/** Of what contradicts a copy of itself, the copy has to go. */
export function withLeftOver(report: TextReport): TextReport {
  const other = report.related?.find(({ location }) => location.file !== report.location.file)?.location.file;
  const name = other === undefined ? undefined : leftOverOf(report.location.file, other);
  if (name === undefined || report.rule === 'left-over-included') return report;
  return {
    ...report,
    message: `${report.message} By its name, ${name} is a copy or was switched off: move it elsewhere.`,
  };
}
