import type { Certificate } from '../../../certificates/certificate.ts';
import { dateOf, describeRemaining, plural, titleOf } from '../../certificates/tree/model.ts';

/** Names that a hover lists; the rest is counted. */
const listedNames = 8;

/**
 * Markdown about the certificates of a file that a configuration names, the server's own first; undefined where there are none.
 * @param asText for texts of the certificate, which may hold anything
 */
export function describeCertificates(
  certificates: readonly Certificate[],
  now: Date,
  asText: (text: string) => string,
): string | undefined {
  const [first, ...others] = certificates;
  if (first === undefined) return undefined;
  const { subjectAltNames, publicKey, notBefore, notAfter } = first;
  const names = subjectAltNames.map((name) => name.replace(/^DNS:/, ''));
  const more = names.length > listedNames ? ` and ${names.length - listedNames} more` : '';
  const listed = names.length === 0 ? titleOf(first) : `${names.slice(0, listedNames).join(', ')}${more}`;
  const kind = [publicKey.algorithm, publicKey.curve ?? publicKey.bits].filter(Boolean).join(' ');
  return [
    `**${asText(listed)}**`,
    `Valid from ${dateOf(notBefore)} to ${dateOf(notAfter)}: ${describeRemaining(notAfter, now)}`,
    `Key: ${asText(kind)}`,
    `Issuer: ${asText(first.issuer)}`,
    ...(others.length === 0 ? [] : [`${plural(others.length, 'more certificate')} in the file`]),
  ].join('  \n');
}
