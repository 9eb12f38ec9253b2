import { atLeastVersion } from '../../../text/version.ts';
import { entriesOf, literals } from './entries.ts';
import { schemeSince } from './origin-scheme-missing.ts';
import type { DjangoRule } from './rule.ts';

/** An origin in `CSRF_TRUSTED_ORIGINS` that no request can have (CsrfViewMiddleware._origin_verified). */
export const originUnmatched: DjangoRule = {
  id: 'origin-unmatched',
  title: 'A trusted origin that no browser sends',
  severity: 'warning',
  effect: 'connect',
  *check({ settings, project }) {
    if (!atLeastVersion(project.target.django, schemeSince)) return;
    for (const { value, location, change } of entriesOf(settings, 'CSRF_TRUSTED_ORIGINS', project)) {
      const problem = problemOf(value);
      if (problem === undefined) continue;
      const { reason, instead } = problem;
      const next =
        instead === undefined
          ? 'List each site that may send forms.'
          : `Write ${instead.map((each) => `"${each}"`).join(', ')}.`;
      yield {
        message: `No browser sends the origin "${value}", so this trusts nobody: ${reason}. ${next}`,
        location,
        fixes: instead === undefined ? [] : change(literals(instead)),
      };
    }
  },
};

interface Problem {
  readonly reason: string;
  readonly instead: readonly string[] | undefined;
}

/** Only of what is plainly meant: nothing else, such as `%`, `{` or `$`, that something may put a name in the place of. */
const plain = /^\s*(https?):\/\/([\w*.:-]*)(\/[\w./-]*)?\s*$/i;

function problemOf(entry: string): Problem | undefined {
  const several = entry.trim().split(/[\s,;]*(?=https?:\/\/)/i);
  if (several.length > 1 && several.every((each) => plain.test(each) && problemOf(each) === undefined)) {
    return { reason: 'it is several in one, as strings are in Python with no comma between them', instead: several };
  }
  const [, scheme = '', authority = '', path] = plain.exec(entry) ?? [];
  // Words in capitals, or between underscores, stand for others.
  if (scheme === '' || /__|^[A-Z_]+(?::|$)/.test(authority)) return undefined;
  return authority.includes('*')
    ? ofWildcard(scheme.toLowerCase(), authority.toLowerCase())
    : ofOne(entry, scheme.toLowerCase(), authority, path);
}

/** What is left without its first stars has to be a domain with a dot before it. Whatever follows the name is not looked at. */
function ofWildcard(scheme: string, authority: string): Problem | undefined {
  const domain = authority.replace(/^\*+/, '');
  const [name = '', port] = domain.split(':');
  if (name === '') return { reason: 'Django has no wildcard for all origins', instead: undefined };
  if (name.includes('*')) return { reason: 'a star is allowed only in front of a domain', instead: undefined };
  if (name.startsWith('.') && port !== undefined && port === defaultPort(scheme))
    return { reason: usualPort, instead: [`${scheme}://*${name}`] };
  return undefined;
}

/** Compared letter by letter with what browsers send: scheme, name and an unusual port, all in small letters. */
function ofOne(entry: string, scheme: string, authority: string, path: string | undefined): Problem | undefined {
  const [name = '', port] = authority.toLowerCase().split(':');
  if (!/^\.?[\w-]+(?:\.[\w-]+)*$/.test(name)) return undefined;
  const isUsual = port !== undefined && port === defaultPort(scheme);
  const host = `${name.startsWith('.') ? '*' : ''}${name}${port === undefined || isUsual ? '' : `:${port}`}`;
  const instead = `${scheme}://${host}`;
  if (instead === entry) return undefined;
  const reason =
    path !== undefined
      ? `an origin ends with its host or port, without "${path}"`
      : name.startsWith('.')
        ? 'a domain with all its subdomains is written with a star'
        : isUsual
          ? usualPort
          : 'browsers send it in lower case and without spaces';
  return { reason, instead: [instead] };
}

const usualPort = 'browsers omit the default port';

function defaultPort(scheme: string): string {
  return scheme === 'https' ? '443' : '80';
}
