import { entryOf } from '../../text/entry-of.ts';
/**
 * Statements of template languages: Jinja, ERB, Go (Helm), PHP, Mako and Mason. What they say is not known; where they
 * begin and end is, and which lines they may leave out.
 */

/** A condition or loop of a template around a line. `holds` is false in the `else` of a condition. */
export interface Guard {
  /** Which one, counted through the file. */
  readonly number: number;
  readonly holds: boolean;
}

/** A directive between statements on one line: `{% if a %}ServerAlias www{% endif %}`. */
export interface InlineDirective {
  readonly start: number;
  readonly end: number;
  readonly guards: readonly Guard[];
}

export interface TemplateReader {
  /** The conditions around the line that comes next; undefined for none. */
  readonly guards: readonly Guard[] | undefined;
  /** True where a line is the template's and not Apache's. Lines are to be given in order. */
  takes(text: string): boolean;
  /** What stands between the statements of a line that was taken. */
  between(text: string): readonly InlineDirective[];
}

/** Deeper conditions than this are not told apart. */
const deepest = 60;

const ends: Readonly<Record<string, string>> = { '{%': '%}', '{#': '#}', '{{': '}}', '<%': '%>', '<?': '?>' };

export function createTemplateReader(): TemplateReader {
  /** Marks the end of a statement over several lines. */
  let until: string | undefined;
  let stack: readonly Guard[] = [];
  let count = 0;
  /** Opened within the deepest that is told apart. */
  let deeper = 0;

  const follow = (text: string): void => {
    for (const step of stepsOf(text)) {
      const last = stack.at(-1);
      if (step === 'open' && (deeper > 0 || stack.length === deepest)) deeper++;
      else if (step === 'open') stack = [...stack, { number: ++count, holds: true }];
      else if (last === undefined) continue;
      else if (deeper > 0) deeper -= step === 'close' ? 1 : 0;
      else if (step === 'close') stack = stack.slice(0, -1);
      // What stands between decides too: only the `else` of a plain condition is its opposite.
      else if (step === 'other') stack = [...stack.slice(0, -1), { number: ++count, holds: true }];
      else stack = [...stack.slice(0, -1), { number: last.number, holds: false }];
    }
  };

  return {
    get guards() {
      return stack.length === 0 ? undefined : stack;
    },
    takes(text) {
      if (until !== undefined) {
        if (text.includes(until)) until = undefined;
        return true;
      }
      if (!isStatement(text)) return false;
      const opening = text.slice(0, 2);
      const end = ends[opening];
      // `<%args>` of Mason ends with `</%args>`, and is read as lines.
      if (end !== undefined && !text.includes(end, 2) && !/^<%[a-z]+>$/.test(text)) until = end;
      else follow(text);
      return true;
    },
    between(text) {
      if (until !== undefined || !/^(?:\{[{%]|<[%?])/.test(text)) return none;
      return partsOf(text).map((part) => ({ ...part, guards: [...stack, { number: ++count, holds: true }] }));
    },
  };
}

const none: readonly never[] = [];

/** Statements and comments within a line; what only puts in a value is none. */
const inline =
  /\{%.*?%\}|\{#.*?#\}|\{\{-?\s*(?:if|else|end|range|with|define|block|template)\b.*?\}\}|<%(?!=).*?%>|<\?(?!=).*?\?>/g;

/** The parts of a line between statements that read like directives. */
function partsOf(text: string): readonly { readonly start: number; readonly end: number }[] {
  const parts: { readonly start: number; readonly end: number }[] = [];
  let from = 0;
  const add = (to: number): void => {
    const part = text.slice(from, to);
    const start = from + part.length - part.trimStart().length;
    const end = start + part.trim().length;
    if (/^[a-z]\w*\s+\S/i.test(text.slice(start, end))) parts.push({ start, end });
  };
  for (const match of text.matchAll(inline)) {
    add(match.index);
    from = match.index + match[0].length;
  }
  // Where there is no statement, what looks like one is the value at the start of a line.
  if (from > 0) add(text.length);
  return parts;
}

/** A line that a template language takes out or replaces: `{% if … %}`, `<% … %>`, `{{ … }}`, `<?php … ?>`, `% if …:`. */
function isStatement(text: string): boolean {
  return (
    /^(?:\{[{%#]|<\/?%|<\?(?:php\b|=|\s|$)|%>|[%#}]\}|%(?=\s|$)|@[\w.-]+@$)/.test(text) || lonePlaceholder.test(text)
  );
}

/** A placeholder that has its line to itself: what is put there brings its own directives. */
const lonePlaceholder =
  /^(?:__[A-Z][A-Z0-9_]*__|[%!#][A-Z][A-Z0-9_]+[%!]|#?\{\$?[A-Za-z_][\w.]*\}|<[A-Z][A-Z0-9]*_[A-Z0-9_]+>)$/;

type Step = 'open' | 'close' | 'else' | 'other';

const statements = /(?:\{%[-+]?|<%-?(?!=)|\{\{-?|<\?(?:php)?|^%)\s*([\s\S]*?)\s*(?:[-+]?%\}|-?%>|-?\}\}|\?>|$)/g;

/** What the statements of a line open and close. */
function stepsOf(text: string): readonly Step[] {
  return [...text.matchAll(statements)].flatMap(([, statement = '']) => stepOf(statement) ?? []);
}

/** As the marks of other tools are written. */
const steps: Readonly<Record<string, Step>> = {
  '?': 'open',
  '*': 'open',
  '&': 'open',
  ':': 'other',
  '|': 'else',
  '.': 'close',
};

function stepOf(statement: string): Step | undefined {
  const word = /^\}?\s*(\w*)/.exec(statement)?.[1] ?? '';
  const step = entryOf(steps, statement);
  if (step !== undefined) return step;
  const opensBrace = statement.endsWith('{');
  if (statement.startsWith('}'))
    return word === 'else' ? (opensBrace && /else\s*\{$/.test(statement) ? 'else' : 'other') : 'close';
  if (/^(?:elif|elsif|elseif|when)$/.test(word) || /^else\s+if\b/.test(statement)) return 'other';
  if (word === 'else') return 'else';
  if (/^end(?:if|for|foreach|while|unless)?$/.test(word)) return 'close';
  if (opensBrace || /\bdo\s*(?:\|[^|]*\|)?$/.test(statement)) return 'open';
  // A variable may have such a name: a statement goes on.
  return /^(?:if|unless|for|foreach|while|range|with|case|define)\b\s*\S/.test(statement) ? 'open' : undefined;
}
