import type { Certificate } from '../../certificates/certificate.ts';

/** Whether clients accept the certificate for a host name, or for all hosts of `*.parent` (RFC 9525 section 6.3). */
export function coversName({ subjectAltNames }: Certificate, name: string): boolean {
  const wanted = name.toLowerCase().replace(/\.$/, '');
  return subjectAltNames.some((entry) => {
    if (!entry.startsWith('DNS:')) return false;
    const pattern = entry.slice(4).toLowerCase();
    return pattern === wanted || (pattern.startsWith('*.') && parentOf(wanted) === pattern.slice(2));
  });
}

/** A wildcard stands for exactly one label. */
function parentOf(name: string): string {
  return name.slice(name.indexOf('.') + 1);
}
