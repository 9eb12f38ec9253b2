import type { Context } from '../../directives/facts.ts';
import type { ExpressionKind } from '../../expressions/scan.ts';
import type { Argument } from '../../syntax.ts';

/** What of a directive the places of expressions are told from. */
export interface Words {
  readonly key: string;
  readonly args: readonly Argument[];
  /** All after the name as it is written. */
  readonly raw: string;
  readonly context: Context;
}

/** An expression in a directive. */
export interface ExpressionPlace {
  readonly kind: ExpressionKind;
  readonly text: string;
  /** What httpd says before the reason. */
  readonly prefix: string;
  /** The word it stands in; undefined where the directive reads the rest of its line itself. */
  readonly argument: Argument | undefined;
  /** Characters before it: in that word, or in `raw`. */
  readonly skip: number;
  /** First release that reads it as an expression. */
  readonly since: string;
}

type Places = (words: Words) => readonly (ExpressionPlace | undefined)[];

const always = '2.4.0';

function whole(
  kind: ExpressionKind,
  argument: Argument | undefined,
  prefix: string,
  since = always,
): ExpressionPlace | undefined {
  return argument && { kind, text: argument.value, prefix, argument, skip: 0, since };
}

/** `expr=…`; some look at the case of it. */
function marked(
  kind: ExpressionKind,
  argument: Argument | undefined,
  prefix: string,
  mark = /^expr=/i,
): ExpressionPlace | undefined {
  const [found] = (argument && mark.exec(argument.value)) ?? [];
  if (!argument || found === undefined) return undefined;
  return { kind, text: argument.value.slice(found.length), prefix, argument, skip: found.length, since: always };
}

function oneText(prefix: (text: string) => string, since = always): Places {
  return ({ args: [first] }) => [first && whole('text', first, prefix(first.value), since)];
}

/** Where expressions of httpd 2.4 stand, by directive (https://httpd.apache.org/docs/2.4/expr.html, "See also"). */
const places: Readonly<Record<string, Places>> = {
  if: inCondition,
  elseif: inCondition,
  require: inRequire,
  sslrequire: ({ raw }) => [raw === '' ? undefined : rawPlace('condition', raw, 0, 'SSLRequire')],
  header: inHeader,
  requestheader: inHeader,
  setenvifexpr: ({ args }) => [whole('condition', args[0], 'Could not parse expression')],
  rewritecond: ({ args: [subject, pattern] }) => [
    subject && /^expr$/i.test(subject.value)
      ? whole('condition', pattern, 'RewriteCond: cannot compile expression')
      : undefined,
  ],
  customlog: ({ args }) => [marked('condition', args[2], 'Cannot parse the condition of the log')],
  globallog: ({ args }) => [marked('condition', args[2], 'Cannot parse the condition of the log')],
  logmessage: ({ args: [message, ...more] }) => [
    whole('text', message, 'Could not parse message expression'),
    ...more.map((argument) => marked('condition', argument, 'Could not parse expression')),
  ],
  filterprovider: ({ args }) => [whole('condition', args[2], 'Error parsing FilterProvider expression')],
  proxyfcgisetenvif: ({ args }) => [
    whole('condition', args[0], 'Could not parse expression'),
    whole('text', args[2], 'Could not parse expression'),
  ],
  proxyhcexpr: inHealthCheck,
  errordocument: ({ args }) => [whole('text', args[1], 'Cannot parse expression in ErrorDocument', '2.4.13')],
  authname: oneText((text) => `Cannot parse expression '${text}' in AuthName`, '2.4.55'),
  authtype: oneText((text) => `Cannot parse expression '${text}' in AuthType`, '2.4.55'),
  authbasicfake: ({ args: [user, password] }) => [
    whole('text', user, 'Could not parse fake username expression'),
    whole('text', password, 'Could not parse fake password expression'),
  ],
  authformloginrequiredlocation: oneText((text) => `Could not parse login required expression '${text}'`),
  authformloginsuccesslocation: oneText((text) => `Could not parse login success expression '${text}'`),
  authformlogoutlocation: oneText((text) => `Could not parse logout required expression '${text}'`),
  sethandler: ({ args }) => [whole('text', args[0], "Can't parse expression", '2.4.19')],
  redirect: inRedirect,
  redirectmatch: inRedirect,
  alias: inAlias,
  scriptalias: inAlias,
};

