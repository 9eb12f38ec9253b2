const reasons: Readonly<Record<string, string>> = {
  SELF_SIGNED_CERT_IN_CHAIN: 'it ends in a root that is in none of its stores',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'the certificate is signed by itself',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'the certificate of its issuer was not sent',
  UNABLE_TO_GET_ISSUER_CERT: 'the certificate of an issuer was not sent',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'the certificate of its issuer was neither sent nor is it known',
  CERT_HAS_EXPIRED: 'a certificate has expired',
  CERT_NOT_YET_VALID: 'a certificate is not valid yet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'the certificate is not for this host',
};

/** OpenSSL’s and Node’s reason why a chain is not trusted, in words; one that is not known here as it stands. */
export function trustReason(error: string): string {
  return reasons[error] ?? error;
}
