import { DerError } from '../asn1/der.ts';
import { latin1, utf8Bytes } from '../asn1/strings.ts';
import { bitString, nullValue, oid, sequence, unsignedInteger } from '../asn1/write.ts';

/** What the open part of an OpenSSH private key says (openssh PROTOCOL.key): its public key needs no passphrase. */
export interface OpenSshKey {
  /** DER of the SubjectPublicKeyInfo; undefined for kinds that X.509 has no form of. */
  readonly spki: Uint8Array | undefined;
  readonly name: string;
  readonly encrypted: boolean;
  readonly encryption: string | undefined;
}

const magic = utf8Bytes('openssh-key-v1\0');
const ecdsaCurves: Readonly<Record<string, string>> = {
  nistp256: '1.2.840.10045.3.1.7',
  nistp384: '1.3.132.0.34',
  nistp521: '1.3.132.0.35',
};

/** Whether the bytes start as an OpenSSH key does. */
export function isOpenSsh(bytes: Uint8Array): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** @throws DerError where an OpenSSH key is not whole */
export function readOpenSsh(bytes: Uint8Array): OpenSshKey {
  const [cipher, position] = readString(bytes, magic.length);
  const [derivation, afterDerivation] = readString(bytes, position);
  const [, afterOptions] = readString(bytes, afterDerivation);
  const [publicKey] = readString(bytes, afterOptions + 4);
  const cipherName = latin1(cipher);
  const encrypted = cipherName !== 'none';
  const { spki, name } = publicKeyFrom(publicKey);
  return { spki, name, encrypted, encryption: encrypted ? `${cipherName}, ${latin1(derivation)}` : undefined };
}

function publicKeyFrom(bytes: Uint8Array): { readonly spki: Uint8Array | undefined; readonly name: string } {
  const [type, position] = readString(bytes, 0);
  const name = latin1(type);
  const [first, next] = readString(bytes, position);
  if (name === 'ssh-ed25519') return { name, spki: sequence(sequence(oid('1.3.101.112')), bitString(first)) };
  if (name === 'ssh-rsa') {
    const [modulus] = readString(bytes, next);
    const key = sequence(unsignedInteger(modulus), unsignedInteger(first));
    return { name, spki: sequence(sequence(oid('1.2.840.113549.1.1.1'), nullValue()), bitString(key)) };
  }
  const curve = name.startsWith('ecdsa-sha2-') ? ecdsaCurves[latin1(first)] : undefined;
  if (curve === undefined) return { name, spki: undefined };
  const [point] = readString(bytes, next);
  return { name, spki: sequence(sequence(oid('1.2.840.10045.2.1'), oid(curve)), bitString(point)) };
}

/** A string of RFC 4251 section 5, and where it ends. */
function readString(bytes: Uint8Array, position: number): readonly [Uint8Array, number] {
  if (position + 4 > bytes.length) throw new DerError('The OpenSSH key is cut off', position);
  const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(position);
  const end = position + 4 + length;
  if (end > bytes.length) throw new DerError('The OpenSSH key is cut off', position);
  return [bytes.subarray(position + 4, end), end];
}
