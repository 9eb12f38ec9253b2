import type { ParsedFile } from '../../languages/language.ts';
import { atPlacesLeft } from '../../rules/support/few-related.ts';
import { positionAt } from '../../text/document.ts';
import type { Finding, Related, RuleInfo } from '../../text/finding.ts';
import { groupBy } from '../../text/group-by.ts';
import { joinedStart, wholeLines } from '../../text/lines.ts';
import type { Location, Range } from '../../text/range.ts';
import { suggest } from '../../text/suggest.ts';
import { commentUnknown } from './comment-words.ts';
import { type ControlComment, controlComments } from './comments.ts';

/** Rules about the comments that speak to TLS Workbench. */
export const suppressionRules: readonly RuleInfo[] = [
  commentUnknown,
  {
    id: 'suppression-unknown',
    title: 'A comment silences a rule that does not exist',
    severity: 'information',
    effect: 'advice',
  },
  {
    id: 'suppression-unused',
    title: 'A comment silences a rule that found nothing',
    severity: 'hint',
    effect: 'advice',
  },
  {
    id: 'suppression-reason',
    title: 'A comment silences a rule and does not say why',
    severity: 'hint',
    effect: 'advice',
  },
];

/** Takes out what comments silence, and adds what is wrong with the comments themselves. */
export function applySuppressions(
  findings: readonly Finding[],
  files: ReadonlyMap<string, ParsedFile>,
  knownRules: ReadonlySet<string>,
  isOff: (rule: string) => boolean,
): readonly Finding[] {
  const added: Finding[] = [];
  const silenced = new Map<Finding, Set<Location>>();
  let places: ReturnType<typeof placesByFile> | undefined;
  for (const [file, { document }] of files) {
    const comments = controlComments(document.text);
    if (comments.length === 0) continue;
    const used = new Set<string>();
    const firsts = coveringComments(comments, (offset) => positionAt(document, offset).line);
    const isSilenced = (rule: string, { range }: Location): boolean => {
      const { line } = positionAt(document, joinedStart(document.text, range.start));
      const index = firsts(rule, line);
      if (index === undefined) return false;
      used.add(`${index} ${rule}`);
      return true;
    };
    places ??= placesByFile(findings);
    for (const { finding, place } of places.get(file) ?? []) {
      if (!isSilenced(finding.rule, place)) continue;
      const others = silenced.get(finding);
      if (others === undefined) silenced.set(finding, new Set([place]));
      else others.add(place);
    }
    comments.forEach((comment, index) => {
      const isUsed = (id: string) => used.has(`${index} ${id}`) || isOff(id);
      judge(comment, file, document.text, knownRules, isUsed, added);
    });
  }
  const kept = silenced.size === 0 ? findings : findings.flatMap((finding) => withoutPlaces(finding, silenced) ?? []);
  return added.length === 0 ? kept : [...kept, ...added];
}

/** Where mistakes stand, those of one finding at each of their places: a comment silences it at one of them. */
function placesByFile(findings: readonly Finding[]) {
  const places = findings.flatMap((finding) => {
    const alike = finding.related.flatMap((each) => each.alike ?? []);
    return [finding.location, ...alike].map((place) => ({ finding, place }));
  });
  return groupBy(places, ({ place }) => place.file);
}

/** At the first of the places that are left, if there are any. */
function withoutPlaces(finding: Finding, all: ReadonlyMap<Finding, ReadonlySet<Location>>): Finding | undefined {
  const silenced = all.get(finding);
  if (silenced === undefined) return finding;
  const { rule, severity, effect, message, related } = finding;
  const places = [finding.location, ...related.flatMap(({ alike = [] }) => alike)];
  const location = places.find((place) => !silenced.has(place));
  if (location === undefined) return undefined;
  const isLeft = (place: Location) => place !== location && !silenced.has(place);
  return {
    ...{ rule, severity, effect, message, location, related: related.flatMap((each) => besideIt(each, isLeft)) },
    // Still written only when somebody asks. They are those of the first place, which shall stay as it is where it is silenced.
    get fixes() {
      return location === finding.location ? finding.fixes : [];
    },
  };
}

