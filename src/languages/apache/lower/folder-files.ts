import type { Project } from '../../language.ts';
import { withKey } from '../evaluate/by-key.ts';
import { evaluate } from '../evaluate/evaluate.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { folderFilesAt, folderFilesMissed } from '../evaluate/folder-files.ts';
import { sectionAround } from '../evaluate/statement.ts';
import type { ApacheFile } from '../syntax.ts';
import { certificateDemands } from './client-demands.ts';
import { lowerApache } from './lower.ts';

/** The `.htaccess` files that the answers of this configuration, `Satisfy`, logins and who has a client certificate hang on and that nobody has looked for. */
export function missedFolderFiles(project: Project<ApacheFile>): readonly string[] {
  const evaluation = evaluate(project);
  return folderFilesMissed(evaluation, () => {
    const logins = withKey(evaluation, 'require').filter(({ args: [kind] }) => ofUsers.test(kind?.value ?? ''));
    for (const statement of [...withKey(evaluation, 'satisfy'), ...logins, ...certificateDemands(evaluation)]) {
      const section = sectionAround(statement);
      if (section) folderFilesAt(evaluation, hostOf(statement.parents), section);
    }
    for (const site of lowerApache(project).sites) void [site.rootAnswer, site.challengeAnswer];
  });
}

const ofUsers = /^(?:valid-user|user|group|ldap-\w+)$/i;
