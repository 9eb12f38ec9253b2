import type { CertificateFile } from '../../../src/rules/rule.ts';
import { readsCertificatesAtOwnLevel } from '../../../src/rules/support/server-facts.ts';
import { evaluateCipherString } from '../../../src/tls/cipher-string/cipher-string.ts';
import { evaluateGroups } from '../../../src/tls/groups.ts';
import type { ServerModel, TlsSettings } from '../../../src/tls/model/server-model.ts';
import { knownValue } from '../../../src/tls/model/setting.ts';
import { certificatesAtLevel } from '../../../src/tls/offer/certificates.ts';
import { smallestRsaBits } from '../../../src/tls/security-level.ts';
import { evaluateTls13CipherSuites } from '../../../src/tls/suites/tls13-cipher-suites.ts';

/** What keeps one of the generated servers from starting; undefined where nothing does. */
export function whyItCannotStart(
  model: ServerModel,
  certificateFile: (path: string) => CertificateFile,
): string | undefined {
  const { server, target, sites } = model;
  for (const { tls, label } of sites) {
    if (knownValue(tls.enabled) !== true) continue;
    // nginx reads nothing of what a server without a certificate asks for.
    if (server === 'nginx' && knownValue(tls.certificates)?.length === 0 && knownValue(tls.rejectHandshake) !== true)
      continue;
    const string = (knownValue(tls.cipherString) ?? '') + (tls.cipherStringAppended ?? '');
    const ciphers = evaluateCipherString(string, target);
    const level = ciphers.securityLevel;
    const groups = evaluateGroups(knownValue(tls.groups) ?? 'auto', target);
    const newer = evaluateTls13CipherSuites(knownValue(tls.tls13CipherSuites) ?? '', target);
    if (ciphers.error !== undefined) return `${label}: ${ciphers.error}`;
    if (groups.error !== undefined) return `${label}: ${groups.error.reason}`;
    if (newer.error !== undefined) return `${label}: TLS 1.3 suites: ${newer.error}`;
    const dhFile = knownValue(tls.dhParameters);
    const dhBits = dhFile == null ? undefined : certificateFile(dhFile).dhBits;
    if (dhBits !== undefined && dhBits < smallestRsaBits(level)) return `${label}: DH parameters too small`;
    const leaves = leavesOf(tls, certificateFile);
    const atStart = readsCertificatesAtOwnLevel(model) ? level : target.securityLevel;
    if (certificatesAtLevel(leaves, atStart, target.openssl).length < leaves.length) return `${label}: key too small`;
  }
  return undefined;
}

function leavesOf(tls: TlsSettings, certificateFile: (path: string) => CertificateFile) {
  return (knownValue(tls.certificates) ?? []).flatMap(({ file }) =>
    certificateFile(file.value).certificates.slice(0, 1),
  );
}
