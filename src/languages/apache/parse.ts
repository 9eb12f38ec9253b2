import { rememberTexts } from '../../memory/remember-texts.ts';
import type { Document } from '../../text/document.ts';
import type { Range } from '../../text/range.ts';
import { suggest } from '../../text/suggest.ts';
import { withTemplateMarks } from '../../text/templates/template-marks.ts';
import { factOf } from './directives/facts.ts';
import { meantSection } from './directives/meant.ts';
import { eachLine, hasByteOrderMark } from './lines.ts';
import type { ApacheFile, ApacheNode, Argument, Directive, Section, SyntaxProblem } from './syntax.ts';
import { createTemplateReader, type Guard } from './templates.ts';
import { isBlank, isRewriting, LogicalLine, marks, rangeOf, readWords } from './words.ts';

/** Deeper sections hang on the last level, so that no walk over the tree can exhaust the stack. */
const deepest = 120;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
interface OpenSection extends Mutable<Section> {
  children: ApacheNode[];
}

/** Parses any text in linear time and never throws; what is wrong with the structure is in `errors`. */
export function parseApache(document: Document): ApacheFile {
  const text = withTemplateMarks(document.text, document.file);
  if (isBinary(text)) {
    return {
      document,
      nodes: [],
      errors: [{ kind: 'binary', range: { start: 0, end: 1 } }],
      swallowed: [],
      templated: false,
    };
  }
  const builder = createBuilder();
  const swallowed: Range[] = [];
  const templates = createTemplateReader();
  let templated = false;
  eachLine(text, (line) => {
    const { code } = builder;
    if (code !== undefined && !line.text.toLowerCase().startsWith(`</${code}>`)) return;
    if (templates.takes(line.text)) {
      templated = true;
      for (const { start, end, guards } of templates.between(line.text)) {
        const part = new LogicalLine(line.text.slice(start, end), (index) => line.offset(start + index));
        builder.add(new DirectiveLine(part, guards));
      }
      return;
    }
    const first = line.text.charCodeAt(0);
    if (first === 35) {
      const found = swallowedBy(line, text);
      if (found) swallowed.push(found);
      return;
    }
    if (first === 60 && line.text.charCodeAt(1) === 47) closeTag(builder, line);
    else if (first === 60) openTag(builder, line, templates.guards);
    else builder.add(new DirectiveLine(line, templates.guards));
  });
  builder.finish();
  const errors: readonly SyntaxProblem[] = templated ? [] : builder.errors;
  const mark: readonly SyntaxProblem[] = hasByteOrderMark(text)
    ? [{ kind: 'byte-order-mark', range: { start: 0, end: 1 } }]
    : [];
  return { document, nodes: builder.nodes, errors: [...mark, ...errors], swallowed, templated };
}

/** What a comment takes in from the next line, where that is no comment itself. */
function swallowedBy(line: LogicalLine, text: string): Range | undefined {
  const { start, end } = rangeOf(line, 0, line.text.length);
  if (end - start === line.text.length) return undefined;
  const next = text.indexOf('\n', start) + 1;
  const first = /\S/.exec(text.slice(next, end));
  return first && first[0] !== '#' ? { start: next + first.index, end } : undefined;
}

/** A text file of this kind has no NUL characters; one near the start is enough to know. */
function isBinary(text: string): boolean {
  const nul = text.indexOf('\0');
  return nul >= 0 && nul < 8192;
}

function nameEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && !isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** A name as it is written and in lower case. The same few stand on line after line. */
interface Name {
  readonly name: string;
  readonly key: string;
}

const nameOf = rememberTexts((name): Name => ({ name, key: name.toLowerCase() }), 2000);

/** A directive whose less wanted parts are made when somebody asks: of thousands findings show few. */
class DirectiveLine implements Directive {
  readonly kind = 'directive';
  readonly name: string;
  readonly key: string;
  readonly args: readonly Argument[];
  readonly isMarked: boolean;
  readonly guards: readonly Guard[] | undefined;
  readonly #line: LogicalLine;

  constructor(line: LogicalLine, guards: readonly Guard[] | undefined) {
    const end = nameEnd(line.text, 0);
    const { name, key } = nameOf(line.text.slice(0, end));
    this.name = name;
    this.key = key;
    this.args = readWords(line, end, line.text.length, isRewriting(key));
    this.isMarked = marks.test(line.text);
    this.guards = guards;
    this.#line = line;
  }

