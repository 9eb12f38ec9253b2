/** The parts of acme-client 5.4.0 that are used here; its own types cover neither. */

declare module 'acme-client/src/http.js' {
  interface SignedBody {
    readonly protected: string;
    readonly payload: string;
    readonly signature: string;
  }
  interface SigningOptions {
    readonly nonce?: string | null;
    readonly kid?: string | null;
  }
  /** acme-client's HttpClient, of which only the JWS methods are called: they do no input or output. */
  class HttpClient {
    constructor(directoryUrl: string, accountKey: Buffer);
    /** What `sign` of Node's crypto takes. */
    accountKey: Buffer | import('node:crypto').KeyObject;
    getJwk(): Readonly<Record<string, string>>;
    createSignedBody(url: string, payload: unknown, options?: SigningOptions): SignedBody;
  }
  export default HttpClient;
}
