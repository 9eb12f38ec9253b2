import { folderOf } from '../../../text/path.ts';
import type { Location } from '../../../text/range.ts';
import { purposeOfConfPath } from '../../../tls/conf-commands.ts';
import type { NamedPath } from '../../../tls/model/server-model.ts';
import type { Target } from '../../../tls/target.ts';
import { countsFrom } from '../../counts-from.ts';
import { writableFolder } from '../../writable-folder.ts';
import { isConditional } from '../conditions.ts';
import { effective, isMerged } from '../effective.ts';
import { everywhere, everywhereIn } from '../everywhere.ts';
import { reaches } from '../facts/versions.ts';
import { absolutePath, prefixPath } from '../includes.ts';
import type { Word } from '../parse/tree.ts';
import type { Item, Scope } from '../scope.ts';
import { allScopes, locate } from '../scope.ts';
import type { OwnerOf } from './owners.ts';
import { readBehind } from './upstreams/read-behind.ts';

type Use = readonly [purpose: NamedPath['purpose'], required: boolean];

/** Directives whose first argument is a path that nginx opens, and whether it refuses to start without it. */
const pathDirectives: Readonly<Record<string, Use>> = {
  ssl_certificate: ['certificate', true],
  ssl_certificate_key: ['key', true],
  ssl_dhparam: ['dh-parameters', true],
  ssl_client_certificate: ['client-ca', true],
  ssl_trusted_certificate: ['trusted-ca', true],
  ssl_crl: ['crl', true],
  ssl_session_ticket_key: ['ticket-key', true],
  quic_host_key: ['quic-host-key', true],
  ssl_password_file: ['password-file', true],
  ssl_stapling_file: ['stapling-response', true],
  auth_basic_user_file: ['users', false],
  load_module: ['module', true],
  root: ['document-root', false],
  alias: ['document-root', false],
};

/** Directives whose first argument is a file, or a folder, that nginx makes in one that has to be there. */
const makers: readonly string[] = [
  'access_log',
  'error_log',
  'client_body_temp_path',
  ...['proxy', 'fastcgi', 'uwsgi', 'scgi'].flatMap((name) => [`${name}_cache_path`, `${name}_temp_path`]),
];

/** Each folder once, at the first directive that needs it: thousands of sites have their logs in one. */
function writableFolders(root: Scope): readonly NamedPath[] {
  const seen = new Set<string>();
  const found: NamedPath[] = [];
  for (const item of everywhereIn(root, makers)) {
    const [word] = item.args;
    if (!word || word.templated || word.value.includes('$') || isConditional(item)) continue;
    const folder = writableFolder(word.value, seen);
    if (folder !== undefined) found.push(new WrittenPath(folder, 'writable-folder', true, null, item, word));
  }
  return found;
}

/** The same, with the prefixes of the settings towards what is behind the server. */
const uses: ReadonlyMap<string, Use> = new Map(
  Object.entries(pathDirectives).flatMap(([name, use]) => {
    if (!name.startsWith('ssl_')) return [[name, use] as const];
    const behind = ['proxy_', 'grpc_', 'uwsgi_'].map((prefix) => [prefix + name, towards(use)] as const);
    return [[name, use] as const, ...behind];
  }),
);

const commands: ReadonlySet<string> = new Set(['', 'proxy_', 'grpc_', 'uwsgi_'].map((to) => `${to}ssl_conf_command`));
const names: readonly string[] = [...uses.keys(), ...commands];

function useOf({ name, args }: Item): Use | undefined {
  if (!commands.has(name)) return uses.get(name);
  const word = args[0]?.value ?? '';
  const purpose = purposeOfConfPath(word);
  // OpenSSL looks into these two only when it needs a certificate (X509_STORE_load_path).
  if (purpose === undefined) return undefined;
  const use: Use = [purpose, !/^(?:chain|verify)capath$/i.test(word)];
  return name.startsWith('ssl_') ? use : towards(use);
}

