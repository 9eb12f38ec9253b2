import type { Certificate } from '../certificates/certificate.ts';
import { knownValue } from '../tls/model/setting.ts';
import { servesKey } from '../tls/offer/certificates.ts';
import type { CertificateFile, Report, Rule, RuleContext } from './rule.ts';
import {
  idleCertificates,
  type UsedCertificate,
  usedCertificates,
} from './support/certificates/deployed-certificates.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';

/** Certificate and private key that do not belong together. */
export const certificateKeyMismatch: Rule = {
  id: 'certificate-key-mismatch',
  title: 'The private key does not belong to the certificate',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const used of usedCertificates(context)) yield* compare(context, used);
    for (const used of idleCertificates(context)) {
      for (const mismatch of compare(context, used)) if (mismatch.effect === 'start') yield mismatch;
    }
    yield* shownToServersBehind(context);
  },
};

function* compare(context: RuleContext, used: UsedCertificate): Iterable<Report> {
  const { pair, file, leaf } = used;
  const keys = pair.keyFile === null ? file : context.certificateFile(pair.keyFile.value);
  if (mayBeKeyOf(keys, leaf)) return;
  yield report(context, used, keys);
}

/** Of several keys in a file the first one is read. One that nobody can read here may be the right one. */
function mayBeKeyOf({ keyPins, keyKinds }: CertificateFile, { spkiSha256 }: Certificate): boolean {
  if (keyPins.length === 0) return true;
  return keyPins.length === keyKinds.length ? keyPins[0] === spkiSha256 : keyPins.includes(spkiSha256);
}

/** The same of certificates that the server itself shows, where their keys are of one kind: others are noticed by nobody. */
function* shownToServersBehind(context: RuleContext): Iterable<Report> {
  for (const { tls, certificates } of context.model.upstreams) {
    for (const pair of knownValue(tls) === true ? (knownValue(certificates) ?? []) : []) {
      const file = context.certificateFile(pair.file.value);
      const [leaf] = file.certificates;
      if (leaf === undefined || pair.keyFile === null) continue;
      const keys = context.certificateFile(pair.keyFile.value);
      if (mayBeKeyOf(keys, leaf)) continue;
      const mismatch = report(context, { pair, file, leaf, otherUses: [] }, keys);
      if (mismatch.effect === 'start') yield mismatch;
    }
  }
}

function report(
  context: RuleContext,
  { pair, file, leaf, otherUses }: Pick<UsedCertificate, 'pair' | 'file' | 'leaf' | 'otherUses'>,
  keys: CertificateFile,
): Report {
  const { model } = context;
  const keyPath = pair.keyFile?.value ?? pair.file.value;
  const [algorithm = '', curve = ''] = keys.keyKinds[0]?.split(' ') ?? [];
  // OpenSSL refuses such a key before it compares it with anything.
  const isServed = servesKey({ publicKey: { algorithm, curve }, keyUsage: [] }, model.target.openssl) !== false;
  const sameType = algorithm === leaf.publicKey.algorithm;
  const starts = !sameType && isServed && !serverFacts(model).comparesKeyTypes;
  const next = nextStep(context, { pair, file, leaf }, keys);
  const outcome = starts
    ? 'the server starts, and then every handshake fails'
    : `the server does not start${inErrorLog(model, isServed ? 'key-mismatch' : 'unserved-key')}`;
  return {
    message: `The private key ${keyPath} does not belong to the certificate ${pair.file.value}: ${outcome}. ${next}`,
    location: (pair.keyFile ?? pair.file).location,
    related: [
      ...(pair.keyFile === null ? [] : [{ location: pair.file.location, message: 'The certificate' }]),
      ...otherUses,
    ],
    effect: starts ? 'connect' : 'start',
  };
}

function nextStep(
  { certificateFile }: RuleContext,
  { pair, file, leaf }: Pick<UsedCertificate, 'pair' | 'file' | 'leaf'>,
  { keyPins }: CertificateFile,
): string {
  const own = keyPins.indexOf(leaf.spkiSha256);
  if (own > 0) return `Key ${own + 1} of the file is the right one: put it first.`;
  const later = file.certificates.findIndex(({ spkiSha256 }) => keyPins.includes(spkiSha256));
  if (later > 0) return `The key belongs to certificate ${later + 1} of the file: put the server's own first.`;
  // Somebody took the chain for the certificate.
  const chain = pair.chainFile === undefined ? [] : certificateFile(pair.chainFile.value).certificates;
  return chain.some(({ spkiSha256 }) => keyPins.includes(spkiSha256))
    ? `The key belongs to a certificate in ${pair.chainFile?.value}: swap the two files.`
    : 'Use the key that the certificate was requested with.';
}
