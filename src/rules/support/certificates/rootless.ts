import { remember } from '../../../memory/remember.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue, type Setting } from '../../../tls/model/setting.ts';
import type { CertificateFile, RuleContext } from '../../rule.ts';

/** Why nobody is verified, and what to do, as sentences without their ends. */
interface Lack {
  readonly what: string;
  readonly next: string;
}

/**
 * What is wrong with files of CAs that no chain can end in: OpenSSL ends one at a self-signed certificate alone, and neither
 * server sets X509_V_FLAG_PARTIAL_CHAIN (measured with nginx 1.26.3 and Apache 2.4.71). Undefined where one is not read here.
 */
export function lackOfRoot(
  { certificateFile, model }: RuleContext,
  ...settings: readonly (Setting<string | null> | undefined)[]
): Lack | undefined {
  const paths = settings.map((setting) => (setting === undefined ? null : knownValue(setting)));
  if (paths.includes(undefined)) return undefined;
  const files = [...new Set(paths.flatMap((path) => path ?? []))];
  if (hasOtherCas(model))
    return files.length === 1 ? lackOfNames(certificateFile(files[0] as string), model) : undefined;
  const isRootless = (path: string) => {
    const { state, certificates, hasTrust, problems, skipped } = certificateFile(path);
    const isRead = state.kind === 'found' && problems.length + skipped.length === 0 && !hasTrust;
    return isRead && certificates.length > 0 && !certificates.some(({ selfIssued }) => selfIssued);
  };
  return files.length > 0 && files.every(isRootless)
    ? {
        what: `No root certificate is in ${files.join(' or ')}, and a chain can end at nothing else`,
        next: "Append the root that the CA's own certificate comes from",
      }
    : undefined;
}

/** In a folder OpenSSL looks a CA up by the hash of its name (X509_LOOKUP_hash_dir(3)). It is looked through where it is all there is. */
function lackOfNames({ state, file }: CertificateFile, { paths }: ServerModel): Lack | undefined {
  const inside = (state.kind === 'found' && state.inside) || [];
  const isFound = inside.some(({ file: each }) => /\/[\da-f]{8}\.\d+$/.test(each));
  if (isFound || !inside.some(({ certificates }) => certificates.length > 0)) return undefined;
  if (paths.some(({ isForCommand, purpose }) => isForCommand && isOfCas.test(purpose))) return undefined;
  return {
    what: `No file in ${file} is named after the hash of its CA, as OpenSSL looks for it`,
    next: `Make links of such names with "openssl rehash ${file}"`,
  };
}

const isOfCas = /^(?:client|upstream)-ca$/;

/** Folders, and files of OpenSSL's own commands, in which the missing one may lie. */
export const hasOtherCas = remember(({ paths }: ServerModel) =>
  paths.some(({ wantsFolder, isForCommand, purpose }) => (wantsFolder || isForCommand) && isOfCas.test(purpose)),
);
