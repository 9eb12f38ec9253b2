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

declare module 'acme-client/src/crypto/index.js' {
  interface CsrData {
    readonly commonName?: string;
    readonly altNames: string[];
  }
  const crypto: {
    createPrivateRsaKey(modulusLength: number): Promise<Buffer>;
    createPrivateEcdsaKey(namedCurve: 'P-256' | 'P-384'): Promise<Buffer>;
    createCsr(data: CsrData, keyPem: Buffer): Promise<[key: Buffer, csr: Buffer]>;
    readCsrDomains(csrPem: string): { readonly commonName: string | null; readonly altNames: readonly string[] };
    getPemBodyAsB64u(pem: string): string;
  };
  export default crypto;
}
