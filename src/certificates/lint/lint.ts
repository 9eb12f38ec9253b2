import type { Severity } from '../../text/finding.ts';
import type { Certificate } from '../certificate.ts';
import { nodeOf } from '../chain/node.ts';
import { findRawExtension } from '../extensions/find.ts';
import type { Revocation } from '../revocation.ts';
import { type JudgedTimestamp, judgeTimestamps } from '../transparency/judge-timestamps.ts';
import { classify } from './classify.ts';
import { encodingLints } from './encoding.ts';
import { keyLints } from './key.ts';
import { nameLints } from './names.ts';
import { revocationLints } from './revocation.ts';
import type { CertificateLint, LintSubject, RevokedIssuer } from './rule.ts';
import { strictLints } from './strict.ts';
import { transparencyLints } from './transparency.ts';
import { usageLints } from './usage.ts';
import { validityLints } from './validity.ts';

/** What is wrong with one certificate. `reference` names the document and section that say so. */
export interface CertificateFinding {
  readonly rule: string;
  readonly severity: Severity;
  /** One or two plain sentences: what breaks, and for whom. */
  readonly message: string;
  readonly reference: string;
}

export interface LintOptions {
  readonly now: Date;
  readonly issuers?: readonly Certificate[];
  readonly publiclyTrusted?: boolean;
  readonly hosts?: readonly string[];
  readonly role?: 'server' | 'client';
  readonly stapling?: boolean;
  /** With their signatures checked; without them only names of logs are known. */
  readonly timestamps?: readonly JudgedTimestamp[];
  readonly revocation?: Revocation | undefined;
  readonly revokedIssuer?: RevokedIssuer | undefined;
}

export const lints: readonly CertificateLint[] = [
  ...validityLints,
  ...nameLints,
  ...keyLints,
  ...usageLints,
  ...revocationLints,
  ...transparencyLints,
  ...encodingLints,
  ...strictLints,
];

/** All lints over one certificate, gravest first. Never throws: a lint that cannot read its fields says nothing. */
export function lintCertificate(certificate: Certificate, options: LintOptions): CertificateFinding[] {
  const subject = subjectOf(certificate, options);
  const findings = lints.flatMap((lint) => {
    try {
      return [...lint.check(subject)].map((found) => ({ rule: lint.id, ...found, reference: lint.reference }));
    } catch {
      return [];
    }
  });
  return findings.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
}

const order: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

function subjectOf(certificate: Certificate, options: LintOptions): LintSubject {
  const { parts } = nodeOf(certificate);
  const publiclyTrusted = options.publiclyTrusted ?? false;
  const purposes = certificate.extendedKeyUsage;
  // Proxies of people (RFC 3820) have no purpose of their own.
  const isProxy = findRawExtension(parts, '1.3.6.1.5.5.7.1.14') !== undefined;
  const forServers =
    (purposes.length === 0 && !isProxy) || purposes.includes('serverAuth') || purposes.includes('anyExtendedKeyUsage');
  return {
    certificate,
    parts,
    now: options.now,
    classification: classify(certificate, parts, publiclyTrusted),
    isServer: options.role === 'server' || (!certificate.isCa && forServers && options.role !== 'client'),
    issuers: options.issuers ?? [],
    hosts: options.hosts,
    role: options.role,
    stapling: options.stapling,
    publiclyTrusted,
    timestamps: options.timestamps ?? judgeTimestamps(certificate),
    revocation: options.revocation,
    revokedIssuer: options.revokedIssuer,
  };
}
