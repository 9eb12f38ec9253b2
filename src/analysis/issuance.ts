import type { Certificate } from '../certificates/certificate.ts';
import { verifySignature } from '../certificates/chain/edge.ts';
import { nodeOf } from '../certificates/chain/node.ts';
import type { Crypto } from '../host/host.ts';

const verdicts = new WeakMap<Certificate, WeakMap<Certificate, boolean>>();

/**
 * Whether names and signature let one certificate be issued by another; true where this host's library cannot judge the
 * signature. Remembered as long as the certificates are: an editor asks again at every key press.
 */
export function createIssuanceCheck(crypto: Crypto): (certificate: Certificate, issuer: Certificate) => boolean {
  return (certificate, issuer) => {
    const known = verdicts.get(certificate) ?? new WeakMap<Certificate, boolean>();
    verdicts.set(certificate, known);
    let verdict = known.get(issuer);
    if (verdict === undefined) {
      verdict = isIssuedBy(certificate, issuer, crypto);
      known.set(issuer, verdict);
    }
    return verdict;
  };
}

function isIssuedBy(certificate: Certificate, issuer: Certificate, crypto: Crypto): boolean {
  const [subject, signer] = [nodeOf(certificate), nodeOf(issuer)];
  return subject.issuerKey === signer.subjectKey && verifySignature(subject, signer, crypto) !== 'bad';
}
