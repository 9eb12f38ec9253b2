import type { ContainerObject } from './containers/content.ts';

/** What people call the objects that a file may hold. */
export const kindTitles: Readonly<Record<ContainerObject['kind'], string>> = {
  certificate: 'Certificate',
  privateKey: 'Private key',
  publicKey: 'Public key',
  request: 'Certificate request',
  crl: 'Revocation list',
  ocspResponse: 'OCSP response',
  dhParameters: 'Diffie-Hellman parameters',
  ecParameters: 'Elliptic curve parameters',
  unreadable: 'Unreadable',
};
