import type { DjangoAnswer, SentCookie } from './ask.ts';

/** True where the effect that a rule's page promises is seen. */
type DjangoProbe = (answer: DjangoAnswer, text: string) => boolean;

const hsts = ({ secure }: DjangoAnswer) => secure.headers['strict-transport-security'];
const cookies = ({ plain, secure }: DjangoAnswer) => [
  ...Object.values(plain.cookies),
  ...Object.values(secure.cookies),
];

const namedCookies = ({ plain, secure }: DjangoAnswer) =>
  [plain, secure].flatMap((each) => Object.entries(each.cookies));

/** What browsers do by RFC 6265bis section 5.7. */
export function isRefusedByName([name, { secure, path, domain }]: readonly [string, SentCookie]): boolean {
  if (name.startsWith('__Host-')) return !secure || path !== '/' || domain !== '';
  return name.startsWith('__Secure-') && !secure;
}

/** By rule, for the samples in Python. */
export const djangoProbes: Readonly<Record<string, DjangoProbe>> = {
  // A sample that leaves it to the environment shows nothing here.
  'cookie-not-secure': (answer, text) =>
    !text.includes('os.getenv') && !text.includes('DEBUG = True') && cookies(answer).some(({ secure }) => !secure),
  'cookie-same-site-refused': (answer) =>
    cookies(answer).some(({ secure, sameSite }) => sameSite === 'None' && !secure),
  'cookie-prefix-refused': (answer) => namedCookies(answer).some(isRefusedByName),
  // What PostgreSQL's library makes of the word is seen in test/servers/database-modes.test.ts.
  'database-unencrypted': ({ values }) => /'sslmode': '(?:disable|allow|prefer)'/.test(values['DATABASES'] ?? ''),
  'foreign-character': ({ unread }) => /SyntaxError: invalid (?:non-printable )?character/.test(unread ?? ''),
  'forms-refused': ({ form }) => form === 403,
  'host-unmatched': ({ hosts }) => Object.values(hosts).includes(false),
  'hsts-invalid': (answer) => !/^max-age=\d+(?:;|$)/.test(hsts(answer) ?? ''),
  'hsts-missing': (answer) => hsts(answer) === undefined,
  // The list wants a year and all subdomains.
  'hsts-preload': (answer) => {
    const header = hsts(answer) ?? '';
    return header.includes('preload') && !(header.includes('includeSubDomains') && maxAge(header) >= 31_536_000);
  },
  'hsts-short': (answer) => maxAge(hsts(answer) ?? '') < 180 * 86_400,
  'invalid-value': ({ checks }) => checks.includes('security.E023'),
  'mail-login-plain': ({ login }) => login[0] === 'login',
  'mail-encryption-conflict': ({ mail }) => mail?.includes('mutually exclusive') === true,
  // Whatever it says, no header comes of it.
  'obsolete-setting': ({ secure, checks }, text) =>
    text.includes('SECURE_BROWSER_XSS_FILTER') &&
    secure.headers['x-xss-protection'] === undefined &&
    !checks.some((id) => id === 'security.W007'),
  'origin-scheme-missing': ({ refused }) => refused.includes('4_0.E001'),
  'origin-unmatched': ({ origins }) => Object.values(origins).includes(false),
  'proxy-header-invalid': ({ proxied }) => proxied.body !== 'secure',
  // The samples spare /health/ alone.
  'redirect-exempt-mismatch': ({ plain, health }) => (plain.status === 301) === (health.status === 301),
  'redirect-wrong-host': ({ plain }) => /^https:\/\/(?:https:|True\/)/.test(plain.headers['location'] ?? ''),
  'redirect-missing': ({ plain }) => plain.status === 200,
  'security-middleware-missing': ({ plain, secure, checks }) =>
    checks.includes('security.W001') &&
    plain.status === 200 &&
    secure.headers['strict-transport-security'] === undefined,
  // It redirects although it says that it does not; one of the two fixes keeps that.
  'switch-as-text': ({ plain }, text) => plain.status === 301 && text.includes("'False'"),
  'unknown-setting': (answer) => hsts(answer) === undefined,
};

function maxAge(header: string): number {
  return Number(/max-age=(\d+)/.exec(header)?.[1]);
}
