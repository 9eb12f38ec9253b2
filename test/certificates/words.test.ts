import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { bitString, context, integer, octetString, oid, sequence, write } from '../../src/certificates/asn1/write.ts';
import type { Certificate } from '../../src/certificates/certificate.ts';
import { decodeCertificate, isUndecodable } from '../../src/certificates/decode.ts';
import { type CertificateFinding, type LintOptions, lintCertificate } from '../../src/certificates/lint/lint.ts';
import { nodeCrypto } from '../../src/host/node-crypto.ts';
import {
  basicConstraints,
  type Contents,
  extendedKeyUsage,
  extension,
  generalName,
  keyIdentifiers,
  keyUsage,
  makeCertificate,
  makeKey,
  nameConstraints,
  nameOf,
  subjectAltNames,
} from '../servers/chains/certificate.ts';

// What each certificate is told, word by word. UPDATE_GOLDEN=1 writes it anew: read the difference.
const expected = 'test/fixtures/expected/certificates/lint.txt';

const now = new Date('2026-09-30T12:00:00Z');
const [key, issuerKey] = [makeKey(), makeKey()];
const days = (count: number) => new Date(now.getTime() + count * 86_400_000);

interface Sample {
  readonly extensions?: readonly Uint8Array[];
  readonly fields?: Partial<Contents>;
  readonly options?: Partial<LintOptions>;
  /** What no certificate here can be made with. */
  readonly changed?: Partial<Certificate>;
}

function make({ extensions = server, fields = {}, changed = {} }: Sample): Certificate {
  const contents = {
    serial: 77,
    subject: nameOf('Made', 'a.example.org'),
    issuer: nameOf('Made', 'Issuer'),
    notBefore: days(-29),
    notAfter: days(61),
    key,
    extensions: [...extensions, ...keyIdentifiers(key, issuerKey)],
    ...fields,
  };
  const certificate = decodeCertificate(makeCertificate(contents, issuerKey), nodeCrypto);
  if (isUndecodable(certificate)) throw new Error(certificate.reason);
  return { ...certificate, ...changed };
}

const host = subjectAltNames(['DNS:a.example.org']);
const server = [extendedKeyUsage('serverAuth'), host];
const usage = (...bits: readonly number[]) => {
  const octet = bits.reduce((sum, bit) => sum | (0x80 >> bit), 0);
  return extension('2.5.29.15', true, bitString(Uint8Array.of(octet), 7 - Math.max(...bits)));
};
const [signs, agrees, signsCertificates] = [0, 4, 5];
const policy = extension('2.5.29.32', false, sequence(sequence(oid('2.23.140.1.2.1'))));
const crl = (url: string) =>
  extension('2.5.29.31', false, sequence(sequence(context(0, context(0, generalName(`URI:${url}`))))));
const publicServer = [...server, policy, crl('http://crl.example.org/a')];
const ca = [basicConstraints(true), keyUsage(true)];
const lasting = (from: number, to: number) => ({ fields: { notBefore: days(from), notAfter: days(to) } });
const itself = { issuer: nameOf('Made', 'a.example.org') };
const keyOf = (algorithm: string, ...parameters: readonly Uint8Array[]) => {
  return {
    fields: { key: { ...key, spki: sequence(sequence(oid(algorithm), ...parameters), bitString(new Uint8Array(32))) } },
  };
};
const above = (from: number, to: number, changed: Partial<Certificate> = {}) => {
  const fields = { subject: nameOf('Made', 'Issuer'), notBefore: days(from), notAfter: days(to) };
  return make({ extensions: ca, fields, changed });
};
const unreadable = new Date(Number.NaN);
const text = (value: string) => write(0x17, new TextEncoder().encode(value));
const longTime = (value: string) => write(0x18, new TextEncoder().encode(value));

