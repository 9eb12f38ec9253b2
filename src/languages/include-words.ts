import type { Whereabouts } from '../text/whereabouts.ts';

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

/**
 * What to say of an include whose file does not exist, and how much it matters; undefined where nothing is missed.
 * @param mapped where `lint.map` leads with it
 */
export function describeAbsentInclude(
  server: string,
  pattern: string,
  where: Whereabouts,
  mapped?: string,
): { readonly message: string; readonly severity?: 'information'; readonly effect?: 'advice' } | undefined {
  if (where === 'here') {
    return {
      message: `${pattern} does not exist, so ${server} does not start. Correct the path, or put the file there.`,
    };
  }
  if (packaged.has(pattern.slice(pattern.lastIndexOf('/') + 1))) return undefined;
  const message =
    where === 'aside'
      ? `${pattern} does not exist, so ${server} would not start with this file. Put it there before a configuration includes this one, or correct the path.`
      : `${pattern} is not on this machine, so what it sets is not seen. ${wayToRead(pattern, mapped)}`;
  return { message, severity: 'information', effect: 'advice' };
}

function wayToRead(pattern: string, mapped: string | undefined): string {
  if (mapped === undefined) return 'Map its folder to the workspace (lint.map in tls-workbench.yaml) to have it read.';
  return `To have it read, put it ${mapped === pattern ? 'there' : `where lint.map leads: ${mapped}`}.`;
}

/** The same of a wildcard that matches links which lead nowhere; undefined where there are none. */
export function describeDanglingLinks(
  server: string,
  links: readonly string[] | undefined,
): { readonly message: string } | undefined {
  const [first] = links ?? [];
  if (links === undefined || first === undefined) return undefined;
  if (links.length === 1) {
    return {
      message: `${first} is a link that leads nowhere, so ${server} does not start. Remove it, or put the file there.`,
    };
  }
  const others = links.length === 2 ? 'another one' : `${links.length - 1} others`;
  return {
    message: `${first} and ${others} are links that lead nowhere, so ${server} does not start. Remove them, or put the files there.`,
  };
}
