import { X509Certificate } from 'node:crypto';
import { keyTypeOf } from '../acme/keys/keys.ts';
import { certificateNames, splitChain } from '../acme/store/output.ts';

/** One thing in which a new certificate differs from the one that it replaces. */
export interface CertificateChange {
  readonly what: 'name-lost' | 'name-added' | 'issuer' | 'key-type' | 'key-kept' | 'lifetime';
  /** True where clients may notice: it is worth a look before live files are replaced. */
  readonly isNotable: boolean;
  readonly message: string;
}

const day = 86_400_000;

/**
 * What changes for clients when one certificate takes the place of another; empty where only its dates and its key are new.
 * @param before PEM of the leaf that is there
 * @param after PEM of the new chain, of which its leaf counts
 */
export function compareCertificates(before: string, after: string): readonly CertificateChange[] {
  const leafOf = (chain: string) => new X509Certificate(splitChain(chain)[0] ?? '');
  const old = leafOf(before);
  const next = leafOf(after);
  const changes: CertificateChange[] = [];
  const add = (what: CertificateChange['what'], isNotable: boolean, message: string): void => {
    changes.push({ what, isNotable, message });
  };
  const oldNames = certificateNames(old);
  const nextNames = certificateNames(next);
  for (const name of oldNames) if (!nextNames.includes(name)) add('name-lost', true, `It no longer covers ${name}.`);
  for (const name of nextNames) if (!oldNames.includes(name)) add('name-added', false, `It now covers ${name}.`);
  if (old.issuer !== next.issuer)
    add(
      'issuer',
      organisation(old.issuer) !== organisation(next.issuer),
      `It is issued by ${oneLine(next.issuer)} instead of ${oneLine(old.issuer)}.`,
    );
  const types = [old, next].map(({ publicKey }) => keyTypeOf(publicKey) ?? publicKey.asymmetricKeyType ?? 'unknown');
  if (types[0] !== types[1]) add('key-type', true, `Its key is ${types[1]} instead of ${types[0]}.`);
  const keys = [old, next].map(({ publicKey }) => publicKey.export({ type: 'spki', format: 'der' }));
  if (keys[0]?.equals(keys[1] ?? Buffer.alloc(0))) add('key-kept', false, 'Its key is the same.');
  const lives = [old, next].map(({ validFrom, validTo }) =>
    Math.round((Date.parse(validTo) - Date.parse(validFrom)) / day),
  );
  if (lives[0] !== lives[1]) add('lifetime', false, `It lives ${lives[1]} days instead of ${lives[0]}.`);
  return changes;
}

/** CAs issue by several intermediates in turn: only another organisation is another issuer. */
function organisation(name: string): string {
  return /^O=(.*)$/m.exec(name)?.[1] ?? name;
}

function oneLine(name: string): string {
  return /^CN=(.*)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ');
}
