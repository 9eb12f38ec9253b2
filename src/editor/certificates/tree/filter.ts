import { type FoundCertificate, needsAttention, plural, readableNames, type Urgency, urgencyOf } from './model.ts';

/** Which certificates the tree shows. */
export type CertificateFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'attention' }
  | { readonly kind: 'urgency'; readonly urgency: Urgency }
  /** Words that all occur in a name, subject, issuer, serial number, fingerprint, key or path. */
  | { readonly kind: 'text'; readonly text: string };

export const noFilter: CertificateFilter = { kind: 'all' };

export function filterCertificates(
  certificates: readonly FoundCertificate[],
  filter: CertificateFilter,
  now: Date,
): readonly FoundCertificate[] {
  switch (filter.kind) {
    case 'all':
      return certificates;
    case 'attention':
      return certificates.filter((certificate) => needsAttention(certificate, now));
    case 'urgency':
      return certificates.filter((certificate) => urgencyOf(certificate, now) === filter.urgency);
    case 'text': {
      const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
      return certificates.filter((certificate) => {
        const texts = [certificate, ...certificate.chain].map(searchText).join('\n');
        return words.every((word) => texts.includes(word));
      });
    }
  }
}

function searchText({ file, keyFile, summary }: FoundCertificate): string {
  const { algorithm, curve, bits } = summary.publicKey;
  const { subject, issuer, serialNumber, sha256 } = summary;
  const key = [algorithm, curve, bits].filter(Boolean).join(' ');
  // Fingerprints are often pasted with colons, serial numbers with them too.
  const hex = [sha256, serialNumber].flatMap((digits) => [digits, digits.replace(/..(?=.)/g, '$&:')]);
  return [...readableNames(summary), subject, issuer, file, keyFile ?? '', key, ...hex].join('\n').toLowerCase();
}

/** `3 of 20 certificates: those with “example”`; undefined where all are shown. */
export function describeFilter(filter: CertificateFilter, shown: number, all: number): string | undefined {
  if (filter.kind === 'all') return undefined;
  return `${shown} of ${plural(all, 'certificate')}: ${filterTitle(filter)}`;
}

export function filterTitle(filter: CertificateFilter): string {
  switch (filter.kind) {
    case 'all':
      return 'all';
    case 'attention':
      return 'expired or overdue for renewal';
    case 'urgency':
      return urgencyTitles[filter.urgency];
    case 'text':
      return `with “${filter.text}”`;
  }
}

const urgencyTitles: Readonly<Record<Urgency, string>> = {
  expired: 'expired',
  revoked: 'revoked',
  week: 'expiring this week',
  month: 'expiring this month',
  later: 'good for longer than a month',
  'not-yet-valid': 'not yet valid',
  unknown: 'with dates that cannot be read',
};
