import type { Document } from '../../text/document.ts';
import type { Range } from '../../text/range.ts';
import { contentOf, isDirectiveName } from './directives.ts';
import type { Lexer, WordProblem } from './lexer.ts';
import { createLexer } from './lexer.ts';
import { endsBefore, isBlockOnly, mayBeSwallowed } from './recovery.ts';
import type { Directive, NginxFile, SyntaxProblem, Word } from './tree.ts';

/** Levels of blocks that are read; more of them no configuration has, and what walks over the tree calls itself. */
const deepest = 100;

/** A block that is not closed yet. */
interface OpenBlock {
  readonly name: Word;
  readonly args: readonly Word[];
  readonly opened: number;
  readonly directives: Directive[];
  readonly content: 'directives' | 'entries';
}

interface Result {
  readonly directives: readonly Directive[];
  readonly problems: readonly SyntaxProblem[];
  readonly unclosed: number;
}

/**
 * Reads any text as nginx's ngx_conf_parse does, and goes on where nginx gives up: a forgotten `;` or brace costs one
 * problem and not the rest of the file. Takes linear time.
 */
export function parse(document: Document): NginxFile {
  const { text } = document;
  const binary = text.indexOf('\0');
  if (binary >= 0) {
    const range = { start: binary, end: binary + 1 };
    const message = 'This is not a text file: it holds a NUL byte. nginx reads configuration as text only.';
    const problem: SyntaxProblem = { kind: 'binary', message, range, noticed: undefined, fix: undefined };
    return { document, directives: [], comments: [], templates: [], problems: [problem] };
  }
  const start = endOfFrontMatter(text);
  let lexer = createLexer(text, start);
  let result = read(text, lexer, false);
  if (result.unclosed > 0) {
    const secondLexer = createLexer(text, start);
    const second = read(text, secondLexer, true);
    if (second.unclosed < result.unclosed) {
      lexer = secondLexer;
      result = second;
    }
  }
  const { comments, templates } = lexer;
  return { document, directives: result.directives, comments, templates, problems: result.problems };
}

/**
 * @param closeEarly a brace is known to be missing, so a block that cannot stand inside another one (`server` in
 *   `location`) tells that the one around it was meant to be closed
 */
