/** A statement of Jinja and its kin (those of other tools are written as steps, `{%?%}`), of Go's templates and Handlebars, or of ERB and EJS, in marks of its own. */
export const statements =
  /\{%[-+~]?\s*([^%}]{0,200})[^}]{0,300}?%\}|\{\{[-~]?\s*((?:[#/^]|if\b|else\b|end\b|range\b|with\b|define\b|block\b)[^}]{0,200})\}\}|<%[-_]?\s*(?![=#])([^%]{0,200})[\s\S]{0,300}?%>/g;

/** What opens something that a later mark ends, goes on with another branch of it, and ends it. */
export const kinds = [
  {
    opens: /^(?:[?*&]|(?:if|unless|case|for|macro|block|call|filter|raw|capture|comment|with|autoescape)\b)/,
    turns: /^(?:[:|]|(?:el(?:se|if|sif|seif)|when)\b)/,
    ends: /^(?:\.|end)/,
  },
  { opens: /^(?:#|if\b|range\b|with\b|define\b|block\b)/, turns: /^(?:else\b|\^)/, ends: /^(?:end\b|\/)/ },
  {
    opens: /^(?:if|unless|case|while|until|for|begin)\b|\bdo\b|^[^}].*\{\s*$/s,
    turns: /^(?:els(?:e|if)|when)\b|^\}.*\{\s*$/s,
    ends: /^(?:end\b|\})/,
  },
] as const;

/**
 * A template as it reads where every condition holds: of each choice the first branch, blanks in place of the others.
 * Undefined where it has no choices, or where they do not pair.
 */
export function firstBranches(text: string): string | undefined {
  /** Where the branch began that is left out, of every open statement; -1 in its first branch. */
  const open: number[] = [];
  const pieces: string[] = [];
  let done = 0;
  let hidden = 0;
  for (const mark of text.matchAll(statements)) {
    const index = [1, 2, 3].findIndex((group) => mark[group] !== undefined);
    const { opens, turns, ends } = kinds[index] as (typeof kinds)[number];
    const words = (mark[index + 1] as string).trim();
    if (turns.test(words)) {
      if (open.length === 0) return undefined;
      if (open.at(-1) !== -1) continue;
      open[open.length - 1] = mark.index + mark[0].length;
      hidden++;
    } else if (ends.test(words)) {
      const start = open.pop();
      if (start === undefined) return undefined;
      if (start === -1) continue;
      hidden--;
      if (hidden > 0) continue;
      pieces.push(text.slice(done, start), text.slice(start, mark.index).replace(/[^\r\n]/g, ' '));
      done = mark.index;
    } else if (opens.test(words)) open.push(-1);
  }
  return open.length > 0 || done === 0 ? undefined : pieces.join('') + text.slice(done);
}
