import type { TextReport } from '../../language.ts';
import { effective, isOpenAround } from '../effective.ts';
import type { Word } from '../parse/tree.ts';
import { rangeOf } from '../parse/tree.ts';
import type { Item } from '../scope.ts';
import { locate } from '../scope.ts';
import type { DirectiveRule } from './rule.ts';

/** `return 301 www.example.com$request_uri`: what begins with no scheme and no slash is a path beside that of the request (RFC 3986 section 4.2). What begins with two slashes is one too, since nginx puts its own name before what begins with one. */
export const redirectRelative: DirectiveRule = {
  id: 'redirect-relative',
  title: 'Redirect to a host without a scheme',
  severity: 'warning',
  effect: 'connect',
  concerns: ({ fact }) => fact?.name === 'return' || fact?.name === 'rewrite',
  isPleased: ({ item }) => hostOf(targetOf(item)) === undefined,
  check({ item, project }) {
    const target = targetOf(item);
    const host = hostOf(target);
    if (target === undefined || host === undefined) return undefined;
    const isDoubled = target.value.startsWith(slashes);
    if (isDoubled && mayBeSentAsWritten(item)) return undefined;
    const location = locate(item, rangeOf(item, target));
    const { file, range } = location;
    const at = range.start + (target.quote === '' ? 0 : 1);
    return {
      rule: 'redirect-relative',
      message: isDoubled
        ? `nginx takes "${target.value}" for a path of this site, puts its own scheme and name before it, and browsers never get to ${host}. Write https: before it.`
        : `"${target.value}" has no scheme, so browsers take it for a path beside the one they asked for, and never get to ${host}. Write https:// before it.`,
      location,
      // What includes a snippet may say "absolute_redirect off".
      ...(isDoubled && !project.complete ? { severity: 'information', effect: 'advice' } : {}),
      fixes: ['https:', '$scheme:'].map((scheme) => {
        const newText = isDoubled ? scheme : scheme + slashes;
        return {
          title: `Write ${newText} before it`,
          safe: false,
          edits: [{ file, range: { start: at, end: at }, newText }],
        };
      }),
    } as TextReport;
  },
};

const slashes = '//';

/** nginx leaves `//host/` as it is with `absolute_redirect off` (ngx_http_header_filter). */
function mayBeSentAsWritten({ outer }: Item): boolean {
  const stated = effective(outer, 'absolute_redirect');
  return stated ? stated.args[0]?.value.toLowerCase() !== 'on' : isOpenAround(outer);
}

/** Where a client is sent; undefined for what nginx does itself. */
function targetOf({ name, args: [first, second, third] }: Item): Word | undefined {
  if (name === 'rewrite') return third && /^(?:redirect|permanent)$/.test(third.value) ? second : undefined;
  return first && second && /^30[12378]$/.test(first.value) ? second : undefined;
}

/** Variables that hold a host, and names of hosts that a port or a path follows, or nothing; `index.html` may be a page beside this one. */
const host =
  /^(?:\$\{?(?:host|http_host|server_name)\b\}?|www(?:\.[\w-]+)+|(?:[\w-]+\.)+[a-z]{2,})(?=:\d|\/|\$\{?(?:request_uri\b|uri\b|\d)|$)/i;
const page =
  /^[\w.-]+\.(?:[sx]?html?|php\d?|aspx?|jspx?|do|action|cgi|xml|txt|json|pdf|js|css|png|jpe?g|gif|svg|ico)(?![\w.-])/i;
/** How names of hosts mostly end, and few files do. */
const domain =
  /^www\.|\.(?:com|net|org|edu|gov|info|biz|dev|app|example|(?!ai|cc|cs|db|do|gz|js|md|pl|ps|py|rb|rs|sh|so|ts)[a-z]{2})$/i;

function hostOf(target: Word | undefined): string | undefined {
  if (target === undefined || target.templated || page.test(target.value)) return undefined;
  const value = target.value.startsWith(slashes) ? target.value.slice(slashes.length) : target.value;
  const [found] = host.exec(value) ?? [];
  if (found === undefined || found.startsWith('$')) return found;
  const isSure = /^(?::|\/|\$\{?(?:request_)?uri)/.test(value.slice(found.length));
  return isSure || domain.test(found) ? found : undefined;
}
