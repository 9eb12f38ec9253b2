import type { NamedPath } from '../tls/model/server-model.ts';
import type { Rule } from './rule.ts';
import { missingContent } from './support/file-contents.ts';
import { usedPaths } from './support/named-paths.ts';
import { inErrorLog } from './support/server-facts.ts';

const isFolder = (purpose: NamedPath['purpose']) => purpose === 'document-root' || purpose === 'challenge-directory';

/** A certificate or key file that OpenSSL cannot read. */
export const certificateFileInvalid: Rule = {
  id: 'certificate-file-invalid',
  title: 'A certificate or key file cannot be read by OpenSSL',
  severity: 'error',
  effect: 'start',
  *check({ model, certificateFile }) {
    for (const named of usedPaths(model)) {
      const { path, purpose } = named;
      if (isFolder(purpose)) continue;
      const file = certificateFile(path);
      const [problem] = purpose === 'certificate' || purpose === 'key' ? file.problems : [];
      const found =
        problem === undefined || file.state.kind !== 'found'
          ? missingContent(model, named, file)
          : {
              what: `OpenSSL cannot read ${path}: ${problem.replace(/\.$/, '')}`,
              log: inErrorLog(model, purpose === 'key' ? 'unreadable-key' : 'unreadable-certificate'),
            };
      if (found === undefined) continue;
      yield {
        message: `${found.what}, so the server does not start${found.log}. Put the right file there.`,
        location: named.location,
        related: named.otherUses,
      };
    }
  },
};
