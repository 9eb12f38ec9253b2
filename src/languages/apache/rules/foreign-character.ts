import type { Statement } from '../evaluate/statement.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

/** `<Directory “/srv/www”>`: typographic quotes are letters like any other, and part of the value. */
export const foreignCharacter: ApacheRule = {
  id: 'foreign-character',
  title: 'A typographic character in place of a plain one',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { evaluation, project } = context;
    // Few files have any, outside of comments at that.
    const having = new Set(
      [...project.files].flatMap(([file, { document }]) => (typographic.test(document.text) ? file : [])),
    );
    if (having.size === 0) return;
    const { all, startConditions, requestConditions } = evaluation;
    const conditions = [...startConditions, ...requestConditions].map((each) => ({ ...each, node: each.section }));
    for (const place of [...all, ...conditions]) {
      const report = having.has(place.file) ? reportOf(place, context) : undefined;
      if (report) yield report;
    }
  },
};

const typographic = /[\u201c-\u201f\u2018-\u201b\u00ab\u00bb]/;
const opening = /^[\u201c-\u201f\u2018-\u201b\u00ab\u00bb]/;
/** What is quoted, in either kind; one of the two may have been mended by hand. */
const pairs =
  /[\u201c-\u201f\u00ab\u00bb]([^\u201c-\u201f\u00ab\u00bb"]*)[\u201c-\u201f\u00ab\u00bb"]|[\u2018-\u201b]([^\u2018-\u201b'"]*)[\u2018-\u201b']/g;

/** `‘self’` of a Content-Security-Policy, within other quotes. */
const keyword = /[\u2018-\u201b]([\w+/=-]+)[\u2018-\u201b]/g;

/** A straight quote that a typographic one was to close, at the end of a word: httpd reads on to the end of the line. */
const halfClosed =
  /^(?:"([^\u201c-\u201f\u00ab\u00bb"]*)[\u201c-\u201f\u00ab\u00bb]|'([^\u2018-\u201b']*)[\u2018-\u201b])(?=[\s>]|$)/;

function isHalfClosed(word: string): boolean {
  return word[0] !== word.at(-1) && halfClosed.test(word);
}

type Place = Pick<Statement, 'args' | 'file' | 'node' | 'branches' | 'parents'>;

function reportOf(place: Place, context: ApacheContext): ApacheReport | undefined {
  const { args, file, node } = place;
  const text = textOf(file, context);
  const last = args.at(-1);
  const isOpen = last !== undefined && isHalfClosed(text.slice(last.range.start, last.range.end));
  const word = isOpen ? last : args.find(({ quote, value }) => quote === '' && opening.test(value));
  // A name of a realm is shown as it is written.
  if (!word || (node.key === 'authname' && args.length === 1)) return undefined;
  const end = node.kind === 'section' ? node.header.end : node.range.end;
  const written = text.slice(word.range.start, end);
  const straight = written.replace(isOpen ? halfClosed : pairs, (_, double?: string, single?: string) =>
    double === undefined ? `"${single}"` : `"${double.replace(keyword, "'$1'")}"`,
  );
  // Nothing is quoted where none closes it, as in an expression for addresses that end so; a variable is told of where it is defined.
  if (!straight.startsWith('"')) return undefined;
  const range = { start: word.range.start, end };
  return {
    message: isOpen
      ? 'A typographic quote does not close a straight one: Apache takes it as part of the value, which goes on to the end of the line. Write a straight quote.'
      : 'Typographic quotes do not quote: Apache takes them as part of the value, which ends at the next space. Write straight quotes.',
    location: { file, range: word.range },
    statement: place,
    severity: 'warning',
    effect: 'security',
    fixes: typographic.test(straight) ? [] : [fix('Write straight quotes', false, { file, range, newText: straight })],
  };
}
