import type { NamedPath, ServerModel } from '../tls/model/server-model.ts';
import type { CertificateFile, Rule } from './rule.ts';
import { type Missing, missingContent } from './support/files/file-contents.ts';
import { type UsedPath, usedPaths } from './support/files/named-paths.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';
import { isSetUpAtStart } from './support/sites/prepared-sites.ts';

const isFolder = (purpose: NamedPath['purpose']) => purpose === 'document-root' || purpose === 'challenge-directory';

/** A certificate or key file that OpenSSL cannot read. */
export const certificateFileInvalid: Rule = {
  id: 'certificate-file-invalid',
  title: 'A certificate or key file cannot be read by OpenSSL',
  severity: 'error',
  effect: 'start',
  *check({ model, paths, certificateFile }) {
    for (const named of usedPaths(model)) {
      const { path, purpose, onlyAuthorities } = named;
      if (isFolder(purpose)) continue;
      const file = certificateFile(path);
      // A repository may leave to the deployment what a folder holds.
      const found =
        onlyAuthorities && paths === 'here' ? emptyFolder(model, path, file) : unfitFile(model, named, file);
      if (found === undefined) continue;
      yield {
        message: `${found.what}, so the server does not start${found.log}. Put the right file there.`,
        location: named.location,
        related: named.otherUses,
      };
    }
  },
};

function unfitFile(model: ServerModel, named: UsedPath, file: CertificateFile): Missing | undefined {
  const { path, purpose, sites, isReadAtStart } = named;
  const isPair = purpose === 'certificate' || purpose === 'key';
  const isRead =
    isReadAtStart ?? (!serverFacts(model).preparesIdleTls || sites.some((site) => isSetUpAtStart(model, site)));
  if (isPair && !isRead) return undefined;
  const [problem] = isPair ? file.problems : [];
  if (problem === undefined || file.state.kind !== 'found') return missingContent(model, named, file);
  return {
    what: `OpenSSL cannot read ${path}: ${problem.replace(/\.$/, '')}`,
    log: inErrorLog(model, purpose === 'key' ? 'unreadable-key' : 'unreadable-certificate'),
  };
}

/** A folder of CAs without one. */
function emptyFolder(model: ServerModel, path: string, { state }: CertificateFile): Missing | undefined {
  if (state.kind !== 'found' || !state.lacksCertificates) return undefined;
  return {
    what: `No file in ${path} holds the certificate of a CA`,
    log: inErrorLog(model, 'no-ca-in-folder'),
  };
}
