import type { Certificate } from '../../src/certificates/certificate.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import {
  basicConstraints,
  type Key,
  keyIdentifiers,
  keyUsage,
  makeCertificate,
  makeKey,
  nameOf,
  subjectAltNames,
} from '../servers/chains/certificate.ts';

const [before, next, own] = [makeKey(), makeKey(), makeKey()];
const authority = [basicConstraints(true), keyUsage(true)];

/** A leaf by a CA's next key, that key certified with the one before, and the root of the one before: all of one CA. */
export const rollover = {
  leaf: make('a.example.org', own, next, [subjectAltNames(['DNS:a.example.org'])]),
  next: make('Root', next, before, authority),
  root: make('Root', before, before, authority),
};

function make(name: string, key: Key, signer: Key, extensions: readonly Uint8Array[]): Certificate {
  const contents = {
    serial: 7,
    subject: nameOf('Made', name),
    issuer: nameOf('Made', 'Root'),
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2027-01-01T00:00:00Z'),
    key,
    extensions: [...extensions, ...keyIdentifiers(key, signer)],
  };
  const certificate = decodeCertificate(makeCertificate(contents, signer), nodeCrypto);
  if (isUndecodable(certificate)) throw new Error(certificate.reason);
  return certificate;
}
