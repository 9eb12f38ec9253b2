import type { Fix } from '../../../text/finding.ts';
import { asksForMore, otherHost, restOfNameIn, takesRestOfPath } from '../../../text/joined-host.ts';
import type { TextReport } from '../../language.ts';
import { captureSource, keepsCaptures } from '../lower/answers/captures.ts';
import { locationWith } from '../lower/answers/locations.ts';
import type { Word } from '../parse/tree.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

const names: ReadonlySet<string> = new Set(['rewrite', 'return', 'proxy_pass']);

/** `rewrite ^/(.*)$ https://example.com$1` answers `/page` with `https://example.compage`. */
export const targetSlashMissing: DirectiveRule = {
  id: 'target-slash-missing',
  title: 'Target without the slash that its path ends with',
  severity: 'warning',
  effect: 'security',
  concerns: ({ fact }) => fact !== undefined && names.has(fact.name),
  isPleased: ({ item }) =>
    (item.name === 'rewrite' ? !takesTooMuch(joinOf(item)) : hostBefore(targetOf(item)) === undefined) &&
    pathOfTarget(item) === undefined &&
    slashBefore(item) === undefined,
  check({ item }) {
    const doubled = slashBefore(item);
    if (doubled !== undefined) return slashTwice(item, doubled);
    const path = pathOfTarget(item);
    if (path !== undefined) return path.endsWith('/') ? doubledSlash(item, path) : joinedPath(item, path);
    const join = joinOf(item);
    const target = targetOf(item);
    if (join === undefined || target === undefined) return undefined;
    if (!takesRestOfPath(join.pattern)) return joinedToName(item, join);
    const { host } = join;
    const location = locate(item, rangeOf(item, target));
    const text = item.file.document.text.slice(location.range.start, location.range.end);
    const place = location.range.start + text.indexOf(host) + host.length;
    const edit = { file: location.file, range: { start: place, end: place }, newText: '/' };
    return {
      rule: 'target-slash-missing',
      message: `What follows the slash of the path is appended to the host: ${outcome(item, host)}. Write a slash after the host: ${host}/.`,
      location,
      fixes: text.includes(host) ? [{ title: 'Write a slash after the host', safe: true, edits: [edit] }] : [],
    };
  },
};

/** The path of a backend, unless it names a file; that of a socket ends where a colon follows it. */
function pathOfTarget({ name, args: [word] }: Item): string | undefined {
  if (name !== 'proxy_pass' || !word || word.templated || /[$?]/.test(word.value)) return undefined;
  const path = /^https?:\/\/(?:unix:[^:]+:|(?!unix:)[^/]+)(\/|\/.*[\w/])$/i.exec(word.value)?.[1];
  return path === undefined || /\.\w{1,5}$/.test(path) ? undefined : path;
}

/** What follows the prefix of a location is put right behind the path of the backend (ngx_http_proxy_create_request). */
function joinedPath(item: Item, path: string): TextReport | undefined {
  const [word] = item.args;
  const location = locationWith(item.outer);
  if (!word || location?.kind !== 'prefix' || !location.pattern.endsWith('/') || item.outer.open) return undefined;
  // The path is left out where another one is asked for.
  if (item.outer.findFirst('rewrite')) return undefined;
  return {
    rule: 'target-slash-missing',
    message: `What follows "${location.pattern}" is appended directly to "${path}": ${location.pattern}page is requested from the backend as ${path}page. End the path with a slash too: ${path}/.`,
    location: locate(item, word),
    severity: 'information',
    effect: 'advice',
    fixes: slashBehind(item, word, word.value, 'Write a slash after the path'),
  };
}

