import { suggest } from '../../text/suggest.ts';
import { settingFacts } from './data/settings.ts';

const names = settingFacts.map(({ name }) => name);
const known = new Set([
  ...names,
  ...['SESSION', 'CSRF', 'LANGUAGE'].flatMap((cookie) =>
    ['NAME', 'AGE', 'DOMAIN', 'PATH', 'HTTPONLY'].map((part) => `${cookie}_COOKIE_${part}`),
  ),
  'CSRF_FAILURE_VIEW',
  'CSRF_HEADER_NAME',
  'EMAIL_USE_LOCALTIME',
]);

/** What Django's own settings about TLS begin with; whoever has others by these beginnings means these. */
const own = /^(?:SECURE_|SESSION_COOKIE|CSRF_|EMAIL_USE_)/;

/** The setting that is meant by a name that none has; undefined for a right one, and where none is near. */
export function meantSetting(name: string): string | undefined {
  if (known.has(name)) return undefined;
  const near = suggest(name, names);
  const isOwn = own.test(name);
  // The beginning may be what is misspelt: nobody calls a setting of one's own by so long a name but for a letter.
  if (near !== undefined && isSlip(name, near) && (isOwn || name.length >= 16)) return near;
  return isOwn ? withoutOrder(name) : undefined;
}

/** One letter too many, too few or another, two that changed places, or an ending; `SECURE_SSL_PORT` is no `SECURE_SSL_HOST`. */
function isSlip(name: string, meant: string): boolean {
  const [short, long] = name.length < meant.length ? [name, meant] : [meant, name];
  if (long.startsWith(short)) return long.length - short.length <= 2;
  if (long.length - short.length > 1) return false;
  let start = 0;
  while (short[start] === long[start]) start++;
  const [one, other] = [short.slice(start), long.slice(start)];
  if (one.length < other.length) return one === other.slice(1);
  const isSwapped = one[0] === other[1] && one[1] === other[0] && one.slice(2) === other.slice(2);
  return isSwapped || one.slice(1) === other.slice(1);
}

/** Names that people make of the same words: `SECURE_REDIRECT_SSL`. */
function withoutOrder(name: string): string | undefined {
  const words = sorted(name);
  return names.find((candidate) => sorted(candidate) === words);
}

function sorted(name: string): string {
  return name.split('_').sort().join('_');
}
