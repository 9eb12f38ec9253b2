import { remember, rememberHere } from '../../../memory/remember.ts';
import { entryOf } from '../../../text/entry-of.ts';
import { folderOf, isAbsolute, resolvePath } from '../../../text/path.ts';
import { PlaceMap } from '../../../text/place-map.ts';
import type { Location } from '../../../text/range.ts';
import { purposeOfConfPath } from '../../../tls/conf-commands.ts';
import type { NamedPath, Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import { countsFrom } from '../../counts-from.ts';
import { writableFolder } from '../../writable-folder.ts';
import { factOf } from '../directives/facts.ts';
import { lastBefore, withKey, withKeyAt, withWord } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isCompiledIn, moduleName } from '../evaluate/modules.ts';
import { isOfMissingModule } from '../evaluate/modules-of-others.ts';
import {
  conditionsAround,
  filesAskedFor,
  hasTooMany,
  mayBeLeftOut,
  type Statement,
  wordLocation,
} from '../evaluate/statement.ts';
import { isUncertain } from '../uncertain.ts';
import { openBranches } from './scopes/settle.ts';
import type { Authorities } from './tls/authorities.ts';

interface PathFact {
  readonly purpose: NamedPath['purpose'];
  readonly required: boolean;
  /** Of the argument that is the path. Absent: the first. */
  readonly index?: number;
  /** The path in an argument that says what kind of source it is. Absent: the whole argument. */
  readonly read?: (value: string) => string | undefined;
  /** A relative one counts from the folder of the file that names it. */
  readonly isBeside?: true;
}

/**
 * What modules of others open when Apache starts, measured with mod_jk 1.2.50, mod_auth_openidc 2.4.17, mod_auth_cas 1.2,
 * mod_auth_mellon 0.19, mod_security 2.9 and mod_auth_pubtkt 0.13.
 */
const readByOthers =
  'jkworkersfile jkmountfile oidccabundlepath oidcclienttokenendpointcert oidcclienttokenendpointkey tktauthpublickey ' +
  'mellonspcertfile mellonspprivatekeyfile mellonspmetadatafile mellonidpcafile';
const writtenByOthers = 'jklogfile jkshmfile secauditlog secdebuglog';
const foldersOfOthers = 'oidccachedir oidcmetadatadir cascookiepath';

function each(keys: string, fact: PathFact): Readonly<Record<string, PathFact>> {
  return Object.fromEntries(keys.split(' ').map((key) => [key, fact]));
}

