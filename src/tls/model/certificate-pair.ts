import type { Located } from '../../text/range.ts';

/** A certificate that a server is to send, with the key that it proves it by. */
export interface CertificatePair {
  readonly file: Located<string>;
  /** Null: the key is in the certificate's own file. */
  readonly keyFile: Located<string> | null;
  /** Extra file with the chain (`SSLCertificateChainFile`). */
  readonly chainFile?: Located<string>;
}
