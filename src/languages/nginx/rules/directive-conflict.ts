import { remember } from '../../../memory/remember.ts';
import { placesOfName } from '../../../tls/model/name-places.ts';
import type { TextReport } from '../../language.ts';
import { hangsOnCondition, mayBeAbsent } from '../conditions.ts';
import { rootScope } from '../configuration.ts';
import { effective, effectiveValues, isMerged, isOpenAround } from '../effective.ts';
import { everywhere } from '../everywhere.ts';
import { parseSize } from '../lower/setting.ts';
import type { Item, Scope } from '../scope.ts';
import { enclosingServer, headRange, locate } from '../scope.ts';
import type { Visit } from '../visit.ts';
import { bufferComplaint, bufferDirectives } from './conflict/buffers.ts';
import { connectionsComplaint } from './conflict/connections.ts';
import { pathComplaint, pathDirectives } from './conflict/paths.ts';
import {
  clientKeyComplaint,
  redirectComplaint,
  storeComplaint,
  trustComplaint,
  upstreamPort,
} from './conflict/proxy.ts';
import { hasNoSize, zoneComplaint, zoneDirectives } from './conflict/shared-memory.ts';
import type { DirectiveRule } from './rule.ts';

/** What is wrong, the other directive of the conflict, and whether nginx sees it only at the end of the block around all. */
interface Conflict {
  readonly message: string;
  readonly other?: Item | undefined;
  readonly late?: boolean;
}

type Check = (visit: Visit) => Conflict | undefined;

const checks: ReadonlyMap<string, Check> = new Map<string, Check>([
  ...[...bufferDirectives].map(([name, module]) => [name, buffers(module)] as const),
  ...[...pathDirectives].map((name) => [name, paths] as const),
  ...[...zoneDirectives].map((name) => [name, zones] as const),
  ...['proxy', 'fastcgi', 'uwsgi', 'scgi'].flatMap((module) =>
    ['store', 'cache'].map((what): [string, Check] => [`${module}_${what}`, ({ item }) => storeComplaint(item)]),
  ),
  ['proxy_redirect', ({ item }) => said(redirectComplaint(item))],
  ...['proxy_pass', 'grpc_pass', 'uwsgi_pass', 'fastcgi_pass', 'scgi_pass', 'memcached_pass'].map(
    (name): [string, Check] => [name, pass],
  ),
  ['secure_link_secret', secureLink],
  ['large_client_header_buffers', headerBuffers],
  ['connection_pool_size', headerBuffers],
  ['valid_referers', referers],
  ['charset', charsets],
  ['source_charset', charsets],
  ['ssl_certificate', keyOfVariable],
  ['ssl_ocsp', ocsp],
  ['ssl_ocsp_responder', responder],
  ['load_module', loadedLate],
  ['aio', threadPool],
  [
    'worker_connections',
    ({ item, project }) => said(project.complete ? connectionsComplaint(item, rootScope(project)) : undefined),
  ],
]);

/** Directives that are right each for itself and cannot be together. */
export const directiveConflict: DirectiveRule = {
  id: 'directive-conflict',
  title: 'Directives that contradict each other',
  severity: 'error',
  effect: 'start',
  concerns: ({ fact }) => fact?.source === 'open' && checks.has(fact.name),
  check(visit) {
    const { item } = visit;
    const conflict = checks.get(item.name)?.(visit);
    if (!conflict || mayBeAbsent(item) || (conflict.other && hangsOnCondition(conflict.other))) return undefined;
    return report(item, conflict);
  },
};

function report(item: Item, { message, other, late }: Conflict): TextReport {
  const top = late === true ? topBlock(item) : undefined;
  const related = [
    ...(other === undefined ? [] : [{ location: locate(other, headRange(other)), message: 'The other one is here.' }]),
    ...(top?.block === undefined
      ? []
      : [{ location: locate(top, top.block.close), message: 'nginx notices it where this block ends.' }]),
  ];
  return { rule: 'directive-conflict', message, location: locate(item), related };
}

function topBlock(item: Item): Item | undefined {
  let top = item.outer.owner;
  while (top?.outer.owner) top = top.outer.owner;
  return top;
}

const said = (message: string | undefined): Conflict | undefined => (message === undefined ? undefined : { message });

function buffers(module: string): Check {
  return ({ item, scope, fact }) => {
    // The module of stream has a "proxy_buffer_size" too, and no other buffers.
    if (fact?.module.startsWith('stream') === true) return undefined;
    // One finding a block: at the last of these directives.
    const last = scope.items.findLast(({ name }) => bufferDirectives.get(name) === module);
    const message = last === item ? bufferComplaint(scope, module) : undefined;
    return message === undefined ? undefined : { message, late: true };
  };
}

