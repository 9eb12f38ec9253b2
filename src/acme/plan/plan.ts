import type { Range } from '../../text/range.ts';
import type { Identifier } from '../order/identifiers.ts';

export const keyTypes = ['ecdsa-p256', 'ecdsa-p384', 'rsa-2048', 'rsa-3072', 'rsa-4096'] as const;
export type KeyType = (typeof keyTypes)[number];

/** The plan file, read: who issues, and which certificates there shall be. Paths are absolute. */
export interface Plan {
  /** Absolute path of `tls-workbench.yaml`. */
  readonly file: string;
  /** Its folder: relative paths start there. */
  readonly folder: string;
  readonly issuers: ReadonlyMap<string, Issuer>;
  readonly certificates: ReadonlyMap<string, PlannedCertificate>;
}

export type Issuer = AcmeIssuer | LocalIssuer;

export interface AcmeIssuer {
  readonly type: 'acme';
  readonly name: string;
  /** Directory URL, a preset's name resolved. */
  readonly directory: string;
  readonly contact: readonly string[];
  readonly agreeToTerms: boolean;
  /** File with the PEM roots of a private CA's own HTTPS. */
  readonly ca: string | undefined;
  /** Other hosts that the directory may send us to. */
  readonly hosts: readonly string[];
  readonly eab: ExternalAccount | undefined;
  /** Another issuer to offer when this one is down. */
  readonly fallback: string | undefined;
  readonly range: Range;
}

/** JWS algorithms that bind an external account (RFC 8555 section 7.3.4 asks for one with a MAC). */
export const macAlgorithms = ['HS256', 'HS384', 'HS512'] as const;
export type MacAlgorithm = (typeof macAlgorithms)[number];

/** The secret is no part of the plan: it comes from the environment, a file of the user or the editor's secrets. */
export interface ExternalAccount {
  readonly kid: string;
  readonly algorithm: MacAlgorithm;
  readonly keyFile: string | undefined;
}

/** A development CA in the state folder that issues without a network. */
export interface LocalIssuer {
  readonly type: 'local';
  readonly name: string;
  /** Names, `*.suffix` and addresses (also with `/bits`) that it is constrained to. */
  readonly permitted: readonly string[];
  readonly range: Range;
}

export interface PlannedCertificate {
  readonly name: string;
  readonly identifiers: readonly Identifier[];
  /** Where each is named, by its value. */
  readonly identifierRanges: ReadonlyMap<string, Range>;
  /** Name of the issuer. */
  readonly issuer: string;
  /** Where it is named. */
  readonly issuerRange: Range;
  readonly challenge: ChallengePlan | undefined;
  /** There is one in the plan that could not be read, which is told already. */
  readonly hasWrongChallenge?: true;
  readonly key: KeyType;
  readonly reuseKey: boolean;
  readonly profile: string | undefined;
  /** Where it is named. */
  readonly profileRange: Range | undefined;
  readonly preferredChain: string | undefined;
  /** Asks for OCSP Must-Staple (RFC 7633). */
  readonly mustStaple: boolean;
  /** File with the user's own certificate signing request; then no key is made. */
  readonly csr: string | undefined;
  readonly output: OutputPlan;
  /** Argument list to run after new files are in place. */
  readonly after: readonly string[] | undefined;
  readonly range: Range;
  /** The key of the entry alone, for lenses. */
  readonly nameRange: Range;
}

export type ChallengePlan =
  | {
      readonly type: 'http-01';
      readonly how: 'folder';
      /** Folder for the challenge files by identifier value. */
      readonly folders: ReadonlyMap<string, string>;
    }
  | { readonly type: 'http-01'; readonly how: 'listen'; readonly address: ListenAddress }
  | { readonly type: 'tls-alpn-01'; readonly address: ListenAddress }
  | { readonly type: 'dns-01'; readonly how: DnsPlan };

export interface ListenAddress {
  /** Undefined: all addresses. */
  readonly host: string | undefined;
  readonly port: number;
}

export type DnsPlan =
  | { readonly by: 'hand' }
  /** Argument list; `add|remove NAME VALUE` follow it. */
  | {
      readonly by: 'command';
      readonly command: readonly string[];
      /** Folder of the plan, where it is run. */
      readonly folder: string;
      /** Seconds until all name servers know a new record. */
      readonly wait: number;
    }
  | {
      readonly by: 'rfc2136';
      readonly server: ListenAddress;
      readonly zone: string | undefined;
      readonly wait: number;
      readonly key:
        | { readonly name: string; readonly algorithm: string; readonly secretFile: string | undefined }
        | undefined;
    };

export const outputKinds = ['certificate', 'key', 'chain', 'fullchain', 'combined'] as const;
export type OutputKind = (typeof outputKinds)[number];

export interface OutputPlan {
  readonly files: Readonly<Partial<Record<OutputKind, string>>>;
  readonly group: string | undefined;
  /** Mode of the files that hold the key; 0600 where nothing is said. */
  readonly keyMode: number | undefined;
}

/** `/.well-known/acme-challenge` below a document root. */
export const challengePath = '/.well-known/acme-challenge';

/** The document root of a challenge folder, or the folder itself where it lies in none. */
export function servedFolder(folder: string): string {
  return folder.endsWith(challengePath) ? folder.slice(0, -challengePath.length) || '/' : folder;
}

/** What the plan got wrong, where, and what to do about it. */
export interface PlanDiagnostic {
  readonly code: PlanDiagnosticCode;
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly file: string;
  readonly range: Range;
  /** Name of the certificate whose entry is at fault, also where the place is shared by several, as behind an anchor. */
  readonly certificate?: string;
  /** Name of the issuer whose entry is. */
  readonly issuer?: string;
  /** What was probably meant by the text of the range. */
  readonly instead?: string;
}

export type PlanDiagnosticCode =
  | 'plan-syntax'
  | 'plan-type'
  | 'plan-unknown-key'
  | 'plan-missing'
  | 'plan-value'
  | 'plan-unknown-issuer'
  | 'plan-name'
  | 'plan-challenge'
  | 'plan-webroot'
  | 'plan-wildcard-http'
  | 'plan-ip-profile'
  | 'plan-profile'
  | 'plan-private-name'
  | 'plan-same-output'
  | 'plan-key-served'
  | 'plan-not-permitted'
  | 'plan-must-staple'
  | 'plan-key-type'
  | 'plan-eab';
