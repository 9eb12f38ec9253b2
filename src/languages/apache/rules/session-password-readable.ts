import { withKey } from '../evaluate/by-key.ts';
import { type Evaluation, evaluate } from '../evaluate/evaluate.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { hostOf, loginCookies } from './form-login.ts';
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
    const hosts = new Set(protections(evaluation).map(hostOf));
    if (project.readBy && protections(evaluate(project.readBy.server)).length > 0) return;
    const isOpen = !project.complete || evaluation.unseen.size > 0;
    for (const { statement, forms } of cookies) {
      // Where it stands in another section, it may still be merged with this one.
      const bare = hosts.has(undefined) ? [] : forms.filter((form) => !hosts.has(hostOf(form)));
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
