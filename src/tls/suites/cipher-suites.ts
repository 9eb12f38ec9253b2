import { atLeastVersion, type Version } from '../../text/version.ts';
import { cipherSuiteTable } from './table.ts';

/** A TLS cipher suite, with the words that `openssl ciphers -v` uses for its parts. */
export interface CipherSuite {
  /** Code point of IANA's registry. */
  readonly id: number;
  /** OpenSSL's name. */
  readonly name: string;
  /** IANA's name (RFC 8447 registry). */
  readonly iana: string;
  /** Oldest protocol that can use it; `TLSv1.3` suites are of no other. */
  readonly protocol: 'SSLv3' | 'TLSv1' | 'TLSv1.2' | 'TLSv1.3';
  /** `ECDH` and `DH` mean the ephemeral exchanges, `ECDH/RSA` and so on the static ones, `RSA` key transport. */
  readonly keyExchange: string;
  /** Kind of the server's certificate; `None` for anonymous suites, `any` in TLS 1.3. */
  readonly authentication: string;
  readonly encryption: string;
  /** Key length of the encryption. */
  readonly bits: number;
  readonly mac: string;
  /** OpenSSL's classes: `HIGH`, `MEDIUM`, `FIPS`, `NOT_DEFAULT`. */
  readonly classes: readonly string[];
  /** Last release line whose stock build has it; undefined where it is still there. */
  readonly lastOpenssl: Version | undefined;
  /** First release line that has it; undefined where that is the oldest known here. */
  readonly firstOpenssl: Version | undefined;
}

/** Why a suite should not be offered; the first five are broken, the others are weaker than what every client has. */
export type Weakness =
  | 'no-encryption'
  | 'anonymous'
  | 'export'
  | 'rc4'
  | 'des'
  | 'md5'
  | '3des'
  | 'obsolete-cipher'
  | 'short-tag'
  | 'no-forward-secrecy'
  | 'cbc';

/** All suites: TLS 1.3 in OpenSSL's order of preference, then by code point. */
export const cipherSuites: readonly CipherSuite[] = cipherSuiteTable.trim().split('\n').map(parseRow);

const byName = new Map<string, CipherSuite>();
for (const suite of cipherSuites) {
  byName.set(suite.name, suite);
  if (!byName.has(suite.iana)) byName.set(suite.iana, suite);
}
// OpenSSL 1.1.0 renamed these and kept the old spelling as an alias.
for (const kind of ['RSA', 'DSS']) {
  for (const cipher of ['DES-CBC3-SHA', 'DES-CBC-SHA']) {
    const suite = byName.get(`EDH-${kind}-${cipher}`);
    if (suite !== undefined) byName.set(`DHE-${kind}-${cipher}`, suite);
  }
}

/** The suite of OpenSSL's or IANA's name, spelt exactly. */
export function findCipherSuite(name: string): CipherSuite | undefined {
  return byName.get(name);
}

/** True where a stock build of this OpenSSL has the suite. */
export function isAvailable(suite: CipherSuite, openssl: Version): boolean {
  const { firstOpenssl, lastOpenssl } = suite;
  if (firstOpenssl !== undefined && !atLeastVersion(openssl, firstOpenssl)) return false;
  return lastOpenssl === undefined || atLeastVersion(lastOpenssl, releaseLine(openssl));
}

/** Weaknesses of a suite, gravest first; empty for forward-secret authenticated encryption. */
export function weaknesses(suite: CipherSuite): readonly Weakness[] {
  const found: Weakness[] = [];
  if (suite.encryption === 'None') found.push('no-encryption');
  if (suite.authentication === 'None') found.push('anonymous');
  if (suite.name.startsWith('EXP')) found.push('export');
  if (suite.encryption === 'RC4') found.push('rc4');
  if (suite.encryption === 'DES' || suite.encryption === 'RC2') found.push('des');
  if (suite.mac === 'MD5') found.push('md5');
  if (suite.encryption === '3DES') found.push('3des');
  if (suite.encryption === 'IDEA' || suite.encryption === 'SEED') found.push('obsolete-cipher');
  if (suite.encryption === 'AESCCM8') found.push('short-tag');
  if (!hasForwardSecrecy(suite)) found.push('no-forward-secrecy');
  if (isCbc(suite)) found.push('cbc');
  return found;
}

