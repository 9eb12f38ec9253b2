import type { Argument } from '../syntax.ts';

/** `${NAME}` becomes the value of `Define NAME`; a variable that is not known here stays as it is, as httpd does it. */
export function replaceVariables(argument: Argument, defines: ReadonlyMap<string, string | undefined>): Argument {
  if (!argument.value.includes('${')) return argument;
  const value = argument.value.replaceAll(/\$\{([^}]+)\}/g, (whole, name: string) => defines.get(name) ?? whole);
  return { value, range: argument.range, quote: argument.quote };
}