/** `location /api { proxy_pass http://backend/v1/; }` asks for `/v1//page`, and for `/v1/../page` where a client writes `/api../page`. */
function doubledSlash(item: Item, path: string): TextReport | undefined {
  const [word] = item.args;
  const location = locationWith(item.outer);
  const prefix = location?.item.args.at(-1);
  if (!word || !location || !prefix || location.kind !== 'prefix' || prefix.templated) return undefined;
  const { pattern } = location;
  if (!/^\/.*[\w-]$/.test(pattern) || /\.\w{1,5}$/.test(pattern)) return undefined;
  if (item.outer.open || item.outer.findFirst('rewrite')) return undefined;
  const around = path === '/' ? '' : `, and ${pattern}../page as ${path}../page, which leads out of ${path}`;
  const fixes = [
    ...slashBehind(location.item, prefix, pattern, `End the location with a slash: ${pattern}/`),
    ...(path === '/' ? [] : withoutSlash(item, word)),
  ];
  return {
    rule: 'target-slash-missing',
    message: `What follows "${pattern}" is appended directly to "${path}": ${pattern}/page is requested from the backend as ${path}/page${around}. End both with a slash, or neither.`,
    location: locate(item, word),
    severity: 'information',
    effect: 'advice',
    fixes,
  };
}

