import type { Crypto, TrustSource } from '../../host/host.ts';
import { certificatesIn, readObjects } from '../objects.ts';
import type { TrustStore } from './paths.ts';

/** Decodes a store of trusted certificates: PEM, PKCS #7 or a Java key store. */
export function readTrustStore({ name, isPublic, bytes }: TrustSource, crypto: Crypto): TrustStore {
  return { name, isPublic, certificates: certificatesIn(readObjects(bytes, crypto)) };
}
