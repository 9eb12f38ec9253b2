import type { Crypto, Digest } from '../../host/host.ts';
import {
  childrenOf,
  DerError,
  type Element,
  encodingOf,
  expectTag,
  numberOf,
  octetsOf,
  oidOf,
  readElement,
  sameBytes,
  tags,
} from '../asn1/der.ts';
import { digestNames } from '../asn1/oids.ts';
import { textOf, utf8Bytes, utf16Bytes } from '../asn1/strings.ts';
import { decodeCertificate, isUndecodable, undecodable } from '../decode.ts';
import {
  type Decrypted,
  decryptWithPassword,
  describeDerivation,
  describeEncryption,
  maximumIterations,
  maximumRounds,
  readPbkdf2,
} from '../keys/encryption.ts';
import { derivePkcs12 } from '../keys/pkcs12-derivation.ts';
import { readPrivateKey } from '../keys/private-key.ts';
import type { ContainerContent, ContainerObject, ContainerProblem, ReadOptions, Source } from './content.ts';
import { readRevocationList } from './crl.ts';

/** Iterations tried with a guessed password. */
const guessLimit = 5_000;

const dataOid = '1.2.840.113549.1.7.1';
const encryptedDataOid = '1.2.840.113549.1.7.6';

/** True where the bytes are a PFX (RFC 7292 section 4): version 3 and a ContentInfo. */
export function isPkcs12(bytes: Uint8Array): boolean {
  // Most of what is asked about is no DER at all, and an error is slow to throw.
  if (bytes[0] !== tags.sequence) return false;
  try {
    const whole = readElement(bytes);
    const version = readElement(bytes, whole.content, whole.end);
    if (version.tag !== tags.integer || numberOf(version) !== 3) return false;
    const content = readElement(bytes, version.next, whole.end);
    const type = readElement(bytes, content.content, content.end);
    return content.tag === tags.sequence && type.tag === tags.oid && oidOf(type).startsWith('1.2.840.113549.1.7.');
  } catch {
    return false;
  }
}

/** What a walk through the file collects. */
interface Walk {
  readonly crypto: Crypto;
  readonly password: string;
  /** Iterations that are worth it: few for a password that was only guessed. */
  readonly limit: number;
  readonly objects: ContainerObject[];
  readonly algorithms: Set<string>;
  readonly problems: ContainerProblem[];
  /** Something stayed closed. */
  locked: boolean;
  /** The MAC is another password's, or of other bytes. */
  refused: boolean;
  readonly onKey?: (pkcs8: Uint8Array, source: Source) => void;
}

/**
 * Reads a PKCS #12 file. Without its password it gives what lies in the clear and names the algorithms. The empty and the
 * absent password are tried first: many files have none.
 */
export function readPkcs12(bytes: Uint8Array, crypto: Crypto, options: ReadOptions): ContainerContent {
  const given = options.passwords ?? [];
  let last: ContainerContent | undefined;
  // The empty password is tried on every file of a folder, so it may not cost seconds.
  for (const password of ['', ...given]) {
    const { content, fits } = readWith(bytes, crypto, password, given.length > 0);
    if (fits) return content;
    last = content;
  }
  return last as ContainerContent;
}

