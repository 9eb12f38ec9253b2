import type { CertificateSummary } from '../../certificates/certificate.ts';
import { folderOf } from '../../text/path.ts';

/** A certificate of the workspace, as the tree shows it. */
export interface FoundCertificate {
  readonly file: string;
  /** Place among the certificates of its file, from 0. */
  readonly index: number;
  readonly summary: CertificateSummary;
  readonly keyFile: string | undefined;
  /** The other certificates of its file that a server would send with it. */
  readonly chain: readonly FoundCertificate[];
  /** True for the first of many CA certificates in one file: a trust bundle, no chain. */
  readonly isBundle?: boolean;
}

export interface CertificateGroup {
  readonly id: string;
  readonly label: string;
  readonly urgency: Urgency | undefined;
  readonly certificates: readonly FoundCertificate[];
}

export type Urgency = 'expired' | 'not-yet-valid' | 'week' | 'month' | 'later' | 'unknown';
export type Grouping = 'urgency' | 'folder' | 'issuer';

const day = 86_400_000;

const urgencyLabels: readonly (readonly [Urgency, string])[] = [
  ['expired', 'Expired'],
  ['week', 'Expires this week'],
  ['month', 'Expires this month'],
  ['later', 'Later'],
  ['not-yet-valid', 'Not yet valid'],
  ['unknown', 'Dates cannot be read'],
];

export function urgencyOf({ notBefore, notAfter }: CertificateSummary, now: Date): Urgency {
  const left = notAfter.getTime() - now.getTime();
  if (Number.isNaN(left)) return 'unknown';
  if (left < 0) return 'expired';
  if (notBefore > now) return 'not-yet-valid';
  if (left < 7 * day) return 'week';
  return left < 30 * day ? 'month' : 'later';
}

/** True where somebody has to do something soon. */
export function needsAttention(urgency: Urgency): boolean {
  return urgency === 'expired' || urgency === 'week';
}

/** `63 days left`, `ends tomorrow`, `ended 3 days ago`: whole days, counted as a person would. */
export function describeRemaining(notAfter: Date, now: Date): string {
  const left = notAfter.getTime() - now.getTime();
  if (Number.isNaN(left)) return 'end date cannot be read';
  const days = Math.floor(Math.abs(left) / day);
  const hours = Math.floor(Math.abs(left) / 3_600_000);
  const count = days > 0 ? plural(days, 'day') : hours > 0 ? plural(hours, 'hour') : 'less than an hour';
  if (left < 0) return `ended ${count} ago`;
  return days > 730 ? `${Math.floor(days / 365)} years left` : `${count} left`;
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What people call a certificate: its first name, else the common name, else its subject, else its serial number. */
export function titleOf(summary: CertificateSummary): string {
  const names = summary.subjectAltNames.map((name) => name.replace(/^(DNS|IP|email|URI):/, ''));
  const common = /(?:^|,)CN=((?:\\.|[^,\\])*)/.exec(summary.subject)?.[1];
  const first = summary.isCa ? (common ?? names[0]) : (names[0] ?? common);
  return first ?? (summary.subject === '' ? `Serial ${summary.serialNumber}` : summary.subject);
}

/** Title with the count of further names: `example.org +3`. */
export function titleWithCount(summary: CertificateSummary): string {
  const more = summary.isCa ? 0 : summary.subjectAltNames.length - 1;
  return more > 0 ? `${titleOf(summary)} +${more}` : titleOf(summary);
}

/** Groups in the order in which they matter; within one, what ends first comes first. */
export function groupCertificates(
  certificates: readonly FoundCertificate[],
  grouping: Grouping,
  now: Date,
  displayFolder: (folder: string) => string,
): readonly CertificateGroup[] {
  const sorted = [...certificates].sort(byEnd);
  if (grouping === 'urgency') {
    return urgencyLabels.flatMap(([urgency, label]) => {
      const members = sorted.filter(({ summary }) => urgencyOf(summary, now) === urgency);
      return members.length === 0 ? [] : [{ id: urgency, label, urgency, certificates: members }];
    });
  }
  const keyOf = ({ file, summary }: FoundCertificate): string =>
    grouping === 'folder' ? folderOf(file) : summary.issuer;
  const groups = new Map<string, FoundCertificate[]>();
  for (const certificate of sorted) {
    const key = keyOf(certificate);
    groups.set(key, [...(groups.get(key) ?? []), certificate]);
  }
  return [...groups]
    .map(([key, members]) => ({
      id: key,
      label: grouping === 'folder' ? displayFolder(key) : commonName(key) || 'No issuer',
      urgency: undefined,
      certificates: members,
    }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
}

function commonName(name: string): string {
  return /(?:^|,)(?:CN|O)=((?:\\.|[^,\\])*)/.exec(name)?.[1] ?? name;
}

function byEnd(a: FoundCertificate, b: FoundCertificate): number {
  const order = (a.summary.notAfter.getTime() || 0) - (b.summary.notAfter.getTime() || 0);
  return order || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.index - b.index);
}

/**
 * One entry a file: its leaf, with what follows it as the chain. A file of several unrelated certificates gives several
 * entries; one of many CA certificates is a bundle and gives one.
 */
export function foldChains(certificates: readonly FoundCertificate[]): readonly FoundCertificate[] {
  const result: FoundCertificate[] = [];
  let current: { head: FoundCertificate; chain: FoundCertificate[] } | undefined;
  const flush = (): void => {
    if (current !== undefined) result.push(entryOf(current.head, current.chain));
    current = undefined;
  };
  for (const certificate of certificates) {
    const previous = current?.chain.at(-1) ?? current?.head;
    const sameFile = current?.head.file === certificate.file;
    const follows = sameFile && certificate.summary.isCa && previous !== undefined;
    if (follows) current?.chain.push(certificate);
    else {
      flush();
      current = { head: certificate, chain: [] };
    }
  }
  flush();
  return result;
}

/** More CA certificates than any chain has are a trust bundle; it is as good as the one that ends last. */
function entryOf(head: FoundCertificate, chain: readonly FoundCertificate[]): FoundCertificate {
  if (!head.summary.isCa || chain.length < 4) return { ...head, chain };
  const members = [head, ...chain].sort((a, b) => byEnd(b, a));
  const [last = head, ...others] = members;
  return { ...last, chain: others.reverse(), isBundle: true };
}
