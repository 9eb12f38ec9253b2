import type { Fix } from '../../../text/finding.ts';
import type { Range } from '../../../text/range.ts';
import type { Signature } from '../facts/directives.ts';
import { takes } from '../facts/directives.ts';
import { speaksNtls } from '../lower/tls/ntls.ts';
import type { Directive } from '../parse/tree.ts';
import { headRange, type Item, locate, type Scope } from '../scope.ts';
import { replaceArguments } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';
import { isRestOfHeader } from './unquoted-value.ts';

/** More or fewer arguments than a directive takes. */
export const argumentCount: DirectiveRule = {
  id: 'argument-count',
  title: 'Wrong number of arguments',
  severity: 'error',
  effect: 'start',
  concerns: ({ signature }) => signature !== undefined,
  isPleased: ({ item, signature }) => signature !== undefined && takes(signature, item.args.length),
  check({ item, scope, fact, signature, placeUnknown }) {
    if (!fact || !signature || (placeUnknown && fact.contexts.length === 0)) return undefined;
    const count = item.args.length;
    if (takes(signature, count) || item.args.some(({ templated }) => templated)) return undefined;
    if (isPairOfNtls(item, scope) || isRestOfHeader(item, scope)) return undefined;
    return {
      rule: 'argument-count',
      message: `Invalid number of arguments in "${fact.name}": ${count === 0 ? 'it has none' : `it has ${count}`}, and takes ${countText(signature)}.${hint(item, signature)}`,
      location: locate(item, count > 0 && count > signature.max ? overflow(item, signature) : headRange(item)),
      related: [],
      fixes: joined(item, signature),
    };
  },
};

/** One certificate to sign and one to encrypt, as Angie takes them. */
function isPairOfNtls({ name, args }: Item, scope: Scope): boolean {
  return args.length === 2 && /^(?:\w+_)?ssl_certificate(?:_key)?$/.test(name) && speaksNtls(scope);
}

function overflow({ start, args }: Directive, signature: Signature): Range {
  return { start: start + (args[signature.max]?.from ?? 0), end: start + (args.at(-1)?.to ?? 0) };
}

/** Lists whose members a colon parts. */
const lists = /(?:^|_)ssl_(?:ciphers|ecdh_curve)$/;
/** What a line has one of, and a block several lines. */
const repeated: ReadonlyMap<string, string> = new Map([
  ['allow', 'address'],
  ['deny', 'address'],
  ['set_real_ip_from', 'address'],
  ['hide_header', 'header'],
  ['pass_header', 'header'],
]);
const units = /^(?:[kKmMgG]|ms|[smhdwMy])$/;

function hint(item: Item, signature: Signature): string {
  const { name, args } = item;
  if (lists.test(name) && args.length > 1) return ' Separate the members of the list with colons.';
  if (isEquals(item, signature)) return ' nginx has no equals sign before a value.';
  if (name === 'return' && args.length > 2) return ' A text with spaces in it needs quotes, and a URL has none.';
  if (joined(item, signature).length > 0) return ' Write the unit directly after its number.';
  const [first, second] = args;
  if (signature.max !== 1 || !first || !second) return '';
  if (/(?:^|_)ssl_certificate$/.test(name) && /\/.*key|\.key$/i.test(second.value))
    return ` The key goes into "${name}_key".`;
  if (first.value === 'from' && (name === 'allow' || name === 'deny')) return ' Write it without "from".';
  const member = repeated.get(name.replace(/^(?:proxy|fastcgi|scgi|uwsgi|grpc)_(?=hide|pass)/, ''));
  if (member !== undefined) return ` Write one line for each ${member}.`;
  if (name === 'auth_basic') return ' A text with spaces in it needs quotes.';
  // What is cut most often is a path.
  const isPath = first.value.includes('/') && !first.value.includes('://');
  return isPath ? ' A path with spaces in it needs quotes.' : '';
}

/** `ssl_certificate = a.crt`, as other programs have it. */
function isEquals({ args }: Item, signature: Signature): boolean {
  return args[0]?.value === '=' && args[0].quote === '' && takes(signature, args.length - 1);
}

/** `10 M`, and lists with blanks or commas between their members. */
function joined(item: Item, signature: Signature): readonly Fix[] {
  const [first, second, ...more] = item.args;
  const { max } = signature;
  if (first && second && isEquals(item, signature)) {
    const { file, range } = locate(item, first);
    const edit = { file, range: { start: range.start, end: locate(item, second).range.start }, newText: '' };
    return [{ title: 'Remove the equals sign', safe: true, edits: [edit] }];
  }
  if (max !== 1 || !first || !second) return [];
  const isMeasure = more.length === 0 && /^\d+$/.test(first.value) && units.test(second.value);
  const members = item.args.flatMap(({ value }) => value.split(/[,:]+/)).filter((member) => member !== '');
  const value = lists.test(item.name) ? members.join(':') : isMeasure ? first.value + second.value : undefined;
  if (value === undefined) return [];
  return [{ title: `Write ${value}`, safe: false, edits: [replaceArguments(item, [value])] }];
}

function countText({ counts, min, max }: Signature): string {
  if (counts) return `${counts.slice(0, -1).join(', ')} or ${counts.at(-1)}`;
  if (max === min) return min === 0 ? 'none' : `exactly ${min}`;
  return max === Number.POSITIVE_INFINITY ? `at least ${min}` : `${min} to ${max}`;
}
