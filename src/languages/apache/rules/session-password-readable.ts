import { groupBy } from '../../../text/group-by.ts';
import { withKey } from '../evaluate/by-key.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { hostOf, loginCookies } from './form-login.ts';
import { pathsAround, plainSection } from './plain-section.ts';
import type { ApacheRule } from './rule.ts';

/** What encrypts a session, or keeps it in a database. */
const protecting = [
  'sessioncryptopassphrase',
  'sessioncryptopassphrasefile',
  'sessiondbdcookiename',
  'sessiondbdcookiename2',
  'sessiondbdperuser',
];

function protections(evaluation: Evaluation): readonly Statement[] {
  return protecting.flatMap((key) => withKey(evaluation, key));
}

/** mod_auth_form keeps the name and the password in the session, and mod_session_cookie writes that as it is (measured with 2.4.71). */
export const sessionPasswordReadable: ApacheRule = {
  id: 'session-password-readable',
  title: 'The session cookie holds the password as it is',
  severity: 'warning',
  effect: 'security',
  *check({ evaluation, project }) {
    const cookies = loginCookies(evaluation);
    if (cookies.length === 0) return;
    const isProtected = protectedIn(evaluation);
    if (project.readBy && protections(evaluate(project.readBy.server)).length > 0) return;
    const isOpen = !project.complete || evaluation.unseen.size > 0;
    for (const { statement, forms } of cookies) {
      const bare = forms.filter((form) => !isProtected(form));
      if (bare.length === 0) continue;
      yield {
        message: `This cookie holds the user's name and password as they are${isOpen ? ', unless another file encrypts it' : ''}: mod_auth_form keeps both in the session, which lies readable in the browser and comes back with each request. Load mod_session_crypto and write SessionCryptoPassphrase with a long random secret.`,
        location: locationOf(statement),
        ...(isOpen ? { severity: 'information', effect: 'advice' } : {}),
        related: bare
          .slice(0, 5)
          .map((form) => ({ location: locationOf(form), message: 'The password is asked here' })),
        statement,
      };
    }
  },
};

/** For logins: whether what encrypts a session may be merged with their section, of the virtual host's or those outside of all. */
function protectedIn(evaluation: Evaluation): (form: Statement) => boolean {
  const hosts = groupBy(protections(evaluation), hostOf);
  const sections = new Map([...hosts].map(([host, found]) => [host, sectionsOf(found)]));
  return (form) => {
    const own = plainSection(form);
    return [...new Set([hostOf(form), undefined])].some((host) => {
      const found = sections.get(host);
      if (found === undefined || found === 'any' || own === undefined) return found !== undefined;
      return [...found].some(
        ([key, paths]) => key !== own.key || pathsAround(own.path).some((path) => paths.has(path)),
      );
    });
  };
}

/** The paths of sections by their kind, or `any` where some protection stands outside of such sections. */
function sectionsOf(found: readonly Statement[]): ReadonlyMap<string, ReadonlySet<string>> | 'any' {
  const paths = new Map<string, Set<string>>();
  for (const statement of found) {
    const section = plainSection(statement);
    if (section === undefined) return 'any';
    paths.set(section.key, (paths.get(section.key) ?? new Set()).add(section.path));
  }
  return paths;
}
