import { nodeOf } from '../chain/node.ts';
import type { CertificateLint, LintSubject } from './rule.ts';

/**
 * What OpenSSL refuses under X509_V_FLAG_X509_STRICT besides what is told elsewhere (`check_extensions` in x509_vfy.c). Python
 * sets that flag since 3.13, and private CAs made by hand fail. A certificate that is its own whole chain is not looked at so.
 */
const strictClients: CertificateLint = {
  id: 'certificate-strict-clients',
  title: 'Clients that verify strictly refuse the certificate',
  reference: 'RFC 5280 sections 4.2.1.1 to 4.2.1.6, Python ssl.create_default_context',
  *check(subject) {
    const { certificate, classification } = subject;
    if (classification === 'public' || certificate.version < 3) return;
    const isNamed = certificate.subjectAltNames.some((name) => /^(?:DNS|IP):/.test(name));
    if (certificate.selfIssued && (isNamed || !certificate.isCa)) return;
    const missing = [...lacksOf(subject)];
    if (missing.length === 0) return;
    const what = missing.map(([lack]) => lack).join(', and ');
    const remedy = missing.map(([, setting]) => setting).join(', ');
    yield {
      severity: 'information',
      message: `Clients that verify strictly, as Python does since 3.13, refuse it: ${what}. Issue it again with ${remedy} (in the words of OpenSSL).`,
    };
  },
};

function* lacksOf({ certificate }: LintSubject): Iterable<readonly [lack: string, setting: string]> {
  const extensionOf = (oid: string) => certificate.extensions.find((extension) => extension.oid === oid);
  if (!certificate.selfIssued && certificate.authorityKeyIdentifier === undefined)
    yield ['it has no authority key identifier', 'authorityKeyIdentifier=keyid'];
  if (certificate.isCa && extensionOf('2.5.29.14') === undefined)
    yield ['it has no subject key identifier', 'subjectKeyIdentifier=hash'];
  const usage = extensionOf('2.5.29.15');
  if (certificate.isCa && usage === undefined)
    yield ['it is a CA without key usage', 'keyUsage=critical,keyCertSign,cRLSign'];
  const { pathLength } = nodeOf(certificate).basicConstraints ?? {};
  if (pathLength !== undefined && !certificate.isCa)
    yield ['it has a path length without being a CA', 'basicConstraints=critical,CA:FALSE'];
  else if (pathLength !== undefined && usage !== undefined && !certificate.keyUsage.includes('keyCertSign'))
    yield ['it has a path length and a key usage without keyCertSign', 'keyUsage=critical,keyCertSign,cRLSign'];
  if (certificate.subject === '' && extensionOf('2.5.29.17')?.critical === false)
    yield ['its subject is empty and its alternative names are not critical', 'subjectAltName=critical,…'];
}

export const strictLints: readonly CertificateLint[] = [strictClients];
