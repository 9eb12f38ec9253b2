import type { Crypto } from '../host/host.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Range } from '../text/range.ts';
import { readElement } from './asn1/der.ts';
import type { Certificate, PublicKey } from './certificate.ts';
import type { RevocationList } from './containers/crl.ts';
import { isJavaKeyStore, readJavaKeyStore } from './containers/jks.ts';
import type { OcspResponse } from './containers/ocsp.ts';
import { isPkcs12, readPkcs12 } from './containers/pkcs12.ts';
import type { CertificateRequest } from './containers/request.ts';
import { decodeCertificate, isUndecodable } from './decode.ts';
import type { PrivateKeyInfo } from './keys/private-key.ts';
import { objectOfDer, objectsOfLabel } from './object-kinds.ts';
import { type PemProblem, scanPem, textOfFile } from './pem/pem.ts';

export type ContainerFormat = 'pem' | 'der' | 'pkcs7' | 'pkcs12' | 'jks' | 'jceks' | 'yaml' | 'unknown';

/** Where in a file an object was: the kind of container, its entry (an alias, a YAML key), the block's range in the text. */
export interface Source {
  readonly container: ContainerFormat;
  readonly entry?: string;
  /** What is used together: an alias of a key store, a key of a Secret. Without it that is the whole file. */
  readonly set?: string;
  /** Only there to be trusted, and part of no chain. */
  readonly trusted?: true;
  readonly range?: Range;
}

/** Everything that a file may hold. Of private keys only what may be shown. */
export type ContainerObject = { readonly source: Source } & (
  | { readonly kind: 'certificate'; readonly certificate: Certificate }
  | { readonly kind: 'privateKey'; readonly key: PrivateKeyInfo }
  | {
      readonly kind: 'publicKey';
      readonly publicKey: PublicKey;
      /** DER. */
      readonly spki: Uint8Array;
      readonly spkiSha256: string;
      readonly spkiPin: string;
    }
  | { readonly kind: 'request'; readonly request: CertificateRequest }
  | { readonly kind: 'crl'; readonly revocationList: RevocationList }
  | { readonly kind: 'ocspResponse'; readonly response: OcspResponse }
  | { readonly kind: 'dhParameters'; readonly bits: number }
  | { readonly kind: 'ecParameters'; readonly curve: string }
  | { readonly kind: 'unreadable'; readonly label: string; readonly reason: string }
);

/** Something wrong with the container itself. `refused`: OpenSSL cannot read it. */
export interface ContainerProblem {
  readonly id: PemProblem['id'] | 'not-recognised' | 'locked' | 'integrity' | 'legacy-encryption' | 'damaged';
  readonly message: string;
  readonly refused: boolean;
  /** In the text of a PEM file. */
  readonly range?: Range;
  /** Makes the block as it should be; in the text of a PEM file. */
  readonly fix?: TextEdit;
}

export interface ContainerContent {
  readonly format: ContainerFormat;
  readonly objects: readonly ContainerObject[];
  readonly problems: readonly ContainerProblem[];
  /** What protects the container, known before a password is asked for; empty where nothing does. */
  readonly algorithms: readonly string[];
  /** True where a password would show more. */
  readonly locked: boolean;
}

export interface ReadOptions {
  /** Tried in this order. The empty password is always tried on PKCS #12. */
  readonly passwords?: readonly string[];
}

/**
 * Reads every object of a file, whatever its container: PEM in all its shapes, DER, PKCS #7, PKCS #12, JKS and JCEKS.
 * Never throws; what cannot be read is an `unreadable` object with the reason. YAML needs `readContainer`.
 */
export function readObjects(bytes: Uint8Array, crypto: Crypto, options: ReadOptions = {}): ContainerContent {
  if (isJavaKeyStore(bytes)) return readJavaKeyStore(bytes, crypto, options);
  if (bytes[0] === 0x30 && !looksLikeText(bytes)) return readBinary(bytes, crypto, options);
  const { text, utf16 } = textOfFile(bytes);
  return readPem(text, crypto, options, utf16);
}

/** Objects of a PEM text; see `readObjects`. */
export function readPem(text: string, crypto: Crypto, options: ReadOptions = {}, utf16 = false): ContainerContent {
  const { blocks, problems } = scanPem(text);
  const found: ContainerProblem[] = problems.map((problem) => ({ ...problem }));
  if (utf16 && blocks.length > 0) {
    const message = 'The file is encoded in UTF-16; OpenSSL reads PEM only in ASCII or UTF-8. Save it as UTF-8.';
    found.push({ id: 'utf-16', message, refused: true });
  }
  for (const block of blocks) {
    for (const problem of block.problems) {
      found.push(block.fix === undefined ? problem : { ...problem, fix: block.fix });
    }
  }
  const objects = blocks.flatMap((block, index) => {
    const source: Source = { container: 'pem', entry: `block ${index + 1}`, range: block.range };
    return objectsOfLabel(block.label, block.bytes, block.headers, source, crypto, options.passwords ?? []);
  });
  if (blocks.length === 0) {
    const empty = text.trim() === '';
    const message = empty
      ? 'The file is empty.'
      : 'The file holds no certificate, key or other object that is known here.';
    found.push({ id: 'not-recognised', message, refused: true });
  }
  const keys = objects.flatMap((object) => (object.kind === 'privateKey' ? [object.key] : []));
  return {
    format: blocks.length === 0 ? 'unknown' : 'pem',
    objects,
    problems: found,
    algorithms: keys.flatMap((key) => (key.encryption === undefined ? [] : [key.encryption])),
    locked: keys.some((key) => key.encrypted && key.publicKey === undefined),
  };
}

/** `0` is both the tag of a SEQUENCE and a digit: text has no zero or control bytes near its start. */
function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 64);
  return (
    head.length > 4 && head.every((byte) => byte === 9 || byte === 10 || byte === 13 || (byte >= 0x20 && byte < 0x7f))
  );
}

function readBinary(bytes: Uint8Array, crypto: Crypto, options: ReadOptions): ContainerContent {
  if (isPkcs12(bytes)) return readPkcs12(bytes, crypto, options);
  const first = objectOfDer(bytes, crypto, options.passwords ?? []);
  const objects = [...first.objects];
  const problems: ContainerProblem[] = [];
  for (const rest of trailing(bytes)) {
    const certificate = decodeCertificate(rest, crypto);
    if (isUndecodable(certificate)) {
      problems.push({
        id: 'damaged',
        message: `${rest.length} bytes follow the object and are ignored.`,
        refused: false,
      });
      break;
    }
    objects.push({ kind: 'certificate', certificate, source: { container: 'der' } });
  }
  const locked = objects.some(
    (object) => object.kind === 'privateKey' && object.key.encrypted && !object.key.publicKey,
  );
  const algorithms = objects.flatMap((object) =>
    object.kind === 'privateKey' && object.key.encryption !== undefined ? [object.key.encryption] : [],
  );
  return { format: first.format, objects, problems, algorithms, locked };
}

/** What follows the first element, element by element: some programs write several certificates one after the other. */
function trailing(bytes: Uint8Array): Uint8Array[] {
  const rest: Uint8Array[] = [];
  try {
    for (let position = readElement(bytes).next; position < bytes.length && rest.length < 100; ) {
      rest.push(bytes.subarray(position));
      position = readElement(bytes, position).next;
    }
  } catch {
    // The rest is no element; the caller says how many bytes it has.
  }
  return rest;
}

/** The certificates of a content, in order. */
export function certificatesIn(content: ContainerContent): Certificate[] {
  return content.objects.flatMap((object) => (object.kind === 'certificate' ? [object.certificate] : []));
}
