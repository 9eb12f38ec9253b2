import { rewriteFlags } from '../../data/rewrite-flags.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { notLoaded } from '../../how-to-load.ts';
import type { Argument } from '../../syntax.ts';
import { quoteWord } from '../../write/quote.ts';
import type { ApacheContext } from '../rule.ts';
import { whyBroken } from './broken-pattern.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** What answers a path: aliases, redirects, rewriting. Messages are httpd's own where it has one. */
export const mappingChecks: ValueChecks = {
  redirect: checkRedirect,
  redirectmatch: checkRedirect,
  redirectpermanent: checkRedirect,
  redirecttemp: checkRedirect,
  alias: checkAlias,
  scriptalias: checkAlias,
  aliasmatch: checkExpression,
  scriptaliasmatch: checkExpression,
  rewriterule: checkRewriteRule,
  rewritecond: checkRewriteCond,
  rewritebase: checkRewriteBase,
  rewriteoptions: checkRewriteOptions,
  rewritemap: checkRewriteMap,
  locationmatch: checkExpression,
  directorymatch: checkExpression,
  filesmatch: checkExpression,
  location: checkTilde,
  directory: checkTilde,
  files: checkTilde,
};

/** `<Directory ~ "…">`. */
function checkTilde({ args: [tilde, pattern] }: Statement): BadValue | undefined {
  return tilde?.value === '~' && pattern ? badExpression(pattern) : undefined;
}

function checkRedirect({ key, args, context }: Statement): BadValue | undefined {
  const first = args[0]?.value ?? '';
  const isStatus = /^(?:(?:permanent|temp|seeother|gone)$|\d)/i.test(first);
  const rest = isStatus ? args.slice(1) : args;
  const isGone = /^gone$/i.test(first) || (/^\d/.test(first) && !/^3..$/.test(`${Number.parseInt(first, 10)}`));
  if (key === 'redirectmatch' && rest[0]) {
    const bad = badExpression(rest[0]);
    if (bad) return bad;
  }
  if (isGone && rest.length > 1) {
    return { argument: rest[1], message: `Redirect URL not valid for this status (${first})` };
  }
  const inLocation = context === 'location' || context === 'directory' || context === '.htaccess';
  if (args.length === 3 && !isStatus) return misplacedThird(args, first);
  if (!isGone && !inLocation && rest.length < 2 && args.length > 0) {
    return { argument: undefined, message: 'URL to redirect to is missing' };
  }
  if (isStatus && !isGone && args.length === 1)
    return { argument: undefined, message: 'URL to redirect to is missing' };
  return key === 'redirectmatch' ? undefined : badTarget(rest[1]);
}

/** `Redirect / https://example.com/ 301`, or with the flags of a `RewriteRule`. */
function misplacedThird([from, to, third]: Statement['args'], first: string): BadValue {
  const message = `Redirect: invalid first argument (of three): '${first}'`;
  if (third && /^\[.*\]$/.test(third.value)) {
    return {
      argument: third,
      message: `Redirect has no flags, which are RewriteRule's: ${third.value}`,
      needless: true,
    };
  }
  if (!from || !to || !third || !/^(?:permanent|temp|seeother|3\d\d)$/i.test(third.value))
    return { argument: from, message };
  const through = third;
  const instead = [third, from, to].map(({ value, quote }) => quote + value + quote).join(' ');
  return { argument: from, message: `${message}; the status stands before the path`, instead, through };
}

/** Behind a path a target is taken as it stands (`ap_is_url`). */
function badTarget(to: Argument | undefined): BadValue | undefined {
  return to && !/^(?:\/|[a-z\d+.-]+:)/i.test(to.value)
    ? { argument: to, message: `Redirect to non-URL: '${to.value}' begins with neither a scheme nor a slash` }
    : undefined;
}

function checkAlias({ node, args, context }: Statement): BadValue | undefined {
  if (args.length === 2 && (context === 'location' || context === 'proxy')) {
    return { argument: args[0], message: `${node.name} cannot occur within directory context: leave the path out` };
  }
  return !args[1]?.value && context !== 'location' && context !== 'proxy'
    ? { argument: undefined, message: `${node.name} must have two arguments when used globally` }
    : undefined;
}

function checkRewriteRule({ args }: Statement): BadValue | undefined {
  const [pattern, target, ...rest] = args;
  const [flags] = rest;
  if (!pattern || !target)
    return { argument: undefined, message: 'RewriteRule: bad argument line: a pattern and a substitution are needed' };
  return badFlags('RewriteRule', rest, rewriteFlags('rewriterule')) ?? badStatus(flags) ?? badExpression(pattern);
}

function checkRewriteCond({ args }: Statement): BadValue | undefined {
  const [subject, pattern, ...flags] = args;
  if (!subject || !pattern)
    return { argument: undefined, message: 'RewriteCond: bad argument line: a test string and a pattern are needed' };
  const [compared, behind] = flags;
  const isSplit = compared && /^!?[<>=]=?$/.test(pattern.value) && pattern.quote === '';
  if (isSplit && !compared.value.startsWith('[') && (!behind || behind.value.startsWith('['))) {
    const message = `RewriteCond: bad flag delimiters: a space ends the pattern ${pattern.value}`;
    // mod_rewrite has one sign for it: the second would be part of the text.
    const sign = pattern.value.replace('==', '=');
    const instead = compared.value === '' ? `${sign}""` : quoteWord(`${sign}${compared.value}`);
    return { argument: pattern, message, instead, from: pattern, through: compared };
  }
  const isTest = /^!?(?:-[a-z]|[<>=])/i.test(pattern.value) || /^expr$/i.test(subject.value);
  return badFlags('RewriteCond', flags, rewriteFlags('rewritecond')) ?? (isTest ? undefined : badExpression(pattern));
}

