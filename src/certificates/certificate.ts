/** What an inventory keeps of a certificate: names, dates, key. No bytes, so that ten thousand fit in memory. */
export interface CertificateSummary {
  /** RFC 4514 string; empty where the subject is. */
  readonly subject: string;
  readonly issuer: string;
  /** Hex, upper case, without a leading sign byte of zero. A negative one keeps its minus. */
  readonly serialNumber: string;
  /** Invalid dates (`Number.isNaN(date.getTime())`) where the encoding is no time. */
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** `DNS:example.com`, `IP:192.0.2.1`, `email:…`, `URI:…`, `dirName:…`, … in the certificate's order. */
  readonly subjectAltNames: readonly string[];
  readonly publicKey: PublicKey;
  readonly isCa: boolean;
  /** Subject equals issuer, byte for byte. Says nothing of the signature. */
  readonly selfIssued: boolean;
  /** Hex, lower case. */
  readonly sha256: string;
  /** SHA-256 of the SubjectPublicKeyInfo in hex. */
  readonly spkiSha256: string;
}

/** One certificate, decoded (RFC 5280). Plain data, the same for every container it came from. */
export interface Certificate extends CertificateSummary {
  /** 1, 2 or 3. */
  readonly version: number;
  /** `ecdsa-with-SHA256`, `sha256WithRSAEncryption`, … or the OID where it has no name here. */
  readonly signatureAlgorithm: string;
  readonly keyUsage: readonly string[];
  readonly extendedKeyUsage: readonly string[];
  readonly extensions: readonly Extension[];
  readonly sha1: string;
  /** SHA-256 of the SubjectPublicKeyInfo in base64, as in HPKP and `--pinnedpubkey`. */
  readonly spkiPin: string;
  /** Hex of the key identifiers, where the extensions have them. */
  readonly subjectKeyIdentifier: string | undefined;
  readonly authorityKeyIdentifier: string | undefined;
  /** `http://…` of OCSP responders, CA issuers and CRLs. */
  readonly ocspUrls: readonly string[];
  readonly caIssuersUrls: readonly string[];
  readonly crlUrls: readonly string[];
  /** What could not be decoded, one sentence each; the fields above then hold what could. */
  readonly problems: readonly string[];
  /** The certificate's own DER. */
  readonly der: Uint8Array;
}

export interface PublicKey {
  /** `RSA`, `RSA-PSS`, `EC`, `Ed25519`, `Ed448`, `DSA`, `ML-DSA-65`, … or the OID. */
  readonly algorithm: string;
  readonly bits?: number;
  /** `P-256`, `P-384`, `secp256k1`, `brainpoolP256r1`, … */
  readonly curve?: string;
}

export interface Extension {
  readonly oid: string;
  readonly name: string;
  readonly critical: boolean;
  /** In words; where it could not be decoded, the reason and the bytes in hex. */
  readonly value: string;
  readonly error?: string;
  /** Where the extension's content (inside its OCTET STRING) lies in the certificate's DER. */
  readonly range: { readonly start: number; readonly end: number };
}
