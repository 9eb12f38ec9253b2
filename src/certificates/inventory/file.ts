import type { Crypto } from '../../host/host.ts';
import type { Certificate, CertificateSummary } from '../certificate.ts';
import { isStructured, readContainer } from '../container.ts';
import type { ContainerContent } from '../containers/content.ts';
import type { PrivateKeyInfo } from '../keys/private-key.ts';
import { readObjects, whyUnknown } from '../objects.ts';
import { encodedArmour } from '../pem/encoded.ts';
import { textOfFile } from '../pem/pem.ts';
import { standInOf } from '../stand-in.ts';
import type { FileRecords, KeyRecord, UnreadableRecord } from './records.ts';
import { mismatchedSecrets } from './secrets.ts';
import { summarizePem } from './summarize-pem.ts';

const knownExtensions =
  /\.(?:pem|crt|cer|cert|der|key|csr|req|p7[bcsm]?|cms|spc|p8|pk8|pfx|p12|jks|jceks|keystore|truststore|ks|crl|ocsp|resp|chain|fullchain|ca|ca-bundle|bundle|pub|ya?ml)$/i;
const certainlyOther =
  /\.(?:[cm]?[jt]sx?|map|css|scss|html?|md|json|lock|png|jpe?g|gif|svg|ico|webp|avif|woff2?|ttf|eot|otf|zip|gz|tgz|xz|zst|bz2|7z|rar|mp[34]|mov|avi|webm|ogg|wav|pdf|exe|dll|so|dylib|a|o|class|jar|war|wasm|py|pyc|rb|go|rs|java|kt|c|h|cc|cpp|hpp|cs|php|pl|sh|sql|db|sqlite3?|log|po|mo|docx?|xlsx?|pptx?|csv|tsv|parquet|vsix|iso|img|qcow2|deb|rpm)$/i;

/** Of all the JSON there is, Traefik’s acme.json and Secrets that somebody wrote down. */
const namedJson = /(?:acme|secret|cert|tls)[\w-]*\.json$/i;

/** Whether a file is worth a look, by its name: the usual extensions, and those that say nothing (`privkey`, `site.bak`). */
export function isCandidate(name: string): boolean {
  return !certainlyOther.test(name) || namedJson.test(name);
}

/** Whether a file that cannot be read should be told about: its name promises a certificate or a key. */
export function isNamedLikeContainer(name: string): boolean {
  return knownExtensions.test(name) && !isStructured(name);
}

/**
 * Endings of nothing but certificates and what belongs to them. Of the others, `.key` may be a key for session tickets or a
 * slide show, and `.pub` one of OpenSSH.
 */
const certificateExtensions = /\.(?:pem|crt|cer|cert|csr|p7b|p7c|pfx|p12|jks|jceks)$/i;

/** Why a file gives nothing although its name says that it holds a certificate; undefined where the name does not. */
export function whyNothing(name: string, start: Uint8Array): FileRecords<never>['problem'] {
  if (!certificateExtensions.test(name)) return undefined;
  const { text } = textOfFile(start);
  const standIn = standInOf(text);
  // Nothing is wrong with what a repository keeps so.
  if (standIn?.kind === 'template') return undefined;
  return { reason: whyUnknown(text), ...(standIn?.kind === 'sealed' ? { locked: true } : {}) };
}

/** How much of a file is looked at before it is read. */
export const sniffedBytes = 4096;

const beginWord = Uint8Array.from('BEGIN ', (character) => character.charCodeAt(0));
const embeddedArmour = Uint8Array.from(encodedArmour, (character) => character.charCodeAt(0));
/** What Kubernetes puts into Secrets. */
const secretWord = Uint8Array.from('Secret', (character) => character.charCodeAt(0));

/** Whether a file's first bytes could be of one of our containers: armour, a SEQUENCE, a key store, YAML of Kubernetes. */
export function looksLikeContainer(name: string, start: Uint8Array): boolean {
  const [first, second] = start;
  if (first === 0x30 && second !== undefined && second >= 0x30 && knownExtensions.test(name)) return true;
  if ((first === 0xfe && second === 0xed) || (first === 0xce && second === 0xce)) return true;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) return true;
  if ((first === 0x2d && second === 0) || (first === 0 && second === 0x2d)) return true;
  if (includes(start, beginWord) || includes(start, embeddedArmour)) return true;
  // Programs write pages of text before the armour; a name that promises a certificate is worth reading to the end.
  if (start.length >= sniffedBytes && isNamedLikeContainer(name) && isText(start)) return true;
  if (isStructured(name)) return includes(start, secretWord);
  return first === 0x4d && second === 0x49 && knownExtensions.test(name);
}

