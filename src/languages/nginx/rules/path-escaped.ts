import { rangeOf, type Word } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** Without these files nginx starts, and answers otherwise than it is meant to. */
const lateNames: ReadonlySet<string> = new Set(['root', 'alias', 'auth_basic_user_file']);
const names: ReadonlySet<string> = new Set([
  ...lateNames,
  'include',
  'load_module',
  'ssl_certificate',
  'ssl_certificate_key',
  'ssl_trusted_certificate',
  'ssl_client_certificate',
  'ssl_crl',
  'ssl_dhparam',
  'ssl_password_file',
  'ssl_session_ticket_key',
]);

/** `C:\nginx\new.crt`: of `\n`, `\t` and `\r` nginx makes a line break, a tab and a carriage return (ngx_conf_read_token). */
export const pathEscaped: DirectiveRule = {
  id: 'path-escaped',
  title: 'A path of Windows in which nginx reads line breaks or tabs',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact !== undefined && names.has(fact.name),
  isPleased: ({ item }) => escapedIn(item) === undefined,
  check({ item }) {
    const word = escapedIn(item);
    if (word === undefined) return undefined;
    const location = locate(item, word);
    const { start, end } = rangeOf(item, word);
    const written = item.file.document.text.slice(start, end);
    const sequence = /\\[ntr]/.exec(written)?.[0] ?? '';
    const newText = written.replaceAll('\\', '/');
    const isLate = lateNames.has(item.name) || (item.name === 'include' && word.value.includes('*'));
    return {
      rule: 'path-escaped',
      message: `nginx reads "${sequence}" in this path as a ${kinds[sequence]}, so that no file has that name. Write slashes: ${newText}.`,
      location,
      ...(isLate ? { severity: 'warning', effect: 'connect' } : {}),
      fixes: [{ title: 'Write slashes', safe: true, edits: [{ ...location, newText }] }],
    };
  },
};

const kinds: Readonly<Record<string, string>> = { '\\n': 'line break', '\\t': 'tab', '\\r': 'carriage return' };

function escapedIn({ args }: Item): Word | undefined {
  return args.find(isEscaped);
}

function isEscaped({ value, templated }: Word): boolean {
  return value[1] === ':' && !templated && /^[a-z]:[^\n\r\t]*[\n\r\t]/i.test(value);
}
