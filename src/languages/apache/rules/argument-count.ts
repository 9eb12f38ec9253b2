import { type DirectiveFact, factOf } from '../directives/facts.ts';
import { hasTooFew, hasTooMany, headLocation, type Statement } from '../evaluate/statement.ts';
import type { Argument } from '../syntax.ts';
import { commentBehind } from './comment-behind.ts';
import { listCut } from './list-cut.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';
import { surplusOf } from './surplus.ts';

/** Too few or too many arguments: "takes one argument". */
export const argumentCount: ApacheRule = {
  id: 'argument-count',
  title: 'Wrong number of arguments',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const statement of context.evaluation.all) {
      const fact = factOf(statement.key);
      const report = fact && check(fact, statement, context);
      if (report) yield { ...report, statement };
    }
  },
};

const words = ['no', 'one', 'two', 'three'];

/** Sections that mean nothing without an argument. */
const needArgument = new Set([
  'virtualhost',
  'directory',
  'directorymatch',
  'location',
  'locationmatch',
  'files',
  'filesmatch',
  'limit',
  'limitexcept',
  'mdomainset',
]);

/** Sections for patterns that take no `~` before them; `<DirectoryMatch>` does (measured with 2.4.71). */
const takesNoSign = new Set(['locationmatch', 'filesmatch']);

/** Sections for one path or pattern, before most of which `~` may stand. */
const takesOne = new Set(['directory', 'directorymatch', 'location', 'files', ...takesNoSign]);

function check(fact: DirectiveFact, statement: Statement, context: ApacheContext): ApacheReport | undefined {
  const { args, file } = statement;
  if (statement.uncertain) return undefined;
  if (fact.isSection) {
    // A tag that is not closed is told as such.
    if (!isClosed(statement, context)) return undefined;
    if (args.length > 0) return takesOne.has(statement.key) ? furtherPaths(fact, statement, context) : undefined;
    if (!needArgument.has(statement.key)) return undefined;
    return { message: `<${fact.name}> directive requires additional arguments.`, location: headLocation(statement) };
  }
  const { min, max } = fact.args;
  // `<Listen 80>` is another name to httpd, and told as such.
  if (statement.node.kind === 'section') return undefined;
  const tooFew = hasTooFew(statement, fact);
  const tooMany = hasTooMany(statement, fact);
  if (!tooFew && !tooMany) return undefined;
  const extra = max !== null && tooMany ? args[max] : undefined;
  const range = extra
    ? { start: extra.range.start, end: args.at(-1)?.range.end ?? extra.range.end }
    : headLocation(statement).range;
  const count = tooFew && args.some(isEmpty) ? 'an empty one' : args.length;
  const start = `${fact.name} takes ${expected(min, max)}, not ${count}.`;
  const comment = extra && commentBehind(statement, context);
  if (comment) {
    return { message: `${start} ${comment.hint}`, location: { file, range: comment.range }, fixes: comment.fixes };
  }
  const cut = extra && listCut(statement);
  if (cut) {
    const whole = { start: cut.first.range.start, end: cut.last.range.end };
    const join = fix('Join the list', true, { file, range: whole, newText: cut.whole });
    return { message: `${start} ${cut.hint}`, location: { file, range }, fixes: [join] };
  }
  const surplus = extra && surplusOf(statement, fact, context);
  return {
    message: `${start}${surplus ? ` ${surplus.hint}` : ''}`,
    location: { file, range },
    fixes: surplus?.fixes ?? [],
  };
}

/** `<Directory /srv/my site>`: a space ends the path. */
function furtherPaths(
  { name }: DirectiveFact,
  { key, args, file }: Statement,
  context: ApacheContext,
): ApacheReport | undefined {
  const [sign, pattern] = args;
  if (sign?.value === '~' && pattern && takesNoSign.has(key)) {
    return {
      message: `<${name}> takes a pattern alone, without "~": Apache takes that for the pattern, and one argument is all it takes. Leave it out.`,
      location: { file, range: sign.range },
      fixes: [
        fix('Remove "~"', false, { file, range: { start: sign.range.start, end: pattern.range.start }, newText: '' }),
      ],
    };
  }
  const words = sign?.value === '~' ? args.slice(1) : args;
  const [first, second] = words;
  const last = words.at(-1);
  if (!first || !second || !last) return undefined;
  const isComment = second.quote === '' && second.value.startsWith('#');
  const isPath = !isComment && words.every(({ quote, value }) => quote === '' && !value.includes('"'));
  const range = { start: first.range.start, end: last.range.end };
  const newText = `"${textOf(file, context).slice(range.start, range.end)}"`;
  const next = isPath
    ? `Put a path with spaces in quotes, ${newText}, or write a section for each`
    : isComment
      ? 'Put the comment on a line of its own'
      : 'Write a section for each';
  return {
    message: `<${name}> takes one argument, not ${words.length} (multiple ones are "not (yet) supported"). ${next}.`,
    location: { file, range: { start: second.range.start, end: last.range.end } },
    fixes: isPath ? [fix('Put it in quotes', false, { file, range, newText })] : [],
  };
}

function isClosed({ file, node }: Statement, context: ApacheContext): boolean {
  return textOf(file, context)[(node.kind === 'section' ? node.header : node.range).end - 1] === '>';
}

const isEmpty = ({ value }: Argument) => value === '';

function expected(min: number, max: number | null): string {
  const plural = (count: number) => (count === 1 ? 'argument' : 'arguments');
  if (max === null) return `at least ${words[min]} ${plural(min)}`;
  if (min === max) return `${words[min]} ${plural(min)}`;
  const counts = Array.from({ length: max - min + 1 }, (_, index) => words[min + index]);
  const last = counts.pop();
  return `${counts.join(', ')} or ${last} arguments`;
}