function zones({ item, project }: Visit): Conflict | undefined {
  if (!project.complete) return undefined;
  const root = rootScope(project);
  const found = zoneComplaint(item, root) ?? (pathDirectives.has(item.name) ? paths({ item, project }) : undefined);
  if (found || item.name !== 'zone' || item.args.length !== 1 || root.open) return found;
  return hasNoSize(item, root)
    ? {
        message: `The shared memory zone "${item.args[0]?.value}" has no size: write one after its name, such as "64k".`,
      }
    : undefined;
}

function paths({ item, project }: Pick<Visit, 'item' | 'project'>): Conflict | undefined {
  return project.complete ? pathComplaint(item, rootScope(project), project.entry) : undefined;
}

function pass({ item }: Visit): Conflict | undefined {
  const missing = clientKeyComplaint(item) ?? trustComplaint(item);
  return upstreamPort(item) ?? (missing && { ...missing, late: true });
}

function secureLink({ scope }: Visit): Conflict | undefined {
  if (scope.context === 'http') return undefined;
  const other = scope.find('secure_link')[0] ?? scope.find('secure_link_md5')[0];
  return (
    other && {
      message: '"secure_link_secret" cannot be mixed with "secure_link" and "secure_link_md5".',
      other,
      late: true,
    }
  );
}

function headerBuffers({ item, scope }: Visit): Conflict | undefined {
  const names = ['large_client_header_buffers', 'connection_pool_size'];
  if (isOpenAround(scope) || !isMerged(scope, names)) return undefined;
  // One finding a block: at the last of the two.
  if (scope.items.findLast(({ name }) => names.includes(name)) !== item) return undefined;
  const size = parseSize(effectiveValues(scope, 'large_client_header_buffers')?.[1] ?? '8k');
  const pool = parseSize(effectiveValues(scope, 'connection_pool_size')?.[0] ?? '512');
  if (size === undefined || pool === undefined || size >= pool) return undefined;
  return { message: '"large_client_header_buffers" must not be smaller than "connection_pool_size".', late: true };
}

/** `none` and `blocked` alone name nobody who is valid; expressions do not count (ngx_http_referer_merge_conf). */
function referers({ item, scope }: Visit): Conflict | undefined {
  const all = scope.find('valid_referers');
  if (all.at(-1) !== item || scope.open) return undefined;
  const words = all.flatMap(({ args }) => args.map(({ value }) => value));
  const twice = words.includes('server_names') ? nameTwice(scope, words) : undefined;
  if (twice !== undefined)
    return { message: `Conflicting parameter "${twice}": with "server_names" it is there twice.`, late: true };
  if (!words.some((word) => word === 'none' || word === 'blocked')) return undefined;
  if (all.some(({ args }) => args.some(({ templated }) => templated))) return undefined;
  const named = words.flatMap((word) => (word === 'server_names' ? namesAround(scope) : [word]));
  if (!named.every((word) => word === 'none' || word === 'blocked' || word.startsWith('~'))) return undefined;
  const why = named.some((word) => word.startsWith('~')) ? ', since expressions alone do not count' : '';
  return {
    message: `There is no valid referer besides "none" or "blocked"${why}: add the names of sites.`,
    late: true,
  };
}

/** A name that stands twice among the referers and the names of the server, which `server_names` adds to them. */
function nameTwice(scope: Scope, words: readonly string[]): string | undefined {
  const names = namesAround(scope);
  const special = new Set(['none', 'blocked', 'server_names']);
  const hosts = words.filter((word) => !special.has(word)).map((word) => word.split('/')[0] ?? '');
  const taken = new Set<string>();
  for (const name of [...hosts, ...names].filter((one) => !one.startsWith('~'))) {
    const places = placesOfName(name);
    if (places.some((place) => taken.has(place))) return name;
    for (const place of places) taken.add(place);
  }
  return undefined;
}

/** The names of the server: where it has none, or that is not known, one without letters. */
function namesAround(scope: Scope): readonly string[] {
  const server = enclosingServer(scope);
  const names = server?.find('server_name').flatMap(({ args }) => args.map(({ value }) => value)) ?? [];
  return names.length > 0 && !server?.open ? names : [''];
}

function charsets({ item, scope, project }: Visit): Conflict | undefined {
  if (!project.complete || isOpenAround(scope) || !isMerged(scope, ['charset', 'source_charset'])) return undefined;
  const to = charsetOf(effective(scope, 'charset'));
  const from = charsetOf(effective(scope, 'source_charset'));
  const last = scope.items.findLast(({ name }) => name === 'charset' || name === 'source_charset');
  if (last !== item || to === undefined || from === undefined || to === 'off') return undefined;
  const pair = [from.toLowerCase(), to.toLowerCase()];
  if (
    pair[0] === pair[1] ||
    httpOf(scope)
      ?.find('charset_map')
      .some((map) => isMapOf(map, pair)) !== false
  )
    return undefined;
  return {
    message: `No "charset_map" converts between the charsets "${from}" and "${to}": define one, or remove one of the two charsets.`,
    late: true,
  };
}

