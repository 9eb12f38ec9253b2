import type { Random } from '../tls/random.ts';
import {
  basicConstraints,
  extendedKeyUsage,
  extension,
  type Key,
  keyIdentifiers,
  keyUsage,
  makeCertificate,
  makeKey,
  nameConstraints,
  nameOf,
  subjectAltNames,
} from './certificate.ts';

/** DER of a leaf, of what may lie between, and of the anchor, with the faults that were put in. */
export interface World {
  readonly leaf: Uint8Array;
  readonly between: readonly Uint8Array[];
  readonly anchor: Uint8Array;
  readonly faults: readonly string[];
}

/** Keys cost more than certificates, and a world needs few that differ. */
const keys = Array.from({ length: 12 }, makeKey);
const good = [new Date('2026-01-01T00:00:00Z'), new Date('2036-01-01T00:00:00Z')] as const;
const past = [new Date('2020-01-01T00:00:00Z'), new Date('2021-01-01T00:00:00Z')] as const;
const future = [new Date('2030-01-01T00:00:00Z'), new Date('2031-01-01T00:00:00Z')] as const;

const bases = {
  DNS: ['example.com', '.example.com', 'sub.example.com', 'example.org', ''],
  email: ['example.com', '.example.com', 'box@example.com', 'example.org'],
  URI: ['example.com', '.example.com', 'www.example.com'],
  IP: ['c0000200ffffff00', 'c6336400ffffff00', '0000000000000000'],
  O: ['Test', 'Other'],
};
const names = [
  'DNS:example.com',
  'DNS:a.example.com',
  'DNS:x.sub.example.com',
  'DNS:badexample.com',
  'DNS:example.org',
  'DNS:EXAMPLE.com',
  'email:box@example.com',
  'email:other@mail.example.com',
  'email:box@example.org',
  'URI:https://example.com/a',
  'URI:https://www.example.com:8443/',
  'IP:c0000207',
  'IP:c6336407',
  'IP:20010db8000000000000000000000001',
];

interface Authority {
  readonly name: Uint8Array;
  readonly key: Key;
}