/** True where every session has its own ephemeral key, so that a stolen certificate key opens no recorded session. */
export function hasForwardSecrecy(suite: CipherSuite): boolean {
  return ['ECDH', 'DH', 'ECDHEPSK', 'DHEPSK', 'any'].includes(suite.keyExchange);
}

/** True for authenticated encryption with associated data: GCM, CCM, ChaCha20-Poly1305. */
export function isAead(suite: CipherSuite): boolean {
  return suite.mac === 'AEAD';
}

export function isCbc(suite: CipherSuite): boolean {
  return !isAead(suite) && suite.encryption !== 'None' && suite.encryption !== 'RC4';
}

/** True for suites that need a pre-shared key or SRP, which no web server offers without extra code. */
export function needsSharedSecret(suite: CipherSuite): boolean {
  return suite.keyExchange.endsWith('PSK') || suite.keyExchange === 'SRP' || suite.keyExchange === 'KRB5';
}

/** What each weakness means, for messages and hovers. */
export const weaknessText: Readonly<Record<Weakness, string>> = {
  'no-encryption': 'no encryption',
  anonymous: 'no authentication of the server',
  export: 'export-grade key',
  rc4: 'RC4 is broken (RFC 7465)',
  des: 'key can be found by brute force',
  md5: 'MD5',
  '3des': '64-bit blocks (Sweet32)',
  'obsolete-cipher': 'obsolete cipher',
  'short-tag': '64-bit authentication tag',
  'no-forward-secrecy': 'no forward secrecy',
  cbc: 'CBC mode',
};

/** `ECDHE-RSA-AES128-GCM-SHA256`: `TLS 1.2, ECDHE key exchange, RSA certificate, AES-GCM 128 bits`. */
export function describeCipherSuite(suite: CipherSuite): string {
  const protocol = {
    SSLv3: 'SSL 3.0 and later',
    TLSv1: 'TLS 1.0 and later',
    'TLSv1.2': 'TLS 1.2',
    'TLSv1.3': 'TLS 1.3',
  };
  const parts: string[] = [protocol[suite.protocol]];
  if (suite.keyExchange !== 'any') parts.push(`${keyExchangeName(suite)} key exchange`);
  if (suite.authentication === 'None') parts.push('no certificate');
  else if (suite.authentication !== 'any' && !needsSharedSecret(suite))
    parts.push(`${suite.authentication} certificate`);
  parts.push(suite.encryption === 'None' ? 'no encryption' : `${suite.encryption} ${suite.bits} bits`);
  if (!isAead(suite)) parts.push(`${suite.mac} MAC`);
  return parts.join(', ');
}

/** `1.1.1` of `1.1.1w`, `3.0` of `3.0.15`, `3.5` of `3.5.9`: what decides which suites a build has. */
export function releaseLine(openssl: Version): Version {
  const [major = '0', minor = '0', patch = '0'] = openssl.replace(/[a-z].*$/i, '').split('.');
  return Number(major) >= 3 ? `${major}.${minor}` : `${major}.${minor}.${patch}`;
}

function keyExchangeName(suite: CipherSuite): string {
  const names: Readonly<Record<string, string>> = { ECDH: 'ECDHE', DH: 'DHE', RSA: 'static RSA' };
  return names[suite.keyExchange] ?? suite.keyExchange;
}

function parseRow(row: string): CipherSuite {
  const [id = '', name = '', iana = '', protocol, keyExchange = '', authentication = '', encryption = '', ...rest] =
    row.split(' ');
  const [bits = '', mac = '', classes = '', last = '-', first] = rest;
  return {
    id: Number.parseInt(id, 16),
    name,
    iana,
    protocol: protocol as CipherSuite['protocol'],
    keyExchange,
    authentication,
    encryption,
    bits: Number(bits),
    mac,
    classes: classes === '-' ? [] : classes.split(','),
    lastOpenssl: last === '-' ? undefined : last,
    firstOpenssl: first,
  };
}
