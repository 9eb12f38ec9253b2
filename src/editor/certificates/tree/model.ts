import type { CertificateSummary } from '../../../certificates/certificate.ts';
import { isForHosts } from '../../../certificates/kinds.ts';
import type { Revocation } from '../../../certificates/revocation.ts';
import { hasNoEnd, isNeverValid, urgencyOf as lifetimeUrgencyOf } from '../../../certificates/status.ts';
import { folderOf } from '../../../text/path.ts';
import { unicodeName } from '../unicode-names.ts';

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
  /** What a list of its issuer says of it. */
  readonly revocation?: Revocation | undefined;
}

export interface CertificateGroup {
  readonly id: string;
  readonly label: string;
  readonly urgency: Urgency | undefined;
  readonly certificates: readonly FoundCertificate[];
}

export type Urgency = 'expired' | 'revoked' | 'not-yet-valid' | 'week' | 'month' | 'later' | 'unknown';
export type Grouping = 'urgency' | 'folder' | 'issuer' | 'server';
/** Order within a group; groups themselves keep theirs. */
export type Sorting = 'end' | 'name' | 'file';

const day = 86_400_000;

const urgencyLabels: readonly (readonly [Urgency, string])[] = [
  ['expired', 'Expired'],
  ['revoked', 'Revoked'],
  ['week', 'Expires this week'],
  ['month', 'Expires this month'],
  ['later', 'Later'],
  ['not-yet-valid', 'Not yet valid'],
  ['unknown', 'Dates cannot be read'],
];

type Judged = Pick<FoundCertificate, 'summary' | 'revocation'>;

export function urgencyOf({ summary, revocation }: Judged, now: Date): Urgency {
  const { notBefore, notAfter } = summary;
  const left = notAfter.getTime() - now.getTime();
  if (left < 0 || isNeverValid(summary)) return 'expired';
  if (revocation !== undefined) return 'revoked';
  if (Number.isNaN(left)) return 'unknown';
  if (notBefore > now) return 'not-yet-valid';
  if (left < 7 * day) return 'week';
  return left < 30 * day ? 'month' : 'later';
}

/** True where somebody has to do something soon: by the share of the lifetime that is left, whatever the calendar says. */
export function needsAttention({ summary, revocation }: Judged, now: Date): boolean {
  const urgency = lifetimeUrgencyOf(summary, now);
  return urgency === 'expired' || (urgency === 'critical' && revocation === undefined);
}

/** `revoked 2026-11-26`, or how long it is valid. */
export function describeState({ summary: { notAfter }, revocation }: Judged, now: Date): string {
  return revocation === undefined || notAfter < now
    ? describeRemaining(notAfter, now)
    : `revoked ${dateOf(revocation.date)}`;
}

/** `63 days left`, `ends tomorrow`, `ended 3 days ago`: whole days, counted as a person would. */
export function describeRemaining(notAfter: Date, now: Date): string {
  const left = notAfter.getTime() - now.getTime();
  if (Number.isNaN(left)) return 'end date cannot be read';
  if (hasNoEnd(notAfter)) return 'no end';
  const days = Math.floor(Math.abs(left) / day);
  const hours = Math.floor(Math.abs(left) / 3_600_000);
  const count = days > 0 ? plural(days, 'day') : hours > 0 ? plural(hours, 'hour') : 'less than an hour';
  if (left < 0) return `ended ${count} ago`;
  return days > 730 ? `${Math.floor(days / 365)} years left` : `${count} left`;
}

