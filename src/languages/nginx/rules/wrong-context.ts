import { suggest } from '../../../text/suggest.ts';
import type { Context, DirectiveFact } from '../facts/directives.ts';
import { directiveNames, factsOf, isAllowedIn, partOf } from '../facts/directives.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** A directive in a block that may not hold it. */
export const wrongContext: DirectiveRule = {
  id: 'wrong-context',
  title: 'Directive in a block where it is not allowed',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact, facts }) => fact === undefined && facts.length > 0,
  check({ item, facts, scope, placeUnknown }) {
    if (scope.context === undefined || placeUnknown || isTemplatePart(item)) return undefined;
    const { nameWord: name } = item;
    const location = locate(item, name);
    const near = placesText(facts, [scope.context]);
    const meant = suggestHere(item, scope.context);
    return {
      rule: 'wrong-context',
      message: `"${name.value}" is not allowed here, ${whereText(scope.context)}. It belongs ${near}.${meant ? ` Or did you mean "${meant}"?` : mapHint(name.value, scope.context)}`,
      location,
      fixes: meant
        ? [{ title: `Change "${name.value}" to "${meant}"`, safe: false, edits: [{ ...location, newText: meant }] }]
        : [],
    };
  },
};

/** What a header for a backend says can hang on a condition by its value alone: an empty one leaves it out. */
function mapHint(name: string, context: Context): string {
  const isHeader = /_set_header$|_param$/.test(name) && context.startsWith('if-');
  return isHeader ? ' Choose its value with a "map", or with "set" in the "if"; an empty value omits the header.' : '';
}

/** True for what a template defines at the top level of its file, to put it in somewhere else. */
function isTemplatePart({ file, start: from, outer }: Item): boolean {
  if (outer.owner !== undefined || file.inserts.length === 0) return false;
  const { marked } = file;
  return file.inserts.some(({ start, end }) => start < from && isPart.test(marked.slice(start, end)));
}

const isPart = /^(?:\{\{|\{%)[-+~]?\s*(?:&|(?:define|block|macro)\b)/;

/** A near name that is allowed here, with a block or without as it is written: `proxy_buffer` is one letter from `proxy_buffers`. */
function suggestHere({ name, block }: Item, context: Context): string | undefined {
  if (name.length < 5) return undefined;
  const allowed = directiveNames().filter(
    (candidate) =>
      Math.abs(candidate.length - name.length) <= 1 &&
      factsOf(candidate).some(
        (fact) => fact.source === 'open' && fact.block === (block !== undefined) && isAllowedIn(fact, context),
      ),
  );
  const near = suggest(name, allowed);
  return near !== undefined && differsByOne(name, near) ? near : undefined;
}

function differsByOne(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (long.length - short.length !== 1) return false;
  let index = 0;
  while (index < short.length && short[index] === long[index]) index++;
  return short.slice(index) === long.slice(index + 1);
}

const blockNames: Partial<Record<Context | 'any', string>> = {
  main: 'at the top level',
  'if-server': 'in "if" of "server"',
  'if-location': 'in "if" of "location"',
  'mail-server': 'in "server" of "mail"',
  'stream-server': 'in "server" of "stream"',
  'stream-upstream': 'in "upstream" of "stream"',
  'rtmp-server': 'in "server" of "rtmp"',
  'rtmp-application': 'in "application"',
  'rtmp-recorder': 'in "recorder"',
};

function blockText(context: Context | 'any'): string {
  return blockNames[context] ?? `in "${context}"`;
}

function whereText(context: Context): string {
  return blockText(context);
}

/** Where directives belong, within the parts that some blocks are of where they belong there at all. */
export function placesText(facts: readonly DirectiveFact[], blocks: readonly (Context | 'any')[]): string {
  const places = [...new Set(facts.flatMap(({ contexts }) => contexts))];
  const parts = new Set(blocks.map(partOf));
  const near = places.filter((place) => parts.has(partOf(place)));
  const texts = (near.length > 0 ? near : places).map(blockText);
  if (texts.length < 2) return texts[0] ?? 'elsewhere';
  return `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}`;
}
