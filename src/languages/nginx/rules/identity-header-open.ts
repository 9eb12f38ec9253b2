import { rememberTexts } from '../../../memory/remember-texts.ts';
import { groupBy } from '../../../text/group-by.ts';
import type { TextReport } from '../../language.ts';
import { isConditional, mayBeAbsent } from '../conditions.ts';
import { effective, effectiveValues } from '../effective.ts';
import { everywhere } from '../everywhere.ts';
import { locationWith } from '../lower/answers/locations.ts';
import { assignedBy } from '../lower/answers/rewrite.ts';
import { listensOf } from '../lower/listen.ts';
import { askedOf } from '../lower/upstreams/asked.ts';
import { filledAddresses } from '../lower/upstreams/filled-addresses.ts';
import { enclosingServer, type Item, isWithin, locate, outermost, type Scope } from '../scope.ts';
import { ownership, quoted, replaceArguments } from '../write/place.ts';
import type { ScopeRule } from './rule.ts';
import { addHeaders, headersAt, locateHeaders, placeOfHeaders, setter } from './sent-headers.ts';
import { together } from './together.ts';

/** Headers by their names in small letters. */
type Headers = ReadonlyMap<string, Item>;

/** A place that asks a backend, and the block whose headers it sends along. */
interface Pass {
  readonly item: Item;
  readonly backend: string;
  readonly headers: Scope | undefined;
}

/**
 * A header that tells a backend who the client is, and that another place passes on as the client sends it: nginx takes away
 * those alone that `proxy_set_header` names there (ngx_http_proxy_create_request).
 */
export const identityHeaderOpen: ScopeRule = {
  id: 'identity-header-open',
  title: 'A header that names the user comes from clients themselves',
  severity: 'information',
  effect: 'advice',
  contexts: ['http'],
  check(scope) {
    const root = outermost(scope);
    const naming = namingIn(root);
    if (naming.size === 0) return [];
    const passes = everywhere(root, 'proxy_pass').flatMap((item) =>
      isWithin(item.outer, scope) ? passOf(item, scope) : [],
    );
    const told = new Map<string, Map<string, Item>>();
    /** Backends, with the header that tells them whose password was looked at. */
    const asked = new Set<string>();
    for (const {
      item: { outer },
      backend,
      headers,
    } of passes) {
      for (const item of (headers && naming.get(headers)) ?? []) {
        const known = told.get(backend) ?? new Map<string, Item>();
        told.set(backend, known);
        if (known.size < mostNames) known.set(nameOf(item), item);
        if (isOfPassword(item) && asksForPassword(outer)) asked.add(`${backend} ${nameOf(item)}`);
      }
    }
    const sent = new Map<Scope | undefined, ReadonlySet<string>>([[undefined, new Set()]]);
    return together(
      passes.flatMap((pass) => {
        const { headers, backend } = pass;
        const known = told.get(backend);
        if (!known) return [];
        const own = sent.get(headers) ?? new Set(headers?.find(setter).map(nameOf));
        sent.set(headers, own);
        const open = new Map([...known].filter(([name]) => !own.has(name)));
        if (open.size > 0) return passesOn(pass) ? [report(pass, open)] : [];
        const unasked = ((headers && naming.get(headers)) ?? []).find(
          (item) => isOfPassword(item) && asked.has(`${backend} ${nameOf(item)}`),
        );
        return unasked && !isGuarded(pass.item.outer) && passesOn(pass) ? [reportUnasked(pass, unasked)] : [];
      }),
    );
  },
};

