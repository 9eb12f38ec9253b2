import type { Certificate } from '../../../certificates/certificate.ts';
import type { Site } from '../../../tls/model/server-model.ts';
import { knownValue } from '../../../tls/model/setting.ts';
import type { RuleContext } from '../../rule.ts';
import { serverFacts } from '../server-facts.ts';
import { isKnownNull } from '../values.ts';
import { readChain } from './chain.ts';

/**
 * Whether OpenSSL completes a chain, or may, out of the CAs that clients are verified with, as Apache has it read them in any case
 * (measured with 2.4.71; nginx forbids it).
 * @param sent nothing where what the server sends cannot be read
 */
export function isCompleted(context: RuleContext, { tls }: Site, sent: readonly Certificate[] = []): boolean {
  if (!serverFacts(context.model).readsUnusedTrust) return false;
  if (/^sslcacertificatepath/m.test(knownValue(tls.clientAuthorities) ?? '')) return true;
  if (isKnownNull(tls.trustedCertificate)) return false;
  const path = knownValue(tls.trustedCertificate);
  const trusted = path ? context.certificateFile(path) : undefined;
  if (trusted?.state.kind !== 'found' || sent.length === 0) return true;
  return readChain(context, [...sent, ...trusted.certificates]).path.length > 1;
}
