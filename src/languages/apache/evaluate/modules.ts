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

/** One spelling for `mod_ssl.c`, `mod_ssl` and `ssl_module`: `ssl`. */
export function moduleName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/\.(?:c|cpp|so)$/, '')
    .replace(/^mod_/, '')
    .replace(/_module$/, '');
  return processingModels.has(name) ? `mpm_${name}` : name;
}

export function isCompiledIn(module: string): boolean {
  return compiledIn.has(module);
}
