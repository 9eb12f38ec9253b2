import type { Fix } from '../../../text/finding.ts';
import type { TextReport } from '../../language.ts';
import { type Data, isSequence, truth } from '../evaluate/data.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten, lowered, valueLocation, type Written } from './written.ts';

const usual = "('HTTP_X_FORWARDED_PROTO', 'https')";

/** `SECURE_PROXY_SSL_HEADER` that Django cannot use (django.http.HttpRequest.scheme). */
export const proxyHeaderInvalid: DjangoRule = {
  id: 'proxy-header-invalid',
  title: 'The proxy header is set so that it never means HTTPS',
  severity: 'error',
  effect: 'connect',
  *check({ settings }) {
    for (const setting of everyWritten(settings, 'SECURE_PROXY_SSL_HEADER')) {
      const found = problemOf(setting);
      if (found !== undefined) yield found;
    }
  },
};

type Report = Omit<TextReport, 'rule'>;

function problemOf(setting: Written): Report | undefined {
  const { data } = setting;
  const location = valueLocation(setting);
  // Django looks at none that is empty.
  if (truth(data) !== true) return undefined;
  const items = itemsOf(data);
  if (items === undefined) return undefined;
  if (items.length !== 2) {
    const isSwitch = items.length === 0;
    const known = isSwitch ? 'HTTP_X_FORWARDED_PROTO' : headerOf(data);
    return {
      message: `SECURE_PROXY_SSL_HEADER must have two values, a header and what it contains over HTTPS; with this Django answers every request with an error (${isSwitch ? 'TypeError' : 'ImproperlyConfigured'}). Write ${usual}.`,
      location,
      ...lowered(setting),
      fixes: known === undefined ? [] : fixTo(setting, `('${known}', 'https')`),
    };
  }
  const [header, value] = items;
  if (typeof header !== 'string') return undefined;
  const meta = metaName(header);
  if (meta !== undefined) {
    return {
      message: `Django looks for the header by its WSGI name, and "${header}" is not one: it never matches, so requests over HTTPS count as plain HTTP. Write '${meta}'.`,
      location,
      severity: 'warning',
      effect: 'security',
      fixes: typeof value === 'string' ? fixTo(setting, `('${meta}', '${value}')`) : [],
    };
  }
  if (typeof value !== 'string' || !/^HTTP_.*(?:PROTO|SCHEME)$/.test(header) || value === 'https') return undefined;
  return {
    message:
      value.toLowerCase() === 'http'
        ? `With this, requests whose ${header} is "${value}" count as HTTPS, which are those over plain HTTP, and those over HTTPS count as plain. Write 'https'.`
        : `Proxies write "https" into ${header}, in lower case, and Django compares exactly: "${value}" never matches. Write 'https'.`,
    location,
    severity: 'warning',
    effect: 'security',
    fixes: fixTo(setting, `('${header}', 'https')`),
  };
}

/** What Python takes the setting apart into, a switch into nothing; undefined where that cannot be told. */
function itemsOf(data: Data): readonly Data[] | undefined {
  if (typeof data === 'string') return [...data];
  if (typeof data === 'boolean' || typeof data === 'number') return [];
  return isSequence(data) && data.isWhole && data.kind !== 'set' ? data.items.map(({ value }) => value) : undefined;
}

function headerOf(data: Data): string | undefined {
  const header = typeof data === 'string' ? data : isSequence(data) ? data.items[0]?.value : undefined;
  return typeof header === 'string' && /^HTTP_[A-Z_]+$/.test(header) ? header : undefined;
}

/** The name that was meant, where one was surely meant: `X-Forwarded-Proto`, `HTTP_X-Forwarded-Proto`, `X_FORWARDED_PROTO`. */
function metaName(header: string): string | undefined {
  const isMeant = header.includes('-') || /^(?:X_|FORWARDED_|CLOUDFRONT_|CF_)/i.test(header) || /^http_/i.test(header);
  const meta = `HTTP_${header
    .replace(/^http_/i, '')
    .toUpperCase()
    .replaceAll('-', '_')}`;
  return isMeant && meta !== header && /^[\w-]+$/.test(header) ? meta : undefined;
}

function fixTo({ place, isSole }: Written, newText: string): readonly Fix[] {
  if (!isSole) return [];
  const { file } = place.statement;
  return [{ title: `Change to ${newText}`, safe: false, edits: [{ file, range: place.value, newText }] }];
}