/** What is shown beside a finding, without places that are not left. */
function besideIt(related: Related, isLeft: (place: Location) => boolean): Related | readonly Related[] {
  if (related.alike === undefined) return related;
  const [first, ...others] = related.alike.filter(isLeft);
  return first === undefined ? [] : atPlacesLeft(related, [first, ...others]);
}

/** Finds the first comment that silences a rule on a line; lines count from the one of an offset. */
function coveringComments(
  comments: readonly ControlComment[],
  lineOf: (offset: number) => number,
): (rule: string, line: number) => number | undefined {
  /** The first that silences a rule from its line on: later ones begin behind it. */
  const fromLine = new Map<string, { readonly index: number; readonly line: number }>();
  const nextLine = new Map<string, number>();
  comments.forEach(({ kind, rules, range }, index) => {
    const line = lineOf(range.start);
    for (const { id } of rules) {
      const key = `${line + 1} ${id}`;
      if (kind === 'disable' && !fromLine.has(id)) fromLine.set(id, { index, line });
      if (kind === 'disable-next-line' && !nextLine.has(key)) nextLine.set(key, index);
    }
  });
  return (rule, line) => {
    const from = fromLine.get(rule);
    const next = nextLine.get(`${line} ${rule}`);
    if (from === undefined || from.line > line) return next;
    return next === undefined ? from.index : Math.min(from.index, next);
  };
}

/** Adds what is wrong with one comment to `found`. */
function judge(
  comment: ControlComment,
  file: string,
  text: string,
  knownRules: ReadonlySet<string>,
  isUsed: (id: string) => boolean,
  found: Finding[],
): void {
  const { rules, reason, range: whole } = comment;
  if (rules.length === 0) {
    const message = 'This comment names no rule. Write the rule to silence after it.';
    found.push(findingAt({ file, range: whole }, 'suppression-unknown', message));
  }
  for (const { id, range } of rules) {
    const location = { file, range };
    if (!knownRules.has(id)) {
      const near = suggest(id, knownRules);
      const next = near === undefined ? 'See the list of rules.' : `Did you mean ${near}?`;
      const fixes =
        near === undefined ? [] : [{ title: `Change to ${near}`, safe: true, edits: [{ ...location, newText: near }] }];
      found.push(findingAt(location, 'suppression-unknown', `There is no rule "${id}". ${next}`, fixes));
    } else if (!isUsed(id)) {
      const alone = rules.length === 1;
      const gone = alone ? wholeComment(comment, text) : fromList(range, comment, text);
      const title = alone ? 'Remove the comment' : `Remove ${id} from the comment`;
      const message = `Nothing here is reported by ${id}. Remove ${alone ? 'the comment' : 'it'}.`;
      const fixes = [{ title, safe: false, edits: [{ file, range: gone, newText: '' }] }];
      found.push(findingAt(location, 'suppression-unused', message, fixes));
    }
  }
  if (reason === '' && rules.length > 0) {
    const message = 'Say why after " -- ", so that the next reader can judge whether it still holds.';
    found.push(findingAt({ file, range: whole }, 'suppression-reason', message));
  }
}

function findingAt(location: Location, rule: string, message: string, fixes: Finding['fixes'] = []): Finding {
  const { severity, effect } = suppressionRules.find(({ id }) => id === rule) as RuleInfo;
  return { rule, severity, effect, message, location, related: [], fixes };
}

/** The comment with its line, where nothing else stands on it, else with the space before it. */
function wholeComment({ range }: ControlComment, text: string): Range {
  const lines = wholeLines(text, range);
  return text.slice(lines.start, range.start).trim() === '' ? lines : withSpace(range, text);
}

/** One of several rules, with what separates it from its neighbour. */
function fromList(range: Range, { rules }: ControlComment, text: string): Range {
  const [first, second] = rules;
  const isFirst = first?.range.start === range.start && second !== undefined;
  return isFirst ? { start: range.start, end: second.range.start } : withSpace(range, text);
}

/** A word with what separates it from the one before. */
function withSpace({ start, end }: Range, text: string): Range {
  let from = start;
  while (from > 0 && ' \t,'.includes(text.charAt(from - 1))) from--;
  return { start: from, end };
}
