import type { Crypto } from '../host/host.ts';
import { bytesText, readElement } from './asn1/der.ts';
import type { Certificate } from './certificate.ts';
import type { ContainerContent, ContainerObject, ContainerProblem, ReadOptions, Source } from './containers/content.ts';
import type { RevocationList } from './containers/crl.ts';
import { EmbeddedContent } from './containers/embedded.ts';
import { isJavaKeyStore, readJavaKeyStore } from './containers/jks.ts';
import { isPkcs12, readPkcs12 } from './containers/pkcs12.ts';
import { decodeCertificate, isUndecodable } from './decode.ts';
import { foreignFile } from './foreign.ts';
import { isForeignLabel, objectOfDer, objectsOfLabel } from './object-kinds.ts';
import type { PemBlock } from './pem/block.ts';
import { encodedPemIn } from './pem/encoded.ts';
import { insertedFiles } from './pem/inserted-files.ts';
import { scanPem, textOfFile } from './pem/pem.ts';
import { fittingLabel, wrongLabelProblems } from './wrong-label.ts';

export const emptyFile = 'The file is empty.';
const nothingKnown =
  'The file holds no certificate, key or other object that is known here. If it should, get it again, as PEM or copied byte for byte.';

/**
 * Reads every object of a file, whatever its container: PEM in all its shapes, DER, PKCS #7, PKCS #12, JKS and JCEKS.
 * Never throws; what cannot be read is an `unreadable` object with the reason. YAML needs `readContainer`.
 */
export function readObjects(bytes: Uint8Array, crypto: Crypto, options: ReadOptions = {}): ContainerContent {
  if (isJavaKeyStore(bytes)) return readJavaKeyStore(bytes, crypto, options);
  if (bytes[0] === 0x30 && !looksLikeText(bytes)) return readBinary(bytes, crypto, options);
  const { text, utf16 } = textOfFile(bytes);
  const content = readPem(text, crypto, options, utf16);
  return content.format === 'unknown' ? (readEncoded(text, crypto, options) ?? content) : content;
}

/** PEM in base64 inside a text of no known kind; undefined where there is none. */
function readEncoded(text: string, crypto: Crypto, options: ReadOptions): ContainerContent | undefined {
  const encoded = encodedPemIn(text).flatMap((value) => {
    const content = readPem(value.text, crypto, options);
    return content.format === 'unknown' ? [] : [{ ...value, content }];
  });
  const [first] = encoded;
  if (first === undefined) return undefined;
  const found = new EmbeddedContent();
  for (const [index, { name, range, content }] of encoded.entries())
    found.add(content, name || `value ${index + 1}`, range);
  const { range } = first;
  if (text.slice(0, range.start).trim() !== '' || text.slice(range.end).trim() !== '') return found.content();
  const message = 'This is a PEM file in base64 once more, as Kubernetes keeps it. Decode it (base64 -d).';
  const fix = { range: { start: 0, end: text.length }, newText: first.text };
  return found.content([{ id: 'no-armour', message, refused: true, fix }]);
}

const encodedPkcs12 =
  'This is a PKCS #12 file in base64. Decode it (certutil -decode, or base64 -d without the lines of hyphens).';

/** Objects of a PEM text; see `readObjects`. */
export function readPem(text: string, crypto: Crypto, options: ReadOptions = {}, utf16 = false): ContainerContent {
  const { blocks, problems } = scanPem(text);
  const [only, ...others] = blocks;
  if (only !== undefined && others.length === 0 && isPkcs12(only.bytes)) {
    const content = readPkcs12(only.bytes, crypto, options);
    return { ...content, problems: [{ id: 'no-armour', message: encodedPkcs12, refused: true }, ...content.problems] };
  }
  const found: ContainerProblem[] = problems.map((problem) => ({ ...problem }));
  if (utf16 && blocks.length > 0) {
    const message = 'The file is encoded in UTF-16; OpenSSL reads PEM only in ASCII or UTF-8. Save it as UTF-8.';
    found.push({ id: 'utf-16', message, refused: true });
  }
  const objects: ContainerObject[] = [];
  const insertedAs = insertedFiles(text, blocks);
  for (const [index, block] of blocks.entries()) {
    const source: Source = {
      container: 'pem',
      entry: `block ${index + 1}`,
      range: block.range,
      ...insertedAs?.[index],
    };
    objects.push(...objectsOfBlock(text, block, source, crypto, options, found));
  }
  if (blocks.length === 0) {
    found.push({ id: 'not-recognised', message: whyUnknown(text), refused: true });
  }
  return { format: blocks.length === 0 ? 'unknown' : 'pem', objects, problems: found, ...protectionOf(objects) };
}

/** @param found problems of the block are put here */
function objectsOfBlock(
  text: string,
  block: PemBlock,
  source: Source,
  crypto: Crypto,
  options: ReadOptions,
  found: ContainerProblem[],
): ContainerObject[] {
  const read = (label: string) =>
    objectsOfLabel(label, block.bytes, block.headers, source, crypto, options.passwords ?? []);
  const called = read(block.label);
  if (isForeignLabel(block.label)) return called;
  const held = fittingLabel(block, called, crypto);
  const wrong = wrongLabelProblems(text, block, held);
  for (const problem of block.problems) {
    if (problem.id === 'no-armour' && wrong.length > 0) continue;
    found.push(block.fix === undefined ? problem : { ...problem, fix: block.fix });
  }
  found.push(...wrong);
  return held === block.label ? called : read(held);
}

/** How the private keys among the objects are encrypted, and whether one of them stayed closed. */
function protectionOf(objects: readonly ContainerObject[]): Pick<ContainerContent, 'algorithms' | 'locked'> {
  const algorithms: string[] = [];
  let locked = false;
  for (const object of objects) {
    if (object.kind !== 'privateKey') continue;
    const { encrypted, encryption, publicKey } = object.key;
    if (encryption !== undefined) algorithms.push(encryption);
    if (encrypted && publicKey === undefined) locked = true;
  }
  return { algorithms, locked };
}

/** Why a text gives nothing. */
export function whyUnknown(text: string): string {
  return text.trim() === '' ? emptyFile : (foreignFile(text) ?? nothingKnown);
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
        message: `What follows the object (${bytesText(rest.length)}) is ignored.`,
        refused: false,
      });
      break;
    }
    objects.push({ kind: 'certificate', certificate, source: { container: 'der' } });
  }
  return { format: first.format, objects, problems, ...protectionOf(objects) };
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

export function revocationListsIn({ objects }: Pick<ContainerContent, 'objects'>): RevocationList[] {
  return objects.flatMap((object) => (object.kind === 'crl' ? [object.revocationList] : []));
}

/** The certificates of a content, in order. */
export function certificatesIn(content: ContainerContent): Certificate[] {
  return content.objects.flatMap((object) => (object.kind === 'certificate' ? [object.certificate] : []));
}