export function hasExpressions(key: string): boolean {
  return Object.hasOwn(places, key);
}

export function expressionsOf(words: Words): readonly ExpressionPlace[] {
  const found = Object.hasOwn(places, words.key) ? (places[words.key]?.(words) ?? []) : [];
  return found.filter((place): place is ExpressionPlace => place !== undefined);
}

function rawPlace(kind: ExpressionKind, text: string, skip: number, prefix: string): ExpressionPlace {
  return { kind, text, prefix, argument: undefined, skip, since: always };
}

function inCondition({ args }: Words) {
  return [whole('condition', args[0], 'Cannot parse condition clause')];
}

/** Providers that take their words as text with variables since 2.4.8. */
const readingText = /^(?:user|group|host|forward-dns|ldap-(?:user|group|dn|attribute|filter|search)|db[md]-group)$/;

/** The provider gets the rest of the line; one pair of quotes around a condition is taken away. */
function inRequire({ raw }: Words) {
  const [start, provider = ''] = /^(?:not\s+)?["']?([\w-]+)["']?\s*/i.exec(raw) ?? [];
  if (start === undefined) return [];
  const prefix = 'Cannot parse expression in require line';
  const rest = raw.slice(start.length);
  if (provider.toLowerCase() !== 'expr') {
    return readingText.test(provider) && rest !== '' ? [rawPlace('text', rest, start.length, prefix)] : [];
  }
  if (rest === '') return [];
  const isQuoted = rest.length > 1 && rest.startsWith('"') && rest.endsWith('"');
  return isQuoted
    ? [rawPlace('condition', rest.slice(1, -1), start.length + 1, prefix)]
    : [rawPlace('condition', rest, start.length, prefix)];
}

/** `Header [condition] action name [value [replacement]] [early|env=…|expr=…]`. */
function inHeader({ key, args }: Words) {
  const isConditional = key === 'header' && /^(?:always|onsuccess)$/i.test(args[0]?.value ?? '');
  const [action, , ...rest] = isConditional ? args.slice(1) : args;
  const name = action?.value.toLowerCase() ?? '';
  const isEdit = name === 'edit' || name === 'edit*';
  const value = name === 'unset' || name === 'echo' ? undefined : rest[isEdit ? 1 : 0];
  const condition = rest[isEdit ? 2 : value ? 1 : 0];
  return [
    marked('text', value, "Can't parse value expression", /^expr=/),
    marked('condition', condition, "Can't parse envclause/expression"),
  ];
}

/** `ProxyHCExpr name {expression}`: braces are quotes of their own. */
function inHealthCheck({ args, raw }: Words) {
  const prefix = 'Could not parse expression';
  const [start] = /^\S+\s+\{/.exec(raw) ?? [];
  if (start === undefined) return [whole('condition', args[1], prefix)];
  return [rawPlace('condition', raw.slice(start.length).replace(/\}\s*$/, ''), start.length, prefix)];
}

/** Without a path, as inside `<Location>`, the target is an expression. */
function inRedirect({ args, context }: Words) {
  if (context === 'server config' || context === 'virtual host') return [];
  const isStatus = /^(?:permanent|temp|seeother|gone|\d{3})$/i.test(args[0]?.value ?? '');
  const [target, more] = isStatus ? args.slice(1) : args;
  if (!target || more) return [];
  return [whole('text', target, `Cannot parse redirect expression '${target.value}'`, '2.4.19')];
}

function inAlias({ args: [target, more], context }: Words) {
  if (!target || more || context === 'server config' || context === 'virtual host') return [];
  return [whole('text', target, `Cannot parse alias expression '${target.value}'`, '2.4.19')];
}
