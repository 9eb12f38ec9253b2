import { entryOf } from '../entry-of.ts';
/** How the marks of other template tools are written as ones of Jinja, of the same length, so that all places stay. */

/**
 * What a statement does, as one character, for which the shortest mark has room: `{%?%}` opens a condition, `*` a loop and `&` a
 * definition, `:` turns to one more case and `|` to the other one, `.` ends what is open, and a blank does nothing of that.
 */
export type Step = '?' | '*' | '&' | ':' | '|' | '.' | ' ';

/** `{%? … %}` */
export function statement(mark: string, step: Step): string {
  const inner = mark.length - 5;
  return inner < 0 ? ' '.repeat(mark.length) : `{%${step}${mark.slice(3, -2).replace(/[^\r\n]/g, ' ')}%}`;
}

/** What the words of most tools mean. */
const steps: Readonly<Record<string, Step>> = {
  if: '?',
  unless: '?',
  ifdef: '?',
  switch: '?',
  items: '*',
  list: '*',
  for: '*',
  foreach: '*',
  loop: '*',
  section: '*',
  while: '*',
  block: '&',
  function: '&',
  macro: '&',
  elif: ':',
  elseif: ':',
  elsif: ':',
  case: ':',
  default: ':',
  when: ':',
  else: '|',
  foreachelse: '|',
  sectionelse: '|',
  end: '.',
  endfor: '.',
  endif: '.',
};

/** @param closing the mark ends what a mark of this word has opened */
export function stepOf(word: string, closing = false): Step {
  const step = entryOf(steps, word.toLowerCase()) ?? ' ';
  if (!closing) return step;
  return step === '?' || step === '*' || step === '&' ? '.' : ' ';
}

/** `{{ name }}`, as far as it fits, or `@name@` where that does. What would end a word elsewhere ends none here. */
export function value(mark: string, name: string): string {
  const inner = mark.length - 4;
  if (mark.length === name.length + 2 && /^[A-Za-z_][\w.-]*$/.test(name)) return `@${name}@`;
  if (inner < 0) return mark.length < 3 ? mark : '@_@';
  const shown = name.replace(/[^\w.]+/g, ' ').trim();
  return `{{${(shown.length + 2 > inner ? shown : ` ${shown}`).padEnd(inner).slice(0, inner)}}}`;
}

/** `{# … #}` without what it says; its lines stay. */
export function comment(mark: string): string {
  return `{#${mark.slice(2, -2).replace(/[^\r\n]/g, ' ')}#}`;
}

/** `${name}` and `${ an.expression }`, each of which a tool fills in that has no other use for them. */
export function withBracedValues(text: string): string {
  return text.replace(/\$?\$\{(?:"[^"\n]*"|'[^'\n]*'|[^{}\n"'])*\}/g, (mark) =>
    value(mark, mark.slice(mark.indexOf('{') + 1, -1)),
  );
}