function readWith(
  bytes: Uint8Array,
  crypto: Crypto,
  password: string,
  given: boolean,
): { readonly content: ContainerContent; readonly fits: boolean } {
  const walk: Walk = {
    crypto,
    password,
    limit: password === '' ? guessLimit : maximumIterations,
    objects: [],
    algorithms: new Set(),
    problems: [],
    locked: false,
    refused: false,
  };
  try {
    const [, content, mac] = childrenOf(readElement(bytes));
    if (content === undefined) throw new DerError('The PKCS #12 file has no content', 0);
    const safe = innerOctets(content);
    if (mac !== undefined) checkMac(mac, safe, walk);
    for (const info of childrenOf(readElement(safe))) readContentInfo(info, walk);
  } catch (error) {
    walk.problems.push({
      id: 'damaged',
      message: `The PKCS #12 file is damaged: ${undecodable(error).reason}`,
      refused: true,
    });
  }
  if (walk.locked) {
    const message = given
      ? 'The password is wrong; what it protects stays closed.'
      : `The file is protected by a password (${[...walk.algorithms].join('; ')}).`;
    walk.problems.push({ id: 'locked', message, refused: false });
  } else if (walk.refused && given) {
    // Without a password nobody asked whether it was changed.
    const message = 'The password is wrong, or the file was changed.';
    walk.problems.push({ id: 'integrity', message, refused: true });
  }
  const content: ContainerContent = {
    format: 'pkcs12',
    objects: nameKeys(walk.objects),
    problems: walk.problems,
    algorithms: [...walk.algorithms],
    locked: walk.locked,
  };
  return { content, fits: !walk.locked && !walk.refused };
}

/** Content of a ContentInfo of type data. */
function innerOctets(info: Element): Uint8Array {
  const [type, wrapper] = childrenOf(info);
  if (type === undefined || wrapper === undefined) throw new DerError('A content is not whole', info.start);
  if (oidOf(type) !== dataOid)
    throw new DerError('The content is signed by public key, which is not read here', info.start);
  return octetsOf(readElement(wrapper.bytes, wrapper.content, wrapper.end));
}

function readContentInfo(info: Element, walk: Walk): void {
  const [type, wrapper] = childrenOf(info);
  if (type === undefined || wrapper === undefined) return;
  if (oidOf(type) === dataOid) {
    readBags(innerOctets(info), walk);
    return;
  }
  if (oidOf(type) !== encryptedDataOid) return;
  const encrypted = childrenOf(readElement(wrapper.bytes, wrapper.content, wrapper.end))[1];
  const [, algorithm, data] = encrypted === undefined ? [] : childrenOf(encrypted);
  if (algorithm === undefined || data === undefined) return;
  walk.algorithms.add(`certificates: ${describeEncryption(algorithm)}`);
  const plain = open(algorithm, octetsOf(data), walk);
  if (plain !== undefined) readBags(plain, walk);
}

/** Decrypted SEQUENCE, or undefined with the reason noted. */
function open(algorithm: Element, data: Uint8Array, walk: Walk): Uint8Array | undefined {
  // Where the MAC has already refused a guess, deriving more keys from it would only cost time.
  if (walk.refused && walk.limit < maximumIterations) {
    walk.locked = true;
    return undefined;
  }
  let plain: Decrypted = decryptWithPassword(algorithm, walk.password, data, walk.crypto, walk.limit);
  if (plain instanceof Uint8Array && plain[0] !== 0x30) plain = 'wrong-password';
  if (plain instanceof Uint8Array) return plain;
  if (plain === 'wrong-password') walk.locked = true;
  else if (walk.limit < maximumIterations) walk.locked = true;
  else {
    const message = `${describeEncryption(algorithm)} cannot be opened on this host.`;
    walk.problems.push({ id: 'locked', message, refused: false });
  }
  return undefined;
}

function readBags(bytes: Uint8Array, walk: Walk): void {
  for (const bag of childrenOf(expectTag(readElement(bytes), tags.sequence, 'The list of bags'))) {
    try {
      readBag(bag, walk);
    } catch (error) {
      const reason = undecodable(error).reason;
      walk.objects.push({ kind: 'unreadable', label: 'bag', reason, source: { container: 'pkcs12' } });
    }
  }
}

