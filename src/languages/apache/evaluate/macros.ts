import type { Argument, Section } from '../syntax.ts';
import { longestWord } from './variables.ts';

/** What writes the words of a `Use` for the parameters of its macro; undefined where there are more or fewer of them. */
export function parameterWriter(
  macro: Section,
  [, ...values]: readonly Argument[],
): ((text: string) => string) | undefined {
  const parameters = macro.args.slice(1);
  if (parameters.length !== values.length) return undefined;
  // Of two that begin alike mod_macro takes the longer one.
  const pairs = parameters
    .map(({ value }, index) => [value, (values[index] as Argument).value] as const)
    .sort(([a], [b]) => b.length - a.length);
  return (text) => {
    let result = text;
    for (const [from, to] of pairs) {
      result = result.replaceAll(from, () => to);
      if (result.length > longestWord) return text;
    }
    return result;
  };
}