function badFlags(
  name: string,
  [flags, ...more]: Statement['args'],
  known: ReadonlyMap<string, unknown>,
): BadValue | undefined {
  if (!flags) return undefined;
  const through = more.find(({ value }) => value.endsWith(']'));
  if (through && /^\[[^\]]*$/.test(flags.value)) {
    const parts = [flags, ...more.slice(0, more.indexOf(through) + 1)];
    const message = `${name}: bad flag delimiters: a space ends the flags`;
    return { argument: flags, message, instead: oneWord(parts), through };
  }
  if (!/^\[.*\]$/.test(flags.value))
    return { argument: flags, message: `${name}: bad flag delimiters: flags are written in brackets, '[L]'` };
  for (const part of flags.value.slice(1, -1).split(',')) {
    const flag = part.trim().split('=')[0]?.toLowerCase() ?? '';
    if (flag === '' && part === '') return { argument: flags, ...emptyFlag(name, flags.value) };
    if (flag !== '' && !known.has(flag)) return { argument: flags, message: `${name}: unknown flag '${part.trim()}'` };
    if (flag === 'bne' && !/=./.test(part)) {
      return { argument: flags, message: `${name}: flag 'BNE' wants a list of characters (i.e. [BNE=...])` };
    }
  }
  return undefined;
}

/** `[R=301, L]` and `[R=301 L]` without spaces. */
function oneWord(parts: Statement['args']): string {
  return parts
    .map(({ value }) => value)
    .join(' ')
    .replace(/\s*,\s*|\s+/g, ',');
}

/** A comma too many, or nothing between the brackets. */
function emptyFlag(name: string, text: string): Pick<BadValue, 'message' | 'instead'> {
  const flags = text
    .slice(1, -1)
    .split(',')
    .filter((part) => part.trim() !== '');
  return {
    message: `${name}: unknown flag '': a flag is missing`,
    ...(flags.length === 0 ? {} : { instead: `[${flags.join(',')}]` }),
  };
}

export function badExpression(argument: Statement['args'][number]): BadValue | undefined {
  const why = whyBroken(argument.value.replace(/^!/, ''));
  return why === undefined
    ? undefined
    : { argument, message: `Regular expression could not be compiled${why}: ${argument.value}` };
}

function checkExpression({ args: [argument] }: Statement): BadValue | undefined {
  return argument && badExpression(argument);
}

function checkRewriteBase({ args: [argument] }: Statement): BadValue | undefined {
  return argument && !argument.value.startsWith('/')
    ? { argument, message: 'RewriteBase: argument is not a valid URL: it starts with /' }
    : undefined;
}

/** Codes that httpd has a status line for (`ap_index_of_response`). */
const statuses = /^(?:10[0-3]|20[0-8]|226|30[0-578]|40\d|41[0-7]|42[1-468]|429|431|451|50[0-8]|51[01])$/;

function badStatus(flags: Statement['args'][number] | undefined): BadValue | undefined {
  const [, status] = /[[,]\s*(?:r|redirect)=([^,\]]*)/i.exec(flags?.value ?? '') ?? [];
  // Words that it does not know are passed over.
  return flags && status !== undefined && /^\d/.test(status) && !statuses.test(status.trim())
    ? { argument: flags, message: `RewriteRule: invalid HTTP response code '${status}' for flag 'R'` }
    : undefined;
}

const rewriteOptions =
  /^(?:inherit(?:before|down|downbefore)?|ignoreinherit|allownoslash|allowanyuri|mergebase|ignorecontextinfo|legacyprefixdocroot|unsafeprefixstat|maxredirects=.*)$/i;

function checkRewriteOptions({ args }: Statement): BadValue | undefined {
  const argument = args.find(({ value }) => !rewriteOptions.test(value));
  return argument && { argument, message: `RewriteOptions: unknown option '${argument.value}'` };
}

function checkRewriteMap(
  { args: [, argument] }: Statement,
  { evaluation, project: { target } }: ApacheContext,
): BadValue | undefined {
  if (
    argument &&
    /^(?:fast)?dbd:/i.test(argument.value) &&
    evaluation.modulesCertain &&
    !evaluation.modules.has('dbd')
  ) {
    return { argument, message: `RewriteMap types dbd and fastdbd require mod_dbd, ${notLoaded('dbd', target)}` };
  }
  const [, type] = /^dbm=([^:]*):/i.exec(argument?.value ?? '') ?? [];
  if (argument && type !== undefined && !/^(?:default|sdbm|gdbm|ndbm|db|lmdb)$/i.test(type)) {
    return { argument, message: `RewriteMap: dbm type ${type} is invalid` };
  }
  const [, name] = /^int:(.*)$/.exec(argument?.value ?? '') ?? [];
  return argument && name !== undefined && !/^(?:tolower|toupper|escape|unescape)$/.test(name)
    ? { argument, message: `RewriteMap: internal map not found: ${name}` }
    : undefined;
}
