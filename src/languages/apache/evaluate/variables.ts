import type { ApacheNode, Argument } from '../syntax.ts';
import { isRewriting, LogicalLine, readWords } from '../words.ts';

/** Longer words than this come only from variables or parameters that multiply each other. */
export const longestWord = 65_536;

/** `${NAME}` becomes the value of `Define NAME`; a variable that is not known here, or empty, stays as it is, as httpd does it. */
export function replaceVariables(argument: Argument, defines: ReadonlyMap<string, string | undefined>): Argument {
  if (!argument.value.includes('${')) return argument;
  // Behind the last bracket nothing is looked for, however many begin there.
  const end = argument.value.lastIndexOf('}') + 1;
  const replaced = argument.value
    .slice(0, end)
    .replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) => defines.get(name) || whole);
  if (replaced.length > longestWord) return argument;
  const value = replaced + argument.value.slice(end);
  return { value, range: argument.range, quote: argument.quote };
}

/**
 * httpd puts variables and the parameters of macros into the line before it takes that apart, so that a word without quotes
 * becomes as many as its text has. All of them stand where it is written.
 */
export function splitAgain(args: readonly Argument[], { args: before, key }: ApacheNode): readonly Argument[] {
  const isOne = ({ value, quote }: Argument, index: number) =>
    quote !== '' || value === before[index]?.value || /^[^\s"'][^\s]*$/.test(value);
  if (args.every(isOne)) return args;
  return args.flatMap((argument, index) => {
    if (isOne(argument, index)) return [argument];
    const line = new LogicalLine(argument.value, 0);
    const words = readWords(line, 0, line.text.length, isRewriting(key));
    return words.map(({ value, quote }) => ({ value, quote, range: argument.range }));
  });
}
