import { integer, oid, sequence } from '../../certificates/asn1/write.ts';

/** id-pe-tlsfeature (RFC 7633 section 4). */
export const tlsFeature = '1.3.6.1.5.5.7.1.24';

/** Features that a server with this certificate must have: status_request, which is OCSP stapling (RFC 6066 section 8). */
export const mustStapleFeatures = sequence(integer(5));

/** Whether a signing request asks for OCSP Must-Staple. @param request DER, in which the extension's OID is looked for */
export function wantsMustStaple(request: Buffer): boolean {
  return request.includes(Buffer.from(oid(tlsFeature)));
}
