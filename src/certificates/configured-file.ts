import type { Crypto } from '../host/host.ts';
import type { Certificate } from './certificate.ts';
import type { ContainerContent } from './containers/content.ts';
import type { RevocationList } from './containers/crl.ts';
import type { OcspResponse } from './containers/ocsp.ts';
import { describePrivateKey } from './keys/private-key.ts';
import { isDamagedCertificate } from './kinds.ts';
import { certificatesIn, readObjects, revocationListsIn } from './objects.ts';
import { textOfFile } from './pem/pem.ts';
import { readStrictly } from './pem/strict.ts';
import { type StandIn, standInOf } from './stand-in.ts';

/** What a server would find in a file that its configuration names, reading it as OpenSSL does: PEM. */
export interface ConfiguredFile {
  readonly certificates: readonly Certificate[];
  /** Each of them is in a block `TRUSTED CERTIFICATE`, which is not taken everywhere. */
  readonly isTrustedOnly?: boolean;
  /** One of them is in such a block, and OpenSSL may end a chain there though it is no root. */
  readonly hasTrust?: boolean;
  /** SPKI SHA-256 (hex) of each private key that could be read. */
  readonly keyPins: readonly string[];
  /** `RSA 2048`, `EC P-256`, `encrypted`, … for every private key. */
  readonly keyKinds: readonly string[];
  /** A key that is no PEM, and is found by whoever takes the base64 in a file for DER, or the file itself. */
  readonly isBareKey?: boolean;
  /** Size of the prime of DH parameters. */
  readonly dhBits: number | undefined;
  /** DH parameters are written as X9.42 has them, as `openssl dhparam -dsaparam` does. */
  readonly isX942: boolean;
  readonly revocationLists: readonly RevocationList[];
  /** An OCSP response to be stapled, which is binary (DER). */
  readonly ocspResponse: OcspResponse | undefined;
  /** Whoever reads its certificates to the end gives up at a block; where there is none from the start, nobody does. */
  readonly breaksOff?: boolean;
  /** It is no PEM, and its certificates can be had as such. */
  readonly isConvertible?: boolean;
  /** Why OpenSSL refuses the file, one sentence each. */
  readonly problems: readonly string[];
  /** The same of blocks that OpenSSL passes over without a word: those whose BEGIN line it does not know for one. */
  readonly skipped: readonly string[];
  /** What stands in a checkout in place of the file. */
  readonly standIn?: StandIn;
}

/** What a file holds that is not there, cannot be read, or is empty. */
export const emptyFile: ConfiguredFile = {
  certificates: [],
  keyPins: [],
  keyKinds: [],
  dhBits: undefined,
  isX942: false,
  revocationLists: [],
  ocspResponse: undefined,
  problems: [],
  skipped: [],
};

/** Synchronous and without passwords; never throws. */
export function readConfiguredFile(bytes: Uint8Array, crypto: Crypto): ConfiguredFile {
  const content = readObjects(bytes, crypto);
  const keys = content.objects.flatMap((object) => (object.kind === 'privateKey' ? [object.key] : []));
  const parameters = content.objects.find((object) => object.kind === 'dhParameters');
  const { objects, problems, skipped } = whatOpensslTakes(content, bytes);
  return {
    certificates: certificatesIn({ ...content, objects }),
    hasTrust: objects.some((object) => object.kind === 'certificate' && object.hasTrust === true),
    isTrustedOnly: objects.every((object) => object.kind !== 'certificate' || object.hasTrust === true),
    keyPins: keys.flatMap(({ format, spkiSha256 }) =>
      spkiSha256 === undefined || format === 'OpenSSH' ? [] : [spkiSha256],
    ),
    keyKinds: keys.map(describePrivateKey),
    isBareKey: isBareKey(content),
    dhBits: parameters?.bits,
    isX942: parameters?.isX942 === true,
    revocationLists: revocationListsIn({ objects }),
    ocspResponse: content.objects.find((object) => object.kind === 'ocspResponse')?.response,
    breaksOff: problems.length > 0 && breaksOff(content, bytes),
    isConvertible: notPem(content).length > 0 && certificatesIn(content).length > 0,
    problems,
    skipped,
    ...standInFor(content, bytes),
  };
}

