import { baseName } from '../../../text/path.ts';
import { directiveFacts } from '../directives/facts.ts';

/** Modules that every usual build has compiled in, in `moduleName`'s spelling. */
const compiledIn = new Set([
  'core',
  'http_core',
  'http',
  'so',
  'mpm_common',
  'log_config',
  'logio',
  'version',
  'unixd',
  'watchdog',
]);

const processingModels = new Set(['event', 'worker', 'prefork']);

/** True for an MPM; `mpm_itk` sits on top of `mpm_prefork` (its `.load` says "Depends: mpm_prefork"). */
export function isProcessingModule(name: string): boolean {
  return name.startsWith('mpm_') && name !== 'mpm_itk';
}

/** One spelling for `mod_ssl.c`, `mod_ssl` and `ssl_module`: `ssl`. */
export function moduleName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/\.(?:c|cpp|so)$/, '')
    .replace(/^mod_/, '')
    .replace(/_module$/, '');
  // mod_ldap is made from `util_ldap.c`.
  if (name === 'util_ldap') return 'ldap';
  return processingModels.has(name) ? `mpm_${name}` : name;
}

/**
 * True where a `LoadModule` tells of a build that has to load what it uses: Debian's, or any whose processing module is
 * loaded. Others, those for Windows and many made from source, have that and more compiled in.
 */
export function loadsAllModules(name: string, file: string): boolean {
  return isProcessingModule(name) || file.startsWith('/usr/lib/apache2/modules/');
}

export function isCompiledIn(module: string): boolean {
  return compiledIn.has(module);
}

/** Modules of httpd that bring no directive of their own. */
const withoutDirectives = new Set(
  (
    'mpm_event mpm_worker mpm_prefork mpm_winnt mpm_netware unique_id asis ratelimit data dialup bucketeer status ' +
    'case_filter case_filter_in authz_host authz_owner authz_user lbmethod_bybusyness lbmethod_byrequests ' +
    'lbmethod_bytraffic proxy_ajp proxy_balancer proxy_fdpass proxy_http proxy_http2 proxy_uwsgi slotmem_plain ' +
    'slotmem_shm socache_dbm socache_shmcb'
  ).split(' '),
);

let httpdModules: ReadonlySet<string> | undefined;

/** In `moduleName`'s spelling. */
function modulesWithDirectives(): ReadonlySet<string> {
  httpdModules ??= new Set([...directiveFacts().values()].flatMap(({ modules }) => modules.map(moduleName)));
  return httpdModules;
}

/** True for a module that comes with httpd, in `moduleName`'s spelling: `proxy_http`, but neither `proxy_protocol` nor `auth_cas`. */
export function isHttpdModule(name: string): boolean {
  return modulesWithDirectives().has(name) || withoutDirectives.has(name);
}

/** True for modules of WebDAV, which Debian does not switch on by itself, and which programs ask for only to switch them off. */
export function isSeldomLoaded(name: string): boolean {
  return /^dav(?:_fs|_lock)?$/.test(name);
}

/** The module that a file of httpd's brings: each is called by its module (`mod_ssl.so`: `ssl`, `ssl_module` in full). */
export function moduleOfFile(path: string): string | undefined {
  const name = /^mod_(\w+)\.so$/.exec(baseName(path))?.[1];
  return name !== undefined && isHttpdModule(name) ? name : undefined;
}

/** Files of modules that are called otherwise; `<IfModule>` compares names of files, with no folder before them. */
const sources: ReadonlyMap<string, string> = new Map([
  ['core', 'core.c'],
  ['http', 'http_core.c'],
  ['http_core', 'http_core.c'],
  ['mpm_event', 'event.c'],
  ['mpm_worker', 'worker.c'],
  ['mpm_prefork', 'prefork.c'],
  ['mpm_winnt', 'mpm_winnt.c'],
  ['ldap', 'util_ldap.c'],
]);

/** Names in facts about directives that are none of modules, or of systems of old. */
const noModules = new Set(['mpm_common', 'mpm_netware', 'nw_ssl']);

/**
 * How `<IfModule>` has to name a module of httpd, in the spelling that comes nearest: `mod_ssl.c` or `ssl_module`, compared
 * letter by letter (`ap_find_linked_module`). Undefined where the name is one of these, or of somebody else's module.
 */
export function spellingOf(subject: string): string | undefined {
  const name = moduleName(subject);
  if (noModules.has(name)) return undefined;
  if (!isHttpdModule(name) && !isCompiledIn(name)) {
    // `mod_header.c`: nobody else's module is called so.
    const plural = /\.c$/.test(subject) && isHttpdModule(`${name}s`) ? `${name}s` : undefined;
    return plural === undefined ? undefined : spellingOf(`mod_${plural}`);
  }
  const source = sources.get(name) ?? `mod_${name}.c`;
  const identifier = name === 'http_core' ? 'http_module' : `${name}_module`;
  if (subject === source || subject === identifier) return undefined;
  return /_module$/i.test(subject) ? identifier : source;
}

/** True where every module that is loaded comes with httpd, so that directives of others cannot be known. */
export function onlyHttpdModules({
  modulesCertain,
  modules,
}: {
  readonly modulesCertain: boolean;
  readonly modules: ReadonlySet<string>;
}): boolean {
  return modulesCertain && [...modules].every(isHttpdModule);
}
