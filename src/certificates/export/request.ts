import { attributeNames } from '../asn1/oids.ts';
import type { PublicKey } from '../certificate.ts';
import { addressKey } from '../host-names.ts';

/** Keys that can be made here. */
export type RequestKey = 'ecdsa-p256' | 'ecdsa-p384' | 'rsa-2048' | 'rsa-3072' | 'rsa-4096';

export interface RequestInput {
  /** Host names and addresses; the first one becomes the common name where none is given. */
  readonly names: readonly string[];
  readonly key: RequestKey;
  /** RFC 4514; empty for a request without subject, as ACME likes it best. */
  readonly subject?: string;
  /** Asks for must-staple (RFC 7633). */
  readonly mustStaple?: boolean;
}

export interface NewRequest {
  /** PEM, PKCS #8: to be written with mode 0600 and shown to nobody. */
  readonly privateKey: string;
  /** PEM. */
  readonly request: string;
  readonly publicKey: PublicKey;
}

const algorithms = {
  'ecdsa-p256': { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  'ecdsa-p384': { name: 'ECDSA', namedCurve: 'P-384', hash: 'SHA-384' },
  'rsa-2048': rsa(2048),
  'rsa-3072': rsa(3072),
  'rsa-4096': rsa(4096),
} as const;

function rsa(modulusLength: number) {
  const publicExponent = Uint8Array.of(1, 0, 1);
  return { name: 'RSASSA-PKCS1-v1_5', modulusLength, publicExponent, hash: 'SHA-256' } as const;
}

/** @peculiar/x509, which is loaded only where a request is made. */
async function loadLibrary() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}

type Library = Awaited<ReturnType<typeof loadLibrary>>;

const attributeTypes = Object.fromEntries(Object.entries(attributeNames).map(([oid, type]) => [type, oid]));

/** Reads an RFC 4514 name, in which the last part of all comes first. @throws Error where it is none */
function readName(text: string, { Name }: Library) {
  const parts = text.match(/(?:\\.|"[^"]*"|[^,\\"])+/gs) ?? [];
  const read = new Name(parts.reverse().join(','), attributeTypes);
  const isWhole = read.toJSON().every((part) => Object.values(part).every((values) => values.every(Boolean)));
  if (!isWhole) throw new Error(`"${text}" is no name of pairs such as CN=example.com,O=Example Ltd,C=DE.`);
  return read;
}

/** The function that tells whether a text is an RFC 4514 name of parts that are known. */
export async function loadSubjectCheck(): Promise<(text: string) => boolean> {
  const library = await loadLibrary();
  return (text) => {
    try {
      return readName(text, library).toArrayBuffer().byteLength > 2;
    } catch {
      return false;
    }
  };
}

/**
 * A new key and a certification request for it (RFC 2986), by Web Crypto and @peculiar/x509.
 * @throws Error where the subject is no RFC 4514 name
 */
export async function createRequest(input: RequestInput): Promise<NewRequest> {
  const x509 = await loadLibrary();
  const algorithm = algorithms[input.key];
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const [first = ''] = input.names;
  // A common name of more than 64 characters (RFC 5280, ub-common-name) is refused, and nobody needs it.
  const subject = input.subject ?? (first === '' || first.length > 64 ? '' : `CN=${first}`);
  const names = input.names.map(
    (name) => ({ type: addressKey(name) === undefined ? 'dns' : 'ip', value: name }) as const,
  );
  const request = await x509.Pkcs10CertificateRequestGenerator.create(
    {
      name: readName(subject, x509),
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.SubjectAlternativeNameExtension(names, subject === ''),
        // SEQUENCE OF INTEGER with 5, status_request.
        ...(input.mustStaple ? [new x509.Extension('1.3.6.1.5.5.7.1.24', false, Uint8Array.of(0x30, 3, 2, 1, 5))] : []),
      ],
    },
    crypto,
  );
  const pkcs8 = await crypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    privateKey: `${x509.PemConverter.encode(pkcs8, 'PRIVATE KEY')}\n`,
    request: `${request.toString('pem')}\n`,
    publicKey: describeKey(input.key),
  };
}

function describeKey(key: RequestKey): PublicKey {
  if (key === 'ecdsa-p256') return { algorithm: 'EC', curve: 'P-256', bits: 256 };
  if (key === 'ecdsa-p384') return { algorithm: 'EC', curve: 'P-384', bits: 384 };
  return { algorithm: 'RSA', bits: Number(key.slice(4)) };
}