/** RFC 7292 section 4.2. */
function readBag(bag: Element, walk: Walk): void {
  const [type, wrapper, attributes] = childrenOf(bag);
  if (type === undefined || wrapper === undefined) throw new DerError('A bag is not whole', bag.start);
  const value = readElement(wrapper.bytes, wrapper.content, wrapper.end);
  const source: Source = { container: 'pkcs12', ...friendlyName(attributes) };
  switch (oidOf(type)) {
    case '1.2.840.113549.1.12.10.1.1':
      addKey(encodingOf(value), undefined, source, walk);
      break;
    case '1.2.840.113549.1.12.10.1.2':
      addShroudedKey(value, source, walk);
      break;
    case '1.2.840.113549.1.12.10.1.3':
      addCertificate(value, source, walk);
      break;
    case '1.2.840.113549.1.12.10.1.4': {
      const content = childrenOf(value)[1];
      if (content === undefined) break;
      const der = octetsOf(readElement(content.bytes, content.content, content.end));
      walk.objects.push({ kind: 'crl', revocationList: readRevocationList(der), source });
      break;
    }
    case '1.2.840.113549.1.12.10.1.5':
      walk.objects.push({
        kind: 'unreadable',
        label: 'secret',
        reason: 'A secret that is no key or certificate.',
        isForeign: true,
        source,
      });
      break;
    case '1.2.840.113549.1.12.10.1.6':
      readBags(encodingOf(value), walk);
      break;
  }
}

function friendlyName(attributes: Element | undefined): { readonly entry?: string } {
  for (const attribute of attributes === undefined ? [] : childrenOf(attributes)) {
    const [type, values] = childrenOf(attribute);
    if (type === undefined || values === undefined || oidOf(type) !== '1.2.840.113549.1.9.20') continue;
    if (values.content < values.end) return { entry: textOf(readElement(values.bytes, values.content, values.end)) };
  }
  return {};
}

function addCertificate(value: Element, source: Source, walk: Walk): void {
  const content = childrenOf(value)[1];
  if (content === undefined) throw new DerError('A certificate bag is empty', value.start);
  const der = octetsOf(readElement(content.bytes, content.content, content.end));
  const certificate = decodeCertificate(der, walk.crypto);
  walk.objects.push(
    isUndecodable(certificate)
      ? { kind: 'unreadable', label: 'CERTIFICATE', reason: certificate.reason, source }
      : { kind: 'certificate', certificate, source },
  );
}

function addShroudedKey(value: Element, source: Source, walk: Walk): void {
  const [algorithm, data] = childrenOf(value);
  if (algorithm === undefined || data === undefined) throw new DerError('An encrypted key is not whole', value.start);
  const encryption = describeEncryption(algorithm);
  walk.algorithms.add(`key: ${encryption}`);
  const plain = open(algorithm, octetsOf(data), walk);
  if (plain !== undefined) {
    addKey(plain, encryption, source, walk);
    return;
  }
  const problem = 'The key is encrypted; its password is not known.';
  const nothing = { publicKey: undefined, spkiSha256: undefined, spkiPin: undefined, spki: undefined };
  walk.objects.push({
    kind: 'privateKey',
    key: { format: 'PKCS #8', encrypted: true, encryption, problem, ...nothing },
    source,
  });
}

function addKey(pkcs8: Uint8Array, encryption: string | undefined, source: Source, walk: Walk): void {
  walk.onKey?.(pkcs8, source);
  const key = readPrivateKey('PRIVATE KEY', pkcs8, {}, walk.crypto);
  walk.objects.push({ kind: 'privateKey', key: { ...key, encrypted: encryption !== undefined, encryption }, source });
}

/** The key that stands with a certificate is the certificate's, also where this host cannot compute its public half. */
function nameKeys(objects: readonly ContainerObject[]): ContainerObject[] {
  return [...objects].sort((a, b) => rank(a) - rank(b));
}

function rank(object: ContainerObject): number {
  return object.kind === 'privateKey' ? 0 : 1;
}

