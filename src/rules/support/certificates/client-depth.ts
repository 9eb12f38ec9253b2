import type { Certificate } from '../../../certificates/certificate.ts';
import type { TlsSettings } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { RuleContext } from '../../rule.ts';
import { deployedCertificates } from './deployed-certificates.ts';
import { hasOtherCas } from './rootless.ts';

export interface DeepCa {
  readonly ca: Certificate;
  /** What `SSLVerifyDepth` has to be for its clients. */
  readonly needed: number;
}

/**
 * The first CA of a file whose clients have longer chains than `SSLVerifyDepth` allows: mod_ssl counts all certificates above the
 * client's own, the root too (`ssl_callback_SSLVerify`, AH02040), where OpenSSL itself counts those between.
 */
export function tooDeepCa(context: RuleContext, { clientDepth, clientCertificates }: TlsSettings): DeepCa | undefined {
  const depth = clientDepth && knownValue(clientDepth);
  const path = knownValue(clientCertificates);
  if (depth === undefined || depth < 0 || !path || hasOtherCas(context.model)) return undefined;
  const file = context.certificateFile(path);
  if (file.state.kind !== 'found' || file.hasTrust) return undefined;
  const seen = new Set(file.certificates.flatMap(({ selfIssued, subject }) => (selfIssued ? [subject] : [])));
  // Apache completes its own chain out of this file too.
  const ours = new Set(deployedCertificates(context).flatMap(({ sent }) => sent.map(({ issuer }) => issuer)));
  // By the shortest way from a root: CAs that sign each other have several.
  let above: ReadonlySet<string> = new Set(seen);
  for (let needed = 2; above.size > 0; needed++) {
    const level = above;
    const below = file.certificates.filter(
      ({ isCa, subject, issuer }) => isCa && level.has(issuer) && !seen.has(subject),
    );
    const ca = needed > depth ? below.find(({ subject }) => !ours.has(subject)) : undefined;
    if (ca) return { ca, needed };
    above = new Set(below.map(({ subject }) => subject));
    for (const subject of above) seen.add(subject);
  }
  // What signs others by its key usage is no certificate of a client that signs itself.
  const root = file.certificates.find(
    ({ isCa, keyUsage, subject }) => isCa && keyUsage.includes('keyCertSign') && !ours.has(subject),
  );
  return root && depth === 0 ? { ca: root, needed: 1 } : undefined;
}
