import { remember } from '../../../../memory/remember.ts';
import type { Item, Scope } from '../../scope.ts';
import { locationWith } from './locations.ts';

/** An `if` that compares by an expression: the variable it looks at, without `$`, and the expression. */
interface Comparison {
  readonly variable: string;
  readonly isNegated: boolean;
  readonly pattern: string;
}

/** Variables with the path as the client sent it, or as it was decoded; both begin with a slash. */
const pathVariables: ReadonlySet<string> = new Set(['uri', 'document_uri', 'request_uri']);

/** Variables that nginx has without running an expression, as a `map` may do. */
const plainVariable =
  /^(?:host|hostname|scheme|https|uri|document_uri|args|is_args|query_string|(?:http|arg|cookie|server|remote|request|ssl)_\w+)$/;

/** True where no variable of a text is one whose value is found by running an expression, which replaces all captures. */
export function keepsCaptures(text: string): boolean {
  for (const [, name = ''] of text.matchAll(/\$\{?([a-z_]\w*)/gi)) if (!plainVariable.test(name)) return false;
  return true;
}

/**
 * The expression over the path that a capture of a directive is from, or undefined where that is another one, or cannot be told:
 * the last expression that ran has `$1` and the like, and one that did not match leaves none (ngx_http_regex_exec). A capture
 * with a name stays what it is.
 * @param capture `1` or a name
 * @param inContent it is read after all rewriting of its location, as `proxy_pass` is, and not in its place
 */
export function captureSource(item: Item, capture: string, inContent: boolean): string | undefined {
  for (let scope = item.outer; scope.owner; scope = scope.owner.outer) {
    const { owner } = scope;
    const first = firstReplacement(scope, capture);
    if (first < (inContent ? Number.POSITIVE_INFINITY : item.order) || isTemplated(owner)) return undefined;
    if (owner.name === 'location') {
      const location = locationWith(scope);
      return location?.kind === 'regex' ? location.pattern : undefined;
    }
    if (owner.name !== 'if') return undefined;
    const comparison = comparisonOf(owner);
    if (comparison === undefined || (isName(capture) && !comparison.pattern.includes(`<${capture}>`))) continue;
    const { variable, isNegated, pattern } = comparison;
    return pathVariables.has(variable) && !isNegated ? pattern : undefined;
  }
  return undefined;
}

const replacements = remember((_: Scope) => new Map<string, number>());

/** Order of the first directive of a block that may replace a capture, infinite where none does: a block may have thousands. */
function firstReplacement(scope: Scope, capture: string): number {
  const known = replacements(scope);
  let first = known.get(capture);
  if (first === undefined) {
    first = scope.items.find((item) => mayReplace(item, capture))?.order ?? Number.POSITIVE_INFINITY;
    known.set(capture, first);
  }
  return first;
}

function isName(capture: string): boolean {
  return !/^\d/.test(capture);
}

function mayReplace(item: Item, capture: string): boolean {
  const { name, args } = item;
  if (name !== 'rewrite' && name !== 'if' && name !== 'set') return false;
  if (isTemplated(item)) return true;
  if (isName(capture)) return args.some(({ value }) => value.includes(capture));
  if (name === 'rewrite' || !args.every(({ value }) => keepsCaptures(value))) return true;
  return name === 'if' && comparisonOf(item) !== undefined;
}

function isTemplated({ args }: Item): boolean {
  return args.some(({ templated }) => templated);
}

function comparisonOf({ args }: Item): Comparison | undefined {
  const text = args.map(({ value }) => value).join(' ');
  if (!text.startsWith('(') || !text.endsWith(')')) return undefined;
  const inner = text.slice(1, -1).trim();
  const match = /^\$(\w+)\s+(!?)~\*?\s+/.exec(inner);
  if (!match) return undefined;
  return { variable: match[1] ?? '', isNegated: match[2] === '!', pattern: inner.slice(match[0].length) };
}
