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
  'mpm_event mpm_worker mpm_prefork mpm_winnt mpm_netware unique_id asis ratelimit data dialup bucketeer'.split(' '),
);
const families = /^(?:proxy|socache|slotmem|lbmethod|session|authn|authz|auth|dav|cache|filter|heartbeat)_/;
const foreignMembers = /_(?:external|openidc|mellon|gssapi|kerb|pam|svn)$/;

let httpdModules: ReadonlySet<string> | undefined;

/** True for a module that comes with httpd, in `moduleName`'s spelling. */
export function isHttpdModule(name: string): boolean {
  httpdModules ??= new Set([...directiveFacts().values()].flatMap(({ modules }) => modules.map(moduleName)));
  return httpdModules.has(name) || withoutDirectives.has(name) || (families.test(name) && !foreignMembers.test(name));
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
