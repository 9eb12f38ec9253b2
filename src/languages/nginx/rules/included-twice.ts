import type { Related } from '../../../text/finding.ts';
import { type Location, samePlace } from '../../../text/range.ts';
import type { Project, TextReport } from '../../language.ts';
import { includesOf, removable } from '../included-files.ts';
import { isGlob } from '../includes.ts';
import type { NginxFile } from '../parse/file.ts';
import { headRange, type Item, locate, type Scope } from '../scope.ts';
import { remove } from '../write/place.ts';

/**
 * Tells of a directive that is in its own way, since nginx reads its file twice, at the includes: where it stands it is there
 * once, and whoever takes it away there takes it from all who include it.
 * @param scope the block in which the two meet
 * @param isFatal whether nginx does not start for it: all of one include that it refuses is one mistake
 */
export function atIncludes(
  report: TextReport,
  scope: Scope,
  project: Project<NginxFile>,
  isFatal: (report: TextReport) => boolean,
): TextReport {
  const { location, related = [] } = report;
  const others = related.filter((other) => !isOwnPlace(other.location, location));
  if (others.length === related.length) return report;
  const [first, second] = (isFatal(report) && pairIn(scope, location.file, project)) || [];
  if (first === undefined || second === undefined) {
    const places = apart(includesOf(location.file, project).all).map((item) => at(item, 'It is included here.'));
    return { ...report, related: [...places, ...others], fixes: [] };
  }
  // A wildcard brings what is put there later too.
  const gone = removable(second, first, project, ({ args: [path] }) => path !== undefined && !isGlob(path.value));
  return {
    ...report,
    rule: 'duplicate-directive',
    message: `${second.args[0]?.value} is included a second time in the same block, and not all that it holds may be there twice. Remove one of the two includes.`,
    location: locate(second, headRange(second)),
    related: [at(first, 'The first one is here.'), { location, message: report.message }, ...others],
    fixes: gone ? [{ title: 'Remove the include', safe: true, edits: [remove(gone)] }] : [],
  };
}

/** What is longer is the whole of which the finding is a part. */
function isOwnPlace(other: Location, location: Location): boolean {
  return samePlace(other, location) && other.range.end <= location.range.end;
}

/** Two of the includes, in parts of nginx that are apart if there are such: `http` and `stream`. */
function apart(includes: readonly Item[]): readonly Item[] {
  const [first, second] = includes;
  if (first === undefined || second === undefined) return includes;
  return [first, includes.find((item) => partOf(item) !== partOf(first)) ?? second];
}

function partOf(item: Item): Item {
  let part = item;
  while (part.outer.owner) part = part.outer.owner;
  return part;
}

function at(item: Item, message: string): Related {
  return { location: locate(item, headRange(item)), message };
}

/** The two includes that bring a file into a block, or into one around it. */
function pairIn(scope: Scope, file: string, project: Project<NginxFile>): readonly Item[] | undefined {
  for (let block: Scope | undefined = scope; block; block = block.owner?.outer) {
    let [first, second] = includesOf(file, project).byBlock.get(block) ?? [];
    // The file that includes it may itself be included twice.
    while (first && second && first.file === second.file && first.start === second.start)
      [first, second] = includesOf(first.file.document.file, project).byBlock.get(block) ?? [];
    if (first && second) return [first, second];
  }
  return undefined;
}
