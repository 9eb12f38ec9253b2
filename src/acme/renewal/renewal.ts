import { changedWish } from '../order/wishes.ts';
import type { Issuer, Plan, PlannedCertificate } from '../plan/plan.ts';
import { timeText } from '../time-text.ts';
import type { RenewalInfo } from './ari.ts';
import type { InventoryItem } from './inventory.ts';

/** What is to be done about one certificate, and why, in a sentence. */
export interface Action {
  readonly name: string;
  readonly action: 'issue' | 'renew' | 'none';
  readonly reason: string;
}

const day = 86_400_000;

/**
 * Judges each certificate of the plan. Pure: the same inventory at the same time gives the same actions.
 * @param renewalInfo by certificate name, where the CA gave it
 */
export function planRenewals(
  now: Date,
  plan: Plan,
  inventory: readonly InventoryItem[],
  renewalInfo: ReadonlyMap<string, RenewalInfo>,
): readonly Action[] {
  return inventory.flatMap((item) => {
    const planned = plan.certificates.get(item.name);
    return planned === undefined ? [] : [judge(now, plan, planned, item, renewalInfo.get(item.name))];
  });
}

function judge(
  now: Date,
  plan: Plan,
  planned: PlannedCertificate,
  item: InventoryItem,
  info: RenewalInfo | undefined,
): Action {
  const { name } = planned;
  const act = (action: Action['action'], reason: string): Action => ({ name, action, reason });
  if (item.state === 'missing') return act('issue', 'There is no certificate yet.');
  if (item.state === 'closed')
    return act('issue', `This user may not read ${item.file}, so what is in place is not known.`);
  if (item.state === 'unreadable') return act('issue', `${item.file} holds no certificate that can be read.`);
  const changed = difference(plan, planned, item);
  if (changed !== undefined) return act('issue', changed);
  if (item.notAfter <= now) return act('renew', `It ended on ${timeText(item.notAfter)}.`);
  // Of another CA it is this machine's clock that is wrong, and a new certificate would help nothing.
  if (item.notBefore > now && plan.issuers.get(planned.issuer)?.type === 'local')
    return act('renew', `It is valid only from ${timeText(item.notBefore)}, as if made by a clock that was ahead.`);
  // Not every CA that has no renewal information would tell so.
  if (item.revoked !== undefined) return act('renew', `It was revoked on ${timeText(item.revoked)}.`);
  const lifetime = renewAt(item);
  const suggested = info === undefined ? undefined : chooseTime(info, item.serialNumber);
  if (suggested !== undefined && info !== undefined) {
    if (suggested <= now && isRenewedJustNow(now, item)) {
      const due = new Date(Math.min(lifetime.getTime(), item.notBefore.getTime() + day));
      return act('none', `${until(item, due)} The CA asks for it already, though it was renewed less than a day ago.`);
    }
    if (suggested <= now) {
      const why = info.explanation === undefined ? '' : ` (${info.explanation})`;
      return act('renew', `The CA asks for its renewal from ${timeText(info.start)} to ${timeText(info.end)}${why}.`);
    }
    // Whatever the CA suggests, the last day is too late, and a time after its end a mistake.
    if (suggested.getTime() < item.notAfter.getTime() - day) return act('none', until(item, suggested));
  }
  if (lifetime <= now) return act('renew', `It ends on ${timeText(item.notAfter)}.`);
  return act('none', until(item, lifetime));
}

/**
 * A CA whose windows have always passed would else be asked for a certificate at every run, of which it need count none as too
 * many: RFC 9773 section 4.2 wants the renewal at once, and knows no end of it.
 */
function isRenewedJustNow(now: Date, { isRenewal, notBefore, notAfter }: InventoryItem): boolean {
  const age = now.getTime() - notBefore.getTime();
  return isRenewal && age >= 0 && age < Math.min(day, (notAfter.getTime() - notBefore.getTime()) / 2);
}

function until(item: InventoryItem, due: Date): string {
  return `It is valid until ${timeText(item.notAfter)}; its renewal is due on ${timeText(due)}.`;
}

/** A third of the lifetime before its end; half of it where it lives less than ten days. */
export function renewAt({ notBefore, notAfter }: Pick<InventoryItem, 'notBefore' | 'notAfter'>): Date {
  const lifetime = notAfter.getTime() - notBefore.getTime();
  const before = lifetime < 10 * day ? lifetime / 2 : lifetime / 3;
  return new Date(notAfter.getTime() - before);
}

/**
 * A time in the CA's window, spread over all certificates but the same at every run for one of them (RFC 9773 section 4.2
 * wants it random).
 */
export function chooseTime(info: Pick<RenewalInfo, 'start' | 'end'>, serialNumber: string): Date {
  const share = Number.parseInt(serialNumber.slice(-8) || '0', 16) / 0x1_0000_0000;
  const length = info.end.getTime() - info.start.getTime();
  return new Date(info.start.getTime() + Math.floor(length * share));
}

/** Why the certificate is not what the plan says; undefined where it is. */
function difference(plan: Plan, planned: PlannedCertificate, item: InventoryItem): string | undefined {
  const wanted = planned.identifiers.map(({ value }) => value);
  const lacking = wanted.filter((value) => !item.names.includes(value));
  if (lacking.length > 0) return `The plan names ${lacking.join(', ')}, which it lacks.`;
  // What nobody asked for, the CA added, and would again.
  const { asked } = item;
  const surplus = item.names.filter((value) => !wanted.includes(value) && asked?.includes(value) !== false);
  if (surplus.length > 0) return `It names ${surplus.join(', ')}, which the plan does not.`;
  if (!item.keyFits && planned.csr !== undefined) return `${planned.csr} asks for another key than it has.`;
  if (!item.keyFits) return 'Its private key is missing or belongs to another certificate.';
  if (planned.csr === undefined && item.keyType !== planned.key)
    return `The plan wants a key of type ${planned.key}; it has ${item.keyType ?? 'another'}.`;
  if (item.lacking !== undefined)
    return `The plan wants ${item.lacking}, which is not there or holds another one, and the other files do not hold all of it.`;
  const issuer = plan.issuers.get(planned.issuer);
  const fallback =
    issuer?.type === 'acme' && issuer.fallback !== undefined ? plan.issuers.get(issuer.fallback) : undefined;
  const wantedDirectories = [directoryOf(issuer), directoryOf(fallback)];
  if (item.directory !== undefined && !wantedDirectories.includes(item.directory)) {
    return `It was issued by ${item.directory}; the plan names ${wantedDirectories[0]}.`;
  }
  return item.wishes && changedWish(planned, item.wishes);
}

function directoryOf(issuer: Issuer | undefined): string | undefined {
  return issuer?.type === 'local' ? 'local' : issuer?.directory;
}
