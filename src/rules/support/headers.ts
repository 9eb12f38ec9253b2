import type { ResponseHeader } from '../../tls/model/server-model.ts';

/** The header of a name, or undefined; where a server sends several, clients heed the first (RFC 6797 section 8.1). */
export function findHeader(headers: readonly ResponseHeader[], name: string): ResponseHeader | undefined {
  const lower = name.toLowerCase();
  return headers.find((header) => header.name.toLowerCase() === lower);
}
