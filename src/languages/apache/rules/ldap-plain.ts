import { groupBy } from '../../../text/group-by.ts';
import { locationOf } from '../evaluate/statement.ts';
import { type Directory, remoteDirectories } from './ldap.ts';
import { type ApacheRule, fix } from './rule.ts';

/** A directory on another machine that is told passwords without TLS, which mod_ldap speaks only where it is told to. */
export const ldapPlain: ApacheRule = {
  id: 'ldap-plain',
  title: 'Passwords go to the LDAP directory in clear',
  severity: 'warning',
  effect: 'security',
  *check({ evaluation, project }) {
    const plain = remoteDirectories(evaluation).filter(({ mode, host }) => mode === 'none' && !ofTls.test(host));
    for (const alike of groupBy(plain, ({ host, users }) => `${users} ${host}`).values()) {
      const [{ statement, host, isPrivate, users, assumed }, ...others] = alike;
      // One line of a file that is not at hand may turn all to TLS.
      const isOpen = assumed && !(project.complete && evaluation.unseen.size === 0);
      const [secret, it] = users ? ["Users' passwords go", 'them'] : ['The password of AuthLDAPBindDN goes', 'it'];
      yield {
        message: `${secret} to ${host} in clear${isOpen ? ', unless LDAPTrustedMode elsewhere says otherwise' : ''}: anyone on the network can read ${it}. Write STARTTLS behind the URL, or "ldaps://".`,
        location: locationOf(statement),
        ...(isOpen || isPrivate ? { severity: 'information', effect: 'advice' } : {}),
        related: others.slice(0, 5).map((other) => ({ location: locationOf(other.statement), message: 'Here too' })),
        statement,
        // A macro that is used twice is one text.
        fixes: [
          fix('Use STARTTLS', false, ...new Map(alike.map((each) => [each.statement.node, edit(each)])).values()),
        ],
      };
    }
  },
};

/** Nothing but TLS is spoken on these ports: no password gets through. */
const ofTls = /:(?:636|3269)$/;

function edit({ statement: { file, node, args } }: Directory) {
  const [url = node, none] = args;
  return none
    ? { file, range: none.range, newText: 'STARTTLS' }
    : { file, range: { start: url.range.end, end: url.range.end }, newText: ' STARTTLS' };
}
