import { entryOf } from '../../../text/entry-of.ts';
import type { PathAnswer } from '../../../tls/model/server-model.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { substitute, toRegExp } from '../patterns.ts';
import { isUncertain } from '../uncertain.ts';
import { restAfter } from './path.ts';

const statusWords: Readonly<Record<string, number>> = { permanent: 301, temp: 302, seeother: 303, gone: 410 };

const redirects = new Set(['redirect', 'redirectmatch', 'redirectpermanent', 'redirecttemp']);

export interface RedirectDirective {
  readonly status: number;
  /** Path prefix or regular expression; undefined inside `<Location>`, whose own path counts. */
  readonly from: string | undefined;
  readonly isRegex: boolean;
  readonly to: string;
  /** Index of `from` among the arguments, or -1. */
  readonly fromIndex: number;
}

/** `Redirect [status] [from] to`, `RedirectMatch`, `RedirectPermanent`, `RedirectTemp`, which all take a status. */
export function readRedirect(statement: Statement): RedirectDirective | undefined {
  const { key } = statement;
  if (!redirects.has(key)) return undefined;
  const words = statement.args.map(({ value }) => value);
  let status = key === 'redirectpermanent' ? 301 : 302;
  let index = 0;
  const first = words[0]?.toLowerCase() ?? '';
  const stated = entryOf(statusWords, first) ?? (/^\d/.test(first) ? Number.parseInt(first, 10) : undefined);
  if (stated !== undefined) {
    status = stated;
    index = 1;
  }
  const rest = words.slice(index);
  const isRegex = key === 'redirectmatch';
  if (goesNowhere(status)) return { status, from: rest[0], isRegex, to: '', fromIndex: rest.length > 0 ? index : -1 };
  const [from, to] = rest.length > 1 ? [rest[0], rest[1]] : [undefined, rest[0]];
  return to === undefined ? undefined : { status, from, isRegex, to, fromIndex: from === undefined ? -1 : index };
}

function goesNowhere(status: number): boolean {
  return status < 300 || status > 399;
}

/** What one `Redirect` answers for a path, or undefined where it does not match. `around` is the path of a `<Location>`. */
export function redirectAnswer(statement: Statement, path: string, around?: string): PathAnswer | undefined {
  const redirect = readRedirect(statement);
  if (!redirect) return undefined;
  const location = locationOf(statement);
  const from = redirect.from ?? around;
  if (from === undefined) return undefined;
  if (isUncertain(from)) return { kind: 'unknown', reason: `${statement.node.name} is written with a variable` };
  let to = redirect.to;
  if (redirect.isRegex) {
    const pattern = toRegExp(from);
    if (!pattern) return { kind: 'unknown', reason: `the expression ${from} cannot be evaluated here` };
    const match = pattern.exec(path);
    if (!match) return undefined;
    to = substitute(to, match);
  } else {
    const rest = restAfter(path, from);
    if (rest === undefined) return undefined;
    to = redirect.from === undefined ? to : to + rest;
  }
  const { status } = redirect;
  if (goesNowhere(status)) return { kind: 'status', status, location };
  return { kind: 'redirect', status, to, location };
}

/** Where `Alias`, `AliasMatch`, `ScriptAlias` lead, or undefined. */
export function aliasTarget(statement: Statement, path: string): string | undefined {
  const [from, to] = statement.args.map(({ value }) => value);
  if (from === undefined || to === undefined) return undefined;
  if (statement.key === 'alias' || statement.key === 'scriptalias') {
    const rest = restAfter(path, from);
    // As they stand beside each other: without the slash at its end a folder is only the beginning of a name.
    return rest === undefined ? undefined : to + rest;
  }
  if (statement.key !== 'aliasmatch' && statement.key !== 'scriptaliasmatch') return undefined;
  const match = toRegExp(from)?.exec(path);
  return match ? substitute(to, match) : undefined;
}
