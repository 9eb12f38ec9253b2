import { bitsOf, childrenOf, type Element, encodingOf, hexOf } from './asn1/der.ts';
import type { Certificate } from './certificate.ts';
import { verifySignature } from './chain/edge.ts';
import { nodeOf } from './chain/node.ts';
import type { OcspResponse, OcspSingleResponse } from './containers/ocsp.ts';
import { decodeCertificate, isUndecodable } from './decode.ts';
import type { Revocation, RevocationOptions } from './revocation.ts';

/** What an OCSP response says of a certificate, signed by whoever may say so. */
export interface Answer {
  readonly certificate: Certificate;
  readonly said: OcspSingleResponse;
  readonly file: string;
}

/** Answers of a response about certificates whose issuer is at hand, and signed it or named who may (RFC 6960 section 4.2.2.2). */
export function answersOf(
  { response, file }: { readonly response: OcspResponse; readonly file: string },
  certificates: readonly Certificate[],
  authorities: readonly Certificate[],
  { crypto, now }: RevocationOptions,
): readonly Answer[] {
  const responders = response.certificates.slice(0, 5).flatMap((der) => {
    const found = decodeCertificate(der, crypto);
    return isUndecodable(found) || !found.extendedKeyUsage.includes('OCSPSigning') ? [] : [found];
  });
  const isIssuedBy = (certificate: Certificate, authority: Certificate): boolean =>
    certificate.issuer === authority.subject &&
    verifySignature(nodeOf(certificate), nodeOf(authority), crypto) === 'good';
  const isSignedBy = (signer: Certificate): boolean => {
    const { data, algorithm, signature } = response.signed ?? {};
    if (data === undefined || algorithm === undefined || signature === undefined) return false;
    return crypto.verify(algorithm, encodingOf(nodeOf(signer).parts.publicKey), data, signature) === 'good';
  };
  return certificates.flatMap((certificate) => {
    const authority = authorities.find((each) => isIssuedBy(certificate, each));
    if (authority === undefined) return [];
    const mayAnswer = [authority, ...responders.filter((each) => isIssuedBy(each, authority))];
    const key = bitsOf(childrenOf(nodeOf(authority).parts.publicKey)[1] as Element);
    const said = response.responses.find(
      ({ serialNumber, issuerKeyHash, thisUpdate }) =>
        serialNumber === certificate.serialNumber &&
        thisUpdate <= now &&
        issuerKeyHash === hexOf(crypto.digest(issuerKeyHash.length === 40 ? 'sha1' : 'sha256', key)),
    );
    return said !== undefined && mayAnswer.some(isSignedBy) ? [{ certificate, said, file }] : [];
  });
}

/** The revoked ones by their SHA-256: of several answers the newest counts. */
export function revokedByAnswers(answers: readonly Answer[], now: Date): ReadonlyMap<string, Revocation> {
  const newest = new Map<string, Answer>();
  for (const answer of answers) {
    const { sha256 } = answer.certificate;
    const known = newest.get(sha256);
    if (known === undefined || known.said.thisUpdate < answer.said.thisUpdate) newest.set(sha256, answer);
  }
  const found = new Map<string, Revocation>();
  for (const [sha256, { said, file }] of newest) {
    const { status, revokedAt, reason, thisUpdate, nextUpdate } = said;
    // What was on hold may have been taken back since.
    const isDoubtful = reason === 'certificateHold' && nextUpdate !== undefined && nextUpdate < now;
    if (status !== 'revoked' || revokedAt === undefined || isDoubtful) continue;
    found.set(sha256, { date: revokedAt, reason, thisUpdate, file, fromResponse: true });
  }
  return found;
}
