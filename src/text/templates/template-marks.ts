import { withBlade } from './blade.ts';
import { withBars, withBrackets, withExploding, withGoComments, withRegistry, withStars } from './brackets.ts';
import { withFreeMarker } from './freemarker.ts';
import { withDoubledDollars, withFormat, withLoneValues } from './python.ts';
import { withSmarty } from './smarty.ts';
import { withTags, withToolkit } from './tags.ts';
import { withTerraform } from './terraform.ts';

/** The tools, in the order in which they are asked, each with the character that its marks begin with. */
const tools: readonly (readonly [first: string, write: (text: string, file: string) => string])[] = [
  ['{', withFormat],
  ['<', withTags],
  ['{', withTags],
  ['[', withToolkit],
  ['#', withFreeMarker],
  ['{', withTerraform],
  ['{', withSmarty],
  ['[', withBrackets],
  ['*', withGoComments],
  ['*', withStars],
  ['|', withBars],
  ['@', withRegistry],
  ['!', withExploding],
  ['@', withBlade],
  ['$', withDoubledDollars],
  ['$', withLoneValues],
];

const firsts = [...new Set(tools.map(([first]) => first))];

/**
 * The same text, of the same length, in which the marks of template tools are written as those of Jinja, which every parser
 * here knows: `{% if … %}` and `{{ value }}`. Each tool looks for something that only its own texts have.
 */
export function withTemplateMarks(text: string, file = ''): string {
  // Looking for one character costs a tenth of looking for two.
  const present = firsts.filter((first) => text.includes(first));
  let marked = text;
  for (const [first, write] of tools) if (present.includes(first)) marked = write(marked, file);
  return marked;
}
