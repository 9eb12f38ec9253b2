import { confCommands } from './conf-commands.ts';
import { confOptionsOf } from './conf-options.ts';
import { cipherStringWords, type DescribedWord, groupWords, protocolWords } from './describe.ts';
import { describeCipherSuite, isAvailable } from './suites/cipher-suites.ts';
import { tls13CipherSuites } from './suites/tls13-cipher-suites.ts';
import type { Target } from './target.ts';

export interface ConfCommandWords {
  readonly kind: 'value' | 'cipher' | 'group';
  readonly words: readonly DescribedWord[];
}

/**
 * What may be written for one of OpenSSL's configuration commands (SSL_CONF_cmd(3)), behind a sign where there is one; without a
 * command, the commands.
 */
export function confCommandWords(command: string | undefined, target: Target, sign: string): ConfCommandWords {
  if (command === undefined) return { kind: 'value', words: plain(confCommands, 'OpenSSL command') };
  switch (command.toLowerCase()) {
    case 'groups':
    case 'curves':
    case 'ecdhparameters':
      return { kind: 'group', words: groupWords(target) };
    case 'cipherstring':
      return { kind: 'cipher', words: cipherStringWords(target, sign) };
    case 'ciphersuites':
      return { kind: 'cipher', words: tls13Words(target) };
    case 'minprotocol':
    case 'maxprotocol':
    case 'protocol':
      return { kind: 'value', words: protocolWords(target) };
    case 'options':
      return { kind: 'value', words: plain(confOptionsOf(target.openssl), 'option') };
    case 'verifymode':
      return { kind: 'value', words: plain(['Request', 'Require', 'Once'], 'verification of clients') };
    case 'signaturealgorithms':
    case 'clientsignaturealgorithms':
      return { kind: 'value', words: plain(signatureAlgorithms, 'signature algorithm') };
    default:
      return { kind: 'value', words: [] };
  }
}

/** Suites of TLS 1.3 that the library has. */
export function tls13Words({ openssl }: Target): readonly DescribedWord[] {
  return tls13CipherSuites
    .filter((suite) => isAvailable(suite, openssl))
    .map((suite) => ({ word: suite.name, description: describeCipherSuite(suite), weak: false }));
}

/** What browsers and certificates of today use. */
const signatureAlgorithms = [
  'ecdsa_secp256r1_sha256',
  'ecdsa_secp384r1_sha384',
  'ed25519',
  'rsa_pss_rsae_sha256',
  'rsa_pss_rsae_sha384',
  'rsa_pss_rsae_sha512',
  'rsa_pkcs1_sha256',
];

function plain(words: readonly string[], description: string): readonly DescribedWord[] {
  return words.map((word) => ({ word, description, weak: false }));
}
