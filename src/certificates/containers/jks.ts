import type { Crypto } from '../../host/host.ts';
import { concatBytes, DerError, encodingOf, sameBytes } from '../asn1/der.ts';
import { utf8Bytes, utf8Text, utf16Bytes } from '../asn1/strings.ts';
import { nodeOf } from '../chain/node.ts';
import { decodeCertificate, isUndecodable, undecodable } from '../decode.ts';
import type { ContainerContent, ContainerObject, ContainerProblem, ReadOptions, Source } from './content.ts';
import { endOfJavaObject } from './java-object.ts';

const jksMagic = 0xfeedfeed;
const jceksMagic = 0xcececece;

export function isJavaKeyStore(bytes: Uint8Array): boolean {
  // Asked of every file, most of which differ in their first byte.
  if (bytes.length < 12 || (bytes[0] !== 0xfe && bytes[0] !== 0xce)) return false;
  const magic = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  return magic === jksMagic || magic === jceksMagic;
}

/**
 * A Java key store, JKS or JCEKS (sun.security.provider.JavaKeyStore). Certificates and aliases stand there in the clear; a
 * password only proves that nothing was changed. Keys stay closed: their public half is in their certificate.
 */
export function readJavaKeyStore(bytes: Uint8Array, crypto: Crypto, options: ReadOptions): ContainerContent {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const container = view.getUint32(0) === jksMagic ? 'jks' : 'jceks';
  const objects: ContainerObject[] = [];
  const problems: ContainerProblem[] = [];
  let hasKeys = false;
  try {
    const reader = createReader(bytes, 8);
    const count = reader.uint32();
    for (let index = 0; index < count; index++) {
      const tag = reader.uint32();
      const alias = reader.text();
      const source: Source = { container, entry: alias, set: alias };
      reader.skip(8);
      if (tag === 1) {
        hasKeys = true;
        reader.skip(reader.uint32());
        const chain = Array.from({ length: Math.min(reader.uint32(), 100) }, () =>
          readCertificate(reader, source, crypto),
        );
        objects.push(...keyObject(chain[0], source), ...chain);
      } else if (tag === 2) objects.push(readCertificate(reader, { ...source, trusted: true }, crypto));
      else if (tag === 3) reader.skip(endOfJavaObject(bytes, reader.position()) - reader.position());
      else throw new DerError(`The entry “${source.entry}” is of the unknown kind ${tag}`, reader.position());
    }
    problems.push(...checkIntegrity(bytes, crypto, options.passwords ?? []));
  } catch (error) {
    problems.push({ id: 'damaged', message: `The key store is damaged: ${undecodable(error).reason}`, refused: true });
  }
  const algorithms = hasKeys
    ? [container === 'jks' ? 'Sun’s own key protection over SHA-1' : 'PBE with MD5 and 3DES']
    : [];
  return { format: container, objects, problems, algorithms, locked: false };
}

function createReader(bytes: Uint8Array, start: number) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let position = start;
  const take = (length: number) => {
    if (position + length > bytes.length) throw new DerError('The key store is cut off', position);
    position += length;
    return position - length;
  };
  return {
    position: () => position,
    uint32: () => view.getUint32(take(4)),
    skip: (length: number) => void take(length),
    take: (length: number) => bytes.subarray(take(length), position),
    text: () => {
      const length = view.getUint16(take(2));
      return utf8Text(bytes.subarray(take(length), position));
    },
  };
}

function readCertificate(reader: ReturnType<typeof createReader>, source: Source, crypto: Crypto): ContainerObject {
  const type = reader.text();
  const der = reader.take(reader.uint32());
  const certificate = decodeCertificate(der, crypto);
  return isUndecodable(certificate)
    ? { kind: 'unreadable', label: type, reason: certificate.reason, source }
    : { kind: 'certificate', certificate, source };
}

/** The key of an entry, described by the certificate that stands first in its chain. */
function keyObject(first: ContainerObject | undefined, source: Source): ContainerObject[] {
  if (first?.kind !== 'certificate') return [];
  const { publicKey, spkiSha256, spkiPin } = first.certificate;
  const encryption = source.container === 'jks' ? 'Sun’s own key protection over SHA-1' : 'PBE with MD5 and 3DES';
  const key = {
    format: 'PKCS #8' as const,
    publicKey,
    encrypted: true,
    encryption,
    spkiSha256,
    spkiPin,
    problem: undefined,
    spki: encodingOf(nodeOf(first.certificate).parts.publicKey),
  };
  return [{ kind: 'privateKey', key, source }];
}

/** The last 20 bytes are SHA-1 over the password in UTF-16, the words “Mighty Aphrodite” and the store. */
function checkIntegrity(bytes: Uint8Array, crypto: Crypto, passwords: readonly string[]): ContainerProblem[] {
  if (passwords.length === 0) return [];
  const data = bytes.subarray(0, bytes.length - 20);
  const proof = bytes.subarray(bytes.length - 20);
  const fits = passwords.some((password) =>
    sameBytes(crypto.digest('sha1', concatBytes([utf16Bytes(password), utf8Bytes('Mighty Aphrodite'), data])), proof),
  );
  if (fits) return [];
  return [{ id: 'integrity', message: 'The password is wrong, or the key store was changed.', refused: true }];
}
