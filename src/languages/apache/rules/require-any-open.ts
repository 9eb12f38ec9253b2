import { withKey } from '../evaluate/by-key.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { folderFilesIn } from '../evaluate/folder-files.ts';
import { replacementsAmong } from '../evaluate/replaced-sections.ts';
import {
  isInRequestCondition,
  isSurelyThere,
  locationOf,
  type Statement,
  sectionAround,
} from '../evaluate/statement.ts';
import { removeStatement, replaceStatement, textsOf } from '../write/place.ts';
import { type ApacheRule, fix } from './rule.ts';

/** `Require ssl` beside `Require valid-user`: one is enough, so nobody is asked for a password over HTTPS (measured with 2.4.71). */
export const requireAnyOpen: ApacheRule = {
  id: 'require-any-open',
  title: 'One Require line lets in everybody, whatever the others ask for',
  severity: 'warning',
  effect: 'security',
  *check({ evaluation, project }) {
    const required = withKey(evaluation, 'require');
    const opening = required.filter(({ node }) => opens.test(node.raw));
    if (opening.length === 0 || withKey(evaluation, 'authmerging').length > 0) return;
    // What stands in <If> is merged last, for whatever it holds for.
    if (required.some(isInRequestCondition)) return;
    const isReplaced = replacementsAmong(required.flatMap((each) => sectionAround(each) ?? []));
    const isWhole = project.complete && evaluation.unseen.size === 0;
    // One is told of for each section, which may have thousands.
    const asked = new Set<Statement>();
    for (const statement of opening) {
      const joined = statement.parents.at(-1);
      if (joined === undefined || asked.has(joined)) continue;
      asked.add(joined);
      const section = sectionAround(statement);
      if (section === undefined || !/^(?:location|directory|requireany)/.test(joined.key)) continue;
      // Around it, others may have to be fulfilled too.
      if (joined !== section && (statement.parents.at(-2) !== section || hasMore(section, joined))) continue;
      if (!section.children.every(isPlain) || isReplaced(section)) continue;
      const { sections: files, unseen } = folderFilesIn(evaluation, hostOf(section.parents), section);
      if (
        unseen !== undefined ||
        files.some(({ children }) => children.some(({ key }) => /^(?:require|auth|satisfy)/.test(key)))
      )
        continue;
      const others = joined.children.filter(
        ({ key, node }) => key === 'require' && (ofUsers.test(node.raw) || ofCertificates.test(node.raw)),
      );
      const [other] = others;
      if (other === undefined || ![statement, ...others].every(isSurelyThere)) continue;
      const wanted = ofCertificates.test(other.node.raw) ? 'certificate' : 'password';
      // The handshake asks for one.
      if (wanted === 'certificate' && withKey(evaluation, 'sslverifyclient').some(isDemanded)) continue;
      const isTls = /^ssl/i.test(statement.node.raw);
      yield {
        message: `Nobody needs a ${wanted} here${isTls ? ' over HTTPS' : ''}: of several Require lines one is enough, and ${isTls ? 'this one lets in all that comes over TLS. Write SSLRequireSSL, which is asked for as well' : 'this one lets in everybody. Delete it'}.`,
        location: locationOf(statement),
        related: [{ location: locationOf(other), message: 'Nobody is asked for this.' }],
        statement,
        ...(isWhole ? {} : { severity: 'information', effect: 'advice' }),
        fixes: [
          isTls
            ? fix('Write SSLRequireSSL', false, replaceStatement(statement, 'SSLRequireSSL'))
            : fix(`Ask for a ${wanted}`, false, removeStatement(statement, textsOf(project))),
        ],
      };
    }
  },
};

const opens = /^(?:ssl|all\s+granted)\s*$/i;
const ofCertificates = /^(?:ssl-verify-client\s*$|expr\b.*SSL_CLIENT_)/i;
const ofUsers = /^(?:valid-user|user|group|ldap-\w+)\b/i;

function isDemanded({ args: [mode] }: Statement): boolean {
  return !/^(?:none|off|optional)$/i.test(mode?.value ?? '');
}

function hasMore({ children }: Statement, joined: Statement): boolean {
  return children.some((each) => each !== joined && each.key.startsWith('require'));
}

/** Asks for nothing by itself, and no module of others finds out who somebody is: that may go on without a login on purpose. */
function isPlain({ key, args: [type] }: Statement): boolean {
  if (key === 'authtype') return /^(?:basic|digest|form)$/i.test(type?.value ?? '');
  return !/^(?:satisfy|order|allow|deny|limit|limitexcept|requireall|requirenone|include|includeoptional|luahook\w+)$/.test(
    key,
  );
}
