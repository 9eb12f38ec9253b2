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
  if (depth === undefined || depth < 1 || !path || hasOtherCas(context.model)) return undefined;
  const file = context.certificateFile(path);
  if (file.state.kind !== 'found' || file.hasTrust) return undefined;
  const roots = new Set(file.certificates.filter(({ selfIssued }) => selfIssued).map(({ subject }) => subject));
  // With a root of the same name the chain may end sooner.
  const inner = file.certificates.filter(({ isCa, subject }) => isCa && !roots.has(subject));
  const bySubject = new Map(inner.map((certificate) => [certificate.subject, certificate]));
  const above = ({ issuer }: Certificate): number => {
    let count = 1;
    for (let next = bySubject.get(issuer); next && count <= inner.length; next = bySubject.get(next.issuer)) count++;
    return count;
  };
  const deep = inner.filter((certificate) => above(certificate) + 1 > depth);
  if (deep.length === 0) return undefined;
  // Apache completes its own chain out of this file too.
  const ours = new Set(deployedCertificates(context).flatMap(({ sent }) => sent.map(({ issuer }) => issuer)));
  const ca = deep.find(({ subject }) => !ours.has(subject));
  return ca && { ca, needed: above(ca) + 1 };
}
