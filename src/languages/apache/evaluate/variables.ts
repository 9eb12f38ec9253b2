import type { Argument } from '../syntax.ts';

/** Longer words than this come only from variables or parameters that multiply each other. */
export const longestWord = 65_536;

/** `${NAME}` becomes the value of `Define NAME`; a variable that is not known here stays as it is, as httpd does it. */
export function replaceVariables(argument: Argument, defines: ReadonlyMap<string, string | undefined>): Argument {
  if (!argument.value.includes('${')) return argument;
  // Behind the last bracket nothing is looked for, however many begin there.
  const end = argument.value.lastIndexOf('}') + 1;
  const replaced = argument.value
    .slice(0, end)
    .replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) => defines.get(name) ?? whole);
  if (replaced.length > longestWord) return argument;
  const value = replaced + argument.value.slice(end);
  return { value, range: argument.range, quote: argument.quote };
}
