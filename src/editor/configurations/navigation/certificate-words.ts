import type { Certificate } from '../../../certificates/certificate.ts';
import { dateOf, describeRemaining, plural, titleOf } from '../../certificates/tree/model.ts';

/** Names that a hover lists; the rest is counted. */
const listedNames = 8;

/** Markdown about the certificates of a file that a configuration names, the server's own first; undefined where there are none. */
export function describeCertificates(certificates: readonly Certificate[], now: Date): string | undefined {
  const [first, ...others] = certificates;
  if (first === undefined) return undefined;
  const { subjectAltNames, publicKey, notBefore, notAfter } = first;
  const names = subjectAltNames.length === 0 ? [titleOf(first)] : subjectAltNames;
  const listed = names.slice(0, listedNames).map((name) => code(name.replace(/^DNS:/, '')));
  const more = names.length > listedNames ? ` and ${names.length - listedNames} more` : '';
  const kind = [publicKey.algorithm, publicKey.curve ?? publicKey.bits].filter(Boolean).join(' ');
  return [
    `${listed.join(', ')}${more}`,
    `Valid from ${dateOf(notBefore)} to ${dateOf(notAfter)}: ${describeRemaining(notAfter, now)}`,
    `Key: ${kind}`,
    `Issuer: ${code(first.issuer)}`,
    ...(others.length === 0 ? [] : [`${plural(others.length, 'more certificate')} in the file`]),
  ].join('  \n');
}

/** What a certificate says may hold anything, and `www.example.com` outside of code would become a link. */
function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
