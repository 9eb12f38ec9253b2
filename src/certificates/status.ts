import type { CertificateSummary } from './certificate.ts';

const day = 86_400_000;

/** How urgent a certificate is, by the share of its lifetime that is left. Fixed numbers of days mean nothing for 6-day certificates. */
export type Urgency = 'expired' | 'critical' | 'soon' | 'good' | 'not-yet-valid' | 'unknown';

type Validity = Pick<CertificateSummary, 'notBefore' | 'notAfter'> & { readonly isCa?: boolean };

/** Whole days until a certificate expires; negative after that; NaN where its dates cannot be read. */
export function daysLeft(certificate: Pick<Validity, 'notAfter'>, now: Date): number {
  return Math.floor((certificate.notAfter.getTime() - now.getTime()) / day);
}

/** True of the last day that a certificate can name, which stands for none (RFC 5280 section 4.1.2.5): devices have it. */
export function hasNoEnd(notAfter: Date): boolean {
  return notAfter.getTime() >= Date.UTC(9999, 11, 31);
}

/** True where it ends before it starts. */
export function isNeverValid({ notBefore, notAfter }: Validity): boolean {
  return notAfter < notBefore;
}

/** Length of the validity in milliseconds, both ends included (RFC 5280 section 4.1.2.5). */
export function lifetimeOf({ notBefore, notAfter }: Validity): number {
  return notAfter.getTime() - notBefore.getTime() + 1000;
}

/** Who makes certificates of ten years does not begin to renew them in the seventh: they are as urgent as those of a year. */
const longest = 398 * day;

/**
 * `soon` with less than a third of the lifetime left; `critical` with less than a sixth or a week, and for certificates of
 * up to ten days with less than a third. CA certificates are not renewed like that: for them half a year and a month count.
 */
export function urgencyOf(certificate: Validity, now: Date): Urgency {
  const left = certificate.notAfter.getTime() - now.getTime();
  const lifetime = Math.min(lifetimeOf(certificate), longest);
  if (Number.isNaN(left) || Number.isNaN(lifetime)) return 'unknown';
  if (left < 0 || isNeverValid(certificate)) return 'expired';
  if (now < certificate.notBefore) return 'not-yet-valid';
  if (certificate.isCa === true && lifetime > 365 * day) {
    return left < 30 * day ? 'critical' : left < 182 * day ? 'soon' : 'good';
  }
  if (lifetime <= 10 * day) return left < lifetime / 3 ? 'critical' : 'good';
  if (left < lifetime / 6 || left < 7 * day) return 'critical';
  return left < lifetime / 3 ? 'soon' : 'good';
}

/** When renewing is due: a third of the lifetime before the end. */
export function renewalDue(certificate: Validity): Date {
  return new Date(certificate.notAfter.getTime() - lifetimeOf(certificate) / 3);
}

/** One sentence: “Valid for 61 more days, until 2027-01-25 12:00 UTC.” */
export function describeStatus(certificate: Validity, now: Date): string {
  const { notBefore, notAfter } = certificate;
  if (Number.isNaN(notAfter.getTime()) || Number.isNaN(notBefore.getTime()))
    return 'The validity dates cannot be read.';
  if (isNeverValid(certificate))
    return `Valid at no time: it ends on ${momentText(notAfter)}, before it starts on ${momentText(notBefore)}.`;
  if (now > notAfter) return `Expired ${spanText(now.getTime() - notAfter.getTime())} ago, on ${momentText(notAfter)}.`;
  if (now < notBefore)
    return `Not valid yet: starts in ${spanText(notBefore.getTime() - now.getTime())}, on ${momentText(notBefore)}.`;
  if (hasNoEnd(notAfter)) return 'Valid without an end: 9999-12-31 stands for none (RFC 5280 section 4.1.2.5).';
  return `Valid for ${spanText(notAfter.getTime() - now.getTime(), 'more ')}, until ${momentText(notAfter)}.`;
}

/** `61 days`, `1 day`, `5 hours`, `less than an hour`. */
export function spanText(milliseconds: number, more = ''): string {
  const days = Math.floor(milliseconds / day);
  if (days >= 1) return `${days} ${more}${days === 1 ? 'day' : 'days'}`;
  const hours = Math.floor(milliseconds / 3_600_000);
  if (hours >= 1) return `${hours} ${more}${hours === 1 ? 'hour' : 'hours'}`;
  return 'less than an hour';
}

/** `2027-01-25 12:00 UTC`. */
export function momentText(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'an unreadable date';
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** `on 2026-11-26 12:00 UTC (keyCompromise)`. */
export function revocationText({ date, reason }: { readonly date: Date; readonly reason: string | undefined }): string {
  return `on ${momentText(date)}${reason === undefined || reason === 'unspecified' ? '' : ` (${reason})`}`;
}
