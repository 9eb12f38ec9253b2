import { Beginnings } from './beginnings.ts';
import { withBlade } from './blade.ts';
import { withBars, withBrackets, withExploding, withGoComments, withRegistry, withStars } from './brackets.ts';
import { withFreeMarker } from './freemarker.ts';
import { withDoubledDollars, withFormat, withLoneValues } from './python.ts';
import { withSmarty } from './smarty.ts';
import { withTags, withToolkit } from './tags.ts';
import { withTerraform } from './terraform.ts';

/** The tools, in the order in which they are asked, each with what its marks begin with. */
const tools: readonly (readonly [beginnings: readonly string[], write: (text: string, file: string) => string])[] = [
  [['{{'], withFormat],
  [['<t', '<T', '</', '{t', '{T', '{/'], withTags],
  [['[%'], withToolkit],
  [['<#', '[#'], withFreeMarker],
  [['{'], withTerraform],
  [['{/'], withSmarty],
  [['[['], withBrackets],
  [['/*'], withGoComments],
  [['{*'], withStars],
  [['|*', '|?'], withBars],
  [['@!', '@%'], withRegistry],
  [['!{'], withExploding],
  [['@e'], withBlade],
  [['$$'], withDoubledDollars],
  [['$'], withLoneValues],
];

/**
 * The same text, of the same length, in which the marks of template tools are written as those of Jinja, which every parser
 * here knows: `{% if … %}` and `{{ value }}`. Each tool looks for something that only its own texts have.
 */
export function withTemplateMarks(text: string, file = '', present = new Beginnings(text)): string {
  let marked = text;
  for (const [beginnings, write] of tools) if (present.hasAny(beginnings)) marked = write(marked, file);
  return marked;
}
