import type { Location } from '../../../text/range.ts';
import { headLocation, isUncertain, locationOf, type Statement } from '../evaluate/statement.ts';
import { restAfter, toRegExp } from './path.ts';

export type Access =
  | { readonly kind: 'granted' }
  | { readonly kind: 'denied'; readonly by: string; readonly location: Location }
  | { readonly kind: 'unknown'; readonly reason: string };

const authorization = /^(?:require|requireall|requireany|requirenone|order|allow|deny|satisfy)$/;

/**
 * Who may fetch a file: `<Directory>` sections from the shortest path on, then `<DirectoryMatch>`, then `<Location>` in
 * order; the last one that speaks of authorization decides (`AuthMerging Off`, the default).
 */
export function accessTo(sections: readonly Statement[], file: string | undefined, path: string): Access {
  const directories = sections
    .filter(({ key, args }) => key === 'directory' && args[0]?.value !== '~')
    .filter((section) => file !== undefined && directoryMatches(section, file))
    .sort((a, b) => depth(a) - depth(b));
  const expressions = sections.filter((section) => file !== undefined && expressionMatches(section, file, 'directory'));
  const locations = sections.filter((section) => locationMatches(section, path));
  let access: Access = { kind: 'granted' };
  for (const section of [...directories, ...expressions, ...locations]) access = judge(section) ?? access;
  return access;
}

export function locationMatches(section: Statement, path: string): boolean {
  if (section.key !== 'location') return expressionMatches(section, path, 'location');
  const prefix = section.args[0]?.value ?? '';
  if (prefix === '~') return expressionMatches(section, path, 'location');
  return restAfter(path, prefix.length > 1 ? prefix.replace(/\/$/, '') : prefix) !== undefined || prefix === '/';
}

function expressionMatches(section: Statement, text: string, kind: 'directory' | 'location'): boolean {
  const [first, second] = section.args.map(({ value }) => value);
  const pattern = section.key === `${kind}match` ? first : section.key === kind && first === '~' ? second : undefined;
  return pattern !== undefined && (toRegExp(pattern)?.test(text) ?? false);
}

function directoryMatches(section: Statement, file: string): boolean {
  const path = section.args[0]?.value ?? '';
  if (isUncertain(path)) return false;
  if (!/[*?[]/.test(path)) return restAfter(`${file}/`, path.length > 1 ? path.replace(/\/$/, '') : path) !== undefined;
  const source = path
    .replace(/\/$/, '')
    .replaceAll(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]');
  return toRegExp(`^${source}(?:/|$)`)?.test(file) ?? false;
}

function depth(section: Statement): number {
  return (section.args[0]?.value ?? '').split('/').filter(Boolean).length;
}

/** What one section says, or undefined where it says nothing of authorization. */
function judge(section: Statement): Access | undefined {
  const says = section.children.filter(({ key }) => authorization.test(key));
  if (says.length === 0) return undefined;
  const name = `<${section.node.name} ${section.node.raw}>`;
  if (says.some(({ branches }) => branches.length > 0)) {
    return { kind: 'unknown', reason: `${name} depends on a condition` };
  }
  const modern = says.filter(({ key }) => key.startsWith('require'));
  return modern.length > 0 ? judgeRequire(modern, name) : judgeOrder(says, name, section);
}

function judgeRequire(says: readonly Statement[], name: string): Access {
  const words = says.map((statement) => statement.args.map(({ value }) => value.toLowerCase()).join(' '));
  if (says.every(({ key }) => key === 'require')) {
    if (words.includes('all granted')) return { kind: 'granted' };
    const [first] = says as [Statement, ...Statement[]];
    if (words.some((text) => /^(?:expr|env|method|not)\b/.test(text) || isUncertain(text))) {
      return { kind: 'unknown', reason: `${name} decides by the request` };
    }
    return { kind: 'denied', by: `Require ${words[0]} in ${name}`, location: locationOf(first) };
  }
  if (says.length === 1 && says[0]?.key !== 'requirenone') {
    const inner = says[0]?.children ?? [];
    const texts = inner.map((statement) => statement.args.map(({ value }) => value.toLowerCase()).join(' '));
    const others = texts.filter((text) => text !== 'all granted' && !/^not (?:ip|host|env|forward-dns)\b/.test(text));
    if (texts.includes('all granted') && others.length === 0) return { kind: 'granted' };
  }
  return { kind: 'unknown', reason: `${name} decides by the request` };
}

/** `Order`, `Allow` and `Deny` of 2.2, which mod_access_compat still reads. */
function judgeOrder(says: readonly Statement[], name: string, section: Statement): Access {
  const from = (key: string) =>
    says.filter((statement) => statement.key === key).map(({ args }) => args.map(({ value }) => value.toLowerCase()));
  const isAll = (words: readonly string[]) => words.includes('all');
  const order = from('order').at(-1)?.join('') ?? 'deny,allow';
  const allowed = from('allow').some(isAll);
  const denied = from('deny').some(isAll);
  const granted = order.startsWith('allow,deny') ? allowed && !denied : allowed || !denied;
  if (granted) return { kind: 'granted' };
  return { kind: 'denied', by: `Deny from all in ${name}`, location: headLocation(section) };
}
