import type { Rule } from './rule.ts';
import { usedPaths } from './support/files/named-paths.ts';
import { serverFacts } from './support/server-facts.ts';

/** A file of users that is not there: the server starts, asks for passwords, and takes none. */
export const userFileMissing: Rule = {
  id: 'user-file-missing',
  title: 'The password file does not exist',
  severity: 'information',
  effect: 'advice',
  *check({ model, paths, certificateFile }) {
    if (paths !== 'here') return;
    const { answerWithoutUsers, answerWithoutDigests = answerWithoutUsers } = serverFacts(model);
    const isMissing = (path: string): boolean => certificateFile(path).state.kind === 'missing';
    for (const named of usedPaths(model)) {
      const { path, purpose, isForDigest } = named;
      if (purpose !== 'users' || !isMissing(path) || named.isLeftOut(isMissing)) continue;
      yield {
        message: `The password file ${path} does not exist, so no password is accepted: every login gets ${isForDigest ? answerWithoutDigests : answerWithoutUsers}. Create it with ${isForDigest ? 'htdigest' : 'htpasswd'}, or correct the path.`,
        location: named.location,
        related: named.otherUses,
      };
    }
  },
};
