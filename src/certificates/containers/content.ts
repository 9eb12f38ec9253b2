import type { TextEdit } from '../../text/edit.ts';
import type { Range } from '../../text/range.ts';
import type { Certificate, PublicKey } from '../certificate.ts';
import type { PrivateKeyInfo } from '../keys/private-key.ts';
import type { PemProblem } from '../pem/block.ts';
import type { RevocationList } from './crl.ts';
import type { OcspResponse } from './ocsp.ts';
import type { CertificateRequest } from './request.ts';

export type ContainerFormat = 'pem' | 'der' | 'pkcs7' | 'pkcs12' | 'jks' | 'jceks' | 'yaml' | 'unknown';

/** Where in a file an object was: the kind of container, its entry (an alias, a YAML key), the block's range in the text. */
export interface Source {
  readonly container: ContainerFormat;
  readonly entry?: string;
  /** What is used together: an alias of a key store, a key of a Secret. Without it that is the whole file. */
  readonly set?: string;
  /** Only there to be trusted, and part of no chain. */
  readonly trusted?: true;
  readonly range?: Range;
}

/** Everything that a file may hold. Of private keys only what may be shown. */
export type ContainerObject = {
  readonly source: Source;
} /** `hasTrust` where OpenSSL's own trust settings may follow it in the block (`TRUSTED CERTIFICATE`). */ & (
  | { readonly kind: 'certificate'; readonly certificate: Certificate; readonly hasTrust?: true }
  | { readonly kind: 'privateKey'; readonly key: PrivateKeyInfo }
  | {
      readonly kind: 'publicKey';
      readonly publicKey: PublicKey;
      /** DER. */
      readonly spki: Uint8Array;
      readonly spkiSha256: string;
      readonly spkiPin: string;
    }
  | { readonly kind: 'request'; readonly request: CertificateRequest }
  | { readonly kind: 'crl'; readonly revocationList: RevocationList }
  | { readonly kind: 'ocspResponse'; readonly response: OcspResponse }
  | { readonly kind: 'dhParameters'; readonly bits: number; readonly isX942: boolean }
  | { readonly kind: 'ecParameters'; readonly curve: string }
  /** `isForeign` where nothing is wrong: what other programs write between such lines is not read here. */
  | { readonly kind: 'unreadable'; readonly label: string; readonly reason: string; readonly isForeign?: true }
);

/** Something wrong with the container itself. `refused`: OpenSSL cannot read it. */
export interface ContainerProblem {
  readonly id: PemProblem['id'] | 'not-recognised' | 'locked' | 'integrity' | 'damaged' | 'secret-encoding';
  readonly message: string;
  readonly refused: boolean;
  /** In the text of a PEM file. */
  readonly range?: Range;
  /** Makes the block as it should be; in the text of a PEM file. */
  readonly fix?: TextEdit;
}

export interface ContainerContent {
  readonly format: ContainerFormat;
  readonly objects: readonly ContainerObject[];
  readonly problems: readonly ContainerProblem[];
  /** What protects the container, known before a password is asked for; empty where nothing does. */
  readonly algorithms: readonly string[];
  /** True where a password would show more. */
  readonly locked: boolean;
}

export interface ReadOptions {
  /** Tried in this order. The empty password is always tried on PKCS #12. */
  readonly passwords?: readonly string[];
}