/** Directives whose first argument is a path that is opened at start. */
const pathDirectives: Readonly<Record<string, PathFact>> = {
  sslcertificatefile: { purpose: 'certificate', required: true },
  sslcertificatekeyfile: { purpose: 'key', required: true },
  sslcertificatechainfile: { purpose: 'chain', required: true },
  sslcacertificatefile: { purpose: 'client-ca', required: true },
  sslcacertificatepath: { purpose: 'client-ca', required: true },
  sslcadnrequestfile: { purpose: 'client-ca', required: true },
  sslcadnrequestpath: { purpose: 'client-ca', required: true },
  sslcarevocationfile: { purpose: 'crl', required: true },
  sslcarevocationpath: { purpose: 'crl', required: true },
  sslsessionticketkeyfile: { purpose: 'ticket-key', required: true },
  sslproxycacertificatefile: { purpose: 'upstream-ca', required: true },
  sslproxycacertificatepath: { purpose: 'upstream-ca', required: true },
  sslproxycarevocationfile: { purpose: 'upstream-crl', required: true },
  sslproxycarevocationpath: { purpose: 'upstream-crl', required: true },
  sslproxymachinecertificatefile: { purpose: 'client-certificate', required: true },
  sslproxymachinecertificatepath: { purpose: 'client-certificate', required: true },
  sslproxymachinecertificatechainfile: { purpose: 'chain', required: true },
  sslsrpverifierfile: { purpose: 'srp-verifiers', required: true },
  sslocsprespondercertificatefile: { purpose: 'trusted-ca', required: true },
  mdcertificatefile: { purpose: 'certificate', required: false },
  mdcertificatekeyfile: { purpose: 'key', required: false },
  serverroot: { purpose: 'server-root', required: true, read: absolute },
  documentroot: { purpose: 'document-root', required: false },
  errorlog: { purpose: 'writable-folder', required: true },
  customlog: { purpose: 'writable-folder', required: true },
  globallog: { purpose: 'writable-folder', required: true },
  transferlog: { purpose: 'writable-folder', required: true },
  authuserfile: { purpose: 'password-file', required: false },
  typesconfig: { purpose: 'mime-types', required: true },
  ldaptrustedglobalcert: { purpose: 'source', required: true, index: 1 },
  ldaptrustedclientcert: { purpose: 'source', required: true, index: 1 },
  rewritemap: { purpose: 'source', required: true, index: 1, read: mapPath },
  sslpassphrasedialog: { purpose: 'source', required: true, read: (value) => /^exec:(.+)$/.exec(value)?.[1] },
  sslrandomseed: { purpose: 'source', required: true, index: 1, read: seedPath },
  sessioncryptopassphrasefile: { purpose: 'source', required: true },
  remoteiptrustedproxylist: { purpose: 'source', required: true },
  remoteipinternalproxylist: { purpose: 'source', required: true },
  loadfile: { purpose: 'source', required: true, read: libraryPath },
  loadmodule: { purpose: 'module', required: true, index: 1, read: libraryPath },
  forensiclog: { purpose: 'writable-folder', required: true },
  ...each(readByOthers, { purpose: 'source', required: true }),
  ...each(writtenByOthers, { purpose: 'writable-folder', required: true }),
  ...each(foldersOfOthers, { purpose: 'writable-folder', required: true, read: absoluteFolder }),
  cascertificatepath: { purpose: 'source', required: true, read: absolute },
  // A relative one counts from where Apache is started.
  mellonidpmetadatafile: { purpose: 'source', required: true, read: absolute },
  ...each('secunicodemapfile secgeolookupdb secrulescript', { purpose: 'source', required: true, isBeside: true }),
  secrule: { purpose: 'source', required: true, index: 1, isBeside: true, read: operatorPath },
  // Apache starts without it, and none of its processes answers.
  shibconfig: { purpose: 'source', required: false },
  // A relative one is mostly below `run`, in Red Hat's packages a link to what a boot makes.
  pidfile: { purpose: 'writable-folder', required: true, read: absolute },
  mutex: { purpose: 'writable-folder', required: true, read: (value) => within(/^f(?:ile|lock|cntl):(.+)$/i, value) },
  coredumpdirectory: { purpose: 'writable-folder', required: true, read: (value) => within(/^(.+)$/, value) },
  defaultruntimedir: { purpose: 'writable-folder', required: true, read: absoluteFolder },
  chrootdir: { purpose: 'writable-folder', required: true, read: absoluteFolder },
  sslsessioncache: { purpose: 'writable-folder', required: true, read: databasePath },
  sslstaplingcache: { purpose: 'writable-folder', required: true, read: databasePath },
};

/** Of several in one server the last alone is opened (measured with 2.4.71 and mod_jk 1.2.50). */
const openedOnce: ReadonlySet<string> = new Set(['errorlog', 'forensiclog', 'jklogfile', 'jkshmfile']);

/** What is read with `SSLProxyEngine`. */
const forBackends: ReadonlySet<NamedPath['purpose']> = new Set(['upstream-ca', 'upstream-crl', 'client-certificate']);

/**
 * The file of a `RewriteMap`, or its program without arguments. What files a `dbm:` has is the library's to say, where no
 * type is named; that of `sdbm` which Apache looks for ends in `.dir` (measured with 2.4.71).
 */
function mapPath(value: string): string | undefined {
  const [, type = '', base] = /^dbm=(db|gdbm|sdbm):(.*)$/i.exec(value) ?? [];
  if (base !== undefined) return /^sdbm$/i.test(type) ? `${base}.dir` : base;
  const [, kind, rest = value] = /^([a-z]+)[:=](.*)$/i.exec(value) ?? [];
  if (kind === undefined || /^(?:txt|rnd)$/i.test(kind)) return rest;
  return /^prg$/i.test(kind) ? rest.trim().split(/\s/)[0] : undefined;
}