export function dateOf(date: Date): string {
  return Number.isNaN(date.getTime()) ? 'an unreadable date' : date.toISOString().slice(0, 10);
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** What people call a certificate: its first name, else the common name, else its subject, else its serial number. */
export function titleOf(summary: CertificateSummary): string {
  // A name may be empty, as it is in broken certificates.
  const names = summary.subjectAltNames.map((name) => name.replace(/^(DNS|IP|email|URI):/, '')).filter(isVisible);
  const common = /(?:^|,)CN=((?:\\.|[^,\\])*)/.exec(summary.subject)?.[1];
  const shown = isVisible(common ?? '') ? common : undefined;
  const first = isForHosts(summary) ? (names[0] ?? shown) : (shown ?? names[0]);
  return first ?? (summary.subject === '' ? `Serial ${summary.serialNumber}` : summary.subject);
}

function isVisible(text: string): boolean {
  return text.trim() !== '';
}

/** Title with the count of further names: `example.org +3`. */
export function titleWithCount(summary: CertificateSummary): string {
  const more = namesBeside(summary);
  return more > 0 ? `${titleOf(summary)} +${more}` : titleOf(summary);
}

/** The same to be read out: `example.org and 3 more names`. */
export function spokenTitle(summary: CertificateSummary): string {
  const more = namesBeside(summary);
  return more > 0 ? `${titleOf(summary)} and ${more} more ${more === 1 ? 'name' : 'names'}` : titleOf(summary);
}

function namesBeside(summary: CertificateSummary): number {
  return isForHosts(summary) ? Math.max(0, summary.subjectAltNames.length - 1) : 0;
}

/** Its names, those of machines with what people read in them: `DNS:xn--mller-kva.example (müller.example)`. */
export function readableNames({ subjectAltNames }: CertificateSummary): readonly string[] {
  return subjectAltNames.map((name) => {
    const decoded = unicodeName(name.replace(/^DNS:/, ''));
    return decoded === undefined ? name : `${name} (${decoded})`;
  });
}

export interface Arrangement {
  readonly grouping: Grouping;
  readonly sorting: Sorting;
  readonly now: Date;
  readonly displayFolder: (folder: string) => string;
  /** Names of the servers that use a file. */
  readonly serversOf: (file: string) => readonly string[];
}

/** Groups in the order in which they matter: urgent ones first, others by name, and last what belongs nowhere. */
export function groupCertificates(
  certificates: readonly FoundCertificate[],
  arrangement: Arrangement,
): readonly CertificateGroup[] {
  const { grouping, now } = arrangement;
  const groups = new Map<string, FoundCertificate[]>();
  for (const certificate of [...certificates].sort(orders[arrangement.sorting])) {
    for (const key of keysOf(certificate, arrangement)) {
      const members = groups.get(key);
      if (members === undefined) groups.set(key, [certificate]);
      else members.push(certificate);
    }
  }
  if (grouping === 'urgency') {
    return urgencyLabels.flatMap(([urgency, label]) => {
      const members = groups.get(urgency);
      if (members === undefined) return [];
      // What ended yesterday is missed today; what ended years ago lies about.
      const isPast = urgency === 'expired' && arrangement.sorting === 'end';
      return [{ id: urgency, label, urgency, certificates: isPast ? members.toReversed() : members }];
    });
  }
  return [...groups]
    .sort(
      ([a], [b]) => Number(a === '') - Number(b === '') || (labelOf(a, arrangement) < labelOf(b, arrangement) ? -1 : 1),
    )
    .map(([key, members]) => ({
      id: key,
      label: labelOf(key, arrangement),
      urgency: worstOf(members, now),
      certificates: members,
    }));
}

/** A certificate of several servers stands below each of them. */
function keysOf(certificate: FoundCertificate, { grouping, now, serversOf }: Arrangement): readonly string[] {
  const { file, summary } = certificate;
  switch (grouping) {
    case 'urgency':
      return [urgencyOf(certificate, now)];
    case 'folder':
      return [folderOf(file)];
    case 'issuer':
      return [summary.issuer];
    case 'server': {
      const servers = new Set(serversOf(file));
      return servers.size === 0 ? [''] : [...servers];
    }
  }
}

function labelOf(key: string, { grouping, displayFolder }: Arrangement): string {
  if (grouping === 'folder') return displayFolder(key);
  if (grouping === 'server') return key || 'Used by no server';
  return commonName(key) || 'No issuer';
}

/** The urgency that a group's icon shows: only one that somebody should look at. */
function worstOf(members: readonly FoundCertificate[], now: Date): Urgency | undefined {
  const urgent = members.filter((member) => needsAttention(member, now));
  if (urgent.length === 0) return undefined;
  return urgent.some((member) => urgencyOf(member, now) === 'expired') ? 'expired' : 'week';
}

function commonName(name: string): string {
  return /(?:^|,)(?:CN|O)=((?:\\.|[^,\\])*)/.exec(name)?.[1] ?? name;
}

function byEnd(a: FoundCertificate, b: FoundCertificate): number {
  const order = (a.summary.notAfter.getTime() || 0) - (b.summary.notAfter.getTime() || 0);
  return order || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.index - b.index);
}

const orders: Readonly<Record<Sorting, (a: FoundCertificate, b: FoundCertificate) => number>> = {
  end: byEnd,
  name: (a, b) => compareText(titleOf(a.summary), titleOf(b.summary)) || byEnd(a, b),
  file: (a, b) => compareText(a.file, b.file) || a.index - b.index,
};

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
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
