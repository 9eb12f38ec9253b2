import { suggest } from '../text/suggest.ts';
import { atLeastVersion, type Version } from '../text/version.ts';
import { confOptions } from './conf-options.ts';
import { protocolVersions } from './protocols.ts';

/** Commands of SSL_CONF_cmd(3) that a server's configuration may hold; case does not count. */
export const confCommands: readonly string[] = [
  'SignatureAlgorithms',
  'ClientSignatureAlgorithms',
  'Groups',
  'Curves',
  'ECDHParameters',
  'CipherString',
  'Ciphersuites',
  'MinProtocol',
  'MaxProtocol',
  'Protocol',
  'Options',
  'VerifyMode',
  'Certificate',
  'PrivateKey',
  'ServerInfoFile',
  'ChainCAPath',
  'ChainCAFile',
  'VerifyCAPath',
  'VerifyCAFile',
  'RequestCAFile',
  'ClientCAFile',
  'RequestCAPath',
  'ClientCAPath',
  'DHParameters',
  'RecordPadding',
  'NumTickets',
];

/** Commands that came with OpenSSL 3.0 and take the URI of a store; mod_ssl knows no values of that type. */
export const confStoreCommands: readonly string[] = ['ChainCAStore', 'VerifyCAStore', 'RequestCAStore'];

/** What OpenSSL refuses in a value: the part of it, and what may have been meant. */
export interface ConfValueProblem {
  readonly word: string;
  /** As the end of a sentence: `NoSuch is no option of OpenSSL`. */
  readonly reason: string;
  readonly instead: string | undefined;
}

/**
 * Judges the value of one command as SSL_CONF_cmd(3) does, or undefined where it is taken. Groups and ciphers are judged
 * by `evaluateGroups`, `evaluateCipherString` and `evaluateTls13CipherSuites`, files by whoever can read them.
 * @param program nginx says that it is a server and a client, mod_ssl that it is a server
 */
export function confValueProblem(
  command: string,
  value: string,
  openssl: Version,
  program: 'nginx' | 'apache',
): ConfValueProblem | undefined {
  switch (command.toLowerCase()) {
    case 'minprotocol':
    case 'maxprotocol':
      return firstWrong([value], versionNames, 'protocol version', (word, name) => word === name);
    case 'protocol':
      return firstWrong(members(value), [...versionNames, 'SSLv2', 'ALL'], 'protocol version');
    case 'options':
      return firstWrong(members(value), confOptions, 'option');
    case 'verifymode':
      return firstWrong(
        members(value),
        program === 'nginx' ? ['Peer', ...verifyModes] : verifyModes,
        'verification mode',
      );
    case 'recordpadding':
      return value.split(',').every((part) => /^\d+$/.test(part.trim()) && Number(part) <= 16_384)
        ? undefined
        : { word: value, reason: `${value} is no number of bytes up to 16384`, instead: undefined };
    case 'numtickets':
      return value.startsWith('-')
        ? { word: value, reason: `${value} is no number of tickets`, instead: undefined }
        : undefined;
    case 'signaturealgorithms':
    case 'clientsignaturealgorithms':
      return signatureProblem(value, openssl);
    case 'ecdhparameters':
      return value.includes(':')
        ? { word: value, reason: 'ECDHParameters takes one group, and Groups a list', instead: undefined }
        : autoProblem(value);
    case 'groups':
    case 'curves':
      return autoProblem(value);
    default:
      return undefined;
  }
}

/** The list of groups that a command sets: OpenSSL takes `ECDHParameters Automatic`, in any case, for its own default. */
export function groupsOf(command: string, value: string): string {
  return command.toLowerCase() === 'ecdhparameters' && /^\+?automatic$/i.test(value) ? 'auto' : value;
}

/** The word is nginx's own, in `ssl_ecdh_curve`; OpenSSL looks for a group of that name. */
function autoProblem(value: string): ConfValueProblem | undefined {
  return value === 'auto' ? { word: value, reason: `${value} is no group of OpenSSL`, instead: undefined } : undefined;
}

const versionNames: readonly string[] = ['None', ...protocolVersions.slice(1), 'DTLSv1', 'DTLSv1.2'];
const verifyModes = ['Request', 'Require', 'Once', 'RequestPostHandshake', 'RequirePostHandshake'];

/** `+SessionTicket,-Compression` without blanks and signs. */
function members(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim().replace(/^[+-]/, ''));
}

function firstWrong(
  words: readonly string[],
  known: readonly string[],
  kind: string,
  same = (word: string, name: string) => word.toLowerCase() === name.toLowerCase(),
): ConfValueProblem | undefined {
  const word = words.find((candidate) => !known.some((name) => same(candidate, name)));
  return word === undefined
    ? undefined
    : { word, reason: `${word} is no ${kind} of OpenSSL`, instead: suggest(word, known) };
}

/** `ecdsa_secp256r1_sha256`, `rsa_pss_rsae_sha512`, `ed25519`, … as `tls1_get_sigalg` has them; case does not count. */
const schemes =
  /^(?:ecdsa_(?:secp256r1_sha256|secp384r1_sha384|secp521r1_sha512|sha224|sha1|brainpoolp(?:256r1(?:tls13)?_sha256|384r1(?:tls13)?_sha384|512r1(?:tls13)?_sha512))|ed25519|ed448|rsa_pss_(?:rsae|pss)_sha(?:256|384|512)|rsa_pkcs1_sha(?:1|224|256|384|512)|dsa_sha(?:1|224|256|384|512)|gostr34102012_(?:256_intrinsic|512_intrinsic|256|512))$/i;
const pairs = /^(?:rsa|rsa-pss|pss|dsa|ecdsa)\+sha(?:1|224|256|384|512)$/i;
const postQuantum = /^mldsa(?:44|65|87)$/i;

function signatureProblem(value: string, openssl: Version): ConfValueProblem | undefined {
  const isKnown = (word: string) =>
    schemes.test(word) || pairs.test(word) || (postQuantum.test(word) && atLeastVersion(openssl, '3.5'));
  const mayMiss = (word: string) => word.startsWith('?') && atLeastVersion(openssl, '3.3');
  const words = value.split(':');
  const wrong = words.find((word) => !isKnown(word) && !mayMiss(word));
  if (wrong !== undefined) {
    return { word: wrong, reason: `${wrong || 'an empty word'} is no signature algorithm`, instead: undefined };
  }
  return words.some((word) => isKnown(word.replace(/^\?/, '')))
    ? undefined
    : { word: value, reason: 'it names no signature algorithm', instead: undefined };
}
