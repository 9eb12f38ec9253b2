import { atLeastVersion, type Version } from '../../text/version.ts';
import { strengthBits } from '../security-level.ts';
import { type CipherSuite, cipherSuites, findCipherSuite, isAvailable, releaseLine } from '../suites/cipher-suites.ts';

/**
 * What a word of a cipher string selects: suites that have one of the bits in every mask that is not 0. Words joined by
 * `+` are masks joined by "and".
 */
export interface Selector {
  readonly keyExchange: number;
  readonly authentication: number;
  readonly encryption: number;
  readonly mac: number;
  readonly protocol: string;
  readonly strength: number;
  readonly notDefault: number;
  /** Set for the full name of a suite. */
  readonly suite: CipherSuite | undefined;
}

/** A suite with its properties as bits. */
export interface Candidate {
  /** Place among the candidates of its release. */
  readonly index: number;
  readonly suite: CipherSuite;
  readonly selector: Selector;
  readonly strengthBits: number;
}

/** The suites and keywords of one OpenSSL release line. */
export interface Vocabulary {
  readonly openssl: Version;
  /** By descending code point, which is the order that OpenSSL's own sorting starts from. */
  readonly candidates: readonly Candidate[];
  /** The selector of a keyword or suite name that this release has; case counts before OpenSSL 4.0. */
  find(word: string): Selector | undefined;
  /** IANA's names and the character `_` are taken since OpenSSL 3.2; before, `_` is an invalid command. */
  readonly takesUnderscores: boolean;
  /** Every word that it knows, for suggestions. */
  readonly words: readonly string[];
}

const keyExchanges = bits('RSA', 'DH', 'ECDH', 'PSK', 'RSAPSK', 'ECDHEPSK', 'DHEPSK', 'SRP');
const authentications = bits('RSA', 'DSS', 'None', 'ECDSA', 'PSK', 'SRP');
const encryptions = bits(
  ...['None', 'AES128', 'AES256', 'AESGCM128', 'AESGCM256', 'AESCCM128', 'AESCCM256', 'AESCCM8128', 'AESCCM8256'],
  ...['Camellia128', 'Camellia256', 'CHACHA20/POLY1305256', 'ARIAGCM128', 'ARIAGCM256'],
  ...['3DES168', 'RC4128', 'RC2128', 'IDEA128', 'SEED128'],
);
const macs = bits('MD5', 'SHA1', 'SHA256', 'SHA384', 'AEAD');
const strengths = { NONE: 1, LOW: 2, MEDIUM: 4, HIGH: 8, FIPS: 16 } as const;
const anyKey = (...names: string[]) => names.reduce((mask, name) => mask | (keyExchanges.get(name) ?? 0), 0);
const anyAuthentication = (...names: string[]) =>
  names.reduce((mask, name) => mask | (authentications.get(name) ?? 0), 0);
const anyEncryption = (test: RegExp) =>
  [...encryptions].reduce((mask, [name, bit]) => (test.test(name) ? mask | bit : mask), 0);

const nothing: Selector = {
  keyExchange: 0,
  authentication: 0,
  encryption: 0,
  mac: 0,
  protocol: '',
  strength: 0,
  notDefault: 0,
  suite: undefined,
};
const authenticated = ~anyAuthentication('None');
const encrypted = ~anyEncryption(/^None/);

