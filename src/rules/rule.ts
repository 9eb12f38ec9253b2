import type { Certificate } from '../certificates/certificate.ts';
import type { ConfiguredFile } from '../certificates/configured-file.ts';
import type { Effect, Related, RuleInfo, Severity } from '../text/finding.ts';
import type { Location } from '../text/range.ts';
import type { Whereabouts } from '../text/whereabouts.ts';
import type { Change } from '../tls/model/change.ts';
import type { ServerModel } from '../tls/model/server-model.ts';
import type { GuidelineProfile } from '../tls/profiles.ts';

/** What lies at a path that the configuration names. */
export type PathState =
  /** `size` in bytes, of a file; `isFolder` of a folder, `inside` all files of one that was looked through. */
  | {
      readonly kind: 'found';
      readonly mode: number | undefined;
      readonly size?: number;
      readonly isFolder?: boolean;
      readonly inside?: readonly CertificateFile[];
    }
  /** `mapped` is where `lint.map` says that it lies. */
  | { readonly kind: 'missing'; readonly mapped?: string }
  /** Not looked up, forbidden, or on another machine. */
  | { readonly kind: 'unseen'; readonly reason: string };

/** Certificates and the public halves of keys in one file that the configuration names. */
export interface CertificateFile extends ConfiguredFile {
  readonly state: PathState;
  /** File in the workspace that was read for it. */
  readonly file: string;
}

/** What a rule about the model may look at. */
export interface RuleContext {
  readonly model: ServerModel;
  /** Servers that lie beside it in the same workspace or call, one of which may stand in front of an application. */
  readonly servers?: readonly ServerModel[];
  readonly profile: GuidelineProfile;
  readonly now: Date;
  /** What a file that is named and not there means. */
  readonly paths: Whereabouts;
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
  /** Made when somebody asks, where a configuration may have thousands of what is reported. */
  readonly fixes?: readonly ModelFix[] | (() => readonly ModelFix[]);
}

/** One idea about the model, in one file that is named after its id. */
export interface Rule extends RuleInfo {
  check(context: RuleContext): Iterable<Report>;
}
