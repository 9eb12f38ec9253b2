import type { Certificate } from '../certificates/certificate.ts';
import type { RevocationList } from '../certificates/containers/crl.ts';
import type { OcspResponse } from '../certificates/containers/ocsp.ts';
import type { Effect, Related, RuleInfo, Severity } from '../text/finding.ts';
import type { Location } from '../text/range.ts';
import type { Change } from '../tls/model/change.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import type { GuidelineProfile } from '../tls/profiles.ts';

/** What lies at a path that the configuration names. */
export type PathState =
  /** `size` in bytes, of a file whose content was looked at. */
  | { readonly kind: 'found'; readonly mode: number | undefined; readonly size?: number }
  | { readonly kind: 'missing' }
  /** Not looked up, forbidden, or on another machine. */
  | { readonly kind: 'unseen'; readonly reason: string };

/** Certificates and the public halves of keys in one file that the configuration names. */
export interface CertificateFile {
  readonly state: PathState;
  /** File in the workspace that was read for it. */
  readonly file: string;
  readonly certificates: readonly Certificate[];
  /** SPKI SHA-256 (hex) of each private key in the file; empty where none or encrypted. */
  readonly keyPins: readonly string[];
  /** Kinds of private keys: `RSA`, `EC P-256`, `Ed25519`, `encrypted`, … */
  readonly keyKinds: readonly string[];
  /** Size of the prime of DH parameters in the file, in bits. */
  readonly dhBits: number | undefined;
  readonly revocationLists: readonly RevocationList[];
  /** An OCSP response to be stapled. */
  readonly ocspResponse: OcspResponse | undefined;
  /** What the file holds that OpenSSL would refuse, one sentence each. */
  readonly problems: readonly string[];
}

/** What a rule about the model may look at. */
export interface RuleContext {
  readonly model: ServerModel;
  readonly profile: GuidelineProfile;
  readonly now: Date;
  /** Whether a missing file is an error (`here`) or lies on another machine (`elsewhere`). */
  readonly paths: 'here' | 'elsewhere';
  readonly certificateFile: (path: string) => CertificateFile;
  /** Whether names and signature agree. Absent where nothing can check signatures; names and key identifiers decide then. */
  readonly isIssuedBy?: (certificate: Certificate, issuer: Certificate) => boolean;
}

export interface ModelFix {
  readonly title: string;
  readonly safe: boolean;
  readonly changes: readonly Change[];
}

/** What a model rule answers. Severity and effect default to the rule's own. */
export interface Report {
  readonly message: string;
  readonly location: Location;
  readonly severity?: Severity;
  readonly effect?: Effect;
  readonly related?: readonly Related[];
  readonly fixes?: readonly ModelFix[];
}

/** One idea about the model, in one file that is named after its id. */
export interface Rule extends RuleInfo {
  check(context: RuleContext): Iterable<Report>;
}
