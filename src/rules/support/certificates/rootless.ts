import { remember } from '../../../memory/remember.ts';
import type { ServerModel } from '../../../tls/model/server-model.ts';
import { knownValue, type Setting } from '../../../tls/model/setting.ts';
import type { RuleContext } from '../../rule.ts';

/**
 * What is wrong with files of CAs that no chain can end in: OpenSSL ends one at a self-signed certificate alone, and neither
 * server sets X509_V_FLAG_PARTIAL_CHAIN (measured with nginx 1.26.3 and Apache 2.4.71). Undefined where one is not read here.
 */
export function lackOfRoot(
  { certificateFile, model }: RuleContext,
  ...settings: readonly (Setting<string | null> | undefined)[]
): string | undefined {
  const paths = settings.map((setting) => (setting === undefined ? null : knownValue(setting)));
  if (paths.includes(undefined) || hasOtherCas(model)) return undefined;
  const files = [...new Set(paths.flatMap((path) => path ?? []))];
  const isRootless = (path: string) => {
    const { state, certificates, hasTrust, problems, skipped } = certificateFile(path);
    const isRead = state.kind === 'found' && problems.length + skipped.length === 0 && !hasTrust;
    return isRead && certificates.length > 0 && !certificates.some(({ selfIssued }) => selfIssued);
  };
  return files.length > 0 && files.every(isRootless)
    ? `No root certificate is in ${files.join(' or ')}, and a chain can end at nothing else`
    : undefined;
}

/** Folders, and files of OpenSSL's own commands, in which the missing one may lie. */
export const hasOtherCas = remember(({ paths }: ServerModel) =>
  paths.some(
    ({ wantsFolder, isForCommand, purpose }) =>
      (wantsFolder || isForCommand) && /^(?:client|upstream)-ca$/.test(purpose),
  ),
);