/** A chain of one to four CAs with one or two things that may be wrong with it, some certified twice or in a circle. */
export function makeWorld(random: Random): World {
  const faults: string[] = [];
  const between: Uint8Array[] = [];
  const depth = random.next(4);
  // Without identifiers OpenSSL cannot tell CAs of one name apart, and tries only one.
  const identified = !random.chance(3);
  const [stranger, ...free] = keys as [Key, ...Key[]];
  const takeKey = () => free.splice(random.next(free.length), 1)[0] as Key;
  let serial = 1 + random.next(60_000);
  const fault = (name: string, oneIn: number): boolean => {
    if (!random.chance(oneIn)) return false;
    faults.push(name);
    return true;
  };
  const authority = (): Authority => ({ name: nameOf('Test', `CA ${faults.length}.${serial}`), key: takeKey() });

  const extensionsOf = (subject: Authority, issuer: Authority, isRoot: boolean): Uint8Array[] => {
    // OpenSSL takes such a certificate for a root where it names itself as its issuer.
    if (!isRoot && subject.name !== issuer.name && fault('version 1', 40)) return [];
    const limit = random.chance(3) ? random.next(3) : undefined;
    if (limit !== undefined) faults.push(`path length ${limit}`);
    // OpenSSL takes the right to sign for being a CA where nothing else says so; browsers do not.
    const silent = !isRoot && fault('no basic constraints', 40);
    return [
      ...(silent ? [] : [basicConstraints(isRoot || !fault('no CA', 30), limit)]),
      ...(!silent && random.chance(2) ? [keyUsage(isRoot || !fault('must not sign', 20))] : []),
      ...(!isRoot && random.chance(3) ? [purpose()] : []),
      ...(random.chance(3) ? [constraints()] : []),
      ...(!isRoot && fault('unknown critical extension', 40)
        ? [extension('1.2.3.4.5', true, Uint8Array.of(0x05, 0x00))]
        : []),
      ...(identified ? keyIdentifiers(subject.key, issuer.key) : []),
    ];
  };
  const purpose = (): Uint8Array => {
    const server = !fault('a CA for clients', 4);
    return server ? extendedKeyUsage('serverAuth', 'clientAuth') : extendedKeyUsage('clientAuth');
  };
  const constraints = (): Uint8Array => {
    const some = (): string[] =>
      Array.from({ length: random.next(3) }, () => {
        const kind = random.pick(['DNS', 'DNS', 'email', 'URI', 'IP', 'O'] as const);
        return `${kind}:${random.pick<string>(bases[kind])}`;
      });
    const [permitted, excluded] = [some(), random.chance(2) ? some() : []];
    // Empty constraints are a fault of their own, which OpenSSL does not mind.
    if (permitted.length + excluded.length === 0) permitted.push('DNS:example.com');
    faults.push(`constraints ${permitted} without ${excluded}`);
    return nameConstraints(permitted, excluded);
  };
  const validity = () => (fault('expired', 25) ? past : fault('in the future', 40) ? future : good);
  const certify = (subject: Authority, issuer: Authority, extensions: readonly Uint8Array[]): Uint8Array => {
    const [notBefore, notAfter] = validity();
    const signer = fault('signed by another key', 40) ? stranger : issuer.key;
    const { name, key } = subject;
    serial++;
    return makeCertificate(
      { serial, subject: name, issuer: issuer.name, notBefore, notAfter, key, extensions },
      signer,
    );
  };

  const root = authority();
  const [notBefore, notAfter] = good;
  const anchor = makeCertificate(
    {
      serial: serial++,
      subject: root.name,
      issuer: root.name,
      notBefore,
      notAfter,
      key: root.key,
      extensions: extensionsOf(root, root, true),
    },
    root.key,
  );
  let issuer = root;
  for (let level = 0; level < depth; level++) {
    // A new key under the old name: such a certificate is not counted against path lengths.
    const subject =
      identified && fault('same name as its issuer', 12) ? { name: issuer.name, key: takeKey() } : authority();
    between.push(certify(subject, issuer, extensionsOf(subject, issuer, false)));
    // The same CA certified a second time, in other words.
    if (fault('certified twice', 6)) between.push(certify(subject, issuer, extensionsOf(subject, issuer, false)));
    // Two CAs that certify each other, which leads nowhere.
    if (fault('a circle', 8)) {
      const other = authority();
      between.push(certify(subject, other, extensionsOf(subject, other, false)));
      between.push(certify(other, subject, extensionsOf(other, subject, false)));
    }
    issuer = subject;
  }
  const own = {
    name: nameOf('Test', random.pick(['site', 'www.example.com', 'www.example.org']), mail()),
    key: takeKey(),
  };
  function mail(): string | undefined {
    return random.chance(4) ? random.pick(['box@example.com', 'box@example.org']) : undefined;
  }
  const asked = Array.from({ length: random.next(4) }, () => random.pick(names));
  const leaf = certify(own, issuer, [
    basicConstraints(false),
    ...(asked.length > 0 ? [subjectAltNames(asked)] : []),
    ...(random.chance(2) ? [extendedKeyUsage('serverAuth')] : []),
    ...(fault('unknown critical extension', 40) ? [extension('1.2.3.4.5', true, Uint8Array.of(0x05, 0x00))] : []),
    ...(identified ? keyIdentifiers(own.key, issuer.key) : []),
  ]);
  faults.push(`names ${asked}`);
  return { leaf, between: shuffled(between, random), anchor, faults };
}

function shuffled<T>(members: readonly T[], random: Random): T[] {
  const rest = [...members];
  return members.map(() => rest.splice(random.next(rest.length), 1)[0] as T);
}
