import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyType } from '../plan/plan.ts';

/** A new private key as PEM, PKCS #8. */
export async function createPrivateKeyPem(type: KeyType): Promise<string> {
  const generate = promisify(generateKeyPair);
  const [family, size] = type.split('-') as ['ecdsa' | 'rsa', string];
  const { privateKey } =
    family === 'ecdsa'
      ? await generate('ec', { namedCurve: size === 'p384' ? 'P-384' : 'P-256' })
      : await generate('rsa', { modulusLength: Number(size) });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The type of a public or private key as the plan writes it; undefined for those that it cannot name. */
export function keyTypeOf(key: KeyObject): string | undefined {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'rsa') return `rsa-${details?.modulusLength ?? 0}`;
  if (key.asymmetricKeyType !== 'ec') return undefined;
  const curves: Readonly<Record<string, KeyType>> = { prime256v1: 'ecdsa-p256', secp384r1: 'ecdsa-p384' };
  return curves[details?.namedCurve ?? ''];
}

/** SEC 1 and PKCS #1 keys as PKCS #8, which is all that acme-client reads. @throws where the text is no private key */
export function toPkcs8(pem: string): string {
  return createPrivateKey(pem).export({ type: 'pkcs8', format: 'pem' }).toString();
}
