import { groupBy } from '../../../text/group-by.ts';
import { withKey, withWord } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isSurelyThere, type Statement } from '../evaluate/statement.ts';
import { sectionOf } from './ldap.ts';
import { pathsAround, plainSection } from './plain-section.ts';

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
  const isSwitchedOff = switchedOff(evaluation);
  const pairs = withWord(evaluation, 'authtype', 'form').flatMap((form) => {
    const places = [placeOf(form), hostOf(form), undefined];
    const nearest = (among: typeof named) => places.flatMap((place) => among.get(place)?.at(-1) ?? [])[0];
    const [cookie, session] = [nearest(named), nearest(switched)];
    if (cookie === undefined || session?.args[0]?.value.toLowerCase() !== 'on') return [];
    if (![form, cookie, session].every(isSurelyThere) || open.has(form.parents.at(-1))) return [];
    if (isSwitchedOff(form, session)) return [];
    return [{ cookie, form }];
  });
  // A file that several sites include, and a macro, is one text.
  return [...groupBy(pairs, ({ cookie }) => cookie.node).values()].map(([first, ...others]) => ({
    statement: first.cookie,
    forms: [first.form, ...others.map(({ form }) => form)],
  }));
}

/** For logins: whether another section, merged later, switches their session off again: no cookie is sent then (measured with 2.4.71). */
function switchedOff(evaluation: Evaluation): (form: Statement, session: Statement) => boolean {
  const off = withKey(evaluation, 'session').filter(({ args }) => /^off$/i.test(args[0]?.value ?? ''));
  const hosts = new Map([...groupBy(off, hostOf)].map(([host, found]) => [host, groupBy(found, nameOfSection)]));
  return (form, session) => {
    const own = plainSection(form);
    if (hosts.size === 0 || own === undefined) return false;
    const isOwn = sectionOf(session) !== undefined;
    const around = pathsAround(own.path).map((path) => `${own.key} ${path}`);
    // Folders are merged from the outermost on, locations as they stand.
    const covering = isOwn && own.key === 'directory' ? around.slice(0, 1) : around;
    return [hostOf(form), undefined].some((host) => {
      const find = (name: string) => hosts.get(host)?.get(name) ?? [];
      // Sections of the main server are merged before those of a virtual host, wherever they stand (measured with 2.4.71).
      const isBefore = isOwn && host !== hostOf(form);
      const later = !isBefore && covering.flatMap(find).some(({ order }) => !isOwn || order > session.order);
      return later || (own.key === 'directory' && find(ofAllPaths).length > 0);
    });
  };
}

const ofAllPaths = 'location ';

function nameOfSection(statement: Statement): string | undefined {
  const section = plainSection(statement);
  return section && `${section.key} ${section.path}`;
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
