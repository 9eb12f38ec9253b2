import type { Argument } from '../../syntax.ts';
import type { BadValue } from './value-check.ts';

/** `Options + ExecCGI`: the sign is a word of its own, which is none of `words`. */
export function loneSign(
  message: string,
  argument: Argument,
  args: readonly Argument[],
  words: readonly string[],
): BadValue | undefined {
  if (!/^[+-]$/.test(argument.value)) return undefined;
  const through = args[args.indexOf(argument) + 1];
  const isMeant = words.some((word) => word.toLowerCase() === through?.value.toLowerCase());
  return {
    argument,
    message: `${message}: nothing stands right behind the sign`,
    ...(isMeant && through && { instead: argument.value + through.value, through }),
  };
}
