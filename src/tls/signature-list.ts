import { atLeastVersion, type Version } from '../text/version.ts';
import { schemeOf } from './offer/signature-schemes.ts';

/** What is wrong with a list of signature algorithms, as the end of a sentence. */
export interface SignatureListProblem {
  readonly word: string;
  readonly reason: string;
  readonly instead: string | undefined;
}

/** Why SSL_CTX_set1_sigalgs_list(3) refuses a list; undefined where it takes it. */
export function signatureListProblem(text: string, openssl: Version): SignatureListProblem | undefined {
  const words = text.split(':').map((word) => word.trim());
  const mayMiss = (word: string) => word.startsWith('?') && atLeastVersion(openssl, '3.3');
  const wrong = words.find((word) => !isKnown(word, openssl) && !mayMiss(word));
  if (wrong !== undefined) return problemOfWord(wrong, openssl);
  if (!words.some((word) => isKnown(word.replace(/^\?/, ''), openssl))) {
    return { word: text, reason: 'it names no signature algorithm', instead: undefined };
  }
  // Another name of the same counts too.
  const ids = words.map((word) => schemeOf(word)?.id);
  const isFirst = (_: string, index: number) => ids.indexOf(ids[index]) === index;
  const twice = words.find((word, index) => !isFirst(word, index));
  if (twice === undefined || !isStrict(openssl)) return undefined;
  return { word: text, reason: `${twice} is there twice`, instead: words.filter(isFirst).join(':') };
}

function problemOfWord(word: string, openssl: Version): SignatureListProblem {
  if (word === '') return { word, reason: 'an empty word is no signature algorithm', instead: undefined };
  const older = [word.toUpperCase(), word.toLowerCase(), asPair(word)].find((spelling) => isKnown(spelling, openssl));
  if (older !== undefined) {
    return { word, reason: `${word} is no signature algorithm of OpenSSL ${openssl}, but ${older} is`, instead: older };
  }
  const since = schemeOf(word.replace(/^\?/, ''))?.since;
  const isLater = since !== undefined && !atLeastVersion(openssl, since);
  const reason = `${word} is no signature algorithm${isLater ? ` before OpenSSL ${since}` : ''}`;
  return { word, reason, instead: undefined };
}

/** Measured with 1.1.1 and 3.0, in which case counts, and 3.5, in which it does not; when that changed is not written down. */
function isStrict(openssl: Version): boolean {
  return !atLeastVersion(openssl, '3.2');
}

function isKnown(word: string, openssl: Version): boolean {
  if (ofEngines.test(word)) return true;
  const scheme = schemeOf(word);
  if (scheme === undefined || !atLeastVersion(openssl, scheme.since)) return false;
  if (!isStrict(openssl)) return true;
  if (word.includes('+')) return /^[A-Z-]+\+(?:SHA\d+|sha\d+)$/.test(word);
  return word === scheme.name && !laterNames.test(word);
}

/** Those of GOST, which an engine or a provider may bring. */
const ofEngines = /^gostr34102012_(?:256_intrinsic|512_intrinsic|256|512)$/i;

/** 1.1.1 and 3.0 know no names for these, but their pairs. */
const laterNames = /^(?:dsa|ecdsa)_sha/;

/** `ECDSA+SHA1` of `ecdsa_sha1`. */
function asPair(word: string): string {
  return word.toUpperCase().replace(/^(DSA|ECDSA)_(SHA\d+)$/, '$1+$2');
}
