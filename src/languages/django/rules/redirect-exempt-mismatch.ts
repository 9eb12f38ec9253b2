import type { TextReport } from '../../language.ts';
import { truth } from '../evaluate/data.ts';
import { entriesOf } from './entries.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten, lowered, valueLocation, type Written } from './written.ts';

type Report = Omit<TextReport, 'rule'>;

/** Expressions that SecurityMiddleware searches for in the path without the slashes at its start. */
export const redirectExemptMismatch: DjangoRule = {
  id: 'redirect-exempt-mismatch',
  title: 'An exemption from the redirect to HTTPS that fits no path, or every path',
  severity: 'warning',
  effect: 'connect',
  *check({ settings, project }) {
    const isOn = everyWritten(settings, 'SECURE_SSL_REDIRECT').some(({ data }) => truth(data) !== false);
    if (!isOn) return;
    for (const setting of everyWritten(settings, 'SECURE_REDIRECT_EXEMPT')) {
      if (typeof setting.data === 'string' && setting.data !== '') yield ofText(setting, setting.data);
    }
    for (const { value, location, change } of entriesOf(settings, 'SECURE_REDIRECT_EXEMPT', project)) {
      // Of alternatives one may fit all the same.
      if (!/^\^\/(?![*?{])[^|]*$/.test(value)) continue;
      const expression = withoutSlash(value);
      const instead = `r'${expression}'`;
      // Nobody is helped who loses the redirect by it.
      const isForAll = /^\^(?:\.[*+]?\$?)?$/.test(expression);
      yield {
        message: `No path fits "${value}", so this exempts none, and its requests are redirected: Django takes the slashes from the start of a path before it looks. ${isForAll ? `Without the slash it fits every path: write r'^$' for the start page, or leave it out.` : `Write ${instead}.`}`,
        location,
        fixes: isForAll || unquotable.test(expression) ? [] : change(instead),
      };
    }
  },
};

function withoutSlash(expression: string): string {
  return expression.replace(/^\^(?:\/\+?)+/, '^');
}

/** What `r'…'` cannot hold. */
const unquotable = /['\n]|\\$/;

/** Python goes through a text letter by letter, as through a list; one in parentheses alone is no tuple. */
function ofText(setting: Written, text: string): Report {
  const list = `[r'${withoutSlash(text)}']`;
  // re.compile raises an error of each of these alone.
  const broken = /[*+?()[\\]/.exec(text)?.[0];
  const location = valueLocation(setting);
  const isPlain = !unquotable.test(text) && setting.isSole && setting.place.isPlain;
  return {
    message: `SECURE_REDIRECT_EXEMPT is a string, not a list, and Django takes each character of it for an expression: ${outcomeOf(text, broken)}. Write it as a list: ${list}.`,
    location,
    effect: broken === undefined ? 'security' : 'start',
    ...lowered(setting),
    fixes: isPlain ? [{ title: `Change to ${list}`, safe: false, edits: [{ ...location, newText: list }] }] : [],
  };
}

/** What comes of it. @param broken a letter that is no expression */
function outcomeOf(text: string, broken: string | undefined): string {
  if (broken !== undefined) return `"${broken}" is none, so the application does not start`;
  if (/[$^|]/.test(text)) return 'one of them fits every path, so nothing is redirected to HTTPS';
  return text.includes('.')
    ? 'the dot fits every path but that of the start page, so nothing else is redirected to HTTPS'
    : 'every path with one of these letters is exempted';
}
