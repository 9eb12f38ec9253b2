import type { CertificateSummary } from './certificate.ts';

/**
 * Whether one name of a certificate covers a host (RFC 9525 section 6.3): case ignored, `*` only alone in the left-most
 * label and for exactly one label. Of `*.local`, which Go and Java alone match, nobody should count on it.
 */
export function matchesName(pattern: string, host: string): boolean {
  const wanted = normalizeHost(host);
  const given = normalizeHost(pattern);
  if (!given.startsWith('*.')) return given === wanted;
  const dot = wanted.indexOf('.');
  return dot > 0 && wanted.slice(dot) === given.slice(1) && given.indexOf('*', 1) < 0 && given.includes('.', 2);
}

/** Whether a certificate is good for a host name or an address. The common name does not count (RFC 9525 section 2). */
export function coversHost(certificate: Pick<CertificateSummary, 'subjectAltNames'>, host: string): boolean {
  const address = addressKey(host);
  return certificate.subjectAltNames.some((name) => {
    if (name.startsWith('IP:')) return address !== undefined && addressKey(name.slice(3)) === address;
    return name.startsWith('DNS:') && address === undefined && matchesName(name.slice(4), host);
  });
}

/** DNS names and addresses of a certificate, without their prefixes. */
export function hostNamesOf(certificate: Pick<CertificateSummary, 'subjectAltNames'>): string[] {
  return certificate.subjectAltNames.flatMap((name) => /^(?:DNS|IP):(.*)$/.exec(name)?.[1] ?? []);
}

function normalizeHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

/** A comparable form of an IPv4 or IPv6 address, brackets allowed; undefined for names. */
export function addressKey(text: string): string | undefined {
  const bare = text.replace(/^\[|\]$/g, '');
  if (/^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(bare)) return bare;
  return bare.includes(':') ? expandIpv6(bare) : undefined;
}

function expandIpv6(text: string): string | undefined {
  const embedded = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const plain =
    embedded === null
      ? text
      : `${embedded[1]}${hexPair(embedded[2], embedded[3])}:${hexPair(embedded[4], embedded[5])}`;
  const halves = plain.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16).toString(16)).join(':');
}

function hexPair(high: string | undefined, low: string | undefined): string {
  return (Number(high) * 256 + Number(low)).toString(16);
}
