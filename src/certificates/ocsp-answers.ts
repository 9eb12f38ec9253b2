import { bitsOf, childrenOf, type Element, encodingOf, hexOf } from './asn1/der.ts';
import type { Certificate } from './certificate.ts';
import { createVerifier } from './chain/edge.ts';
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

const digests = ['sha1', 'sha256', 'sha384', 'sha512'] as const;

/** So many signatures of certificates are checked for one response: there may be any number of authorities of one name. */
const maximumChecks = 2000;

/**
 * Answers of a response about certificates whose issuer is at hand, and signed it or named who may (RFC 6960 section 4.2.2.2).
 * Who does not know a certificate says nothing of it.
 */
export function answersOf(
  { response, file }: { readonly response: OcspResponse; readonly file: string },
  certificates: readonly Certificate[],
  authorities: readonly Certificate[],
  { crypto, now }: RevocationOptions,
): readonly Answer[] {
  const verifier = createVerifier(crypto, maximumChecks);
  const isIssuedBy = (certificate: Certificate, authority: Certificate): boolean =>
    certificate.issuer === authority.subject && verifier.verify(nodeOf(certificate), nodeOf(authority)) === 'good';
  const isSignedBy = (signer: Certificate): boolean => {
    const { data, algorithm, signature } = response.signed ?? {};
    if (data === undefined || algorithm === undefined || signature === undefined) return false;
    return crypto.verify(algorithm, encodingOf(nodeOf(signer).parts.publicKey), data, signature) === 'good';
  };
  const signers = response.certificates.slice(0, 5).flatMap((der) => {
    const found = decodeCertificate(der, crypto);
    const mayAnswer = !isUndecodable(found) && found.extendedKeyUsage.includes('OCSPSigning');
    return mayAnswer && isSignedBy(found) ? [found] : [];
  });
  const known = new Map<Certificate, boolean>();
  const isFrom = (authority: Certificate): boolean => {
    const isIts =
      known.get(authority) ?? (signers.some((each) => isIssuedBy(each, authority)) || isSignedBy(authority));
    known.set(authority, isIts);
    return isIts;
  };
  const answers = new Map<string, OcspSingleResponse>();
  const keys = new Set<string>();
  for (const each of response.responses) {
    keys.add(each.issuerKeyHash);
    const id = `${each.issuerKeyHash} ${each.serialNumber}`;
    if (each.status !== 'unknown' && each.thisUpdate <= now && !answers.has(id)) answers.set(id, each);
  }
  const named = authorities.flatMap((authority) => {
    const key = bitsOf(childrenOf(nodeOf(authority).parts.publicKey)[1] as Element);
    const hashes = digests.map((digest) => hexOf(crypto.digest(digest, key)));
    return hashes.filter((hash) => keys.has(hash)).map((hash) => ({ authority, hash }));
  });
  return certificates.flatMap((certificate) => {
    for (const { authority, hash } of named) {
      const said = answers.get(`${hash} ${certificate.serialNumber}`);
      if (said && isIssuedBy(certificate, authority) && isFrom(authority)) return [{ certificate, said, file }];
    }
    return [];
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
