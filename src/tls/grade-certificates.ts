import type { CertificateProblem } from './grade.ts';

/** What grading looks at in a leaf certificate; the certificate model has all of it. */
export interface GradedCertificate {
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly selfIssued: boolean;
  readonly signatureAlgorithm: string;
}

/**
 * Why SSL Labs would not trust a certificate, as far as the file itself tells.
 * @param coversName false where it is for other names, undefined where the name is not known
 */
export function certificateProblems(
  { notBefore, notAfter, selfIssued, signatureAlgorithm }: GradedCertificate,
  now: Date,
  coversName?: boolean,
): readonly CertificateProblem[] {
  const problems: CertificateProblem[] = [];
  if (notAfter < now) problems.push('expired');
  if (notBefore > now) problems.push('not-yet-valid');
  if (selfIssued) problems.push('self-signed');
  if (/md[25]/i.test(signatureAlgorithm)) problems.push('md5-signature');
  else if (/sha-?1(?!\d)/i.test(signatureAlgorithm)) problems.push('sha1-signature');
  if (coversName === false) problems.push('name-mismatch');
  return problems;
}
