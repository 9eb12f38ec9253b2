import type { Crypto } from '../host/host.ts';
import type { Certificate } from './certificate.ts';
import type { RevocationList } from './containers/crl.ts';
import type { OcspResponse } from './containers/ocsp.ts';
import { describePrivateKey } from './keys/private-key.ts';
import { certificatesIn, readObjects } from './objects.ts';

/** What a server would find in a file that its configuration names, reading it as OpenSSL does: PEM. */
export interface ConfiguredFile {
  readonly certificates: readonly Certificate[];
  /** SPKI SHA-256 (hex) of each private key that could be read. */
  readonly keyPins: readonly string[];
  /** `RSA 2048`, `EC P-256`, `encrypted`, … for every private key. */
  readonly keyKinds: readonly string[];
  /** Size of the prime of DH parameters. */
  readonly dhBits: number | undefined;
  /** DH parameters are written as X9.42 has them, as `openssl dhparam -dsaparam` does. */
  readonly isX942: boolean;
  readonly revocationLists: readonly RevocationList[];
  /** An OCSP response to be stapled, which is binary (DER). */
  readonly ocspResponse: OcspResponse | undefined;
  /** What OpenSSL would refuse, one sentence each. */
  readonly problems: readonly string[];
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
};

/** Synchronous and without passwords; never throws. */
export function readConfiguredFile(bytes: Uint8Array, crypto: Crypto): ConfiguredFile {
  const content = readObjects(bytes, crypto);
  const keys = content.objects.flatMap((object) => (object.kind === 'privateKey' ? [object.key] : []));
  const parameters = content.objects.find((object) => object.kind === 'dhParameters');
  const problems = content.problems.filter((problem) => problem.refused).map((problem) => problem.message);
  if (content.format !== 'pem' && content.format !== 'unknown') {
    problems.push(`The file is ${formatNames[content.format]}; servers built on OpenSSL read PEM here.`);
  }
  for (const object of content.objects) {
    if (object.kind === 'unreadable') problems.push(`A ${object.label} block cannot be read: ${object.reason}`);
  }
  return {
    certificates: certificatesIn(content),
    keyPins: keys.flatMap((key) => (key.spkiSha256 === undefined ? [] : [key.spkiSha256])),
    keyKinds: keys.map(describePrivateKey),
    dhBits: parameters?.bits,
    isX942: parameters?.isX942 === true,
    revocationLists: content.objects.flatMap((object) => (object.kind === 'crl' ? [object.revocationList] : [])),
    ocspResponse: content.objects.find((object) => object.kind === 'ocspResponse')?.response,
    problems,
  };
}

const formatNames = {
  der: 'binary (DER)',
  pkcs7: 'PKCS #7',
  pkcs12: 'PKCS #12',
  jks: 'a Java key store',
  jceks: 'a Java key store',
  yaml: 'YAML',
} as const;
