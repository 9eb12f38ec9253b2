import type { X509Certificate } from 'node:crypto';
import type { AcmeClient } from '../client/client.ts';
import { isRecord } from '../client/problem.ts';

/** When the CA wants a certificate renewed (RFC 9773 section 4.2). */
export interface RenewalInfo {
  readonly start: Date;
  readonly end: Date;
  readonly explanation: string | undefined;
  /** Not to be asked again before this. */
  readonly askAfter: Date;
}

const sixHours = 6 * 3_600_000;
/** No CA is left unasked for longer (RFC 9773 section 4.3.2). */
export const longestUnasked = 4 * sixHours;

/** base64url of the authority key identifier, a dot, base64url of the serial number (RFC 9773 section 4.1). */
export function renewalIdentifier(certificate: X509Certificate): string | undefined {
  const authority = authorityKeyIdentifier(certificate.raw);
  if (authority === undefined) return undefined;
  const hex = certificate.serialNumber.length % 2 === 0 ? certificate.serialNumber : `0${certificate.serialNumber}`;
  const serial = Buffer.from(hex, 'hex');
  // As in DER: a byte of zero keeps a high first bit from meaning a negative number.
  const content = (serial[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), serial]) : serial;
  return `${authority.toString('base64url')}.${content.toString('base64url')}`;
}

/**
 * Asks the CA. Undefined where it has no such service, does not know the certificate or answers with a window that ends
 * before it starts: then the lifetime decides.
 * @throws AcmeProblem where the CA does not answer
 */
export async function fetchRenewalInfo(client: AcmeClient, identifier: string): Promise<RenewalInfo | undefined> {
  const { renewalInfo } = await client.directory();
  if (renewalInfo === undefined) return undefined;
  const { json, retryAt } = await client.get(`${renewalInfo.replace(/\/$/, '')}/${identifier}`);
  const window = isRecord(json['suggestedWindow']) ? json['suggestedWindow'] : {};
  const start = new Date(String(window['start']));
  const end = new Date(String(window['end']));
  if (!(end.getTime() > start.getTime())) return undefined;
  const explanation = json['explanationURL'];
  const now = client.options.now().getTime();
  const asked = retryAt?.getTime() ?? now + sixHours;
  return {
    start,
    end,
    explanation:
      typeof explanation === 'string' && /^https?:\/\/\S{1,500}$/.test(explanation) ? explanation : undefined,
    askAfter: new Date(Math.min(Math.max(asked, now + 60_000), now + longestUnasked)),
  };
}

/** Value of extension 2.5.29.35's keyIdentifier, found by its fixed bytes: OID, OCTET STRING, SEQUENCE, [0]. */
function authorityKeyIdentifier(der: Buffer): Buffer | undefined {
  const at = der.indexOf(Buffer.from([0x06, 0x03, 0x55, 0x1d, 0x23, 0x04]));
  if (at < 0) return undefined;
  const outer = at + 7;
  if (der[outer] !== 0x30 || der[outer + 2] !== 0x80) return undefined;
  const length = der[outer + 3] ?? 0;
  return length === 0 || length > 127 ? undefined : der.subarray(outer + 4, outer + 4 + length);
}
