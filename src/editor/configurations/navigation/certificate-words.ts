import type { Certificate } from '../../../certificates/certificate.ts';
import type { CertificateFile } from '../../../rules/rule.ts';
import { dateOf, describeRemaining, plural, titleOf } from '../../certificates/tree/model.ts';

/** Names that a hover lists; the rest is counted. */
const listedNames = 8;

/** A certificate and the key that a server takes for it, as they were read. */
export interface ReadPair {
  readonly certificate: CertificateFile;
  readonly key: CertificateFile;
}

/**
 * Markdown about a file that a configuration names: its certificates, the server's own first, or its key, and whether those of
 * a pair belong together; undefined where it is none of these.
 */
export function describeCertificateFile(
  read: CertificateFile,
  pairs: readonly ReadPair[],
  now: Date,
  displayPath: (file: string) => string,
): string | undefined {
  const path = ({ file }: CertificateFile) => code(displayPath(file));
  const [leaf] = read.certificates;
  if (leaf !== undefined) {
    const keys = onceByFile(pairs.flatMap(({ certificate, key }) => (certificate.file === read.file ? [key] : [])));
    const lines = keys.flatMap((key) => {
      if (key.keyPins.length === 0) return [];
      const where = key.file === read.file ? 'in the file' : `in ${path(key)}`;
      return [
        key.keyPins.includes(leaf.spkiSha256) ? `Private key: ${where}` : `**The private key ${where} is another's**`,
      ];
    });
    return [...certificateLines(leaf, now), ...lines, ...othersLine(read)].join('  \n');
  }
  if (read.keyKinds.length === 0) {
    return read.dhBits === undefined ? undefined : `Diffie-Hellman parameters: ${read.dhBits} bits`;
  }
  const certificates = onceByFile(
    pairs.flatMap(({ certificate, key }) => (key.file === read.file ? [certificate] : [])),
  );
  const lines = certificates.flatMap((certificate) => {
    const [own] = certificate.certificates;
    if (own === undefined || read.keyPins.length === 0) return [];
    if (!read.keyPins.includes(own.spkiSha256))
      return [`**It is not the key of the certificate in ${path(certificate)}**`];
    return [`Belongs to ${path(certificate)}: ${namesOf(own)}, ${describeRemaining(own.notAfter, now)}`];
  });
  return [`Private key: ${read.keyKinds.join(', ')}`, ...lines].join('  \n');
}

function certificateLines(certificate: Certificate, now: Date): readonly string[] {
  const { publicKey, notBefore, notAfter } = certificate;
  const kind = [publicKey.algorithm, publicKey.curve ?? publicKey.bits].filter(Boolean).join(' ');
  return [
    namesOf(certificate),
    `Valid from ${dateOf(notBefore)} to ${dateOf(notAfter)}: ${describeRemaining(notAfter, now)}`,
    `Key: ${kind}`,
    `Issuer: ${code(certificate.issuer)}`,
  ];
}

function namesOf(certificate: Certificate): string {
  const { subjectAltNames } = certificate;
  const names = subjectAltNames.length === 0 ? [titleOf(certificate)] : subjectAltNames;
  const listed = names.slice(0, listedNames).map((name) => code(name.replace(/^DNS:/, '')));
  const more = names.length > listedNames ? ` and ${names.length - listedNames} more` : '';
  return `${listed.join(', ')}${more}`;
}

function othersLine({ certificates: [, ...others] }: CertificateFile): readonly string[] {
  return others.length === 0 ? [] : [`${plural(others.length, 'more certificate')} in the file`];
}

function onceByFile(files: readonly CertificateFile[]): readonly CertificateFile[] {
  return [...new Map(files.map((each) => [each.file, each])).values()];
}

/** What a certificate says may hold anything, and `www.example.com` outside of code would become a link. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