const samples: Readonly<Record<string, Sample>> = {
  'a server in order': {},
  'a public server in order': { extensions: publicServer },

  'expired an hour ago': lasting(-90, -1 / 24),
  'expired half an hour ago': lasting(-90, -1 / 48),
  'starts in 26 hours': lasting(26 / 24, 90),
  'ends in 5 hours, of 8 days': lasting(-7.8, 5 / 24),
  'exactly a third of 90 days left': lasting(-60, 30),
  '29 of 90 days left': lasting(-61, 29),
  '14 of 90 days left': lasting(-76, 14),
  '6 of 12 days left': lasting(-6, 6),
  '6 of 20 days left': lasting(-14, 6),
  '3 of 10 days left': lasting(-7, 3),
  '100 of 3650 days left': lasting(-3550, 100),
  'a CA with 181 of 3650 days left': { extensions: ca, ...lasting(-3469, 181) },
  'a CA with 182 of 3650 days left': { extensions: ca, ...lasting(-3468, 182) },
  'a CA with 29 of 3650 days left': { extensions: ca, ...lasting(-3621, 29) },
  'a CA with 100 of 365 days left': { extensions: ca, ...lasting(-265, 100) },

  'an issuer that expires first, far away': { options: { issuers: [above(-3000, 60)] } },
  'an issuer that expires first, soon': { options: { issuers: [above(-3640, 10)] } },
  'an issuer that expired': { options: { issuers: [above(-300, -1)] } },
  'an issuer that ends at the same moment': { options: { issuers: [above(-300, 61)] } },
  'an issuer with dates that cannot be read': { options: { issuers: [above(-300, 60, { notAfter: unreadable })] } },
  'expired as its issuer did': { ...lasting(-90, -1), options: { issuers: [above(-300, -2)] } },
  'an end before the start': lasting(2, 1),
  'an end before the start, and both gone': lasting(-1, -2),
  'dates that cannot be read': { changed: { notBefore: unreadable, notAfter: unreadable } },
  'the end without seconds': { fields: { notAfter: text('2611301200Z') } },
  'the end with an offset': { fields: { notAfter: text('261130120000+0100') } },
  'the end as generalised time': { fields: { notAfter: longTime('20261130120000Z') } },
  'the end on no day': { fields: { notAfter: text('261332120000Z') } },
  'a public server for 201 days': { extensions: publicServer, ...lasting(-1, 200) },
  'a private server for 3650 days': lasting(-1, 3649),
  'a self-signed server for 3650 days': { fields: { ...itself, ...lasting(-1, 3649).fields } },
  'a client for 3650 days': { extensions: [extendedKeyUsage('clientAuth')], ...lasting(-1, 3649) },

  'a server for localhost for 3650 days': {
    extensions: [extendedKeyUsage('serverAuth'), subjectAltNames(['DNS:localhost', 'IP:7f000001'])],
    fields: { ...lasting(-1, 3649).fields, subject: nameOf('Made', 'localhost') },
  },
  'a server for localhost and others for 3650 days': {
    extensions: [extendedKeyUsage('serverAuth'), subjectAltNames(['DNS:localhost', 'DNS:a.example.org'])],
    ...lasting(-1, 3649),
  },
  'a server for an address elsewhere for 3650 days': {
    extensions: [extendedKeyUsage('serverAuth'), subjectAltNames(['IP:0a000001'])],
    fields: { ...lasting(-1, 3649).fields, subject: nameOf('Made', '10.0.0.1') },
  },
  'any purpose for 3650 days, as the configuration of a client says': {
    extensions: [host],
    options: { role: 'client' },
    ...lasting(-1, 3649),
  },

  'no names': { extensions: [extendedKeyUsage('serverAuth')] },
  'no names, and no purpose': { extensions: [usage(signs)] },
  'no names and no purpose, of a server': { extensions: [usage(signs)], options: { role: 'server' } },
  'mail, and no purpose': {
    extensions: [subjectAltNames(['email:a@example.org'])],
    fields: { subject: nameOf('Made', 'Our Person') },
  },
  'mail, no purpose, and a host as common name': { extensions: [subjectAltNames(['email:a@example.org'])] },
  'a proxy of a person': {
    extensions: [extension('1.3.6.1.5.5.7.1.14', true, Buffer.from('300c300a06082b06010505071501', 'hex'))],
  },
  'a workload of a mesh': {
    extensions: [
      extendedKeyUsage('serverAuth', 'clientAuth'),
      subjectAltNames(['URI:spiffe://cluster.local/ns/a/sa/b']),
    ],
  },
  'a workload of a mesh as the server': {
    extensions: [
      extendedKeyUsage('serverAuth', 'clientAuth'),
      subjectAltNames(['URI:spiffe://cluster.local/ns/a/sa/b']),
    ],
    options: { role: 'server' },
  },
  'mail, of a server': { extensions: [extendedKeyUsage('serverAuth'), subjectAltNames(['email:a@example.org'])] },
  'one host is missing': { options: { hosts: ['a.example.org', 'b.example.org'] } },
  'two hosts are missing': { options: { hosts: ['c.example.org', 'b.example.org'] } },
  'the common name is an address among the names': {
    extensions: [extendedKeyUsage('serverAuth'), subjectAltNames(['IP:c0000201'])],
    fields: { subject: nameOf('Made', '192.0.2.1') },
  },
  'the common name is a host elsewhere': { fields: { subject: nameOf('Made', 'b.example.org') } },
  'the common name is for people, with a dot': { fields: { subject: nameOf('Made', 'Acme Inc.') } },
  'the common name of a public server is for people': {
    extensions: publicServer,
    fields: { subject: nameOf('Made', 'Acme Inc.') },
  },
  'a DNS name that is an address': { extensions: [...server.slice(0, 1), subjectAltNames(['DNS:192.0.2.1'])] },
  'a name of 254 characters': {
    extensions: [...server.slice(0, 1), subjectAltNames([`DNS:${'abcdefg.'.repeat(31)}abcdef`])],
  },
  'a name of 253 characters, a label of 63': {
    extensions: [
      ...server.slice(0, 1),
      subjectAltNames([`DNS:${'abcdefg.'.repeat(31)}abcde`, `DNS:${'a'.repeat(63)}.org`]),
    ],
  },
  'a public server under .internal and an unreadable name': {
    extensions: [
      extendedKeyUsage('serverAuth'),
      policy,
      crl('http://crl.example.org/a'),
      subjectAltNames(['DNS:db.internal', 'DNS:a..b']),
    ],
    options: { publiclyTrusted: true },
  },

  'stars where no client takes them': {
    extensions: [
      extendedKeyUsage('serverAuth'),
      subjectAltNames([
        'DNS:a.example.org',
        'DNS:*.example.org',
        'DNS:*',
        'DNS:*.*.example.org',
        'DNS:w*.example.org',
        'DNS:b.*.example.org',
      ]),
    ],
  },
  'a public server with an address inside and one outside': {
    extensions: [
      extendedKeyUsage('serverAuth'),
      policy,
      subjectAltNames(['DNS:a.example.org', 'IP:0a000001', 'IP:08080808']),
    ],
    options: { publiclyTrusted: true },
  },
  'a public client with a name inside': {
    extensions: [extendedKeyUsage('clientAuth'), policy, subjectAltNames(['DNS:db.internal'])],
    options: { publiclyTrusted: true },
  },

  'an EC key that only agrees': { extensions: [...server, usage(agrees)] },
  'a key of its own authority, Ed25519, as "openssl req -x509" makes it': {
    extensions: [basicConstraints(true), host],
    fields: { ...keyOf('1.3.101.112').fields, ...itself },
  },
  'an Ed25519 key that only enciphers': { extensions: [...server, usage(2)], ...keyOf('1.3.101.112') },
  'an Ed25519 key that signs': { extensions: [...server, usage(signs)], ...keyOf('1.3.101.112') },
  'an RSA-PSS key for contents': { extensions: [...server, usage(1)], ...keyOf('1.2.840.113549.1.1.10') },
  'a server that may sign certificates': { extensions: [...server, usage(signs, signsCertificates)] },
  'no purpose, and may sign certificates': { extensions: [host, usage(signs, signsCertificates)] },
  'no purpose, and may sign CRLs': { extensions: [host, usage(signs, 6)] },
  'a key usage that cannot be read': { extensions: [...server, extension('2.5.29.15', true, integer(1))] },
  'a CA of a server, without names': { extensions: ca, options: { role: 'server' } },
  'a CA that names hosts': { extensions: [...ca, host] },
  'a CA that names hosts, of a server': { extensions: [...ca, host], options: { role: 'server' } },
  'version 1 with extensions': { changed: { version: 1 } },
  'version 1': { fields: { extensions: [] } },
  'version 1, signed by itself': { fields: { ...itself, extensions: [] } },
  'a client as a server': { extensions: [extendedKeyUsage('clientAuth'), host], options: { role: 'server' } },
  'a server as a client': { options: { role: 'client' } },
  'no purpose as a server': { extensions: [host], options: { role: 'server' } },
  'no purpose as a client': { extensions: [host], options: { role: 'client' } },
  'a public certificate for both': {
    extensions: [extendedKeyUsage('serverAuth', 'clientAuth'), host, policy, crl('http://crl.example.org/a')],
  },
  'the device of a maker': { fields: { subject: nameOf('Fortinet', 'FortiGate') } },
  'a public server of that maker': {
    extensions: publicServer,
    fields: { subject: nameOf('Fortinet', 'a.example.org') },
  },

  'a short EC key': { changed: { publicKey: { algorithm: 'EC', curve: 'P-192', bits: 192 } } },
  'EC of 224 bits': { changed: { publicKey: { algorithm: 'EC', curve: 'P-224', bits: 224 } } },
  'EC that spells out its curve': { changed: { publicKey: { algorithm: 'EC', curve: 'explicit P-256', bits: 256 } } },
  'EC on another curve, of a client': {
    extensions: [extendedKeyUsage('clientAuth')],
    changed: { publicKey: { algorithm: 'EC', curve: 'secp256k1', bits: 256 } },
  },
  'a DSA key': { changed: { publicKey: { algorithm: 'DSA', bits: 2048 } } },
  'an X25519 key of a client': { extensions: [extendedKeyUsage('clientAuth')], ...keyOf('1.3.101.110') },
  'an Ed25519 key of a public server': { extensions: publicServer, ...keyOf('1.3.101.112') },
  'an SLH-DSA key of a server': { extensions: server, ...keyOf('2.16.840.1.101.3.4.3.20') },
  'signed with MD5': { changed: { signatureAlgorithm: 'md5WithRSAEncryption' } },
  'signed with MD2': { changed: { signatureAlgorithm: 'md2WithRSAEncryption' } },
  'signed with SHA-1': { changed: { signatureAlgorithm: 'sha1WithRSAEncryption' } },
  'signed with SHA-1 by itself': { fields: itself, changed: { signatureAlgorithm: 'sha1WithRSAEncryption' } },

  'serial number 0': { fields: { serial: 0 } },
  'a root with serial number 0': { extensions: ca, fields: { ...itself, serial: 0 } },
  'a CA with serial number 0': { extensions: ca, fields: { serial: 0 } },
  'name constraints that exclude it': {
    options: { issuers: [make({ extensions: [...ca, nameConstraints(['DNS:example.net'], [])] })] },
  },
  'name constraints that permit it': {
    options: { issuers: [make({ extensions: [...ca, nameConstraints(['DNS:example.org'], [])] })] },
  },
  'name constraints that only exclude': { extensions: [...ca, nameConstraints([], ['DNS:example.net'])] },
  'an extension three times': { extensions: [...server, ...Array(2).fill(host)] },

  'must-staple without a responder': {
    extensions: [...server, extension('1.3.6.1.5.5.7.1.24', false, sequence(integer(5)))],
  },
  'must-staple of a client': {
    extensions: [extendedKeyUsage('clientAuth'), extension('1.3.6.1.5.5.7.1.24', false, sequence(integer(5)))],
  },
  'a public server with an address of LDAP alone': {
    extensions: [...server, policy, crl('ldap://crl.example.org/a')],
  },
  'a public server with a CRL inside': { extensions: [...server, policy, crl('http://crl.corp/a')] },

  'a CA without key identifiers and usage': {
    fields: { extensions: [basicConstraints(true), extension('1.2.3.4', false, octetString())] },
  },
  'a server without the identifier of its issuer’s key': { fields: { extensions: server } },
  'a server without it, signed by itself': { fields: { ...itself, extensions: server } },
  'a CA without key usage, signed by itself': {
    extensions: [basicConstraints(true)],
    fields: itself,
  },
  'a path length without being a CA': {
    extensions: [...server, extension('2.5.29.19', true, sequence(integer(0)))],
  },
  'a path length, and may not sign': { extensions: [basicConstraints(true, 0), keyUsage(false)] },
  'no subject, and names that are not critical': { fields: { subject: sequence() } },
};

test('what certificates are told was read once', () => {
  const told = Object.entries(samples).map(([title, sample]) => {
    const findings = lintCertificate(make(sample), { now, ...sample.options });
    return [title, ...findings.map(describe)].join('\n');
  });
  const all = `${told.join('\n\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(expected, all);
  assert.equal(all, readFileSync(expected, 'utf8'));
});

function describe({ severity, rule, message }: CertificateFinding): string {
  return `  ${severity} ${rule}\n    ${message}`;
}
