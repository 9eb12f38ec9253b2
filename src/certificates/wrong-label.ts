import type { Crypto } from '../host/host.ts';
import type { TextEdit } from '../text/edit.ts';
import { childrenOf, oidOf, readElement } from './asn1/der.ts';
import { keyNames } from './asn1/oids.ts';
import type { ContainerObject, ContainerProblem } from './containers/content.ts';
import { keyLabelOf } from './keys/key-label.ts';
import { isPrivateKeyLabel } from './keys/private-key.ts';
import { objectOfDer } from './object-kinds.ts';
import { encodePem } from './pem/armour.ts';
import type { PemBlock } from './pem/block.ts';
import { bareBlock } from './pem/examine.ts';

/** The label that the content of a block has for OpenSSL, which goes by it; the block's own where that is right, or nobody can tell. */
export function fittingLabel(
  { label, bytes, headers }: PemBlock,
  [object]: readonly ContainerObject[],
  crypto: Crypto,
): string {
  if (object?.source.container === 'pkcs7' && /CERTIFICATE$/.test(label)) return 'PKCS7';
  const isKey = isPrivateKeyLabel(label) && label !== 'OPENSSH PRIVATE KEY';
  const isDoubtful = (object?.kind === 'unreadable' && object.isForeign !== true) || label === 'PUBLIC KEY' || isKey;
  if (!isDoubtful || headers['DEK-Info'] !== undefined) return label;
  try {
    const own = keyLabelOf(bytes);
    if (own === label) return label;
    return own?.includes('PRIVATE') ? own : (labelOf(bytes, crypto) ?? own ?? label);
  } catch {
    return label;
  }
}

const labels: Readonly<Partial<Record<ContainerObject['kind'], string>>> = {
  certificate: 'CERTIFICATE',
  request: 'CERTIFICATE REQUEST',
  crl: 'X509 CRL',
};

function labelOf(bytes: Uint8Array, crypto: Crypto): string | undefined {
  const [object] = objectOfDer(bytes, crypto, []).objects;
  return object && (object.source.container === 'pkcs7' ? 'PKCS7' : labels[object.kind]);
}

/** PKCS #8 is read under both of its names, and under that of its algorithm. */
function isTaken(label: string, held: string, bytes: Uint8Array): boolean {
  if (held !== 'PRIVATE KEY') return held === 'ENCRYPTED PRIVATE KEY' && label === 'PRIVATE KEY';
  if (label === 'ENCRYPTED PRIVATE KEY') return true;
  const algorithm = childrenOf(readElement(bytes))[1];
  const oid = algorithm && readElement(algorithm.bytes, algorithm.content, algorithm.end);
  const name = oid && keyNames[oidOf(oid)];
  return /^(?:RSA|EC|DSA)$/.test(name ?? '') && label === `${name} PRIVATE KEY`;
}

const words: Readonly<Record<string, string>> = {
  CERTIFICATE: 'a certificate',
  'CERTIFICATE REQUEST': 'a request for a certificate',
  'X509 CRL': 'a revocation list',
  PKCS7: 'certificates in PKCS #7',
  'PUBLIC KEY': 'a public key',
  'RSA PUBLIC KEY': 'a public key',
  'RSA PRIVATE KEY': 'an RSA key in PKCS #1',
  'EC PRIVATE KEY': 'an EC key in SEC 1',
  'DSA PRIVATE KEY': 'a DSA key',
  'PRIVATE KEY': 'a private key in PKCS #8',
  'ENCRYPTED PRIVATE KEY': 'an encrypted private key',
};

/** What is wrong with a block that holds something else than its label says; none where OpenSSL reads it all the same. */
export function wrongLabelProblems(text: string, block: PemBlock, held: string): ContainerProblem[] {
  const { label, bytes, range } = block;
  if (label === held || isTaken(label, held, bytes)) return [];
  const bare = block.problems.some(({ id }) => id === 'no-armour') ? bareBlock(text, held) : undefined;
  if (bare !== undefined) return bare.problems.map((problem) => ({ ...problem, fix: bare.fix as TextEdit }));
  if (held === 'PKCS7' && /CERTIFICATE$/.test(label)) {
    const message = `The block is called “${label}” and holds PKCS #7, as "certutil -encode" writes it; servers built on OpenSSL cannot read that. Write its certificates out with "openssl pkcs7 -print_certs -in FILE".`;
    return [{ id: 'wrong-label', message, refused: false, range }];
  }
  const message = `The block is called “${label}” and holds ${words[held] ?? held}, which OpenSSL reads as “${held}” alone.`;
  const fix = { range, newText: encodePem(held, bytes).trimEnd() };
  return [{ id: 'wrong-label', message, refused: true, range, fix }];
}
