import { baseName } from '../text/path.ts';
import { shellWord } from '../text/shell.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import { knownValue } from '../tls/model/setting.ts';
import type { CertificateFile, Rule } from './rule.ts';
import { missingContent, skippedBlock } from './support/files/file-contents.ts';
import { type UsedPath, usedPaths } from './support/files/named-paths.ts';
import { isKnownTrue } from './support/values.ts';

/** A certificate or key file that OpenSSL cannot read. */
export const certificateFileInvalid: Rule = {
  id: 'certificate-file-invalid',
  title: 'A certificate or key file cannot be read by OpenSSL',
  severity: 'error',
  effect: 'start',
  *check({ model, paths, certificateFile }) {
    for (const named of usedPaths(model)) {
      const { path, purpose } = named;
      if (purpose === 'document-root' || purpose === 'challenge-directory') continue;
      const file = certificateFile(path);
      // A repository may leave to the deployment what a folder holds.
      if (paths !== 'here' && isFolder(file)) continue;
      const found = missingContent(model, named, file);
      if (found !== undefined) {
        const how = file.isConvertible === true ? conversions[purpose] : undefined;
        const next =
          how === undefined
            ? 'Put the right file there.'
            : `"tls-workbench convert ${how}${shellWord(baseName(path))}" writes its certificates as PEM: put them there.`;
        yield {
          message: `${found.what}, so the server does not start${found.log}. ${found.why === undefined ? '' : `${found.why} `}${next}`,
          location: named.location,
          related: named.otherUses,
        };
        continue;
      }
      if (lacksKey(named, file) && !hasOther(named, model, certificateFile)) {
        yield {
          message: `${isFolder(file) ? `No file in ${path} holds a` : `${path} holds no`} private key, so no certificate is presented to backends: those that ask for one refuse the connection. Put the certificate and its key into ${isFolder(file) ? 'one file there' : 'the file'}, both as PEM.`,
          location: named.location,
          severity: 'warning',
          effect: 'connect',
          related: named.otherUses,
        };
        continue;
      }
      if (trustsNobody(model, named, file)) {
        yield {
          message: `${path} holds a revocation list and no certificate of a CA, so no backend is trusted: every connection to one that is verified with it fails. Put the certificate of the CA there.`,
          location: named.location,
          effect: 'connect',
          related: named.otherUses,
        };
        continue;
      }
      const skipped = skippedBlock(model, named, file);
      if (skipped === undefined) continue;
      yield {
        message: `OpenSSL skips a block of ${path}, and the server starts without it: ${skipped} Correct the block, or create the file again.`,
        location: named.location,
        severity: 'warning',
        effect: 'security',
        related: named.otherUses,
      };
    }
  },
};

/** How the certificates of another container are had, by what they are for: in order behind the first, or all of them. */
const conversions: Readonly<Partial<Record<UsedPath['purpose'], string>>> = {
  certificate: '',
  chain: '--to pem ',
  'client-ca': '--to pem ',
  'trusted-ca': '--to pem ',
  'upstream-ca': '--to pem ',
};

/** What the server is to show to backends, and cannot. */
function lacksKey({ purpose, isReadAtStart }: UsedPath, file: CertificateFile): boolean {
  const { state } = file;
  if (purpose !== 'client-certificate' || isReadAtStart !== true || state.kind !== 'found') return false;
  const files = state.inside ?? (state.size === undefined ? undefined : [file]);
  return files?.every(({ keyKinds, problems }) => keyKinds.length + problems.length === 0) === true;
}

/** File and folder of one server are read both. */
function hasOther(named: UsedPath, model: ServerModel, fileAt: (path: string) => CertificateFile): boolean {
  return usedPaths(model).some(
    (other) =>
      other !== named &&
      other.purpose === named.purpose &&
      other.sites.some((site) => named.sites.includes(site)) &&
      !lacksKey(other, fileAt(other.path)),
  );
}

function isFolder({ state }: CertificateFile): boolean {
  return state.kind === 'found' && state.isFolder === true;
}

/** OpenSSL is content with a revocation list alone (X509_load_cert_crl_file), by which nobody can be verified. */
function trustsNobody({ upstreams }: ServerModel, { purpose, path }: UsedPath, file: CertificateFile): boolean {
  if (purpose !== 'upstream-ca' || file.certificates.length > 0 || file.revocationLists.length === 0) return false;
  return upstreams.some(
    ({ tls, verify, trustedCertificate }) =>
      isKnownTrue(tls) && isKnownTrue(verify) && knownValue(trustedCertificate) === path,
  );
}
