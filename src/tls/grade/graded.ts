import type { LeafCertificate } from '../offer/certificates.ts';
import type { Offer } from '../offer/offer.ts';
import type { ProtocolVersion } from '../protocols.ts';
import type { Letter } from './letters.ts';

/** Points from 0 to 100. */
export interface Scores {
  readonly protocol: number;
  readonly keyExchange: number;
  readonly cipher: number;
  readonly total: number;
}

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
