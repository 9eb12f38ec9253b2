import { toPem } from '../acme/keys/der.ts';
import { createPrivateKeyPem } from '../acme/keys/keys.ts';
import { makeRequest } from '../acme/keys/make-request.ts';
import { parseIdentifier } from '../acme/order/identifiers.ts';
import type { KeyType } from '../acme/plan/plan.ts';

export interface RequestInput {
  /** Host names and addresses. */
  readonly names: readonly string[];
  readonly key: KeyType;
  /** RFC 4514; may be empty. */
  readonly subject: string;
}

export interface NewRequest {
  /** PEM, PKCS #8: to be written with mode 0600 and shown to nobody. */
  readonly privateKey: string;
  /** PEM. */
  readonly request: string;
}

/**
 * A new key and a certification request for it (RFC 2986).
 * @throws Error where a name is none, or the subject is no RFC 4514 name
 */
export async function createRequest({ names, key, subject }: RequestInput): Promise<NewRequest> {
  const identifiers = names.map((name) => {
    const identifier = parseIdentifier(name);
    if ('problem' in identifier) throw new Error(`${identifier.problem}.`);
    return identifier;
  });
  const privateKey = await createPrivateKeyPem(key);
  const request = makeRequest(identifiers, privateKey, { subject });
  return { privateKey, request: toPem('CERTIFICATE REQUEST', request) };
}
