import { entryOf } from '../text/entry-of.ts';
import { suggest } from '../text/suggest.ts';
import { atLeastVersion, type Version } from '../text/version.ts';
import { confOptions, confOptionsOf } from './conf-options.ts';
import type { NamedPath } from './model/server-model.ts';
import { protocolVersions } from './protocols.ts';
import { signatureListProblem } from './signature-list.ts';

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

/** Commands whose value is a file or a folder. */
const pathCommands: Readonly<Record<string, NamedPath['purpose']>> = {
  certificate: 'certificate',
  privatekey: 'key',
  dhparameters: 'dh-parameters',
  chaincafile: 'chain',
  chaincapath: 'chain',
  verifycafile: 'client-ca',
  verifycapath: 'client-ca',
  clientcafile: 'named-ca',
  clientcapath: 'named-ca',
  requestcafile: 'named-ca',
  requestcapath: 'named-ca',
  serverinfofile: 'server-info',
};

/** What the path that a command takes is for; undefined where it takes none. */
export function purposeOfConfPath(command: string): NamedPath['purpose'] | undefined {
  return entryOf(pathCommands, command.toLowerCase());
}

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
      return optionProblem(members(value), openssl);
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
      return signatureListProblem(value, openssl);
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

/** Newest first: of names that are as near to a misspelt one it is the first that is proposed. */
const versionNames: readonly string[] = ['None', ...protocolVersions.slice(1).reverse(), 'DTLSv1.2', 'DTLSv1'];
const verifyModes = ['Request', 'Require', 'Once', 'RequestPostHandshake', 'RequirePostHandshake'];

/** A word of a list such as `+SessionTicket, -Compression`. */
export interface ConfSwitch {
  /** In small letters, since case does not count. */
  readonly name: string;
  readonly on: boolean;
}

/** What the value of `Protocol` or `Options` switches on and off, one after the other; blanks do not count (`CONF_parse_list`). */
export function confSwitches(value: string): readonly ConfSwitch[] {
  return words(value).map((word) => ({ name: unsigned(word).toLowerCase(), on: !word.startsWith('-') }));
}

function members(value: string): readonly string[] {
  return words(value).map(unsigned);
}

function words(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim());
}

function unsigned(word: string): string {
  return word.replace(/^[+-]/, '');
}

function firstWrong(
  words: readonly string[],
  known: readonly string[],
  kind: string,
  same = isSame,
): ConfValueProblem | undefined {
  const word = words.find((candidate) => !known.some((name) => same(candidate, name)));
  return word === undefined
    ? undefined
    : { word, reason: `${word} is no ${kind} of OpenSSL`, instead: suggest(word, known) };
}

function optionProblem(words: readonly string[], openssl: Version): ConfValueProblem | undefined {
  const missing = confOptions.find(
    ({ name, since }) => !atLeastVersion(openssl, since) && words.some((word) => isSame(word, name)),
  );
  if (missing === undefined) return firstWrong(words, confOptionsOf(openssl), 'option');
  const { name, since } = missing;
  return { word: name, reason: `${name} is no option of OpenSSL before ${since}`, instead: undefined };
}

function isSame(word: string, name: string): boolean {
  return word.toLowerCase() === name.toLowerCase();
}