function read(text: string, lexer: Lexer, closeEarly: boolean): Result {
  const root: Directive[] = [];
  const stack: OpenBlock[] = [];
  const problems: SyntaxProblem[] = [];
  let words: Word[] = [];
  /** Index of the first argument that stands first on its line and reads like a directive; 0 where none does. */
  let breakAt = 0;
  /** Blocks that were never opened, whose closing braces will come. */
  let neverOpened = 0;
  let current: Directive[] = root;
  let entries = false;
  /** Blocks below the deepest level that is read. */
  let tooDeep = 0;

  const report = (
    kind: SyntaxProblem['kind'],
    message: string,
    range: Range,
    noticed?: Range,
    fix?: SyntaxProblem['fix'],
  ) => {
    problems.push({ kind, message, range: { start: range.start, end: range.end }, noticed, fix });
  };

  const insert = (title: string, at: number, newText: string) => ({ title, range: { start: at, end: at }, newText });

  const push = (statement: readonly Word[], end: number, ending: Directive['ending']) => {
    const name = statement[0] as Word;
    current.push({ start: name.start, end, name, args: statement.slice(1), block: undefined, ending });
  };

  const missingSemicolon = (last: Word, noticed: Range) => {
    report(
      'missing-semicolon',
      'A “;” is missing here: nginx reads on and takes what follows as more arguments.',
      last,
      noticed,
      insert('Add “;”', last.end, ';'),
    );
  };

  const open = (statement: readonly Word[], at: number) => {
    const name = statement[0] as Word;
    const content = contentOf(name.value);
    const args = statement.slice(1);
    if (content === 'lua') {
      const end = lexer.skipLua();
      const close = { start: end, end: Math.min(end + 1, text.length) };
      const block = { start: at, end: close.end, content, directives: [], close };
      current.push({ start: name.start, end: close.end, name, args, block, ending: '{' });
      lexer.next(false);
      return;
    }
    if (closeEarly) closeWhatCannotHold(name);
    stack.push({ name, args, opened: at, directives: [], content });
    current = (stack.at(-1) as OpenBlock).directives;
    entries = content === 'entries';
  };

  const close = (at: number, end: number) => {
    const block = stack.pop() as OpenBlock;
    current = stack.at(-1)?.directives ?? root;
    entries = stack.at(-1)?.content === 'entries';
    current.push({
      start: block.name.start,
      end,
      name: block.name,
      args: block.args,
      block: {
        start: block.opened,
        end,
        content: block.content,
        directives: block.directives,
        close: { start: at, end },
      },
      ending: '{',
    });
  };

  const closeUnclosed = (at: number, noticed: Range) => {
    const block = stack.at(-1) as OpenBlock;
    report(
      'missing-brace',
      `The “}” that closes “${block.name.value}” is missing.`,
      block.name,
      noticed,
      insert('Add “}”', at, `\n${indentation(text, block.name.start)}}`),
    );
    close(at, at);
  };

  const closeWhatCannotHold = (name: Word) => {
    while (stack.length > 0 && endsBefore((stack.at(-1) as OpenBlock).name.value, name.value, stack.length)) {
      const block = stack.at(-1) as OpenBlock;
      const last = block.directives.at(-1);
      closeUnclosed(last?.end ?? block.opened + 1, name);
    }
  };

  /** Ends the statement read so far at a `;`, a `{`, a `}` or the end of the text. */
  const finish = (at: number, ending: Directive['ending']) => {
    let statement = words;
    const swallowedFrom = breakAt;
    words = [];
    breakAt = 0;
    if (swallowedFrom > 0 && !entries) {
      const before = statement.slice(0, swallowedFrom);
      const after = statement.slice(swallowedFrom);
      const rest = { start: (after[0] as Word).start, end: at + 1 };
      if (isBlockOnly(before)) {
        const last = before.at(-1) as Word;
        report(
          'missing-brace',
          `“${last.value}” opens a block, but its “{” is missing.`,
          last,
          rest,
          insert('Add “{”', last.end, ' {'),
        );
        open(before, last.end);
        statement = after;
      } else if (!mayBeSwallowed(statement, swallowedFrom, ending)) {
        missingSemicolon(before.at(-1) as Word, rest);
        push(before, (before.at(-1) as Word).end, 'nothing');
        statement = after;
      } else {
        report(
          'swallowed-directive',
          `nginx takes “${(after[0] as Word).value}” as one more argument of “${(before[0] as Word).value}”, because a “;” is missing before it.`,
          before.at(-1) as Word,
          rest,
          insert('Add “;”', (before.at(-1) as Word).end, ';'),
        );
      }
    }
    if (ending === '{') open(statement, at);
    else push(statement, ending === ';' ? at + 1 : (statement.at(-1) as Word).end, ending);
  };

  for (;;) {
    const token = lexer.next(words.length > 0);
    switch (token.kind) {
      case 'word': {
        const { word } = token;
        if (token.problem) reportWord(report, word, token.problem);
        if (token.startsLine && breakAt === 0 && words.length > 0 && word.quote === '' && isDirectiveName(word.value)) {
          breakAt = words.length;
        }
        words.push(word);
        break;
      }
      case ';':
        if (tooDeep > 0) words = [];
        else if (words.length === 0) {
          report(
            'unexpected',
            'Unexpected “;”: there is nothing before it to end.',
            { start: token.at, end: token.at + 1 },
            undefined,
            {
              title: 'Remove “;”',
              range: { start: token.at, end: token.at + 1 },
              newText: '',
            },
          );
        } else {
          if (!entries && breakAt === 0 && isBlockOnly(words)) neverOpened++;
          finish(token.at, ';');
        }
        break;
      case '{':
        if (stack.length >= deepest) {
          if (tooDeep++ === 0) {
            report('unexpected', `Blocks are nested too deeply: at most ${deepest} levels are read.`, {
              start: token.at,
              end: token.at + 1,
            });
          }
          words = [];
          breakAt = 0;
        } else if (words.length === 0) {
          report('unexpected', 'Unexpected “{”: no directive stands before it.', {
            start: token.at,
            end: token.at + 1,
          });
          neverOpened++;
        } else if (entries) {
          report('unexpected', 'Unexpected “{”: only entries may stand in this block.', {
            start: token.at,
            end: token.at + 1,
          });
          neverOpened++;
          words = [];
          breakAt = 0;
        } else finish(token.at, '{');
        break;
      case '}': {
        const range = { start: token.at, end: token.at + 1 };
        if (tooDeep > 0) {
          tooDeep--;
          words = [];
          break;
        }
        if (words.length > 0) {
          missingSemicolon(words.at(-1) as Word, range);
          finish(token.at - 1, 'nothing');
        }
        if (neverOpened > 0 && (stack.length === 0 || neverOpened > stack.length)) neverOpened--;
        else if (stack.length > 0) close(token.at, token.at + 1);
        else
          report('unexpected', 'Unexpected “}”: no block is open here.', range, undefined, {
            title: 'Remove “}”',
            range,
            newText: '',
          });
        break;
      }
      case 'end': {
        const unclosed = stack.length;
        const range = { start: Math.max(0, text.trimEnd().length - 1), end: text.length };
        if (words.length > 0) {
          missingSemicolon(words.at(-1) as Word, range);
          finish(token.at, 'nothing');
        }
        const end = text.trimEnd().length;
        while (stack.length > 0) closeUnclosed(end, range);
        return { directives: root, problems, unclosed };
      }
    }
  }
}

function reportWord(
  report: (kind: SyntaxProblem['kind'], message: string, range: Range, noticed?: Range) => void,
  word: Word,
  problem: WordProblem,
): void {
  switch (problem.kind) {
    case 'unclosed-quote':
      report('unclosed-quote', `The closing ${word.quote} of this word is missing.`, problem.range, {
        start: problem.range.start,
        end: Number.MAX_SAFE_INTEGER,
      });
      break;
    case 'too-long':
      report('too-long', 'This word is too long: nginx takes at most 4,095 bytes.', problem.range);
      break;
    case 'unexpected':
      report('unexpected', 'Unexpected character after a quoted word: a blank or “;” must follow.', problem.range);
      break;
  }
}

/** End of a front matter between two lines `---`, as static site tools put before a template; 0 where there is none. */
function endOfFrontMatter(text: string): number {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (!text.startsWith('---\n', start) && !text.startsWith('---\r\n', start)) return 0;
  const end = text.indexOf('\n---', start + 3);
  if (end < 0) return 0;
  const lineEnd = text.indexOf('\n', end + 1);
  return lineEnd < 0 ? text.length : lineEnd + 1;
}

function indentation(text: string, offset: number): string {
  const before = text.slice(Math.max(0, offset - 200), offset);
  return /(?:^|\n)([ \t]*)[^\n]*$/.exec(before)?.[1] ?? '';
}
