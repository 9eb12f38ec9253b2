import type { Severity } from '../../text/finding.ts';
import type { Certificate } from '../certificate.ts';
import type { CertificateParts } from '../parts.ts';
import type { Revocation } from '../revocation.ts';
import type { JudgedTimestamp } from '../transparency/judge-timestamps.ts';
import type { Classification } from './classify.ts';

/** A CA above a certificate, and what a list says of that. */
export interface RevokedIssuer {
  readonly issuer: Certificate;
  readonly revocation: Revocation;
}

/** What a lint may look at. What is undefined is not known, and then not judged. */
export interface LintSubject {
  readonly certificate: Certificate;
  readonly parts: CertificateParts;
  readonly now: Date;
  readonly classification: Classification;
  /** For TLS servers, as far as its extensions say: no CA, and no other purpose. */
  readonly isServer: boolean;
  /** The certificates above it, nearest first. */
  readonly issuers: readonly Certificate[];
  /** Host names that a server answers to with it. */
  readonly hosts: readonly string[] | undefined;
  /** What it is used for, where a configuration says so. */
  readonly role: 'server' | 'client' | undefined;
  /** Whether the server staples OCSP responses. */
  readonly stapling: boolean | undefined;
  /** True where a root of a public store was found above it. */
  readonly publiclyTrusted: boolean;
  /** The timestamps of Certificate Transparency that it carries. */
  readonly timestamps: readonly JudgedTimestamp[];
  /** What a list of its issuer says of it. */
  readonly revocation: Revocation | undefined;
  readonly revokedIssuer: RevokedIssuer | undefined;
}

export interface CertificateLint {
  readonly id: string;
  /** One line, sentence case, no full stop. */
  readonly title: string;
  readonly reference: string;
  check(subject: LintSubject): Iterable<{ readonly severity: Severity; readonly message: string }>;
}