function isText(start: Uint8Array): boolean {
  return start.subarray(0, 256).every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
}

function includes(bytes: Uint8Array, word: Uint8Array): boolean {
  const first = word[0] as number;
  for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
    let length = 1;
    while (length < word.length && bytes[at + length] === word[length]) length++;
    if (length === word.length) return true;
  }
  return false;
}

/** Records of one file, certificates as summaries; a file of PEM certificates alone takes a short way. YAML comes later. */
export function recordsOf(name: string, bytes: Uint8Array, crypto: Crypto): FileRecords | Promise<FileRecords> {
  const summaries = summarizePem(bytes, crypto);
  if (summaries !== undefined) return { certificates: summaries, keys: [], problem: undefined };
  const full = fullRecordsOf(name, bytes, crypto);
  return full instanceof Promise ? full.then(withoutBytes) : withoutBytes(full);
}

/** Records of one file, certificates fully decoded. */
export function fullRecordsOf(
  name: string,
  bytes: Uint8Array,
  crypto: Crypto,
): FileRecords<Certificate> | Promise<FileRecords<Certificate>> {
  // What is read later, and a certificate, which is a part of these bytes: the scan reads the next file into the same memory.
  // Of PEM, which starts with a hyphen, nothing is kept.
  const isLater = isStructured(name);
  const own = bytes[0] === 0x2d && !isLater ? bytes : new Uint8Array(bytes);
  if (isLater) return readContainer(name, own, crypto).then(recordsIn);
  const content = readObjects(own, crypto);
  const records = recordsIn(content);
  return content.objects.length > 0 || records.problem !== undefined
    ? records
    : { ...records, problem: whyNothing(name, own) };
}

/** What an inventory keeps of a content. */
export function recordsIn(content: ContainerContent): FileRecords<Certificate> {
  const mismatches = mismatchedSecrets(content);
  const certificates: Certificate[] = [];
  const keys: Omit<KeyRecord, 'file' | 'mode'>[] = [];
  for (const object of content.objects) {
    if (object.kind === 'certificate') certificates.push(object.certificate);
    if (object.kind === 'privateKey' && !isBroken(object.key)) keys.push(keyRecord(object.key, mismatches.get(object)));
  }
  const hasRevocationLists = content.objects.some(({ kind }) => kind === 'crl' || kind === 'ocspResponse');
  return { certificates, keys, problem: problemOf(content), ...(hasRevocationLists ? { hasRevocationLists } : {}) };
}

/** A placeholder, or what is left of a key: told as what cannot be read, while nothing is known to be kept from anybody. */
function isBroken({ encrypted, publicKey }: PrivateKeyInfo): boolean {
  return !encrypted && publicKey === undefined;
}

function keyRecord(key: PrivateKeyInfo, mismatch: string | undefined): Omit<KeyRecord, 'file' | 'mode'> {
  const { format, publicKey, encrypted, spkiSha256 } = key;
  return { format, publicKey, encrypted, spkiSha256, ...(mismatch === undefined ? {} : { mismatch }) };
}

/** Only what hides something: an object that cannot be read, or a closed container. */
function problemOf(content: ContainerContent): Omit<UnreadableRecord, 'file'> | undefined {
  for (const object of content.objects) {
    if (object.kind === 'unreadable' && object.isForeign !== true && !/ PARAMETERS$/.test(object.label))
      return { reason: `${object.label}: ${object.reason}` };
    if (object.kind === 'privateKey' && isBroken(object.key)) {
      return object.key.problem === undefined ? undefined : { reason: object.key.problem };
    }
  }
  if (content.format !== 'pkcs12' && content.format !== 'jks' && content.format !== 'jceks') return undefined;
  const problem = content.problems.find(({ id }) => id === 'locked' || id === 'damaged');
  if (problem === undefined) return undefined;
  return { reason: problem.message, ...(problem.id === 'locked' ? { locked: true } : {}) };
}

function withoutBytes(records: FileRecords<Certificate>): FileRecords {
  return { ...records, certificates: records.certificates.map(summaryOf) };
}

/** A summary without what a full certificate has besides, so that its bytes can go. */
function summaryOf(certificate: Certificate): CertificateSummary {
  const { subject, issuer, serialNumber, notBefore, notAfter, subjectAltNames, publicKey } = certificate;
  const { isCa, selfIssued, sha256, spkiSha256 } = certificate;
  return {
    subject,
    issuer,
    serialNumber,
    notBefore,
    notAfter,
    subjectAltNames,
    publicKey,
    isCa,
    selfIssued,
    sha256,
    spkiSha256,
  };
}