/** Of the client certificate, of a password, or what another server has said of the client (`auth_request_set`). */
function namingIn(root: Scope): ReadonlyMap<Scope, readonly Item[]> {
  const asked = everywhere(root, 'auth_request_set').filter(({ args }) =>
    /\$\{?upstream_http_/i.test(args[1]?.value ?? ''),
  );
  const variables = new Set(asked.map(assignedBy));
  for (const { args, inner } of everywhere(root, 'map')) {
    const isOfIdentity = [args[0], ...(inner?.items ?? []).map((entry) => entry.args[0])].some(
      (word) => word?.value.startsWith('$') && variableIn(word.value).isIdentity,
    );
    if (isOfIdentity) variables.add(variableIn(args[1]?.value ?? '').name);
  }
  const naming = everywhere(root, setter).filter((item) => {
    const word = item.args[1];
    if (!word || word.templated) return false;
    const { name, isIdentity } = variableIn(word.value);
    if (!isIdentity && !variables.has(name)) return false;
    // Of names with an underscore nginx takes none from clients, and the others are their own.
    return !/_|^(?:authorization|cookie|host)$/.test(nameOf(item));
  });
  return groupBy(naming, ({ outer }) => outer);
}

/** More headers than any application asks for. */
const mostNames = 16;

const identity = /^(?:remote_user|ssl_client_(?:verify|fingerprint|serial|[is]_dn\w*|(?:raw_|escaped_)?cert))$/;

/** Of a value that is one variable and nothing else: each is said in thousands of blocks. */
const variableIn = rememberTexts((value) => {
  const name = /^\$\{?(\w+)\}?$/.exec(value)?.[1]?.toLowerCase() ?? '';
  return { name, isIdentity: identity.test(name) };
});

function nameOf({ args }: Item): string {
  return args[0]?.value.toLowerCase() ?? '';
}

/** None where a variable, a template or an include that is not at hand may say otherwise. */
function passOf(item: Item, http: Scope): readonly Pass[] {
  const written = item.args[0]?.value ?? '';
  // A variable that a program gives may name any backend.
  const [filled, ...others] = written.includes('$') ? filledAddresses(item, http) : [];
  const asked = askedOf(item) ?? (filled && others.length === 0 ? askedOf(item, filled) : undefined);
  const backend = asked?.authority.toLowerCase();
  const headers = headersAt(item.outer);
  if (backend === undefined || headers === 'open' || mayBeAbsent(item)) return [];
  const isUnsure = headers?.find(setter).some((each) => isConditional(each) || each.args[0]?.templated);
  return isUnsure ? [] : [{ item, backend, headers }];
}

/** Modules that take headers away, or decide who comes in, before a backend is asked. */
const deciding = ['more_clear_input_headers', 'more_set_input_headers'].concat(
  ['access_by_lua', 'rewrite_by_lua'].flatMap((name) => [`${name}_block`, `${name}_file`]),
);

/**
 * False for one page, which a check of health is mostly, for what is only for another server or a few addresses, where a
 * module decides, and where no header is sent.
 */
function passesOn({ item: { outer } }: Pass): boolean {
  const server = enclosingServer(outer);
  const ids = server ? listensOf(server).map(({ id }) => id) : ['unix:'];
  if (ids.length > 0 && ids.every((id) => /^(?:127\.|\[::1\]|unix:)/.test(id))) return false;
  if (outer.findFirst('internal') || outer.findFirst('return') || locationWith(outer)?.kind === 'exact') return false;
  if (outer.find('deny').some(({ args }) => args[0]?.value === 'all')) return false;
  if (deciding.some((name) => effective(outer, name))) return false;
  return effectiveValues(outer, 'proxy_pass_request_headers')?.[0]?.toLowerCase() !== 'off';
}

function report({ item, backend, headers }: Pass, open: Headers): TextReport {
  const around = headersAt(headers?.owner?.outer);
  const lost =
    around === undefined || around === 'open' ? [] : around.find(setter).filter((each) => open.has(nameOf(each)));
  const isLost = lost.length > 0;
  const names = [...open.values()].map(({ args }) => args[0]?.value).join(', ');
  const block = headers ?? item.outer;
  const place = placeOfHeaders(block, item);
  const values = [...open.keys()].map((name) =>
    valueHere(
      lost.findLast((each) => nameOf(each) === name),
      block,
    ),
  );
  const lines = [...open.values()].map(({ args }, index) => `${setter} ${args[0]?.value} ${values[index]};`);
  const why = isLost
    ? 'this block sets headers of its own, and so inherits none from those around it'
    : 'unless the application asks for it on other paths alone, whoever sends it passes for somebody else';
  return {
    rule: 'identity-header-open',
    message: `${backend} learns from ${names} who the client is, and here the client itself decides what that says: ${why}. Write here: ${lines.join(' ')}`,
    location: locateHeaders(place),
    ...(isLost ? { severity: 'warning', effect: 'security' } : {}),
    related: [...open.values()].map((each) => ({ location: locate(each), message: 'It is set here' })),
    fixes: ownership(place)
      ? []
      : [
          {
            title: values.every((value) => value === none) ? `Take ${names} away` : `Send ${names} from here too`,
            safe: false,
            edits: [addHeaders(place, lines)],
          },
        ],
  };
}

/** Sends no such header. */
const none = '""';

function isOfPassword({ args }: Item): boolean {
  return variableIn(args[1]?.value ?? '').name === 'remote_user';
}

function asksForPassword(scope: Scope): boolean {
  return (effective(scope, 'auth_basic')?.args[0]?.value ?? 'off') !== 'off';
}

/** True where nginx, or another server that it asks, may look at the password, if only for some methods. */
function isGuarded(scope: Scope): boolean {
  return (
    asksForPassword(scope) ||
    scope.find('limit_except').some(({ inner }) => inner && asksForPassword(inner)) ||
    ['auth_request', 'auth_ldap', 'auth_pam', 'auth_digest', 'auth_gss', 'auth_jwt'].some(
      (name) => (effective(scope, name)?.args[0]?.value ?? 'off') !== 'off',
    )
  );
}

/** It has the header, whose variable nobody has looked at: nginx reads it from `Authorization` in any case. */
function reportUnasked({ item, backend, headers }: Pass, told: Item): TextReport {
  const { outer } = item;
  const name = told.args[0]?.value ?? '';
  const line = `${setter} ${name} ${none};`;
  const isOwn = headers === outer;
  // A block with one header has none of those around it.
  const lines = (headers?.find(setter) ?? []).map((each) =>
    nameOf(each) === nameOf(told) ? line : `${setter} ${each.args.map(({ value }) => quoted(value)).join(' ')};`,
  );
  const place = isOwn ? told : placeOfHeaders(outer, item);
  const isLeftAlone = ownership(place) ?? headers?.find(setter).map(ownership).find(Boolean);
  return {
    rule: 'identity-header-open',
    message: `${backend} learns from ${name} who the client is, and here nobody asks for a password: $remote_user is the name that a client writes into Authorization, whoever it is. Write here: ${line}${isOwn ? '' : ' Repeat the other headers beside it, which come from around.'}`,
    location: locateHeaders(isOwn ? told : item),
    related: isOwn ? [] : [{ location: locate(told), message: 'It is set here' }],
    fixes: isLeftAlone
      ? []
      : [
          {
            title: `Take ${name} away here`,
            safe: false,
            edits: [isOwn ? replaceArguments(told, [name, '']) : addHeaders(place, lines)],
          },
        ],
  };
}

/** What is lost, to be repeated. Where nobody asks for a password, `$remote_user` is whom the client pretends to be. */
function valueHere(lost: Item | undefined, block: Scope): string {
  const value = lost?.args[1]?.value ?? '';
  const realm = effective(block, 'auth_basic')?.args[0]?.value ?? 'off';
  const isUnasked = realm === 'off' && variableIn(value).name === 'remote_user';
  return isUnasked ? none : quoted(value);
}
