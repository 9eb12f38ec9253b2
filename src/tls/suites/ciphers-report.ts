import { type CipherStringOptions, evaluateCipherString, type UnmatchedWord } from '../cipher-string/cipher-string.ts';
import type { CipherSuite } from './cipher-suites.ts';
import { defaultTls13CipherSuites, evaluateTls13CipherSuites } from './tls13-cipher-suites.ts';

/** A cipher suite in the words of `openssl ciphers -V`. */
export interface CipherSuiteRow {
  readonly name: string;
  readonly iana: string;
  /** `0xC02B`. */
  readonly id: string;
  readonly protocol: string;
  readonly keyExchange: string;
  readonly authentication: string;
  /** `AESGCM(128)`. */
  readonly encryption: string;
  readonly mac: string;
}

export interface CiphersReport {
  /** 0: something is offered; 1: accepted, but nothing is left; 2: OpenSSL refuses the string. */
  readonly exitCode: 0 | 1 | 2;
  readonly json:
    | {
        readonly cipherSuites: readonly CipherSuiteRow[];
        readonly unmatched: readonly string[];
        /** OpenSSL's own TLS 1.3 suites, which no cipher string changes; only where TLS 1.3 was asked for. */
        readonly tls13CipherSuites?: readonly CipherSuiteRow[];
      }
    | { readonly error: string };
  /** Sentences about the first words that match nothing. */
  readonly notes: readonly string[];
}

/** What `tls-workbench ciphers` answers: the suites of a cipher string that a server would offer, in order. */
export function ciphersReport(text: string, options: CipherStringOptions): CiphersReport {
  const { suites, unmatched, error, securityLevel } = evaluateCipherString(text, options);
  const notes = unmatched.filter(isWorthSaying).slice(0, mostNotes).map(noteOf);
  if (error !== undefined)
    return { exitCode: 2, json: { error }, notes: error === 'invalid command' ? [...notes, knownCommands] : notes };
  return {
    notes,
    exitCode: suites.length === 0 ? 1 : 0,
    json: {
      cipherSuites: suites.map(cipherSuiteRow),
      unmatched: unmatched.filter(isWorthSaying).map(({ word }) => word),
      ...(options.maximum === 'TLSv1.3' ? { tls13CipherSuites: newSuites(options, securityLevel) } : {}),
    },
  };
}

function newSuites({ openssl }: CipherStringOptions, securityLevel: number): readonly CipherSuiteRow[] {
  return evaluateTls13CipherSuites(defaultTls13CipherSuites, { openssl, securityLevel }).suites.map(cipherSuiteRow);
}

function cipherSuiteRow(suite: CipherSuite): CipherSuiteRow {
  const { name, iana, protocol, keyExchange, authentication, mac } = suite;
  const id = `0x${suite.id.toString(16).toUpperCase().padStart(4, '0')}`;
  const encryption = suite.encryption === 'None' ? 'None' : `${suite.encryption}(${suite.bits})`;
  return { name, iana, id, protocol, keyExchange, authentication, encryption, mac };
}

const mostNotes = 3;

const knownCommands = 'The commands that it knows are @STRENGTH and @SECLEVEL=0 to @SECLEVEL=5.';

function noteOf({ word, reason, suggestion }: UnmatchedWord): string {
  const name = word.length > 60 ? `${word.slice(0, 60)}…` : word;
  if (suggestion !== undefined) return `${name} matches nothing. Did you mean ${suggestion}?`;
  if (reason === 'tls13') return `${name} is a suite of TLS 1.3, which no cipher string sets.`;
  return `${name} matches nothing.`;
}

/** Forbidding what this build has not got anyway (`!EXPORT`) is custom, not a mistake. */
function isWorthSaying({ reason, operator }: UnmatchedWord): boolean {
  return reason === 'unknown' || reason === 'tls13' || reason === 'misplaced' || operator === 'add';
}
