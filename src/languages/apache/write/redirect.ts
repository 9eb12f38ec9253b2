import type { FileEdit } from '../../../text/edit.ts';
import { forAdmitted } from '../../../tls/model/admitted.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { readRedirect } from '../answers/redirect.ts';
import { rulesOf } from '../answers/rewrite-rules.ts';
import type { Statement } from '../evaluate/statement.ts';
import type { ServerScope } from '../lower/scopes/scopes.ts';
import { insertBefore, insertInto, replaceStatement, type Texts } from './place.ts';
import { quoteWord } from './quote.ts';

/** A redirect of plain HTTP to the same host over HTTPS that leaves challenge files of a directory alone. */
export function redirectEdits(
  scope: ServerScope,
  site: Site,
  texts: Texts,
): { readonly edits: readonly FileEdit[]; readonly touched: readonly Statement[] } | { readonly refused: string } {
  const exact = site.names.filter(({ kind }) => kind === 'exact');
  const [only] = exact;
  const spares = site.challengeAnswer.kind === 'files';
  // What is handed on to a backend goes before what is redirected, but not before rules.
  const isProxied = forAdmitted(site.plainAnswer ?? site.rootAnswer).kind === 'proxy';
  if (site.names.length === 1 && only && !isProxied) {
    const target = `https://${only.text}/`;
    const old = scope.statements.find((statement) => readRedirect(statement)?.from === '/');
    const line = spares
      ? `RedirectMatch 301 ^/(?!\\.well-known/acme-challenge/)(.*)$ ${quoteWord(`${target}$1`)}`
      : `Redirect permanent / ${quoteWord(target)}`;
    if (old) return { edits: [replaceStatement(old, line)], touched: [old] };
    return withEdit(insertInto(scope, /^(?:redirect|alias|documentroot)/, [line], texts));
  }
  const pattern = spares ? '^/(?!\\.well-known/acme-challenge/)' : '^';
  const rule = `RewriteRule ${pattern} https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L]`;
  const engine = scope.statements.findLast(({ key }) => key === 'rewriteengine');
  const isOn = engine?.args[0]?.value.toLowerCase() === 'on';
  return withEdit(
    insertInto(
      scope,
      isOn ? /^rewriteengine$/ : /^(?:redirect|alias|documentroot)/,
      isOn ? [rule] : ['RewriteEngine On', rule],
      texts,
    ),
  );
}

/** Leads a redirect to `https://` where it leads to `http://`. */
export function redirectOverTlsEdits(
  statement: Statement,
): { readonly edits: readonly FileEdit[]; readonly touched: readonly Statement[] } | { readonly refused: string } {
  const word = statement.args.find(({ value }) => /^http:\/\//i.test(value));
  if (!word) return { refused: 'The redirect gets its scheme from a variable. Change that by hand.' };
  const newText = quoteWord(word.value.replace(/^http/i, 'https'), word.quote);
  return { edits: [{ file: statement.file, range: word.range, newText }], touched: [statement] };
}

/** Has a redirect to a host lead to the path that was asked for. `RedirectMatch` loses it where `Redirect` would not. */
export function redirectWithPathEdits(
  statement: Statement,
): { readonly edits: readonly FileEdit[]; readonly touched: readonly Statement[] } | { readonly refused: string } {
  const { key, args, file } = statement;
  const at = args.findIndex(({ value }) => /^https:\/\/[^/?]+\/?$/i.test(value));
  const [word, pattern] = [args[at], args[at - 1]];
  if (!word || !pattern) return { refused: 'The redirect gets its address from a variable. Change that by hand.' };
  const host = word.value.replace(/\/$/, '');
  const leadTo = (to: string) => ({ file, range: word.range, newText: quoteWord(to, word.quote) });
  if (key === 'rewriterule') return { edits: [leadTo(`${host}%{REQUEST_URI}`)], touched: [statement] };
  if (key !== 'redirectmatch' || !/^\^?\/?(?:\.\*|\(\.\*\))?\$?$/.test(pattern.value))
    return { refused: 'It may be for some paths alone. Change it by hand.' };
  const all = { file, range: pattern.range, newText: quoteWord('^(.*)$', pattern.quote) };
  return { edits: [all, leadTo(`${host}$1`)], touched: [statement] };
}

/** One more condition before those of a rule that leads each host to itself: what they match stays what the rule gets. */
export function redirectOnlyPlainEdits(
  statement: Statement,
  all: readonly Statement[],
  texts: Texts,
): { readonly edits: readonly FileEdit[]; readonly touched: readonly Statement[] } | { readonly refused: string } {
  const refused = 'What this redirect is for cannot be told. Change it by hand.';
  const beside = all.filter(
    ({ file, parents }) => file === statement.file && parents.at(-1) === statement.parents.at(-1),
  );
  const { conditions } = rulesOf(beside).find(({ rule }) => rule === statement) ?? {};
  if (conditions === undefined || !/^https:\/\/%\{(?:HTTP_HOST|SERVER_NAME)\}/i.test(statement.args[1]?.value ?? '')) {
    return { refused };
  }
  if (conditions.some(({ args }) => /https|port|scheme|proto/i.test(args[0]?.value ?? ''))) return { refused };
  return withEdit(insertBefore(conditions[0] ?? statement, ['RewriteCond %{HTTPS} !=on'], texts));
}

function withEdit(edit: FileEdit | undefined) {
  return edit ? { edits: [edit], touched: [] } : { refused: 'There is no place for a redirect in this file.' };
}