/** RFC 7292 section 4, and PBMAC1 of RFC 9579. A failing MAC means a wrong password or changed bytes. */
function checkMac(mac: Element, data: Uint8Array, walk: Walk): void {
  const [digestInfo, salt, rounds] = childrenOf(mac);
  if (digestInfo === undefined || salt === undefined) return;
  const [algorithm, expected] = childrenOf(digestInfo);
  if (algorithm === undefined || expected === undefined) return;
  const [oid, parameters] = childrenOf(algorithm);
  const iterations = rounds === undefined ? 1 : numberOf(rounds);
  const name = oid === undefined ? '' : oidOf(oid);
  if (name === '1.2.840.113549.1.5.14' && parameters !== undefined) {
    walk.algorithms.add(`integrity: ${describePbmac1(parameters)}`);
    if (!checkPbmac1(parameters, octetsOf(expected), data, walk)) walk.refused = true;
    return;
  }
  const digest = digestNames[name];
  walk.algorithms.add(`integrity: HMAC-${(digest ?? name).toUpperCase()}, ${iterations} rounds`);
  if (
    digest !== 'sha1' &&
    digest !== 'sha224' &&
    digest !== 'sha256' &&
    digest !== 'sha384' &&
    digest !== 'sha512' &&
    digest !== 'md5'
  )
    return;
  if (iterations < 1 || iterations > Math.min(walk.limit, maximumRounds)) return;
  const passwords = walk.password === '' ? [utf16Bytes('\0'), new Uint8Array(0)] : [utf16Bytes(`${walk.password}\0`)];
  const length = digestLengths[digest];
  const fits = passwords.some((secret) => {
    const key = derivePkcs12(digest, secret, octetsOf(salt), 3, iterations, length, walk.crypto);
    return sameBytes(walk.crypto.hmac(digest, key, data), octetsOf(expected));
  });
  if (!fits) walk.refused = true;
}

const digestLengths: Readonly<Record<Digest, number>> = {
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

const hmacByOid: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** `PBMAC1 with HMAC-SHA512, PBKDF2 with HMAC-SHA256, 2048 rounds` */
function describePbmac1(parameters: Element): string {
  const [derivation, scheme] = childrenOf(parameters);
  const oid = scheme === undefined ? '' : oidOf(readElement(scheme.bytes, scheme.content, scheme.end));
  return `PBMAC1 with HMAC-${hmacByOid[oid]?.toUpperCase() ?? oid}, ${describeDerivation(derivation)}`;
}

function checkPbmac1(parameters: Element, expected: Uint8Array, data: Uint8Array, walk: Walk): boolean {
  const [derivation, scheme] = childrenOf(parameters);
  const derivationParameters = derivation && childrenOf(derivation)[1];
  const digest = scheme && hmacByOid[oidOf(readElement(scheme.bytes, scheme.content, scheme.end))];
  if (derivationParameters === undefined || digest === undefined) return true;
  const { salt, iterations, length, digest: kdfDigest } = readPbkdf2(derivationParameters);
  if (kdfDigest === undefined || iterations > walk.limit) return true;
  const secret = utf8Bytes(walk.password);
  const key = walk.crypto.pbkdf2(kdfDigest, secret, salt, iterations, Math.min(length ?? digestLengths[digest], 1024));
  return key === undefined || sameBytes(walk.crypto.hmac(digest, key, data), expected);
}

/**
 * The first private key of the file as PKCS #8 DER, for exports only; undefined where the password does not open it.
 */
export function pkcs12KeyBytes(bytes: Uint8Array, crypto: Crypto, password: string): Uint8Array | undefined {
  let found: Uint8Array | undefined;
  const onKey = (pkcs8: Uint8Array) => {
    found ??= pkcs8;
  };
  const walk: Walk = {
    crypto,
    password,
    limit: maximumIterations,
    objects: [],
    algorithms: new Set(),
    problems: [],
    locked: false,
    refused: false,
    onKey,
  };
  try {
    const content = childrenOf(readElement(bytes))[1];
    if (content === undefined) return undefined;
    for (const info of childrenOf(readElement(innerOctets(content)))) readContentInfo(info, walk);
  } catch {
    return undefined;
  }
  return found;
}
