import { suggest } from '../../../../text/suggest.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { Argument } from '../../syntax.ts';
import { loneSign } from './lone-sign.ts';
import type { BadValue } from './value-check.ts';

const flags =
  'FancyIndexing FoldersFirst HTMLTable IconsAreLinks IgnoreCase IgnoreClient ScanHTMLTitles SuppressColumnSorting SuppressDescription SuppressHTMLPreamble SuppressIcon SuppressLastModified SuppressRules SuppressSize TrackModified VersionSort XHTML ShowForbidden AddAltClass UseOldDateFormat'.split(
    ' ',
  );

/** Widths that need a value, but for the one that a sign takes away, and the least that they may be. */
const leastWidths: Readonly<Record<string, number>> = { NameWidth: 5, DescriptionWidth: 12 };

const names = [...flags, 'None', 'IconWidth', 'IconHeight', ...Object.keys(leastWidths), 'Type', 'Charset'];

/** The words of `IndexOptions`, as `add_opts` of mod_autoindex reads them. */
export function checkIndexOptions({ args }: Statement): BadValue | undefined {
  for (const argument of args) {
    const message = wordComplaint(argument);
    if (message === undefined) continue;
    return loneSign(message, argument, args, names) ?? { argument, message, ...meant(argument) };
  }
  return behindNone(args);
}

function wordComplaint({ value }: Argument): string | undefined {
  const [, sign = '', word = '', equals, width = ''] = /^([+-]?)([^=]*)(=?)(.*)$/s.exec(value) ?? [];
  const name = names.find((one) => isWord(word, one));
  if (name === undefined) return 'Invalid directory indexing option';
  if (name === 'None' && !equals) return sign === '' ? undefined : "Cannot combine '+' or '-' with 'None' keyword";
  if (flags.includes(name) || name === 'None') return equals ? 'Invalid directory indexing option' : undefined;
  if (name === 'Type' || name === 'Charset') return equals ? undefined : 'Invalid directory indexing option';
  if (equals && sign === '-') return `Cannot combine '-' with ${name}=n`;
  const least = leastWidths[name];
  if (least === undefined) return undefined;
  if (!equals) return sign === '-' ? undefined : `${name} with no value may only appear as '-${name}'`;
  const number = Number.parseInt(width, 10) || 0;
  return !width.startsWith('*') && number !== 0 && number < least
    ? `${name} value must be greater than ${least}`
    : undefined;
}

function meant({ value }: Argument): { readonly instead?: string } {
  const [, sign = '', word = '', rest = ''] = /^([+-]?)([^=]*)(.*)$/s.exec(value) ?? [];
  const near = suggest(word, names);
  return near === undefined || isWord(near, word) ? {} : { instead: sign + near + rest };
}

/** `None` takes back what stands before it; only what has a sign, or a value, may stand behind. */
function behindNone(args: readonly Argument[]): BadValue | undefined {
  const last = args.findLastIndex(({ value }) => isWord(value, 'None'));
  const argument =
    last < 0 ? undefined : args.slice(last).find(({ value }) => flags.some((flag) => isWord(value, flag)));
  return argument && { argument, message: "Cannot combine other IndexOptions keywords with 'None'" };
}

function isWord(value: string, word: string): boolean {
  return value.toLowerCase() === word.toLowerCase();
}
