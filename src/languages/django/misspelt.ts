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
  if (known.has(name) || !own.test(name)) return undefined;
  return suggest(name, names) ?? withoutOrder(name);
}

/** Names that people make of the same words: `SECURE_REDIRECT_SSL`. */
function withoutOrder(name: string): string | undefined {
  const words = sorted(name);
  return names.find((candidate) => sorted(candidate) === words);
}

function sorted(name: string): string {
  return name.split('_').sort().join('_');
}
