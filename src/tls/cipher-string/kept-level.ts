/**
 * What a string that replaces another one has to be read with: OpenSSL keeps the security level that the one before has set,
 * unless the new one sets its own (SSL_CTX_set_cipher_list). Empty where there is none.
 */
export function keptLevel(before: string | undefined, after: string | undefined): string {
  if (before === undefined || after === undefined || after.includes('@SECLEVEL=')) return '';
  const level = [...before.matchAll(/@SECLEVEL=([0-5])/g)].at(-1)?.[0];
  return level === undefined ? '' : `:${level}`;
}
