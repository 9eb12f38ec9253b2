import { createPrivateKey, sign } from 'node:crypto';
import { extension, publicKeyOf, signatureAlgorithm, subjectAltNames } from '../local/make-certificate.ts';
import type { Identifier } from '../order/identifiers.ts';
import * as der from './der.ts';
import { mustStapleFeatures, tlsFeature } from './must-staple.ts';
import { encodeName } from './subject.ts';

const extensionRequest = '1.2.840.113549.1.9.14';

interface RequestOptions {
  /** Asks for OCSP Must-Staple (RFC 7633). */
  readonly mustStaple?: boolean;
  /** RFC 4514. */
  readonly subject?: string;
}

/**
 * A certificate signing request (RFC 2986): the names and addresses as subject alternative names, which is all that a CA
 * over ACME reads (RFC 8555 section 7.4). A few elements by hand, where libraries for it are 350 kB.
 * @returns DER
 */
export function makeRequest(
  identifiers: readonly Identifier[],
  keyPem: string,
  { mustStaple = false, subject = '' }: RequestOptions = {},
): Buffer {
  const key = createPrivateKey(keyPem);
  const features = mustStaple ? [extension(tlsFeature, false, mustStapleFeatures)] : [];
  const extensions = der.sequence(subjectAltNames(identifiers, subject === ''), ...features);
  const body = der.sequence(
    der.integer(Buffer.from([0])),
    encodeName(subject),
    publicKeyOf(key),
    der.explicit(0, der.sequence(der.oid(extensionRequest), der.set(extensions))),
  );
  return der.sequence(body, signatureAlgorithm(key), der.bitString(sign('sha256', body, key)));
}