/** Keywords of openssl-ciphers(1) that some stock build since 1.1.1 gives a meaning; the others match nothing. */
const keywords: ReadonlyMap<string, Partial<Selector>> = new Map([
  ...[
    ['ALL', { encryption: encrypted }],
    ['COMPLEMENTOFALL', { encryption: ~encrypted }],
    ['COMPLEMENTOFDEFAULT', { notDefault: 1 }],
    ['EDH', { keyExchange: anyKey('DH'), authentication: authenticated }],
    ['DHE', { keyExchange: anyKey('DH'), authentication: authenticated }],
    ['EECDH', { keyExchange: anyKey('ECDH'), authentication: authenticated }],
    ['ECDHE', { keyExchange: anyKey('ECDH'), authentication: authenticated }],
    ['RSA', { keyExchange: anyKey('RSA'), authentication: anyAuthentication('RSA') }],
    ['ADH', { keyExchange: anyKey('DH'), authentication: anyAuthentication('None') }],
    ['AECDH', { keyExchange: anyKey('ECDH'), authentication: anyAuthentication('None') }],
    ['PSK', { keyExchange: anyKey('PSK', 'RSAPSK', 'ECDHEPSK', 'DHEPSK') }],
    ['SRP', { keyExchange: anyKey('SRP') }],
    ['FIPS', { encryption: encrypted, strength: strengths.FIPS }],
  ].map((entry) => entry as [string, Partial<Selector>]),
  ...eachWord({
    kRSA: 'RSA',
    'kEDH kDHE DH': 'DH',
    'kEECDH kECDHE ECDH': 'ECDH',
    kPSK: 'PSK',
    kRSAPSK: 'RSAPSK',
    kECDHEPSK: 'ECDHEPSK',
    kDHEPSK: 'DHEPSK',
    kSRP: 'SRP',
  }).map(([word, name]): [string, Partial<Selector>] => [word, { keyExchange: anyKey(name) }]),
  ...eachWord({ aRSA: 'RSA', 'aDSS DSS': 'DSS', aNULL: 'None', 'aECDSA ECDSA': 'ECDSA', aPSK: 'PSK', aSRP: 'SRP' }).map(
    ([word, name]): [string, Partial<Selector>] => [word, { authentication: anyAuthentication(name) }],
  ),
  ...eachWord({
    'NULL eNULL': '^None',
    AES128: '^AES(GCM|CCM8?)?128',
    AES256: '^AES(GCM|CCM8?)?256',
    AES: '^AES',
    AESGCM: '^AESGCM',
    AESCCM: '^AESCCM',
    AESCCM8: '^AESCCM8(128|256)$',
    CAMELLIA128: '^Camellia128',
    CAMELLIA256: '^Camellia256',
    CAMELLIA: '^Camellia',
    CHACHA20: '^CHACHA20',
    ARIA128: '^ARIAGCM128',
    ARIA256: '^ARIAGCM256',
    'ARIA ARIAGCM': '^ARIA',
    '3DES': '^3DES',
    RC4: '^RC4',
    RC2: '^RC2',
    IDEA: '^IDEA',
    SEED: '^SEED',
    CBC: '^(AES(128|256)|Camellia|3DES|IDEA|SEED)',
  }).map(([word, pattern]): [string, Partial<Selector>] => [word, { encryption: anyEncryption(new RegExp(pattern)) }]),
  ...eachWord({ MD5: 'MD5', 'SHA1 SHA': 'SHA1', SHA256: 'SHA256', SHA384: 'SHA384' }).map(
    ([word, name]): [string, Partial<Selector>] => [word, { mac: macs.get(name) ?? 0 }],
  ),
  ...eachWord({ SSLv3: 'SSLv3', 'TLSv1 TLSv1.0': 'TLSv1', 'TLSv1.2': 'TLSv1.2' }).map(
    ([word, protocol]): [string, Partial<Selector>] => [word, { protocol }],
  ),
  ...(['LOW', 'MEDIUM', 'HIGH'] as const).map((word): [string, Partial<Selector>] => [
    word,
    { strength: strengths[word] },
  ]),
]);

/** Keywords that came later than 1.1.1. */
const keywordSince: Readonly<Record<string, Version>> = { CBC: '3.0' };

/** Words that OpenSSL once gave a meaning, and that stock builds since 1.1.1 take for unknown names. */
const formerKeywords: ReadonlySet<string> = new Set(
  `SSLv2 EXP EXPORT EXPORT40 EXPORT56 DES LOW KRB5 kKRB5 aKRB5 FZA kFZA aFZA eFZA kDHr kDHd kDH aDH kECDHr kECDHe kECDH
  aECDH 3DES RC4 RC2 IDEA SEED TLSv1.1 TLSv1.3`.split(/\s+/),
);

const vocabularies = new Map<Version, Vocabulary>();

