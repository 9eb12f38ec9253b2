import type { Range } from '../../text/range.ts';
import { suggest } from '../../text/suggest.ts';
import { atLeastVersion, type Version } from '../../text/version.ts';
import { isAllowedAtLevel } from '../security-level.ts';
import { type CipherSuite, cipherSuites, findCipherSuite, isAvailable } from './cipher-suites.ts';

/** What OpenSSL offers in TLS 1.3 where nothing is configured (SSL_CTX_set_ciphersuites(3)). */
export const defaultTls13CipherSuites = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256';

export interface Tls13CipherSuitesResult {
  /** In order, what the security level refuses left out. */
  readonly suites: readonly CipherSuite[];
  readonly unknown: readonly {
    readonly word: string;
    readonly range: Range;
    readonly suggestion: string | undefined;
  }[];
  /** IANA's names of suites of TLS 1.2, which OpenSSL offers there before those of the cipher string. */
  readonly older: readonly {
    readonly word: string;
    readonly range: Range;
    readonly suite: CipherSuite;
  }[];
  /** Why OpenSSL refuses the list; undefined where it takes it. */
  readonly error: 'no cipher match' | undefined;
}

/** Suites of TLS 1.3 that stock builds have and that encrypt; two of them are offered only where they are listed. */
export const tls13CipherSuites: readonly CipherSuite[] = cipherSuites.filter(
  ({ protocol, bits }) => protocol === 'TLSv1.3' && bits > 0,
);

/**
 * Reads a list of TLS 1.3 suites as SSL_CTX_set_ciphersuites(3) does. A name that it does not know is fatal in OpenSSL
 * 1.1.1; since 3.0 it is ignored as long as another is known.
 */
export function evaluateTls13CipherSuites(
  text: string,
  { openssl, securityLevel }: { readonly openssl: Version; readonly securityLevel: number },
): Tls13CipherSuitesResult {
  const suites = new Set<CipherSuite>();
  const unknown: { word: string; range: Range; suggestion: string | undefined }[] = [];
  const older: { word: string; range: Range; suite: CipherSuite }[] = [];
  let start = 0;
  for (const part of text.split(':')) {
    const word = part.trim();
    const from = start + part.indexOf(word);
    start += part.length + 1;
    if (word === '') continue;
    const range = { start: from, end: from + word.length };
    const suite = findCipherSuite(word);
    if (suite === undefined || suite.iana !== word || !isAvailable(suite, openssl))
      unknown.push({ word, range, suggestion: suggest(word, names) });
    else if (suite.protocol === 'TLSv1.3') suites.add(suite);
    else older.push({ word, range, suite });
  }
  const isNone = suites.size === 0 && older.length === 0;
  const refused = unknown.length > 0 && (isNone || !atLeastVersion(openssl, '3.0'));
  return {
    suites: refused ? [] : [...suites].filter((suite) => isAllowedAtLevel(suite, securityLevel, openssl)),
    unknown,
    older,
    error: refused ? 'no cipher match' : undefined,
  };
}

const names = tls13CipherSuites.map(({ name }) => name);
