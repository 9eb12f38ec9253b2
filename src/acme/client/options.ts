export interface AcmeClientOptions {
  /** Name of the issuer, for messages. */
  readonly issuer: string;
  readonly directoryUrl: string;
  /** PEM of the account's private key, PKCS #8. */
  readonly accountKey: string;
  readonly accountUrl?: string | undefined;
  /** PEM of the roots that the CA's own HTTPS certificate is judged by. */
  readonly ca?: string | undefined;
  /** Hosts other than the directory's that its URLs may name. */
  readonly hosts?: readonly string[];
  readonly now: () => Date;
  readonly signal?: AbortSignal | undefined;
  /** Told before a short wait that the CA asked for. */
  readonly onWait?: (until: Date, reason: string) => void;
}
