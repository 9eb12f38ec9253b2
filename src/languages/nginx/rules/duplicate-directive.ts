import type { Fix } from '../../../text/finding.ts';
import type { Project, TextReport } from '../../language.ts';
import { isConditional, mayBeAbsent } from '../conditions.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import { comesBy, removable } from '../included-files.ts';
import type { NginxFile } from '../parse/file.ts';
import { headRange, type Item, locate, type Scope } from '../scope.ts';
import { remove } from '../write/place.ts';
import type { DirectiveRule } from './rule.ts';

/** Kinds of values whose setter adds up instead of refusing a second directive. */
const adding = new Set([
  'bitmask',
  'mime-types',
  'string-list',
  'keyval',
  'predicates-with-variables',
  'param-with-variables',
  'block',
  'entries',
]);

/** Directives that may stand several times in one block although their values are of no such kind; found by trying each with nginx 1.26.3, or in its source. */
const repeatable = new Set(
  `access_log add_header add_trailer allow ancient_browser ancient_browser_value auth_http auth_http_header auth_request_set break
  debug_connection deny empty_gif env error_log error_page fastcgi_cache_path fastcgi_cache_valid fastcgi_split_path_info flv geoip_proxy gzip_disable hash
  http2_idle_timeout http2_max_concurrent_pushes http2_max_field_size http2_max_header_size http2_max_requests http2_push
  http2_push_preload http2_recv_timeout image_filter image_filter_jpeg_quality image_filter_sharpen image_filter_webp_quality
  imap_capabilities include index ip_hash json_set least_conn limit_conn limit_conn_zone limit_req limit_req_zone listen load_module
  log_format mirror modern_browser modern_browser_value mp4 perl perl_set pop3_capabilities proxy_cache_path proxy_cache_valid
  protocol proxy_cookie_domain proxy_cookie_flags proxy_cookie_path proxy_redirect random return rewrite scgi_cache_path scgi_cache_valid server
  server_name set set_real_ip_from smtp_capabilities ssl_session_cache sticky stub_status sub_filter thread_pool uwsgi_cache_path
  uwsgi_cache_valid valid_referers worker_priority xslt_param xslt_string_param zone xslt_stylesheet acme_certificate`.split(
    /\s+/,
  ),
);

/** Where a module takes only one of what others take several of. */
const once = new Set(['stream_return:return', 'mail_core:server_name']);

/** Directives that may stand several times unless one of them says "off". */
const aloneWhenOff = new Set([
  'mirror',
  'proxy_redirect',
  'proxy_cookie_domain',
  'proxy_cookie_path',
  'proxy_cookie_flags',
]);

/** Block directives that may stand only once in their block. */
const singleBlocks = new Set(['http', 'events', 'stream', 'mail']);

/** A directive that stands a second time where nginx takes one. */
export const duplicateDirective: DirectiveRule = {
  id: 'duplicate-directive',
  title: 'Directive that is allowed only once here',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact?.source === 'open' && !mayRepeat(fact),
  check({ item, fact, scope, project }) {
    const first = fact && scope.findFirst(fact.name);
    if (!fact || !first || first === item) return undefined;
    // Branches of a template may hold one directive each.
    if (mayBeAbsent(item) || isConditional(first)) return undefined;
    if (aloneWhenOff.has(fact.name)) return besideOff(item, scope, project);
    // A line of a shared file may be in the way of many others.
    const isShared = comesBy(first, item, project);
    const [shown, other] = isShared ? [first, item] : [item, first];
    const advice = item.block ? 'move its content into the first block' : 'remove all but one';
    return {
      rule: 'duplicate-directive',
      message: `"${fact.name}" directive is duplicate: ${advice}.`,
      location: locate(shown, shown.block ? headRange(shown) : shown),
      related: [
        { location: locate(other, headRange(other)), message: `The ${isShared ? 'second' : 'first'} one is here.` },
      ],
      fixes: isSame(first, item) ? removal(item, first, project) : [],
    };
  },
};

/** nginx gives up at the second of two of which one is "off". */
function besideOff(item: Item, scope: Scope, project: Project<NginxFile>): TextReport | undefined {
  const before = scope.find(item.name).filter(({ order }) => order < item.order);
  const other = isOff(item) ? before[0] : before.find(isOff);
  if (!other) return undefined;
  const isBoth = isOff(item) && isOff(other);
  const why = isBoth ? 'remove one of them' : 'none may be used together with "off". Remove one of them';
  return {
    rule: 'duplicate-directive',
    message: `"${item.name}" directive is duplicate: ${why}.`,
    location: locate(item),
    related: [{ location: locate(other, headRange(other)), message: 'The other one is here.' }],
    fixes: isBoth ? removal(item, other, project) : [],
  };
}

/** Either says the same, so that one of them is enough. */
function removal(second: Item, first: Item, project: Project<NginxFile>): readonly Fix[] {
  const gone = removable(second, first, project);
  if (gone === undefined) return [];
  return [{ title: `Remove the ${gone === second ? 'second' : 'first'} one`, safe: true, edits: [remove(gone)] }];
}

function isOff({ args }: Item): boolean {
  return args.length === 1 && args[0]?.value === 'off';
}

function mayRepeat(fact: DirectiveFact): boolean {
  if (fact.block) return !singleBlocks.has(fact.name);
  if (once.has(`${fact.module}:${fact.name}`)) return false;
  return !aloneWhenOff.has(fact.name) && (adding.has(fact.value) || repeatable.has(fact.name));
}

function isSame(a: Item, b: Item): boolean {
  // A second block of `http` holds sites of its own.
  if (a.block || b.block) return false;
  return a.args.length === b.args.length && a.args.every(({ value }, index) => value === b.args[index]?.value);
}
