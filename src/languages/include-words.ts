/** Files that servers' packages bring and that say nothing about TLS: where they are not at hand, nothing is missed. */
const packaged: ReadonlySet<string> = new Set([
  'fastcgi.conf',
  'fastcgi_params',
  'koi-utf',
  'koi-win',
  'magic',
  'mime.types',
  'proxy_params',
  'scgi_params',
  'uwsgi_params',
  'win-utf',
]);

/** What to say of an include whose file does not exist, and how much it matters; undefined where nothing is missed. */
export function describeAbsentInclude(
  server: string,
  pattern: string,
  where: 'here' | 'elsewhere',
): { readonly message: string; readonly severity?: 'information'; readonly effect?: 'advice' } | undefined {
  if (where === 'here') {
    return {
      message: `${pattern} does not exist, so ${server} does not start. Correct the path, or put the file there.`,
    };
  }
  if (packaged.has(pattern.slice(pattern.lastIndexOf('/') + 1))) return undefined;
  return {
    message: `${pattern} is not on this machine, so what it sets is not seen. Map its folder to the workspace (lint.map) to have it read.`,
    severity: 'information',
    effect: 'advice',
  };
}