function breaksOff({ objects }: ContainerContent, bytes: Uint8Array): boolean {
  const { text, utf16 } = textOfFile(bytes);
  return objects.some(isDamagedCertificate) || (!utf16 && readStrictly(text).stops);
}

function standInFor({ objects }: ContainerContent, bytes: Uint8Array): Pick<ConfiguredFile, 'standIn'> {
  if (objects.some(({ kind }) => kind !== 'unreadable')) return {};
  const standIn = standInOf(textOfFile(bytes).text);
  return standIn === undefined ? {} : { standIn };
}

/** What is wrong with the lines around the base64 of a key, and not with those that hold it. */
const aroundContent: ReadonlySet<string> = new Set([
  'dashes',
  'lower-case',
  'no-armour',
  'indented',
  'glued',
  'no-end',
  'label-mismatch',
  'wrong-label',
]);

function isBareKey({ format, objects, problems }: ContainerContent): boolean {
  const [first] = objects;
  if (first?.kind !== 'privateKey' || first.key.spkiSha256 === undefined || first.key.format === 'OpenSSH')
    return false;
  return format === 'der' || (format === 'pem' && problems.every(({ id }) => aroundContent.has(id)));
}

type Taken = Pick<ContainerContent, 'objects'> & Pick<ConfiguredFile, 'problems' | 'skipped'>;

/** Where the whole file is refused, all that it holds, so that other findings can speak of it. */
function whatOpensslTakes(content: ContainerContent, bytes: Uint8Array): Taken {
  const { objects } = content;
  const doubtful = content.problems.filter((problem) => problem.refused).map(({ message }) => message);
  const certain = [...notPem(content), ...unreadable(content), ...ofOpenSsh(content)];
  // OpenSSL finds the block by its name, and stops at what it holds.
  const isWrong = content.problems.some(({ id }) => id === 'wrong-label');
  if (doubtful.length === 0 || certain.length > 0 || isWrong)
    return { objects, problems: [...doubtful, ...certain], skipped: [] };
  const { text, utf16 } = textOfFile(bytes);
  const { taken, stops } = readStrictly(utf16 ? '' : text);
  if (stops || taken.size === 0) return { objects, problems: doubtful, skipped: [] };
  const seen = objects.filter(({ source }) => source.range !== undefined && taken.has(source.range.start));
  return { objects: seen, problems: [], skipped: seen.length < objects.length ? doubtful : [] };
}

function notPem({ format, objects }: ContainerContent): readonly string[] {
  const certificates = objects.filter(({ kind }) => kind === 'certificate');
  const isPkcs7 = certificates.length > 0 && certificates.every(({ source }) => source.container === 'pkcs7');
  if (format === 'unknown' || (format === 'pem' && !isPkcs7)) return [];
  return [`The file is ${formatNames[format === 'pem' ? 'pkcs7' : format]}; servers built on OpenSSL read PEM here.`];
}

/** Blocks of kinds that nobody looks for are passed over, whatever they hold. */
function unreadable({ objects }: ContainerContent): readonly string[] {
  return objects.flatMap((object) =>
    object.kind === 'unreadable' && object.isForeign !== true && /CERTIFICATE$|CRL$/.test(object.label)
      ? [`A ${object.label} block cannot be read: ${object.reason}`]
      : [],
  );
}

/** Keys that ssh-keygen made: OpenSSL knows no such block. */
function ofOpenSsh({ objects }: ContainerContent): readonly string[] {
  const isOther = objects.some((object) => object.kind !== 'privateKey' || object.key.format !== 'OpenSSH');
  if (isOther || objects.length === 0) return [];
  return ['The key is in the format of OpenSSH ("ssh-keygen -p -m PKCS8 -f FILE" writes one of RSA or ECDSA anew).'];
}

const formatNames = {
  der: 'binary (DER)',
  pkcs7: 'PKCS #7',
  pkcs12: 'PKCS #12',
  jks: 'a Java key store',
  jceks: 'a Java key store',
  yaml: 'YAML',
} as const;