/** Files that only connections to backends have read; passwords are read wherever they are named. */
const isOnlyReadFor: ReadonlySet<string> = new Set(
  names.filter((name) => /^(?:proxy|grpc|uwsgi)_ssl_(?!password)/.test(name)),
);

/** What stream, up to 1.27.1, and mail read only to verify client certificates, where http reads it in any case. */
const verifying: ReadonlySet<string> = new Set(['ssl_trusted_certificate', 'ssl_crl']);

function isAlwaysRead({ name, outer: { context } }: Item, { nginx }: Target): boolean {
  if (isOnlyReadFor.has(name)) return false;
  if (!verifying.has(name) || context === undefined) return true;
  return !(context.startsWith('mail') || (context.startsWith('stream') && !reaches(nginx, '1.27.2')));
}

/**
 * False for what each server of a block sets itself: nginx reads files for servers, by values that are merged
 * (ngx_http_ssl_merge_srv_conf). Passwords it reads wherever they are named.
 */
function isInherited({ name, outer }: Item): boolean {
  return !name.startsWith('ssl_') || name === 'ssl_password_file' || outer.open || isMerged(outer, [name]);
}

function isServer({ context }: Scope): boolean {
  return context === 'stream-server' || context === 'mail-server';
}

function asksClients(scope: Scope): boolean {
  const item = effective(scope, 'ssl_verify_client');
  return item !== undefined && item.args[0]?.value !== 'off';
}

/** A realm is in force in a block, or in one within it. */
function asksForPasswords(scope: Scope): boolean {
  const isRealm = (item: Item | undefined) => item !== undefined && item.args[0]?.value !== 'off';
  return (
    isRealm(effective(scope, 'auth_basic')) || allScopes(scope).some((each) => isRealm(each.findFirst('auth_basic')))
  );
}

/** The same file, for a backend. */
function towards([purpose, required]: Use): Use {
  if (purpose === 'trusted-ca' || purpose === 'client-ca') return ['upstream-ca', required];
  return purpose === 'crl' ? ['upstream-crl', required] : [purpose, required];
}

/** Every path that a directive names, with the site whose block it stands in; those of no site first. */
export function pathsOf(root: Scope, ownerOf: OwnerOf, entry: string, target: Target): readonly NamedPath[] {
  const shared: NamedPath[] = [];
  const own: NamedPath[] = [];
  // A response to be stapled is read only where something is stapled.
  const staples = everywhere(root, 'ssl_stapling').some(({ args }) => args[0]?.value.toLowerCase() !== 'off');
  let asks: boolean | undefined;
  const anyAsksClients = () => {
    asks ??= everywhere(root, 'ssl_verify_client').some(({ args }) => args[0]?.value.toLowerCase() !== 'off');
    return asks;
  };
  const isRead = (item: Item) => {
    if (verifying.has(item.name)) return asksClients(item.outer) || (!isServer(item.outer) && anyAsksClients());
    return readBehind(root).has(item);
  };
  for (const item of everywhereIn(root, names)) {
    const use = useOf(item);
    if (use === undefined) continue;
    if (item.name === 'ssl_stapling_file' && !staples) continue;
    if (item.name === 'auth_basic_user_file' && !asksForPasswords(item.outer)) continue;
    const owner = item.inner ? 'nobody' : ownerOf(item);
    if (owner === 'nobody') continue;
    const site = owner === 'shared' ? null : owner.site.id;
    const isSure = !isConditional(item) && (site !== null || isInherited(item));
    const path = pathOf(
      item,
      isSure && isAlwaysRead(item, target) ? use : [use[0], isSure && use[1] && isRead(item)],
      site,
      entry,
    );
    if (path) (site === null ? shared : own).push(path);
  }
  return shared.concat(writableFolders(root), own);
}