/** The system looks for a library without a folder in places of its own (`dso_load`). */
function libraryPath(value: string): string | undefined {
  return value.includes('/') ? value : undefined;
}

/** A file in a folder that has to be there itself; one that is not absolute lies below ServerRoot (measured with 2.4.71). */
function within(folder: RegExp, value: string): string | undefined {
  const path = folder.exec(value)?.[1];
  return path === undefined ? undefined : `${path.replace(/\/+$/, '')}/x`;
}

function absoluteFolder(value: string): string | undefined {
  return within(/^(\/.+)$/, value);
}

/** Of several files of one operator nobody looks for the others. */
function operatorPath(value: string): string | undefined {
  const path = /^!?@(?:(?:pm|ipMatch)f(?:romFile)?)\s+(\S+)$/i.exec(value)?.[1];
  return path?.startsWith('https://') ? undefined : path;
}

function absolute(value: string): string | undefined {
  return value.startsWith('/') ? value : undefined;
}

/** The database of a cache; the other kinds have no folder (measured with 2.4.71). */
function databasePath(value: string): string | undefined {
  return /^dbm:(.+)$/.exec(value)?.[1];
}

function seedPath(value: string): string | undefined {
  const [, kind, rest = value] = /^([a-z]+):(.*)$/i.exec(value) ?? [];
  if (kind === undefined) return /^builtin$/i.test(rest) ? undefined : rest;
  return kind === 'file' || kind === 'exec' ? rest : undefined;
}

/** Every path that the configuration names and httpd opens at start or serves from, in the order of the text. */
export function namedPaths(
  evaluation: Evaluation,
  sites: readonly Site[],
  siteOf: (statement: Statement) => string | null,
  resolve: (path: string) => string,
  authorities: Authorities,
): readonly NamedPath[] {
  const paths: NamedPath[] = [];
  let inUse: PlaceMap<true> | undefined;
  // Asked of few directives, which are those of mod_md.
  const isInUse = (place: Location) => {
    inUse ??= certificatePlaces(sites);
    return inUse.has(place);
  };
  const lastLogs = rememberHere(
    (key: string) => new Set(new Map(withKey(evaluation, key).map((each) => [siteOf(each), each])).values()),
  );
  const isUnknown = rememberHere((key: string) => isOfMissingModule(key, evaluation));
  const seen = new Set<string>();
  const types = typesFile(evaluation);
  for (const statement of evaluation.all) {
    const found = pathOf(statement);
    if (!found || isUnknown(statement.key) || hasTooMany(statement, factOf(statement.key))) continue;
    const { index = 0, read } = found;
    const written = statement.args[index]?.value;
    const program = found.purpose === 'writable-folder' ? loggingProgram(written) : undefined;
    const purpose = program !== undefined ? 'source' : purposeOf(statement, found);
    const value = program ?? (read && written !== undefined ? read(written) : written);
    if (value === undefined || value === '' || isUncertain(value) || /^(?:\||exec:)/i.test(value)) continue;
    // In a token lies a pair alone.
    if (/^pkcs11:/i.test(value) && (purpose === 'certificate' || purpose === 'key')) continue;
    const isRead = found.required || (isReadOnDemand(statement) && isInUse(wordLocation(statement, index)));
    if (purpose === 'mime-types' && statement !== types) continue;
    if (openedOnce.has(statement.key) && !lastLogs(statement.key).has(statement)) continue;
    // Nothing in a `.htaccess` is read at start, and what is relative there counts from ServerRoot, wherever that is.
    if (evaluation.context === '.htaccess' && !isAbsolute(value)) continue;
    if (isPassedOver(statement, evaluation)) continue;
    if (purpose === 'document-root' && isMainServers(statement, evaluation) && !isUncertain(resolve(value))) {
      paths.push(new StatementPath(resolve(value), 'main-document-root', true, null, statement, index));
    }
    const required =
      isRead &&
      evaluation.context !== '.htaccess' &&
      (statement === types || (conditionsAround(statement).every(mayBeLeftOut) && statement.branches.length === 0));
    const named =
      purpose === 'writable-folder'
        ? logFolder(value, resolve, required ? seen : new Set())
        : found.isBeside
          ? resolvePath(folderOf(statement.file), value)
          : resolve(value);
    // Below a root that a variable fills in, or that depends on where httpd is started.
    if (named === undefined || isUncertain(named)) continue;
    const path = new StatementPath(named, purpose, required, siteOf(statement), statement, index);
    const files = filesAskedFor(statement).map(resolve);
    if (files.length > 0) path.onlyWith = files.filter((file) => !isUncertain(file));
    if (!isAbsolute(value) && !found.isBeside) path.countsFrom = countsFrom(value, resolve('.'), path.location.file);
    if (statement.key === 'sslopensslconfcmd') path.isForCommand = true;
    const section = purpose === 'users' ? statement.parents.at(-1) : undefined;
    if (section && askedBy(section) === 'digest') path.isForDigest = true;
    if (wantsFolder(statement)) path.wantsFolder = true;
    if (authorities.only.has(statement)) path.onlyAuthorities = true;
    // Chains for backends are read otherwise.
    if (purpose === 'chain' && statement.key.startsWith('sslproxy')) path.isReadAtStart = false;
    if (forBackends.has(purpose)) path.isReadAtStart = authorities.upstream.has(statement);
    paths.push(path);
  }
  const loading = types === undefined ? loadingDefaultTypes(evaluation) : undefined;
  if (loading && !isUncertain(resolve('.'))) {
    const path = new StatementPath(resolve('mime.types'), 'mime-types', true, null, loading, 0);
    path.namedBy = 'TypesConfig';
    paths.push(path);
  }
  return paths;
}

