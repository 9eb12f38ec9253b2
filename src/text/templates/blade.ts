import { entryOf } from '../entry-of.ts';
import { statement, stepOf } from './marks.ts';

/** Laravel's Blade: lines of `@if (…)`, `@else`, `@endif`, `@foreach (…)`; its values are as Jinja's. */
export function withBlade(text: string): string {
  if (!text.includes('@end')) return text;
  return text.replace(line, (_, indent: string, mark: string, word: string) => {
    const step = word.startsWith('end') ? '.' : stepOf(entryOf(meant, word) ?? word);
    return indent + statement(mark, step);
  });
}

const line =
  /^([ \t]*)(@(if|elseif|else|unless|isset|empty|foreach|forelse|for|while|switch|case|default|php|include|end[a-z]+)\b[^\r\n]*)/gm;

const meant: Readonly<Record<string, string>> = { isset: 'if', empty: 'if', forelse: 'for' };
