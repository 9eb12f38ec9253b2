import { knownValue } from '../tls/model/setting.ts';
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
  if (keys.keyPins.length === 0 || keys.keyPins.includes(leaf.spkiSha256)) return;
  yield report(context, used, keys);
}

/** The same of certificates that the server itself shows, where their keys are of one kind: others are noticed by nobody. */
function* shownToServersBehind(context: RuleContext): Iterable<Report> {
  for (const { tls, certificates } of context.model.upstreams) {
    for (const pair of knownValue(tls) === true ? (knownValue(certificates) ?? []) : []) {
      const file = context.certificateFile(pair.file.value);
      const [leaf] = file.certificates;
      if (leaf === undefined || pair.keyFile === null) continue;
      const keys = context.certificateFile(pair.keyFile.value);
      if (keys.keyPins.length === 0 || keys.keyPins.includes(leaf.spkiSha256)) continue;
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
  const sameType = keys.keyKinds.some((kind) => kind.split(' ')[0] === leaf.publicKey.algorithm);
  const starts = !sameType && !serverFacts(model).comparesKeyTypes;
  const later = file.certificates.findIndex(({ spkiSha256 }) => keys.keyPins.includes(spkiSha256));
  const next =
    later > 0
      ? `The key belongs to certificate ${later + 1} of the file: put the server's own first.`
      : inChain(context, pair, keys)
        ? `The key belongs to a certificate in ${pair.chainFile?.value}: exchange the two files.`
        : 'Name the key that the certificate was requested with.';
  const outcome = starts
    ? 'the server starts, and then every handshake fails'
    : `the server does not start${inErrorLog(model, 'key-mismatch')}`;
  return {
    message: `The private key ${keyPath} is not the one of the certificate ${pair.file.value}: ${outcome}. ${next}`,
    location: (pair.keyFile ?? pair.file).location,
    related: [
      ...(pair.keyFile === null ? [] : [{ location: pair.file.location, message: 'The certificate' }]),
      ...otherUses,
    ],
    effect: starts ? 'connect' : 'start',
  };
}

/** Somebody took the chain for the certificate. */
function inChain(
  { certificateFile }: RuleContext,
  { chainFile }: UsedCertificate['pair'],
  { keyPins }: CertificateFile,
) {
  const chain = chainFile === undefined ? [] : certificateFile(chainFile.value).certificates;
  return chain.some(({ spkiSha256 }) => keyPins.includes(spkiSha256));
}
