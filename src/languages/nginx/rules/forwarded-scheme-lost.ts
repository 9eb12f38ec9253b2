import { schemeHeaders } from '../../../tls/scheme-headers.ts';
import type { TextReport } from '../../language.ts';
import { isConditional } from '../conditions.ts';
import { everywhere } from '../everywhere.ts';
import { asksForTls } from '../lower/sites.ts';
import type { Item, Scope } from '../scope.ts';
import { enclosingServer, headRange, isWithin, locate, outermost } from '../scope.ts';
import { ownership } from '../write/place.ts';
import type { ScopeRule } from './rule.ts';
import { addHeaders, headersAt, locateHeaders, placeOfHeaders, setter } from './sent-headers.ts';

/** A place that asks a backend, and the block whose headers it sends along. */
interface Pass {
  readonly item: Item;
  readonly backend: string;
  readonly headers: Scope;
}

/**
 * A block with a `proxy_set_header` of its own, which has none of those around it, and so does not tell the backend what other
 * places tell it: that its client speaks TLS (module ngx_http_proxy_module, `proxy_set_header`).
 */
export const forwardedSchemeLost: ScopeRule = {
  id: 'forwarded-scheme-lost',
  title: 'A block does not tell the backend that clients use HTTPS',
  severity: 'information',
  effect: 'advice',
  contexts: ['http'],
  check(scope) {
    const root = outermost(scope);
    const losing = losingBlocks(root, scope);
    if (losing.size === 0) return none;
    const passes = everywhere(root, 'proxy_pass').flatMap((item) => (isWithin(item.outer, scope) ? passOf(item) : []));
    const told = new Set(passes.filter(({ headers }) => schemeIn(headers)).map(({ backend }) => backend));
    const reports = new Map<Scope, TextReport>();
    for (const { item, backend, headers } of passes) {
      const lost = told.has(backend) && !reports.has(headers) ? losing.get(headers) : undefined;
      if (lost && matters(lost, item)) reports.set(headers, report(item, backend, headers, lost));
    }
    return [...reports.values()];
  },
};

/** Blocks whose own headers hide one of those around them that tells the scheme, with that one: mostly there are none. */
function losingBlocks(root: Scope, within: Scope): ReadonlyMap<Scope, Item> {
  const found = new Map<Scope, Item>();
  let last: Scope | undefined;
  for (const { outer } of everywhere(root, setter)) {
    if (outer === last) continue;
    last = outer;
    const lost = isWithin(outer, within) ? lostIn(outer) : undefined;
    if (lost) found.set(outer, lost);
  }
  return found;
}

const none: readonly TextReport[] = [];

function isSchemeHeader({ args: [name] }: Item): boolean {
  return name !== undefined && schemeHeaders.has(name.value.toLowerCase());
}

/** None where the headers cannot be known: an include that cannot be read, or a template, may bring others. */
function passOf(item: Item): readonly Pass[] {
  const backend = /^https?:\/\/[^/?#]+/i.exec(item.args[0]?.value ?? '')?.[0];
  if (backend === undefined || item.args[0]?.templated || isConditional(item)) return [];
  const headers = headersAt(item.outer);
  return headers === undefined || headers === 'open' ? [] : [{ item, backend, headers }];
}

function schemeIn(headers: Scope): Item | undefined {
  return headers.find(setter).find(isSchemeHeader);
}

/** What the nearest block around with headers tells, and this one does not. */
function lostIn(headers: Scope): Item | undefined {
  if (headers.find(setter).some((item) => isSchemeHeader(item) || isConditional(item) || item.args[0]?.templated))
    return undefined;
  const around = headersAt(headers.owner?.outer);
  return around === undefined || around === 'open' ? undefined : schemeIn(around);
}

/** False where the header would say `http`, as a backend thinks without it: of nginx's own scheme in a server without TLS. */
function matters({ args: [, value] }: Item, pass: Item): boolean {
  if (value?.value !== '$scheme' && value?.value !== '$https') return true;
  const server = enclosingServer(pass.outer);
  return server !== undefined && asksForTls(server);
}

function report(pass: Item, backend: string, headers: Scope, lost: Item): TextReport {
  const name = lost.args[0]?.value ?? '';
  const own = placeOfHeaders(headers, pass);
  const { text } = lost.file.document;
  const line = text.slice(lost.start, lost.end);
  return {
    rule: 'forwarded-scheme-lost',
    message: `This block sets headers of its own for ${backend}, and so inherits none from the blocks around it. An application that relies on ${name} takes these requests for plain HTTP: its links lead to http://, and if it insists on HTTPS it redirects without end. Repeat ${name} here.`,
    location: locateHeaders(own),
    related: [
      { location: locate(lost), message: `${name}, which is lost` },
      { location: locate(pass, headRange(pass)), message: 'The backend that other places tell it' },
    ],
    fixes:
      ownership(own) === undefined && ownership(lost) === undefined
        ? [{ title: `Send ${name} from here too`, safe: false, edits: [addHeaders(own, [line])] }]
        : [],
  };
}
