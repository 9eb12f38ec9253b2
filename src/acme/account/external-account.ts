import { createHmac } from 'node:crypto';
import type { ExternalAccount, MacAlgorithm } from '../plan/plan.ts';

const hashes: Readonly<Record<MacAlgorithm, string>> = { HS256: 'sha256', HS384: 'sha384', HS512: 'sha512' };

/**
 * JWS of an account's public key by the secret that a CA gave outside of ACME: external account binding (RFC 8555
 * section 7.3.4).
 * @param secret base64url, or base64 as some CAs write it
 */
export function bindAccount(
  { kid, algorithm }: Pick<ExternalAccount, 'kid' | 'algorithm'>,
  secret: string,
  newAccountUrl: string,
  jwk: Readonly<Record<string, string>>,
): { readonly protected: string; readonly payload: string; readonly signature: string } {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ alg: algorithm, kid, url: newAccountUrl });
  const payload = encode(jwk);
  const mac = createHmac(hashes[algorithm], Buffer.from(secret, 'base64url')).update(`${head}.${payload}`);
  return { protected: head, payload, signature: mac.digest('base64url') };
}
