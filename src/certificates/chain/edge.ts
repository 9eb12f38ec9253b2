import type { Crypto, Verdict } from '../../host/host.ts';
import { bitsOf, encodingOf } from '../asn1/der.ts';
import type { Certificate } from '../certificate.ts';
import type { ChainNode } from './node.ts';

/** Why one certificate is, or is not, issued by another: what a reader may check line by line. */
export interface EdgeProof {
  readonly subject: Certificate;
  readonly issuer: Certificate;
  /** Issuer's subject equals subject's issuer (RFC 5280 section 6.1.3 (a)(4)). */
  readonly namesMatch: boolean;
  /** authorityKeyIdentifier against subjectKeyIdentifier. */
  readonly keyIdentifiers: 'equal' | 'different' | 'absent';
  readonly signature: Verdict | 'not-checked';
  readonly issuerIsCa: boolean;
  /** keyUsage of the issuer allows signing certificates; true where it has none. */
  readonly issuerMaySign: boolean;
}

/** Counts signature checks, which a file could otherwise ask for without end. */
export interface Verifier {
  readonly checks: number;
  readonly exhausted: boolean;
  verify(subject: ChainNode, issuer: ChainNode): EdgeProof['signature'];
}

/** Signature checks for one search. */
export const signatureBudget = 200;

/** @param budget how many signatures are checked; of the others the verdict is `not-checked` */
export function createVerifier(crypto: Crypto, budget = signatureBudget): Verifier {
  const known = new Map<string, Verdict>();
  let checks = 0;
  return {
    get checks() {
      return checks;
    },
    get exhausted() {
      return checks >= budget;
    },
    verify(subject, issuer) {
      const key = `${subject.certificate.sha256}/${issuer.certificate.spkiSha256}`;
      const before = known.get(key);
      if (before !== undefined) return before;
      if (checks >= budget) return 'not-checked';
      checks++;
      const verdict = verifySignature(subject, issuer, crypto);
      known.set(key, verdict);
      return verdict;
    },
  };
}

/** Verdicts by library, certificate and the key that was tried: searches, lints and views of one file ask for the same ones. */
const verdicts = new WeakMap<Crypto, WeakMap<Certificate, Map<string, Verdict>>>();

/** Whether the key of `issuer` made the signature of `subject`. */
export function verifySignature(subject: ChainNode, issuer: ChainNode, crypto: Crypto): Verdict {
  const ofLibrary = verdicts.get(crypto) ?? new WeakMap<Certificate, Map<string, Verdict>>();
  verdicts.set(crypto, ofLibrary);
  const ofSubject = ofLibrary.get(subject.certificate) ?? new Map<string, Verdict>();
  ofLibrary.set(subject.certificate, ofSubject);
  const { spkiSha256 } = issuer.certificate;
  const verdict = ofSubject.get(spkiSha256) ?? askLibrary(subject, issuer, crypto);
  ofSubject.set(spkiSha256, verdict);
  return verdict;
}

function askLibrary(subject: ChainNode, issuer: ChainNode, crypto: Crypto): Verdict {
  const { signatureAlgorithm, tbs, signature } = subject.parts;
  try {
    return crypto.verify(
      encodingOf(signatureAlgorithm),
      encodingOf(issuer.parts.publicKey),
      encodingOf(tbs),
      bitsOf(signature),
    );
  } catch {
    return 'bad';
  }
}

/** What speaks for `issuer` having issued `subject`, and what against it. */
export function proveEdge(subject: ChainNode, issuer: ChainNode, verifier: Verifier): EdgeProof {
  return { ...compare(subject, issuer), signature: verifier.verify(subject, issuer) };
}

function compare(subject: ChainNode, issuer: ChainNode): Omit<EdgeProof, 'signature'> {
  const { keyUsage } = issuer.certificate;
  return {
    subject: subject.certificate,
    issuer: issuer.certificate,
    namesMatch: subject.issuerKey === issuer.subjectKey,
    keyIdentifiers: compareKeyIdentifiers(subject, issuer),
    issuerIsCa: issuer.basicConstraints?.ca === true || isFirstVersionRoot(issuer.certificate),
    issuerMaySign: keyUsage.length === 0 || keyUsage.includes('keyCertSign'),
  };
}

/** Before extensions there were, a root could not say that it is a CA; any other certificate can say so today. */
function isFirstVersionRoot({ version, selfIssued }: Certificate): boolean {
  return version < 3 && selfIssued;
}

export function compareKeyIdentifiers(subject: ChainNode, issuer: ChainNode): EdgeProof['keyIdentifiers'] {
  const wanted = subject.certificate.authorityKeyIdentifier;
  const given = issuer.certificate.subjectKeyIdentifier;
  if (wanted === undefined || given === undefined) return 'absent';
  return wanted === given ? 'equal' : 'different';
}
