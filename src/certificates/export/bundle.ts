import { context, integer, oid, sequence, write } from '../asn1/write.ts';
import type { Certificate } from '../certificate.ts';
import { isRoot } from '../chain/node.ts';
import { type ChainOptions, findPaths } from '../chain/paths.ts';
import { signedDataOid } from '../containers/pkcs7.ts';
import { encodePem } from '../pem/armour.ts';

/** PEM of several certificates, one after the other. */
export function pemBundle(certificates: readonly Certificate[]): string {
  return certificates.map((certificate) => encodePem('CERTIFICATE', certificate.der)).join('');
}

/**
 * The chain as servers want it: leaf first, each certificate issued by the next, without the root. What is missing is left
 * out; `examineServed` tells what that is.
 */
export function orderedChain(
  leaf: Certificate,
  pool: readonly Certificate[],
  options: ChainOptions,
): readonly Certificate[] {
  const inPool = new Set([leaf, ...pool].map((certificate) => certificate.sha256));
  const [path] = findPaths(leaf, pool, options).paths;
  const certificates = path?.end === 'broken' ? [leaf] : (path?.certificates ?? [leaf]);
  return certificates.filter((certificate) => {
    return inPool.has(certificate.sha256) && (certificate === leaf || !isRoot(certificate));
  });
}

/** PKCS #7 SignedData without signatures (RFC 5652 section 5.1), DER: only a bag of certificates. */
export function pkcs7Bundle(certificates: readonly Certificate[]): Uint8Array {
  const none = write(0x31);
  const data = sequence(oid('1.2.840.113549.1.7.1'));
  const bag = context(0, ...certificates.map((certificate) => certificate.der));
  return sequence(oid(signedDataOid), context(0, sequence(integer(1), none, data, bag, none)));
}