/** Only a value that begins with a dollar is a variable (ngx_http_charset). */
function charsetOf(item: Item | undefined): string | undefined {
  const word = item?.args[0];
  return word === undefined || word.templated || word.value.startsWith('$') ? undefined : word.value;
}

function isMapOf({ args }: Item, pair: readonly string[]): boolean {
  const names = args.map(({ value }) => value.toLowerCase());
  return pair.every((name) => names.includes(name));
}

function httpOf(scope: Scope): Scope | undefined {
  for (let at: Scope | undefined = scope; at; at = at.owner?.outer) if (at.context === 'http') return at;
  return undefined;
}

/** The model has no certificates where a variable names a file of them or of their keys, and so none that lacks its key. */
function keyOfVariable({ item, scope, project }: Visit): Conflict | undefined {
  const [word] = item.args;
  if (!project.complete || !pairsNameVariables(rootScope(project))) return undefined;
  if (!word || word.templated || isOpenAround(scope)) return undefined;
  // Mail takes no variables.
  if (scope.context?.startsWith('mail') || !isMerged(scope, ['ssl_certificate', 'ssl_certificate_key']))
    return undefined;
  const certificates = scope.find('ssl_certificate');
  const keys = effective(scope, 'ssl_certificate_key')?.outer.find('ssl_certificate_key') ?? [];
  // Where there is no key at all nginx names the last one.
  if (certificates.at(keys.length || -1) !== item) return undefined;
  if (!certificates.some(namesVariable) && !keys.some(namesVariable)) return undefined;
  return { message: `No "ssl_certificate_key" is defined for certificate "${word.value}": name the file of its key.` };
}

/** Hardly any configuration does, and those that do not need no look at each of their pairs. */
const pairsNameVariables = remember((root: Scope) =>
  ['ssl_certificate', 'ssl_certificate_key'].some((name) => everywhere(root, name).some(namesVariable)),
);

function namesVariable({ args: [word] }: Item): boolean {
  return word?.value.includes('$') === true;
}

function ocsp({ item, scope }: Visit): Conflict | undefined {
  if (scope.context !== 'server' || item.args[0]?.value.toLowerCase() === 'off') return undefined;
  const verify = effective(scope, 'ssl_verify_client');
  if (verify?.args[0]?.value.toLowerCase() !== 'optional_no_ca' || !isTlsPrepared(scope)) return undefined;
  return {
    message:
      '"ssl_ocsp" is incompatible with "ssl_verify_client optional_no_ca": remove it, or set "ssl_verify_client" to "on" or "optional".',
    other: verify,
  };
}

/** True where nginx looks at settings of TLS at all: there is a certificate, or none is wanted (ngx_http_ssl_merge_srv_conf). */
function isTlsPrepared(scope: Scope): boolean {
  if (effective(scope, 'ssl_certificate')) return true;
  return effective(scope, 'ssl_reject_handshake')?.args[0]?.value.toLowerCase() === 'on';
}

function responder({ item, scope }: Visit): Conflict | undefined {
  const [url] = item.args;
  const [state] = effectiveValues(scope, 'ssl_ocsp') ?? [];
  if (!url || url.templated || url.value === '' || /^http:\/\//i.test(url.value) || scope.context !== 'server')
    return undefined;
  if (state === undefined || state.toLowerCase() === 'off' || !isTlsPrepared(scope)) return undefined;
  return { message: `The OCSP responder "${url.value}" has an invalid URL prefix: only http:// is supported.` };
}

const blocks: ReadonlySet<string> = new Set(['events', 'http', 'stream', 'mail']);

/** Modules bring directives, so they must be there before the first block. */
function loadedLate({ item, scope }: Visit): Conflict | undefined {
  const other = scope.items.find(({ name, order }) => order < item.order && blocks.has(name));
  return other && { message: '"load_module" is specified too late: it must come before the first block.', other };
}

function threadPool({ item, project }: Visit): Conflict | undefined {
  const name = /^threads=(.*)$/s.exec(item.args[0]?.value ?? '')?.[1];
  const root = rootScope(project);
  if (!project.complete || root.open || name === undefined || name === 'default' || name.includes('$'))
    return undefined;
  return root.find('thread_pool').some(({ args }) => args[0]?.value === name)
    ? undefined
    : { message: `Unknown thread pool "${name}": "thread_pool ${name} threads=…;" defines it.` };
}