  get range(): Range {
    return rangeOf(this.#line, 0, this.#line.text.length);
  }

  get nameRange(): Range {
    return rangeOf(this.#line, 0, this.name.length);
  }

  get raw(): string {
    return this.#line.text.slice(this.name.length).trim();
  }
}

function openTag(builder: Builder, line: LogicalLine, guards: readonly Guard[] | undefined): void {
  const { text } = line;
  const header = rangeOf(line, 0, text.length);
  let end = nameEnd(text, 1);
  const isComparison = /^<ifversion\s/i.test(text);
  let bracket = isComparison && !text.endsWith('>') ? -1 : text.lastIndexOf('>');
  // A bracket at the name goes with it: behind words that follow another one has to stand (`<Else> # words`).
  const isLost = bracket > 0 && bracket === end - 1 && end < text.length;
  if (bracket > 0 && bracket < end) end = Math.min(end, bracket);
  if (end <= 1) {
    builder.errors.push({ kind: 'incomplete', range: header });
    return;
  }
  const { name, key } = nameOf(text.slice(1, end));
  if (bracket < 0 || isLost) builder.errors.push({ kind: 'missing-bracket', range: header, name, closing: false });
  if (bracket < 0) bracket = text.length;
  const raw = text.slice(end, Math.max(end, bracket)).trim();
  builder.open({
    kind: 'section',
    name,
    key,
    nameRange: rangeOf(line, 1, end),
    args: readWords(line, end, Math.max(end, bracket)),
    raw,
    isMarked: marks.test(raw),
    guards,
    range: header,
    header,
    close: undefined,
    children: [],
  });
}

function closeTag(builder: Builder, line: LogicalLine): void {
  const { text } = line;
  const range = rangeOf(line, 0, text.length);
  // `</ VirtualHost>`: httpd takes the blank for the end of the name.
  const start = /^<\/[ \t]+(?=\w)/.exec(text)?.[0].length ?? 2;
  const end = nameEnd(text, start);
  const word = text.slice(start, end);
  const name = word.replace(/>.*$/s, '');
  const bracketed = start === 2 && word === `${name}>`;
  if (!bracketed) {
    const section = builder.innermost(name);
    builder.errors.push({ kind: 'missing-bracket', range, name, closing: true, section });
  }
  builder.close(name, range);
}

/** Sections in which mod_perl reads Perl and mod_lua reads Lua, up to their closing tag. */
export const codeSections: ReadonlySet<string | undefined> = new Set(
  'perl luaquickhandler luahookpretranslatename luahooktranslatename luahookmaptostorage luahookfixups luahooktypechecker luahookcheckuserid luahookaccesschecker luahookauthchecker'.split(
    ' ',
  ),
);

interface Builder {
  readonly nodes: ApacheNode[];
  readonly errors: SyntaxProblem[];
  /** The section that is open, where what comes next is the text of a program and not of directives. */
  readonly code: string | undefined;
  add(node: Directive): void;
  open(section: OpenSection): void;
  /** The section of that name that is open, the innermost of several. */
  innermost(name: string): OpenSection | undefined;
  close(name: string, range: Range): void;
  finish(): void;
}

/** Closing tags that nothing opened, by the section they stand in: evidence once that section is found unclosed. */
type Stray = { readonly found: string; readonly index: number; readonly range: Range; readonly childrenBefore: number };

/** Nobody forgets more brackets around a line. */
const deepestBare = 8;

/** A line that begins with the name of a section, without its bracket. */
type Bare = { readonly among: ApacheNode[]; readonly index: number; readonly node: Directive };

/** `*:80>`, or a bracket alone. */
function withoutBracket(args: readonly Argument[]): readonly Argument[] {
  const last = args.at(-1);
  if (!last?.value.endsWith('>')) return args;
  const value = last.value.slice(0, -1);
  const { start, end } = last.range;
  const rest = args.slice(0, -1);
  return value === '' ? rest : [...rest, { ...last, value, range: { start, end: end - 1 } }];
}

function createBuilder(): Builder {
  const nodes: ApacheNode[] = [];
  const errors: SyntaxProblem[] = [];
  const stack: OpenSection[] = [];
  const openNames = new Map<string, number>();
  const strays = new Map<OpenSection, Stray>();
  const bare = new Map<string, Bare[]>();
  /** How deep those that lack their brackets stand in each other. */
  const depths = new Map<ApacheNode, number>();
  /**
   * What follows the last child of the innermost section, the last of it first: with each of many that are not closed it moves
   * outwards.
   */
  const behind: ApacheNode[][] = [];

  const siblings = () => stack[Math.min(stack.length, deepest) - 1]?.children ?? nodes;
  const pop = (): OpenSection => {
    const section = stack.pop() as OpenSection;
    openNames.set(section.key, (openNames.get(section.key) ?? 1) - 1);
    return section;
  };
  const settle = (among: ApacheNode[]): void => {
    while (behind.length > 0) for (const node of behind.pop() as ApacheNode[]) among.push(node);
  };
  const popUnclosed = (before: number, atEnd: boolean): void => {
    const section = pop();
    const { children } = section;
    const stray = strays.get(section);
    let cut = stray?.childrenBefore ?? firstThatCannotNest(section);
    if (cut === children.length && !stray) {
      settle(children);
      cut = firstThatCannotNest(section);
    }
    if (cut < children.length) behind.push(children.splice(cut));
    if (stray) {
      errors[stray.index] = { kind: 'mismatched', range: stray.range, expected: section, found: stray.found };
      section.close = stray.range;
      section.range = { start: section.range.start, end: stray.range.end };
    } else {
      errors.push({ kind: 'unclosed', range: section.header, section, atEnd });
      section.range = { start: section.range.start, end: children.at(-1)?.range.end ?? section.header.end };
      if (behind.length === 0) section.range = { start: section.range.start, end: before };
    }
  };

  /** Makes a section of a line without its brackets and of what follows, up to the closing tag. */
  const openBare = (found: Bare | undefined, among: ApacheNode[], close: Range): boolean => {
    if (found === undefined || found.among !== among || among[found.index] !== found.node) return false;
    const depth = 1 + among.slice(found.index + 1).reduce((most, child) => Math.max(most, depths.get(child) ?? 0), 0);
    if (depth > deepestBare) {
      // A text of another kind: the rest of it need not be looked through either.
      bare.clear();
      return false;
    }
    const { name, key, nameRange, args, raw, isMarked, guards, range: header } = found.node;
    const said = { name, key, nameRange, raw: raw.replace(/\s*>$/, ''), isMarked, guards, header, close };
    const range = { start: header.start, end: close.end };
    const children = among.splice(found.index + 1);
    const section: Section = { kind: 'section', ...said, args: withoutBracket(args), range, children };
    among[found.index] = section;
    depths.set(section, depth);
    errors.push({ kind: 'missing-brackets', range: header, name });
    return true;
  };

  return {
    nodes,
    errors,
    get code() {
      const key = stack.at(-1)?.key;
      return codeSections.has(key) ? key : undefined;
    },
    add: (node) => {
      const among = siblings();
      among.push(node);
      if (factOf(node.key)?.isSection !== true) return;
      const before = bare.get(node.key);
      const added = { among, index: among.length - 1, node };
      if (before) before.push(added);
      else bare.set(node.key, [added]);
    },
    open: (section) => {
      siblings().push(section);
      stack.push(section);
      openNames.set(section.key, (openNames.get(section.key) ?? 0) + 1);
    },
    innermost: (name) => stack.findLast(({ key }) => key === name.toLowerCase()),
    close: (name, range) => {
      const key = name.toLowerCase();
      const top = stack.at(-1);
      if (top && top.key !== key && meantSection(top.name, top.key) === key) {
        // The opening tag is misspelt, even where one of the closing tag's name is open further out.
        errors.push({ kind: 'mismatched', range, expected: top, found: name, isOpeningWrong: true });
      } else if (top && (openNames.get(key) ?? 0) > 0) {
        while (stack.at(-1)?.key !== key) popUnclosed(range.start, false);
        settle(siblings());
      } else if (top?.name.includes('${')) {
        // A variable names the section.
      } else if (top && suggest(name, [top.name]) !== undefined) {
        errors.push({ kind: 'mismatched', range, expected: top, found: name });
      } else if (openBare(bare.get(key)?.pop(), siblings(), range)) {
        return;
      } else {
        errors.push({ kind: 'unopened', range, found: name });
        if (top && !strays.has(top)) {
          strays.set(top, { found: name, index: errors.length - 1, range, childrenBefore: top.children.length });
        }
        return;
      }
      const section = pop();
      section.close = range;
      section.range = { start: section.range.start, end: range.end };
    },
    finish: () => {
      const end = Math.max(
        0,
        ...stack.slice(-1).map((section) => section.children.at(-1)?.range.end ?? section.header.end),
      );
      while (stack.length > 0) popUnclosed(end, true);
      settle(nodes);
      errors.sort((a, b) => a.range.start - b.range.start);
    },
  };
}

/** Where an unclosed section must have ended: before the first section that httpd never takes inside it. */
function firstThatCannotNest(section: Section): number {
  const inner = /^(?:virtualhost|directory|directorymatch|location|locationmatch|proxy|proxymatch|files|filesmatch)$/;
  if (!inner.test(section.key)) return section.children.length;
  const index = section.children.findIndex((child) =>
    section.key === 'virtualhost'
      ? child.key === 'virtualhost'
      : child.kind === 'section' && inner.test(child.key) && !child.key.startsWith('files'),
  );
  return index < 0 ? section.children.length : index;
}