/** The vocabulary of an OpenSSL version, made once for each release line. Versions before 1.1.1 are taken for 1.1.1. */
export function vocabularyOf(openssl: Version): Vocabulary {
  const line = atLeastVersion(openssl, '1.1.1') ? releaseLine(openssl) : '1.1.1';
  let vocabulary = vocabularies.get(line);
  if (vocabulary === undefined) {
    vocabulary = createVocabulary(line);
    vocabularies.set(line, vocabulary);
  }
  return vocabulary;
}

function createVocabulary(openssl: Version): Vocabulary {
  const takesIanaNames = atLeastVersion(openssl, '3.2');
  const candidates = cipherSuites
    .filter((suite) => suite.protocol !== 'TLSv1.3' && isAvailable(suite, openssl))
    .sort((a, b) => b.id - a.id)
    .map((suite, index) => ({
      index,
      suite,
      selector: selectorOf(suite, openssl),
      strengthBits: strengthBits(suite, openssl),
    }));
  const all = candidates.reduce(
    (mask, { selector }) => ({
      keyExchange: mask.keyExchange | selector.keyExchange,
      authentication: mask.authentication | selector.authentication,
      encryption: mask.encryption | selector.encryption,
      mac: mask.mac | selector.mac,
    }),
    { keyExchange: 0, authentication: 0, encryption: 0, mac: 0 },
  );
  const selectors = new Map<string, Selector>();
  for (const [word, part] of keywords) {
    const selector = { ...nothing, ...part };
    if (keywordSince[word] !== undefined && !atLeastVersion(openssl, keywordSince[word])) continue;
    // A keyword whose algorithms are all missing from the build is no word at all for OpenSSL.
    if (selector.keyExchange !== 0 && (selector.keyExchange & all.keyExchange) === 0) continue;
    if (selector.authentication !== 0 && (selector.authentication & all.authentication) === 0) continue;
    if (selector.encryption !== 0 && (selector.encryption & all.encryption) === 0) continue;
    if (selector.mac !== 0 && (selector.mac & all.mac) === 0) continue;
    selectors.set(word, selector);
  }
  for (const { suite, selector } of candidates) {
    selectors.set(suite.name, selector);
    if (takesIanaNames) selectors.set(suite.iana, selector);
  }
  const folded = atLeastVersion(openssl, '4.0')
    ? new Map([...selectors].map(([word, selector]) => [word.toUpperCase(), selector]))
    : undefined;
  return {
    openssl,
    candidates,
    find: (word) => (folded === undefined ? selectors.get(word) : folded.get(word.toUpperCase())),
    takesUnderscores: takesIanaNames,
    words: ['DEFAULT', ...keywords.keys(), ...candidates.map(({ suite }) => suite.name)],
  };
}

function selectorOf(suite: CipherSuite, openssl: Version): Selector {
  const { classes } = suite;
  const weakTag = suite.encryption === 'AESCCM8' && !atLeastVersion(openssl, '3.2');
  const strength =
    (weakTag || classes.includes('HIGH') ? strengths.HIGH : 0) |
    (!weakTag && classes.includes('MEDIUM') ? strengths.MEDIUM : 0) |
    (classes.includes('FIPS') ? strengths.FIPS : 0) |
    (suite.encryption === 'None' ? strengths.NONE : 0);
  return {
    keyExchange: keyExchanges.get(suite.keyExchange) ?? 0,
    authentication: authentications.get(suite.authentication) ?? 0,
    encryption: encryptions.get(suite.encryption === 'None' ? 'None' : `${suite.encryption}${suite.bits}`) ?? 0,
    mac: macs.get(suite.mac) ?? 0,
    protocol: suite.protocol,
    strength,
    notDefault: classes.includes('NOT_DEFAULT') ? 1 : 0,
    suite,
  };
}

/** `SSLV2`, say: what was meant is no keyword any more either. */
export function isFormerInAnyCase(word: string): boolean {
  return [...formerKeywords].some((former) => former.toLowerCase() === word.toLowerCase());
}

/** True where a name is one that OpenSSL had in some release, though not in this one. */
export function isFormerWord(word: string): boolean {
  return formerKeywords.has(word) || findCipherSuite(word) !== undefined;
}

function bits(...names: string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, 1 << index]));
}

function eachWord(table: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(table).flatMap(([words, value]) =>
    words.split(' ').map((word): [string, string] => [word, value]),
  );
}
