import { describeKey } from './asn1/public-key.ts';
import type { Certificate } from './certificate.ts';
import { lifetimeOf, momentText, spanText } from './status.ts';

/** One way in which two certificates differ in meaning. */
export interface CertificateDifference {
  /** `Names`, `Issuer`, `Key`, … */
  readonly field: string;
  readonly before: string;
  readonly after: string;
  /** In words. */
  readonly message: string;
  /** Something that worked before may not with the other one: a lost name, a lost purpose, another issuer or kind of key. */
  readonly breaks: boolean;
}

/**
 * What changes from one certificate to another, such as by its renewal. Serial numbers, signatures and identifiers differ
 * every time and say nothing; they are left out.
 */
export function compareCertificates(before: Certificate, after: Certificate): CertificateDifference[] {
  return [
    ...lists('Names', before.subjectAltNames, after.subjectAltNames, 'name', 'names'),
    ...text('Subject', before.subject, after.subject, 'The subject changed.', false),
    ...text('Issuer', before.issuer, after.issuer, 'Another CA certificate issued it.', true),
    ...key(before, after),
    ...text(
      'Signature',
      before.signatureAlgorithm,
      after.signatureAlgorithm,
      'It is signed with another algorithm.',
      false,
    ),
    ...validity(before, after),
    ...lists('Key usage', before.keyUsage, after.keyUsage, 'key usage', 'key usages'),
    ...lists('Extended key usage', before.extendedKeyUsage, after.extendedKeyUsage, 'purpose', 'purposes'),
    ...text('CA', yes(before.isCa), yes(after.isCa), 'Whether it is a CA changed.', true),
    ...locations('OCSP', before.ocspUrls, after.ocspUrls),
    ...locations('CRL', before.crlUrls, after.crlUrls),
    ...extensions(before, after),
  ];
}

/** What the fields above already tell, and what differs from one certificate to the next by its nature. */
const told = new Set([
  'subjectAltName',
  'keyUsage',
  'extKeyUsage',
  'basicConstraints',
  'authorityInfoAccess',
  'cRLDistributionPoints',
  'subjectKeyIdentifier',
  'authorityKeyIdentifier',
  'signedCertificateTimestampList',
]);

function text(field: string, before: string, after: string, message: string, breaks: boolean): CertificateDifference[] {
  return before === after ? [] : [{ field, before, after, message, breaks }];
}

function yes(value: boolean): string {
  return value ? 'yes' : 'no';
}

function lists(
  field: string,
  before: readonly string[],
  after: readonly string[],
  one: string,
  many: string,
): CertificateDifference[] {
  const lost = before.filter((entry) => !after.includes(entry));
  const gained = after.filter((entry) => !before.includes(entry));
  if (lost.length === 0 && gained.length === 0) return [];
  const noun = (count: number) => `${count} ${count === 1 ? one : many}`;
  const parts = [
    ...(lost.length > 0 ? [`${noun(lost.length)} lost: ${lost.join(', ')}`] : []),
    ...(gained.length > 0 ? [`${noun(gained.length)} gained: ${gained.join(', ')}`] : []),
  ];
  return [
    {
      field,
      before: before.join(', '),
      after: after.join(', '),
      message: `${parts.join('; ')}.`,
      breaks: lost.length > 0,
    },
  ];
}

function key(before: Certificate, after: Certificate): CertificateDifference[] {
  const [old, next] = [describeKey(before.publicKey), describeKey(after.publicKey)];
  if (before.spkiSha256 === after.spkiSha256) {
    const message = 'The key stayed the same; a new one with every renewal limits what a stolen key is worth.';
    return before.sha256 === after.sha256 ? [] : [{ field: 'Key', before: old, after: next, message, breaks: false }];
  }
  const message =
    old === next
      ? 'The key is a new one; pins and TLSA records have to follow.'
      : `The key is another kind: ${old} became ${next}.`;
  return [
    {
      field: 'Key',
      before: old,
      after: next,
      message,
      breaks: before.publicKey.algorithm !== after.publicKey.algorithm,
    },
  ];
}

function validity(before: Certificate, after: Certificate): CertificateDifference[] {
  const [old, next] = [momentText(before.notAfter), momentText(after.notAfter)];
  const change = after.notAfter.getTime() - before.notAfter.getTime();
  if (change === 0 || Number.isNaN(change)) return [];
  const direction = change > 0 ? 'later' : 'earlier';
  const [oldSpan, nextSpan] = [spanText(lifetimeOf(before)), spanText(lifetimeOf(after))];
  const span = oldSpan === nextSpan ? '' : ` It is valid for ${nextSpan} instead of ${oldSpan}.`;
  const message = `It expires ${spanText(Math.abs(change))} ${direction}.${span}`;
  return [{ field: 'Expires', before: old, after: next, message, breaks: change < 0 }];
}

function locations(field: string, before: readonly string[], after: readonly string[]): CertificateDifference[] {
  if (before.join(' ') === after.join(' ')) return [];
  const message = after.length === 0 ? `It names no ${field} address any more.` : `Its ${field} addresses changed.`;
  return [{ field, before: before.join(', '), after: after.join(', '), message, breaks: false }];
}

function extensions(before: Certificate, after: Certificate): CertificateDifference[] {
  const valueIn = (certificate: Certificate, name: string) =>
    certificate.extensions.find((extension) => extension.name === name)?.value ?? '';
  const names = new Set([...before.extensions, ...after.extensions].map((extension) => extension.name));
  return [...names].flatMap((name) => {
    if (told.has(name)) return [];
    const [old, next] = [valueIn(before, name), valueIn(after, name)];
    const message =
      next === ''
        ? `The extension ${name} is gone.`
        : old === ''
          ? `The extension ${name} is new.`
          : `The extension ${name} changed.`;
    return text(name, old, next, message, name === 'tlsFeature');
  });
}