/** What stands before a slash and `$request_uri`, which begins with one itself. */
function slashBefore(item: Item): string | undefined {
  const target = targetOf(item);
  if (!target || target.templated) return undefined;
  return /^((?:https?|\$scheme):\/\/[^/?#]+)\/\$(?:request_uri\b|\{request_uri\})/i.exec(target.value)?.[1];
}

function slashTwice(item: Item, before: string): TextReport {
  const location = locate(item, rangeOf(item, targetOf(item) as Word));
  const at = item.file.document.text.slice(location.range.start, location.range.end).indexOf(`${before}/$`);
  const start = location.range.start + at + before.length;
  const edit = { file: location.file, range: { start, end: start + 1 }, newText: '' };
  const outcome = item.name === 'proxy_pass' ? 'is requested from the backend as //page' : `leads to ${before}//page`;
  return {
    rule: 'target-slash-missing',
    message: `$request_uri begins with a slash itself: /page ${outcome}, which many applications do not know. Leave out the slash before it.`,
    location,
    severity: 'information',
    effect: 'advice',
    fixes: at < 0 ? [] : [{ title: 'Leave out the slash', safe: false, edits: [edit] }],
  };
}

/** A slash behind a text that ends a word, quoted or not. */
function slashBehind(item: Item, word: Word, text: string, title: string): readonly Fix[] {
  const { file, range } = locate(item, word);
  const at = item.file.document.text.slice(range.start, range.end).lastIndexOf(text);
  const end = range.start + at + text.length;
  return at < 0 ? [] : [{ title, safe: false, edits: [{ file, range: { start: end, end }, newText: '/' }] }];
}

function withoutSlash(item: Item, word: Word): readonly Fix[] {
  const { file, range } = locate(item, word);
  const at = item.file.document.text.slice(range.start, range.end).lastIndexOf(word.value);
  const end = range.start + at + word.value.length;
  const edit = { file, range: { start: end - 1, end }, newText: '' };
  return at < 0 ? [] : [{ title: 'End the path without a slash', safe: false, edits: [edit] }];
}

function outcome({ name }: Item, host: string): string {
  if (name !== 'proxy_pass') return `/page leads to ${host}page, and /${otherHost(host)} to somebody else's host`;
  const backend = host.replace(/^.*?:\/\//, '');
  return /:\d+$/.test(backend)
    ? `/page is requested from "${backend}page", which has no such port (500)`
    : `/page is requested from a host "${backend}page" (502), and with /:8080/ clients choose any port of ${backend} they like`;
}

/** The word with the address. */
function targetOf({ name, args }: Item): Word | undefined {
  if (name === 'rewrite') return args[1];
  if (name === 'proxy_pass') return args[0];
  const [first, second] = args;
  if (second === undefined) return first;
  return first && /^30[12378]$/.test(first.value) ? second : undefined;
}

/** The scheme and host that a capture is joined to. */
function hostBefore(target: Word | undefined): string | undefined {
  if (!target || target.templated || asksForMore(target.value)) return undefined;
  const host = /^((?:https?|\$scheme):\/\/(?:[^/?#$\s]|\$(?!\d))+)\$(?:1|\{?[a-z_])/i.exec(target.value)?.[1];
  return host !== undefined && keepsCaptures(host) ? host : undefined;
}

/** A host, and the expression with the group that is joined to it. */
interface Join {
  readonly host: string;
  /** As if the group had no name. */
  readonly pattern: string;
  /** How the group begins: `(`, or `(?<rest>`. */
  readonly opening: string;
}

function joinOf(item: Item): Join | undefined {
  const target = targetOf(item);
  const host = hostBefore(target);
  if (target === undefined || host === undefined) return undefined;
  const capture = /^\$\{?(\d|\w+)/.exec(target.value.slice(host.length))?.[1] ?? '';
  const pattern = item.name === 'rewrite' ? patternOf(item) : captureSource(item, capture, item.name === 'proxy_pass');
  if (pattern === undefined) return undefined;
  if (capture === '1') return { host, pattern, opening: '(' };
  const opening = new RegExp(`\\(\\?P?<${capture}>`).exec(pattern)?.[0];
  return opening === undefined ? undefined : { host, pattern: pattern.replace(opening, '('), opening };
}

function takesTooMuch(join: Join | undefined): boolean {
  return join !== undefined && (takesRestOfPath(join.pattern) || restOfNameIn(join.pattern) !== undefined);
}

/** `rewrite ^/old(.*)$ https://example.com$1`: whoever makes the link says how the host goes on. */
function joinedToName(item: Item, { host, pattern, opening }: Join): TextReport | undefined {
  const rest = restOfNameIn(pattern);
  const target = targetOf(item);
  if (!rest || !target || isLimited(item, rest.name)) return undefined;
  const isPassed = item.name === 'proxy_pass';
  if (isPassed && /:\d+$/.test(host)) return undefined;
  const outcome = isPassed
    ? `with ${rest.name}:8080/ clients choose any port of ${host.replace(/^.*?:\/\//, '')} they like`
    : `${rest.name}${otherHost(host)} leads to ${host}${otherHost(host)}, somebody else's host, by a link that begins with your address`;
  const mended = rest.mended.replace('(', opening);
  return {
    rule: 'target-slash-missing',
    message: `Whatever follows ${rest.name} is appended to the host: ${outcome}. Let the group begin with a slash: ${mended}.`,
    location: locate(item, target),
    fixes: withPattern(item, pattern.replace('(', opening), mended),
  };
}

/** What is around a directive lets through only what has a slash behind the name, as far as can be seen. */
function isLimited({ name, outer }: Item, taken: string): boolean {
  const { owner } = outer;
  if (name === 'rewrite' && owner?.name === 'server') return false;
  const location = locationWith(outer);
  if (location === undefined || owner?.outer.owner?.name !== 'server') return true;
  return name === 'rewrite' ? location.kind !== 'prefix' || !taken.startsWith(location.pattern) : false;
}

/** Another expression in the place of one, in the directive itself or in its location. */
function withPattern(item: Item, pattern: string, mended: string): readonly Fix[] {
  const holder = item.name === 'rewrite' ? item : item.outer.owner;
  const word = item.name === 'rewrite' ? item.args[0] : holder?.args.at(-1);
  if (!holder || !word) return [];
  const { file, range } = locate(holder, word);
  const at = holder.file.document.text.slice(range.start, range.end).indexOf(pattern);
  if (at < 0) return [];
  const start = range.start + at;
  const edit = { file, range: { start, end: start + pattern.length }, newText: mended };
  return [{ title: 'Let the group begin with a slash', safe: false, edits: [edit] }];
}

function patternOf({ args }: Item): string | undefined {
  const [pattern] = args;
  return pattern === undefined || pattern.templated ? undefined : pattern.value;
}
