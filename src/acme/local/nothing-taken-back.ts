/** Why a certificate of a development CA is not revoked, and what to do instead. */
export const nothingTakenBack =
  'a development CA keeps no revocation list: delete the files, or request the certificate again.';
