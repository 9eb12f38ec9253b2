/** Headers by which a backend learns whether its client speaks TLS, in small letters. */
export const schemeHeaders: ReadonlySet<string> = new Set([
  'forwarded',
  'front-end-https',
  'x-forwarded-proto',
  'x-forwarded-protocol',
  'x-forwarded-scheme',
  'x-forwarded-ssl',
  'x-scheme',
  'x-url-scheme',
]);
