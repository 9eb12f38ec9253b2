import type { Fix } from '../../../text/finding.ts';
import { indentAt } from '../../../text/lines.ts';
import { wordLists } from '../data/values.ts';
import type { DirectiveFact } from '../directives/facts.ts';
import type { Statement } from '../evaluate/statement.ts';
import { type ApacheContext, fix } from './rule.ts';
import { textOf } from './source.ts';

/** What to do about more words than a directive takes. */
export interface Surplus {
  readonly hint: string;
  readonly fixes?: readonly Fix[];
}

/** Undefined where nobody can tell. */
export function surplusOf(statement: Statement, fact: DirectiveFact, context: ApacheContext): Surplus | undefined {
  switch (statement.key) {
    case 'servername':
      return furtherNames(statement, context);
    case 'sslcertificatefile':
      return ownLine(statement, 'SSLCertificateKeyFile', 'The key', /\/.*key|\.key$/i, context) ?? quotes(statement);
    case 'order':
      return orderInOne(statement);
    case 'redirect':
    case 'redirectmatch':
      return flagsOfRewriting(statement) ?? quotes(statement);
    case 'listen':
    case 'sslciphersuite':
    case 'sslproxyciphersuite':
    case 'sslopensslconfcmd':
      return undefined;
    default:
      return hasNoSpaces(statement, fact) ? undefined : quotes(statement);
  }
}

/** A switch, a word of a list, a number with its unit apart. */
function hasNoSpaces({ key, args: [first] }: Statement, fact: DirectiveFact): boolean {
  return fact.isFlag || Object.hasOwn(wordLists, key) || /^\d+$/.test(first?.value ?? '');
}

function quotes({ args }: Statement): Surplus | undefined {
  return args.some(({ quote }) => quote !== '') ? undefined : { hint: 'An argument with spaces needs quotes.' };
}

/** `ServerName example.com www.example.com`, as nginx has it. */
function furtherNames(statement: Statement, context: ApacheContext): Surplus {
  const hint = 'Further names go into ServerAlias';
  if (statement.context !== 'virtual host') return { hint: `${hint} of a <VirtualHost>.` };
  return ownLine(statement, 'ServerAlias', 'Further names', /^[\w.*-]+,?$/, context) ?? { hint: `${hint}.` };
}

/** All words but the first as those of another directive, where they look like it. */
function ownLine(
  { file, node, args: [first, ...others] }: Statement,
  name: string,
  what: string,
  looks: RegExp,
  context: ApacheContext,
): Surplus | undefined {
  const last = others.at(-1);
  if (!first || !last || others.some(({ value }) => !looks.test(value))) return undefined;
  const text = textOf(file, context);
  const words = others.map(({ range }) => text.slice(range.start, range.end).replace(/,$/, ''));
  const newText = `\n${indentAt(text, node.range.start)}${name} ${words.join(' ')}`;
  const range = { start: first.range.end, end: last.range.end };
  const goes = what.endsWith('s') ? 'go' : 'goes';
  return { hint: `${what} ${goes} into ${name}.`, fixes: [fix(`Write ${name}`, true, { file, range, newText })] };
}

/** `Order allow, deny` */
function orderInOne({ file, args }: Statement): Surplus | undefined {
  const [first, last] = [args[0], args.at(-1)];
  const words = args.flatMap(({ value }) => value.split(',')).filter((word) => word !== '');
  const whole = words.join(',');
  if (!first || !last || !/^(?:allow,deny|deny,allow)$/i.test(whole)) return undefined;
  const range = { start: first.range.start, end: last.range.end };
  return {
    hint: `Write ${whole}, without a space.`,
    fixes: [fix('Remove the space', true, { file, range, newText: whole })],
  };
}

/** `Redirect / https://example.com/ [R=301,L]` */
function flagsOfRewriting({ file, node, args }: Statement): Surplus | undefined {
  const [before, flags] = args.slice(-2);
  if (!before || !flags || !/^\[.*\]$/.test(flags.value)) return undefined;
  const range = { start: before.range.end, end: flags.range.end };
  const fixes = [fix(`Remove ${flags.value}`, true, { file, range, newText: '' })];
  return { hint: `${node.name} has no flags: remove ${flags.value}, which is RewriteRule's.`, fixes };
}
