/** One certificate, decoded (RFC 5280). Plain data, the same for every container it came from. */
export interface Certificate {
  /** RFC 4514 string; empty where the subject is. */
  readonly subject: string;
  readonly issuer: string;
  /** Hex, upper case, without a leading sign byte of zero. */
  readonly serialNumber: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** `DNS:example.com`, `IP:192.0.2.1`, `email:…`, `URI:…`, `dirName:…`, … in the certificate's order. */
  readonly subjectAltNames: readonly string[];
  readonly publicKey: PublicKey;
  /** `ecdsa-with-SHA256`, `sha256WithRSAEncryption`, … or the OID where it has no name here. */
  readonly signatureAlgorithm: string;
  readonly isCa: boolean;
  /** Subject equals issuer, byte for byte. Says nothing of the signature. */
  readonly selfIssued: boolean;
  readonly keyUsage: readonly string[];
  readonly extendedKeyUsage: readonly string[];
  readonly extensions: readonly Extension[];
  /** Hex, lower case. */
  readonly sha256: string;
  readonly sha1: string;
  /** SHA-256 of the SubjectPublicKeyInfo: hex, and base64 as in HPKP and `--pinnedpubkey`. */
  readonly spkiSha256: string;
  readonly spkiPin: string;
  /** Hex of the key identifiers, where the extensions have them. */
  readonly subjectKeyIdentifier: string | undefined;
  readonly authorityKeyIdentifier: string | undefined;
  /** `http://…` of OCSP responders, CA issuers and CRLs. */
  readonly ocspUrls: readonly string[];
  readonly caIssuersUrls: readonly string[];
  readonly crlUrls: readonly string[];
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
}
