/** Protocol versions, oldest first, as OpenSSL, nginx and Apache spell them. */
export const protocolVersions = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const;
export type ProtocolVersion = (typeof protocolVersions)[number];
