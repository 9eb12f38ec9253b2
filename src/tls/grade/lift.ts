import { known } from '../model/setting.ts';
import { isOfFactors, type LeafCertificate } from '../offer/certificates.ts';
import { profiles } from '../profiles.ts';
import { isObsoleteProtocol, type ProtocolVersion, protocolName } from '../protocols.ts';
import { type CipherSuite, findCipherSuite, hasForwardSecrecy, isAead } from '../suites/cipher-suites.ts';
import { tls13CipherSuites } from '../suites/tls13-cipher-suites.ts';
import type { Graded, GradeInput, Lift } from './graded.ts';
import { letters } from './letters.ts';
import { valuesOf } from './scores.ts';

/** The single change after which the letter is best; undefined where no change of one setting lifts it. */
export function liftOf(input: GradeInput, now: Graded, gradeOf: (input: GradeInput) => Graded): Lift | undefined {
  let best: Lift | undefined;
  let bestRank = letters.indexOf(now.letter);
  for (const { changed, ...lift } of candidates(input, now)) {
    const { letter } = gradeOf(changed);
    if (letters.indexOf(letter) >= bestRank) continue;
    bestRank = letters.indexOf(letter);
    best = { ...lift, grade: letter };
  }
  return best;
}

type Candidate = Omit<Lift, 'grade'> & { readonly changed: GradeInput };

function* candidates(input: GradeInput, { reasons }: Graded): Iterable<Candidate> {
  const settings = new Set(reasons.map(({ setting }) => setting));
  const { offer } = input;
  if (settings.has('protocols')) {
    const protocols = ['TLSv1.2', 'TLSv1.3'] as const;
    const listedTls13 = valuesOf(offer.tls13CipherSuites);
    const tls13 = listedTls13.length > 0 ? listedTls13 : usualTls13;
    const changed = { ...input, offer: { ...offer, protocols: known(protocols), tls13CipherSuites: known(tls13) } };
    yield { setting: 'protocols', message: protocolChange(valuesOf(offer.protocols)), protocols, changed };
  }
  if (settings.has('cipherString')) {
    const good = valuesOf(offer.cipherSuites).filter(
      (suite) => isAead(suite) && hasForwardSecrecy(suite) && suite.bits >= 128 && suite.authentication !== 'None',
    );
    const changed = { ...input, offer: { ...offer, cipherSuites: known(good.length > 0 ? good : profileSuites()) } };
    yield {
      setting: 'cipherString',
      message: 'Offer only suites with forward secrecy and authenticated encryption',
      changed,
    };
  }
  if (settings.has('hsts')) {
    const changed = { ...input, hstsMaxAge: profiles.intermediate.hstsMinimumAge };
    yield { setting: 'hsts', message: 'Send Strict-Transport-Security for two years', changed };
  }
  if (settings.has('dhParameters')) {
    yield { setting: 'dhParameters', message: 'Use DH parameters of 2048 bits', changed: { ...input, dhBits: 2048 } };
  }
  if (settings.has('compression')) {
    yield { setting: 'compression', message: 'Turn TLS compression off', changed: { ...input, compression: false } };
  }
  if (settings.has('certificates')) {
    const certificates = typeof input.certificates === 'string' ? input.certificates : input.certificates.map(renewed);
    const changed = { ...input, certificates, certificateProblems: [] };
    yield { setting: 'certificates', message: 'Use a valid certificate for this name from a trusted issuer', changed };
  }
}

/** What changes from the protocols offered now to TLS 1.2 and 1.3. */
function protocolChange(now: readonly ProtocolVersion[]): string {
  const missing = (['TLSv1.2', 'TLSv1.3'] as const).filter((protocol) => !now.includes(protocol));
  const old = now.filter(isObsoleteProtocol);
  const named = (protocols: readonly ProtocolVersion[]) => protocols.map(protocolName).join(' and ');
  if (old.length === 0) return `Offer ${named(missing)} too`;
  return missing.length === 0
    ? `No longer offer ${named(old)}`
    : `Offer ${named(missing)}, and no longer ${named(old)}`;
}

const usualTls13 = tls13CipherSuites.filter(({ encryption }) => !encryption.startsWith('AESCCM'));

function profileSuites(): readonly CipherSuite[] {
  return profiles.intermediate.cipherSuites.map(findCipherSuite).filter((suite) => suite !== undefined);
}

/** The same kind of key, in a size of today. */
function renewed(leaf: LeafCertificate): LeafCertificate {
  const { bits = 0 } = leaf.publicKey;
  const size = isOfFactors(leaf.publicKey) ? 2048 : 256;
  return bits >= size ? leaf : { ...leaf, publicKey: { ...leaf.publicKey, bits: size } };
}
