import { withKeyIn } from '../evaluate/by-key.ts';
import { isSurelyThere, locationOf } from '../evaluate/statement.ts';
import { remoteDirectories } from './ldap.ts';
import { type ApacheRule, fix } from './rule.ts';

/**
 * Directories that are told passwords whoever they are. With STARTTLS they are verified all the same: mod_ldap says that they
 * need not be when the handshake is over (uldap_connection_init; measured with 2.4.71).
 */
export const ldapUnverified: ApacheRule = {
  id: 'ldap-unverified',
  title: 'The LDAP directory is not verified',
  severity: 'information',
  effect: 'advice',
  *check({ evaluation }) {
    const statement = withKeyIn(evaluation, 'ldapverifyservercert', undefined).at(-1);
    const [word] = statement?.args ?? [];
    if (!statement || word?.value.toLowerCase() !== 'off' || !isSurelyThere(statement)) return;
    const told = remoteDirectories(evaluation).filter(({ mode }) => mode === 'ssl');
    const [first] = told.filter(({ users }) => users).concat(told);
    if (!first) return;
    yield {
      message: `The certificates of directories are not checked: an attacker in between can answer in place of ${first.host} and gets ${first.users ? "users' passwords" : 'the password of AuthLDAPBindDN'}. Write "On", and name their CA with LDAPTrustedGlobalCert.`,
      location: locationOf(statement),
      related: told.slice(0, 5).map((each) => ({ location: locationOf(each.statement), message: 'Asked here' })),
      statement,
      fixes: [fix('Verify directories', false, { file: statement.file, range: word.range, newText: 'On' })],
    };
  },
};
