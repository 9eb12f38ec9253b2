import { remember } from '../../../memory/remember.ts';
import type { Fix } from '../../../text/finding.ts';
import { indentAt } from '../../../text/lines.ts';
import { everywhereIn } from '../everywhere.ts';
import { locationWith } from '../lower/answers/locations.ts';
import { assignedWithin } from '../lower/answers/rewrite.ts';
import { fillIn } from '../lower/variables.ts';
import { rangeOf } from '../parse/tree.ts';
import { enclosingServer, type Item, locate, outermost, type Scope } from '../scope.ts';
import { ownership } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/**
 * `set $to http://app:3000; proxy_pass $to/;` asks for `/` whatever a client asks for: what a location adds behind the path of an
 * address it adds to one without variables only (ngx_http_proxy_create_request).
 */
export const backendPathLost: DirectiveRule = {
  id: 'backend-path-lost',
  title: 'A backend is asked for one path, whatever is requested',
  severity: 'information',
  effect: 'advice',
  concerns: ({ fact }) => fact?.name === 'proxy_pass',
  isPleased: ({ item: { args } }) => !endsInFolder.test(args[0]?.value ?? ''),
  check({ item }) {
    const path = pathAsked(item);
    const prefix = locationWith(item.outer)?.pattern;
    if (path === undefined || prefix === undefined || asksForItself(prefix, outermost(item.outer))) return undefined;
    // What rewrites the path already needs no more than that nothing replaces it.
    const isRewritten = item.outer
      .find('rewrite')
      .some(({ args: [, to, how] }) => how?.value === 'break' && /\$\d/.test(to?.value ?? ''));
    const rewrite = prefix === path || isRewritten ? '' : rewriting(prefix, path);
    const advice = `Leave out the path${rewrite && `, and write "${rewrite}" ${mayEnd(item) ? 'before this line' : 'as the last line of this block'}`}`;
    return {
      rule: 'backend-path-lost',
      message: `A variable stands in this address, so nginx asks for ${path} and nothing else: ${prefix}page?x=1 is requested from the backend as ${path}. ${advice}.`,
      location: locate(item),
      fixes: fixesOf(item, path, rewrite),
    };
  },
};

const endsInFolder = /\$.*[^/]\/$/;

/** The path in an address whose variables are known; it names a folder, as what is requested below another one does. */
function pathAsked({ args: [word], outer }: Item): string | undefined {
  if (!word || !endsInFolder.test(word.value) || word.templated || outer.open || outer.findFirst('internal'))
    return undefined;
  const location = locationWith(outer);
  const server = enclosingServer(outer);
  if (!server || location?.kind !== 'prefix' || !folder.test(location.pattern)) return undefined;
  const facts = {
    assigned: assignedWithin([outer, server]),
    host: 'host.invalid',
    scheme: 'http',
    port: '80',
  } as const;
  const path = /^https?:\/\/(?!unix:)[^/?#]+(\/.*)$/i.exec(fillIn(word.value, facts, outer) ?? '')?.[1];
  return path !== undefined && folder.test(path) ? path : undefined;
}

const folder = /^\/(?:[\w./~-]*\/)?$/;

function rewriting(prefix: string, path: string): string {
  return `rewrite ^${prefix.replaceAll('.', '\\.')}(.*)$ ${path}$1 break;`;
}

function fixesOf(item: Item, path: string, rewrite: string): readonly Fix[] {
  const [word] = item.args;
  if (!word || ownership(item) || (rewrite && !mayEnd(item))) return [];
  const { file, range } = locate(item, rangeOf(item, word));
  const { text } = item.file.document;
  const at = text.slice(range.start, range.end).lastIndexOf(path);
  if (at < 0) return [];
  const start = range.start + at;
  const without = { file, range: { start, end: start + path.length }, newText: '' };
  if (!rewrite) return [{ title: 'Leave out the path', safe: false, edits: [without] }];
  const newText = `${rewrite}\n${indentAt(text, item.start)}`;
  const before = { file, range: { start: item.start, end: item.start }, newText };
  return [{ title: 'Rewrite the path instead', safe: false, edits: [before, without] }];
}

/** Nothing else is left of what is run before a backend is asked: `break` ends that. */
function mayEnd({ outer, next }: Item): boolean {
  if (['if', 'return', 'break'].some((name) => outer.findFirst(name))) return false;
  for (let at = next; at; at = at.next) if (at.name === 'set' || at.name === 'rewrite') return false;
  return !outer.find('rewrite').some(({ args }) => args[2]?.value === 'break');
}

/** True for a page of errors, a question or a copy: nginx asks for that path alone by itself. */
function asksForItself(prefix: string, root: Scope): boolean {
  return prefix !== '/' && pathsOfItsOwn(root).has(prefix);
}

const pathsOfItsOwn = remember(
  (root: Scope): ReadonlySet<string | undefined> =>
    new Set(
      everywhereIn(root, ['auth_request', 'mirror', 'error_page', 'try_files']).map(({ args }) => args.at(-1)?.value),
    ),
);
