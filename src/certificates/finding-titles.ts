import type { InventoryFinding } from './inventory/findings.ts';

/** What only shows when all files are seen together. */
export const togetherTitles: Readonly<Record<InventoryFinding['rule'], string>> = {
  'certificate-compromised-key': 'Private key that is public',
  'certificate-key-mismatch': 'Private key of another certificate',
  'crl-expired': 'Revocation list that is out of date',
  'key-readable': 'Private key that others can read',
  'key-tracked': 'Private key in git',
  'key-in-document-root': 'Private key in a served folder',
  'key-shared': 'Private key reused',
  'key-kept': 'Private key kept at renewal',
  'key-shared-prime': 'RSA keys that share a prime',
  'serial-number-reused': 'Serial number reused',
};

/** What is told of requests, lists and answers alone. */
export const otherTitles: Readonly<Record<string, string>> = {
  'certificate-name-kinds': 'Names that public CAs do not certify',
  'ocsp-response-expired': 'OCSP response that is out of date',
  'ocsp-response-failed': 'OCSP responder that did not answer',
  'ocsp-response-revoked': 'OCSP response about a revoked certificate',
  'ocsp-response-unknown': 'OCSP responder that does not know the certificate',
  'request-signature': 'Request that its own key did not sign',
};
