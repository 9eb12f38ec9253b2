import type { Statement } from '../../evaluate/statement.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** How long answers and cookies last. Messages are httpd's own where it has one. */
export const expiryChecks: ValueChecks = {
  expiresdefault: ({ args: [code] }) => code && badCode(code, isExpiresCode),
  expiresbytype: checkExpiresByType,
  cookieexpires: ({ args: [code] }) => {
    if (!code || isCookieCode(code.value)) return undefined;
    return { argument: code, message: `bad expires code '${code.value}': it reads '2 weeks' or '1209600'` };
  },
};

function checkExpiresByType({ args: [type, code] }: Statement): BadValue | undefined {
  if (!type || !code) return undefined;
  return type.value.includes('/')
    ? badCode(code, isExpiresCode)
    : { argument: type, message: 'Invalid mimetype: should contain a slash' };
}

function badCode(argument: Statement['args'][number], fits: (code: string) => boolean): BadValue | undefined {
  return argument.value === '' || fits(argument.value)
    ? undefined
    : { argument, message: `bad expires code '${argument.value}': it reads 'access plus 1 month' or 'A2592000'` };
}

/** `access plus 1 month`, of whose words only the first letter counts; `A…` and `M…` are not looked at (`check_code`). */
export function isExpiresCode(code: string): boolean {
  if (/^[AM]/.test(code)) return true;
  const [base = '', ...times] = wordsOf(code);
  return /^[nam]/i.test(base) && areTimes(times);
}

/** A number of seconds, or `2 weeks 3 days`. */
function isCookieCode(code: string): boolean {
  if (/^\d+$/.test(code)) return true;
  const words = wordsOf(code);
  // Behind a unit, a number may go without one.
  return areTimes(words) || (words.length > 2 && areTimes(words.slice(0, -1)) && /^\d/.test(words.at(-1) ?? ''));
}

function areTimes([first, ...rest]: readonly string[]): boolean {
  const times = first === undefined || /^p/i.test(first) ? rest : [first, ...rest];
  if (times.length % 2 !== 0) return false;
  return times.every((word, index) => (index % 2 === 0 ? /^\d/ : /^(?:y|mo|w|d|h|mi|s)/i).test(word));
}

/** Quotes hold words together (`ap_getword_conf`). */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/"([^"]*)"?|'([^']*)'?|[^\s"']\S*/g)].map(([whole, a, b]) => a ?? b ?? whole);
}