/** What stands in the text itself, in an engine or in a key store. */
const elsewhere: { readonly [Purpose in NamedPath['purpose']]?: RegExp } = {
  certificate: /^data:/,
  key: /^(?:data|engine|store):/,
};

function pathOf(item: Item, [purpose, required]: Use, site: string | null, entry: string): NamedPath | undefined {
  const isCommand = commands.has(item.name);
  const [word, more] = isCommand ? item.args.slice(1) : item.args;
  if (!word || more || word.templated || word.value === '' || /[$\n\r\t]/.test(word.value)) return undefined;
  if (elsewhere[purpose]?.test(word.value)) return undefined;
  if (isCommand) {
    const Path = isOnlyReadFor.has(item.name) ? BackendCommandPath : CommandPath;
    return new Path(absolutePath(word.value, entry), purpose, required, site, item, word, entry);
  }
  if (isOnlyReadFor.has(item.name) || (site === null && !isInherited(item))) {
    return new PathInUse(absolutePath(word.value, entry), purpose, required, site, item, word, entry);
  }
  if (purpose !== 'document-root' && purpose !== 'module') {
    return new WrittenPath(absolutePath(word.value, entry), purpose, required, site, item, word, entry);
  }
  const use = isChallengePath(item) ? 'challenge-directory' : purpose;
  const below = servedBelow(item);
  const folder = below === '' ? word.value : word.value.replace(/\/+$/, '') + below;
  return new WrittenPath(prefixPath(folder, entry), use, required, site, item, word);
}

/** The part of a `root` that its location reaches, since nginx puts the path behind it: empty where another path may be meant. */
function servedBelow({ name, outer }: Item): string {
  if (name !== 'root' || outer.owner?.name !== 'location') return '';
  if (allScopes(outer).some((scope) => scope.findFirst('rewrite'))) return '';
  const { args } = outer.owner;
  const path = args.length === 1 || /^(?:=|\^~)$/.test(args[0]?.value ?? '') ? args.at(-1) : undefined;
  return path?.templated === false && path.value.startsWith('/') && path.value !== '/' ? path.value : '';
}

/** A path whose place is made when somebody asks. */
class WrittenPath implements NamedPath {
  readonly path: string;
  readonly purpose: NamedPath['purpose'];
  readonly required: boolean;
  readonly site: string | null;
  protected readonly item: Item;
  readonly #word: Word;
  /** The main file, whose folder a relative path counts from; undefined where it counts from another one. */
  readonly #entry: string | undefined;

  constructor(
    path: string,
    purpose: NamedPath['purpose'],
    required: boolean,
    site: string | null,
    item: Item,
    word: Word,
    entry?: string,
  ) {
    this.path = path;
    this.purpose = purpose;
    this.required = required;
    this.site = site;
    this.item = item;
    this.#word = word;
    this.#entry = entry;
  }

  get countsFrom(): string | undefined {
    if (this.#entry === undefined) return undefined;
    return countsFrom(this.#word.value, folderOf(this.#entry), this.location.file);
  }

  get location(): Location {
    return locate(this.item, this.#word);
  }
}

/** A file that is read where something uses it: a connection to a backend, or a server that inherits it. */
class PathInUse extends WrittenPath {
  get isReadAtStart(): boolean {
    return this.required;
  }
}

/** What OpenSSL opens for a command; what the file holds is read otherwise than that of a directive. */
class CommandPath extends WrittenPath {
  readonly isForCommand = true;

  get wantsFolder(): boolean {
    return /path$/i.test(this.item.args[0]?.value ?? '');
  }
}

/** The same for connections to backends: read where a block connects by TLS, whatever its own server speaks. */
class BackendCommandPath extends CommandPath {
  get isReadAtStart(): boolean {
    return this.required;
  }
}

function isChallengePath(item: Item): boolean {
  const location = item.outer.owner;
  return (
    location?.nameWord.value === 'location' &&
    location.args.some(({ value }) => value.includes('/.well-known/acme-challenge'))
  );
}
