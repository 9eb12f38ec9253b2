import { groupBy } from '../../../text/group-by.ts';
import { withKey, withWord } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { isSurelyThere, type Statement } from '../evaluate/statement.ts';
import { sectionOf } from './ldap.ts';

/** A `SessionCookieName` by which mod_auth_form remembers who has logged in, with the `AuthType form` of all who do. */
export interface LoginCookie {
  readonly statement: Statement;
  readonly forms: readonly [Statement, ...Statement[]];
}

/** All of a configuration. */
export function loginCookies(evaluation: Evaluation): readonly LoginCookie[] {
  // Browsers know no Set-Cookie2, and keep nothing of it.
  const cookies = withKey(evaluation, 'sessioncookiename');
  if (cookies.length === 0) return [];
  const named = groupBy(cookies, placeOf);
  const switched = groupBy(withKey(evaluation, 'session'), placeOf);
  const open = new Set(
    withWord(evaluation, 'require', 'all')
      .filter(isGranted)
      .map(({ parents }) => parents.at(-1)),
  );
  const pairs = withWord(evaluation, 'authtype', 'form').flatMap((form) => {
    const places = [placeOf(form), hostOf(form), undefined];
    const nearest = (among: typeof named) => places.flatMap((place) => among.get(place)?.at(-1) ?? [])[0];
    const [cookie, session] = [nearest(named), nearest(switched)];
    if (cookie === undefined || session?.args[0]?.value.toLowerCase() !== 'on') return [];
    if (![form, cookie, session].every(isSurelyThere) || open.has(form.parents.at(-1))) return [];
    return [{ cookie, form }];
  });
  // A file that several sites include, and a macro, is one text.
  return [...groupBy(pairs, ({ cookie }) => cookie.node).values()].map(([first, ...others]) => ({
    statement: first.cookie,
    forms: [first.form, ...others.map(({ form }) => form)],
  }));
}

/** The virtual host around; undefined for the main server. */
export function hostOf({ parents: [first] }: Statement): Statement | undefined {
  return first?.key === 'virtualhost' ? first : undefined;
}

/** What it is merged with first: the section of paths around, or the server. */
function placeOf(statement: Statement): Statement | undefined {
  return sectionOf(statement) ?? hostOf(statement);
}

/** Whoever is let in anyway logs in nowhere. */
function isGranted({ args }: Statement): boolean {
  return args[1]?.value.toLowerCase() === 'granted';
}