/**
 * A module that is loaded already (AH01574), and a cache that another one replaces, which `none` does not: none is looked for
 * (measured with 2.4.71).
 */
function isPassedOver({ key, args, order }: Statement, evaluation: Evaluation): boolean {
  if (key === 'loadmodule') {
    const name = args[0]?.value ?? '';
    // That Debian's has it already is told.
    if (isCompiledIn(moduleName(name)) && args[1]?.value.startsWith('/usr/lib/apache2/modules/')) return true;
    const before = lastBefore(withWord(evaluation, key, name.toLowerCase()), order);
    return before?.args[0]?.value === name;
  }
  if (key !== 'sslsessioncache' && key !== 'sslstaplingcache') return false;
  return withKey(evaluation, key).findLast((each) => each.args[0]?.value.includes(':'))?.order !== order;
}

function purposeOf(statement: Statement, { purpose }: PathFact): NamedPath['purpose'] {
  const section = statement.key === 'authuserfile' ? statement.parents.at(-1) : undefined;
  return section && askedBy(section) ? 'users' : purpose;
}

/** What a log goes to is started first (AH00089, AH00104); of a line for a shell (`|$`) nobody knows where the name ends. */
function loggingProgram(written: string | undefined): string | undefined {
  return /^\|{1,2}(\/[^\s"'\\]+)/.exec(written ?? '')?.[1];
}

/** Not of what goes to a program or to another log (`syslog:local1`, `journald:priority`). */
function logFolder(value: string, resolve: (path: string) => string, seen: Set<string>): string | undefined {
  return /^\w+(?::|$)/.test(value) ? undefined : writableFolder(resolve(value), seen);
}

/** The line that loads Debian's mod_mime, which reads `mime.types` beside the main file where nothing says otherwise (`apache2 -V`). */
function loadingDefaultTypes(evaluation: Evaluation): Statement | undefined {
  if (!evaluation.modulesCertain || withKey(evaluation, 'typesconfig').length > 0) return undefined;
  const loading = withWord(evaluation, 'loadmodule', 'mime_module')[0];
  const isDebians = loading?.args[1]?.value === '/usr/lib/apache2/modules/mod_mime.so';
  return loading !== undefined && isDebians && openBranches(loading).length === 0 ? loading : undefined;
}

/** Read only for virtual hosts that they belong to. */
function isReadOnDemand({ key }: Statement): boolean {
  return key === 'mdcertificatefile' || key === 'mdcertificatekeyfile';
}

/** A path whose place is made when somebody asks. */
class StatementPath implements NamedPath {
  readonly path: string;
  readonly purpose: NamedPath['purpose'];
  readonly required: boolean;
  readonly site: string | null;
  wantsFolder?: boolean;
  onlyAuthorities?: boolean;
  isReadAtStart?: boolean;
  isForCommand?: boolean;
  isForDigest?: boolean;
  countsFrom?: string | undefined;
  onlyWith?: readonly string[];
  namedBy?: string;
  readonly #statement: Statement;
  readonly #index: number;

  constructor(
    path: string,
    purpose: NamedPath['purpose'],
    required: boolean,
    site: string | null,
    statement: Statement,
    index: number,
  ) {
    this.path = path;
    this.purpose = purpose;
    this.required = required;
    this.site = site;
    this.#statement = statement;
    this.#index = index;
  }

  get location(): Location {
    return wordLocation(this.#statement, this.#index);
  }
}

/** How a section asks for passwords which it looks up in a file; undefined where it does not. */
const askedBy = remember((section: Statement): 'basic' | 'digest' | undefined => {
  const says = (key: string, value: RegExp) =>
    section.children.some((each) => each.key === key && value.test(each.args[0]?.value ?? ''));
  const elsewhere = section.children.some(
    ({ key, args }) => /^auth(?:basic|digest)provider$/.test(key) && !lists(args, 'file'),
  );
  if (elsewhere || !says('require', /^(?:valid-user|user|group)$/i)) return undefined;
  if (says('authtype', /^digest$/i)) return 'digest';
  return says('authtype', /^basic$/i) ? 'basic' : undefined;
});

function lists(args: Statement['args'], word: string): boolean {
  return args.some(({ value }) => value.toLowerCase() === word);
}

/** Certificates of which each has a file of its own, named by its hash. */
function wantsFolder({ key, args }: Statement): boolean {
  return /^ssl.*path$/.test(key) || (key === 'sslopensslconfcmd' && /path$/i.test(args[0]?.value ?? ''));
}

/** Each of the main server's document roots has to be a folder; virtual hosts have a warning in the log (AH00112). */
function isMainServers(statement: Statement, { context }: Evaluation): boolean {
  return context === 'server config' && statement.parents.length === 0 && openBranches(statement).length === 0;
}

/** The one `TypesConfig` that mod_mime reads when it starts: the main server's last, where no condition may pass it over. */
function typesFile(evaluation: Evaluation): Statement | undefined {
  const last = withKeyAt(evaluation, 'typesconfig', undefined).at(-1);
  return last !== undefined && openBranches(last).length === 0 && evaluation.context === 'server config'
    ? last
    : undefined;
}

/** Where the files of the sites' certificates are named. */
function certificatePlaces(sites: readonly Site[]): PlaceMap<true> {
  const places = new PlaceMap<true>();
  for (const { tls } of sites) {
    for (const { file, keyFile } of knownValue(tls.certificates) ?? []) {
      places.set(file.location, true);
      if (keyFile) places.set(keyFile.location, true);
    }
  }
  return places;
}

function pathOf(statement: Statement): PathFact | undefined {
  const fact = entryOf(pathDirectives, statement.key);
  if (fact) return fact;
  if (statement.key === 'sslopensslconfcmd') {
    // httpd looks whether it is there.
    const purpose = purposeOfConfPath(statement.args[0]?.value ?? '');
    return purpose && { purpose, required: true, index: 1 };
  }
  if (statement.key === 'alias' && /acme-challenge/.test(statement.args[0]?.value ?? '')) {
    return { purpose: 'challenge-directory', required: false, index: 1 };
  }
  return undefined;
}
