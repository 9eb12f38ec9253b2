import type { LeafCertificate } from '../offer/certificates.ts';
import type { Offer } from '../offer/offer.ts';
import type { ProtocolVersion } from '../protocols.ts';
import { capsOf } from './caps.ts';
import { type Letter, letters } from './letters.ts';
import { liftOf } from './lift.ts';
import { type Scores, scoresOf } from './scores.ts';

/** What is wrong with a certificate itself, as far as the caller can tell. */
export type CertificateProblem =
  | 'expired'
  | 'not-yet-valid'
  | 'self-signed'
  | 'untrusted'
  | 'sha1-signature'
  | 'md5-signature'
  | 'name-mismatch';

export interface GradeInput {
  readonly offer: Offer;
  /** One leaf for each certificate file, or why they are not known: a key of usual size is then assumed. */
  readonly certificates: readonly LeafCertificate[] | string;
  readonly certificateProblems: readonly CertificateProblem[];
  /** Seconds of `max-age`; null without the header, undefined where that is not known or where HTTP is not spoken. */
  readonly hstsMaxAge: number | null | undefined;
  /** Bits of the DH parameters; undefined where they are as large as the certificate's key, or not known. */
  readonly dhBits: number | undefined;
  readonly compression: boolean;
}

/** Settings that decide about a grade. */
export type GradedSetting =
  | 'protocols'
  | 'cipherString'
  | 'certificates'
  | 'dhParameters'
  | 'compression'
  | 'groups'
  | 'hsts';

export interface GradeReason {
  /** The best letter that this leaves; `A-` means: no A+ and no A. */
  readonly cap: Letter;
  /** Sentence without a full stop. */
  readonly message: string;
  readonly setting: GradedSetting;
}

/** The one change that lifts the grade most. */
export interface Lift {
  readonly setting: GradedSetting;
  /** What to do, sentence without a full stop. */
  readonly message: string;
  /** Grade after it. */
  readonly grade: Letter;
  /** New value where the setting is a list of protocols. */
  readonly protocols?: readonly ProtocolVersion[];
}

export interface Grade extends Graded {
  readonly lift: Lift | undefined;
  /** What was taken for granted because it cannot be seen, one sentence each. */
  readonly assumptions: readonly string[];
}

export interface Graded {
  readonly letter: Letter;
  /** The letter that the server would have with a certificate that is trusted for the name. */
  readonly ignoringTrust: Letter;
  readonly scores: Scores;
  /** Gravest first. */
  readonly reasons: readonly GradeReason[];
}

/**
 * Predicts the grade of SSL Labs (rating guide 2009r, 2025-05) from what the configuration offers. What only a running
 * server shows, bugs of an implementation say, is not considered. A string says why there is no grade.
 */
export function grade(input: GradeInput): Grade | string {
  const { protocols, cipherSuites, tls13CipherSuites } = input.offer;
  for (const value of [protocols, cipherSuites, tls13CipherSuites]) {
    if (value.kind === 'unknown') return value.reason;
    if (value.kind === 'one-of') return 'it depends on a condition';
  }
  if (protocols.kind === 'known' && protocols.value.length === 0) return 'no client can connect';
  const graded = gradeOf(input);
  const assumptions =
    typeof input.certificates === 'string' ? [`${input.certificates}: a trusted one of usual size is assumed`] : [];
  return { ...graded, lift: liftOf(input, graded, gradeOf), assumptions };
}

function gradeOf(input: GradeInput): Graded {
  const scores = scoresOf(input);
  const reasons = [...capsOf(input, scores)].sort((a, b) => letters.indexOf(b.cap) - letters.indexOf(a.cap));
  const trusted = reasons.filter(({ cap }) => cap !== 'T' && cap !== 'M');
  const ignoringTrust = worst(letterOf(scores.total), trusted);
  return { letter: worst(ignoringTrust, reasons), ignoringTrust, scores, reasons };
}

/** 80 and more is an A; an A that nothing speaks against is an A+. */
function letterOf(total: number): Letter {
  if (total >= 80) return 'A+';
  if (total >= 65) return 'B';
  if (total >= 50) return 'C';
  if (total >= 35) return 'D';
  return total >= 20 ? 'E' : 'F';
}

function worst(letter: Letter, reasons: readonly GradeReason[]): Letter {
  return reasons.reduce<Letter>(
    (worse, { cap }) => (letters.indexOf(cap) > letters.indexOf(worse) ? cap : worse),
    letter,
  );
}
