import type { CertificateFile, Report, Rule, RuleContext } from './rule.ts';
import { type UsedCertificate, usedCertificates } from './support/deployed-certificates.ts';
import { inErrorLog, serverFacts } from './support/server-facts.ts';

/** Certificate and private key that do not belong together. */
export const certificateKeyMismatch: Rule = {
  id: 'certificate-key-mismatch',
  title: 'The private key does not belong to the certificate',
  severity: 'error',
  effect: 'start',
  *check(context) {
    for (const used of usedCertificates(context)) {
      const { pair, file, leaf } = used;
      const keys = pair.keyFile === null ? file : context.certificateFile(pair.keyFile.value);
      if (keys.keyPins.length === 0 || keys.keyPins.includes(leaf.spkiSha256)) continue;
      yield report(context, used, keys);
    }
  },
};

function report(
  { model }: RuleContext,
  { pair, file, leaf, otherUses }: UsedCertificate,
  keys: CertificateFile,
): Report {
  const keyPath = pair.keyFile?.value ?? pair.file.value;
  const sameType = keys.keyKinds.some((kind) => kind.split(' ')[0] === leaf.publicKey.algorithm);
  const starts = !sameType && !serverFacts(model).comparesKeyTypes;
  const later = file.certificates.findIndex(({ spkiSha256 }) => keys.keyPins.includes(spkiSha256));
  const order =
    later > 0 ? ` The key belongs to certificate ${later + 1} of the file: the server's own must come first.` : '';
  const outcome = starts
    ? 'the server starts, and then every handshake fails'
    : `the server does not start${inErrorLog(model, 'key-mismatch')}`;
  return {
    message: `The private key ${keyPath} is not the one of the certificate ${pair.file.value}: ${outcome}.${order}`,
    location: (pair.keyFile ?? pair.file).location,
    related: [
      ...(pair.keyFile === null ? [] : [{ location: pair.file.location, message: 'The certificate' }]),
      ...otherUses,
    ],
    effect: starts ? 'connect' : 'start',
  };
}
