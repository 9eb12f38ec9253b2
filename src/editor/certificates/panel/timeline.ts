import type { Certificate } from '../../../certificates/certificate.ts';
import { shortName } from '../../../certificates/chain/node.ts';
import { comingLimits, lifetimeLimits } from '../../../certificates/lifetime-limits.ts';
import { momentText, renewalDue, spanText, urgencyOf } from '../../../certificates/status.ts';
import type { Level, TimelineBar, TimelineView } from '../../../protocol/inspection.ts';
import type { InspectionInput } from './input.ts';

const day = 86_400_000;

/**
 * Validity of a chain, drawn around the leaf's own: a root of twenty years would else leave no room for ninety days.
 * @param chain from the leaf upwards
 */
export function timelineOf(
  chain: readonly Certificate[],
  { now, revocations }: Pick<InspectionInput, 'now' | 'revocations'>,
): TimelineView | undefined {
  const dated = chain.filter(({ notBefore, notAfter }) => notAfter.getTime() > notBefore.getTime());
  const leaf = chain[0];
  const isRevoked = ({ sha256 }: Certificate) => revocations?.has(sha256) === true;
  if (leaf === undefined || !dated.includes(leaf)) return undefined;
  const start = Math.min(leaf.notBefore.getTime(), now.getTime());
  const end = Math.max(leaf.notAfter.getTime(), now.getTime());
  const margin = Math.max((end - start) * 0.08, day);
  const due = renewalDue(leaf).getTime();
  const [from, to] = [start - margin, end + margin];
  return {
    from,
    to,
    now: now.getTime(),
    bars: dated.map((certificate) => barOf(certificate, now, isRevoked(certificate))),
    renewal: leaf.isCa || isRevoked(leaf) ? undefined : { from: due, to: leaf.notAfter.getTime() },
    limits: (isOfPublicCa(leaf) ? lifetimeLimits : [])
      .filter(({ from: at }) => at.getTime() > from && at.getTime() < to)
      .map(({ from: at, days }) => ({ at: at.getTime(), label: `at most ${days} days` })),
    sentence: sentenceOf(leaf, dated, isRevoked(leaf) ? undefined : new Date(due), now),
  };
}

/** What their limits may be for: those of CAs last longer, and who signs itself asks nobody. */
function isOfPublicCa({ isCa, selfIssued }: Certificate): boolean {
  return !isCa && !selfIssued;
}

function barOf(certificate: Certificate, now: Date, isRevoked: boolean): TimelineBar {
  const { notBefore, notAfter } = certificate;
  const level = levels[urgencyOf(certificate, now)];
  return {
    label: shortName(certificate),
    from: notBefore.getTime(),
    to: notAfter.getTime(),
    level: isRevoked && level === 'good' ? 'warning' : level,
    dates: `${momentText(notBefore)} to ${momentText(notAfter)} (${spanText(notAfter.getTime() - notBefore.getTime())})`,
  };
}

const levels: Readonly<Record<ReturnType<typeof urgencyOf>, Level>> = {
  expired: 'error',
  critical: 'error',
  soon: 'warning',
  good: 'good',
  'not-yet-valid': 'information',
  unknown: 'warning',
};

/** @param due when its renewal is; undefined where it should be replaced now */
function sentenceOf(leaf: Certificate, chain: readonly Certificate[], due: Date | undefined, now: Date): string {
  const parts: string[] = [];
  if (!leaf.isCa && due !== undefined && now < leaf.notAfter) {
    parts.push(
      now < due
        ? `Renewal is due from ${momentText(due)}, when a third of its lifetime is left.`
        : `Renewal has been due since ${momentText(due)}.`,
    );
  }
  // Only where the next one will have to be shorter than this one is.
  const lifetime = (leaf.notAfter.getTime() - leaf.notBefore.getTime()) / day;
  const limit = isOfPublicCa(leaf) ? comingLimits(now).find(({ days }) => lifetime > days) : undefined;
  if (limit !== undefined) {
    parts.push(`From ${limit.from.toISOString().slice(0, 10)}, public CAs give at most ${limit.days} days.`);
  }
  const earlier = chain.slice(1).find(({ notAfter }) => notAfter < leaf.notAfter);
  if (earlier !== undefined) parts.push(`${shortName(earlier)} ends before it, on ${momentText(earlier.notAfter)}.`);
  return parts.join(' ');
}
