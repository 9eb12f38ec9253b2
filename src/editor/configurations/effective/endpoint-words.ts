import type { Meeting } from '../../../analysis/endpoints/endpoint-clients.ts';
import { hasNoCertificate } from '../../../analysis/endpoints/endpoint-grade.ts';
import type { EndpointView } from '../../../analysis/endpoints/endpoint-view.ts';
import { hasNoEnd } from '../../../certificates/status.ts';
import type { Letter } from '../../../tls/grade/letters.ts';
import { knownValue, type Setting, type Value } from '../../../tls/model/setting.ts';
import { type ProtocolVersion, protocolName } from '../../../tls/protocols.ts';
import { plural } from '../../certificates/tree/model.ts';

/** `TLS 1.2–1.3`, or a list where there is a gap. */
export function protocolRange(protocols: readonly ProtocolVersion[]): string {
  if (protocols.length === 0) return 'no protocol';
  const order: readonly ProtocolVersion[] = ['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'];
  const places = protocols.map((protocol) => order.indexOf(protocol)).sort((a, b) => a - b);
  const names = places.map((place) => protocolName(order[place] as ProtocolVersion));
  const [first = '', last = ''] = [names[0], names.at(-1)];
  const isUnbroken = places.every((place, index) => index === 0 || place === (places[index - 1] as number) + 1);
  if (names.length === 1) return first;
  if (!isUnbroken) return names.join(', ');
  return last.startsWith('TLS ') && first.startsWith('TLS ') ? `${first}–${last.slice(4)}` : `${first} to ${last}`;
}

/** `TLS 1.2–1.3 · 9 suites · A+ · expires in 63 days`: one line about an endpoint; undefined where it speaks no TLS. */
export function summaryOf(view: EndpointView, now: Date): string | undefined {
  if (view.tls === false || view.offer === undefined) return undefined;
  if (view.tls === undefined && view.endpoint.tls.enabled.value.kind !== 'known') return undefined;
  if (knownValue(view.endpoint.tls.rejectHandshake) === true) return 'refuses every handshake';
  const { protocols, cipherSuites, tls13CipherSuites } = view.offer;
  const parts: string[] = [];
  // Where no version is spoken there are no suites to be counted.
  const isSilent = protocols.kind === 'known' && protocols.value.length === 0;
  if (isSilent) parts.push('no handshake succeeds');
  else if (protocols.kind === 'known') parts.push(protocolRange(protocols.value));
  if (!isSilent && cipherSuites.kind === 'known' && tls13CipherSuites.kind === 'known') {
    parts.push(plural(cipherSuites.value.length + tls13CipherSuites.value.length, 'suite'));
  }
  if (!isSilent && hasNoCertificate(view)) parts.push('no certificate');
  if (typeof view.grade === 'object') parts.push(gradeText(view.grade.letter));
  const soonest = view.leaves.map(({ notAfter }) => notAfter.getTime()).filter((time) => !Number.isNaN(time));
  if (soonest.length > 0) parts.push(expiry(new Date(Math.min(...soonest)), now));
  return parts.length === 0 ? undefined : parts.join(' · ');
}

/** The line of one server, whose names and listeners may differ: what it says is true of the first. */
export function summaryOfSite(views: readonly EndpointView[], now: Date): string {
  const byListener = new Map<string, Set<string>>();
  for (const view of views) {
    const summary = summaryOf(view, now);
    if (summary === undefined) continue;
    const known = byListener.get(view.listener.id);
    if (known === undefined) byListener.set(view.listener.id, new Set([summary]));
    else known.add(summary);
  }
  const listeners = [...byListener.values()];
  const [first = 'TLS', ...others] = new Set(listeners.flatMap((summaries) => [...summaries]));
  if (others.length === 0) return first;
  const byName = listeners.some(({ size }) => size > 1);
  const ofListener = new Set(listeners.map((summaries) => [...summaries].sort().join('\n'))).size > 1;
  const reason = byName && ofListener ? 'name and listener' : byName ? 'name' : 'listener';
  return `${first} (differs by ${reason})`;
}

/** What becomes of a client: `TLS 1.3, TLS_AES_128_GCM_SHA256, x25519`, or why nothing does. */
export function fateOf({ handshake, meetsDefault }: Meeting): string {
  const met = meetsDefault ? ', of the default server, as no name is sent' : '';
  if (handshake.kind === 'refused') return `no handshake: ${handshake.reason}${met}`;
  if (handshake.kind === 'unknown') return `not known: ${handshake.reason}${met}`;
  const { protocol, suite, otherwise, group } = handshake;
  const agreed = [protocolName(protocol), otherwise === undefined ? suite.name : `${suite.name} or ${otherwise.name}`];
  return `${[...agreed, ...(group === undefined ? [] : [group.name])].join(', ')}${met}`;
}

/** SSL Labs' letter; the two that are no step of a scale say what they stand for. */
export function gradeText(letter: Letter): string {
  return letter === 'M' ? 'M (name mismatch)' : letter === 'T' ? 'T (not trusted)' : letter;
}

/** Why the server's first endpoint has no better grade, and what lifts it; undefined where there is nothing to say. */
export function gradeReason(views: readonly EndpointView[]): string | undefined {
  const grade = views.find((view) => typeof view.grade === 'object')?.grade;
  if (typeof grade !== 'object' || grade.reasons[0] === undefined) return undefined;
  const lift = grade.lift === undefined ? '' : ` ${grade.lift.message} for ${gradeText(grade.lift.grade)}.`;
  return `Grade ${gradeText(grade.letter)}: ${grade.reasons[0].message}.${lift}`;
}

function expiry(notAfter: Date, now: Date): string {
  const days = Math.floor((notAfter.getTime() - now.getTime()) / 86_400_000);
  // Days are counted down to the next whole one, so half a day after the end is -1.
  if (days < 0) return days === -1 ? 'expired today' : `expired ${plural(-days - 1, 'day')} ago`;
  if (hasNoEnd(notAfter)) return 'never expires';
  return days === 0 ? 'expires today' : `expires in ${plural(days, 'day')}`;
}

/** A value in words; what cannot be known says why. */
export function valueText<T>(value: Value<T>, describe: (value: T) => string): string {
  switch (value.kind) {
    case 'known':
      return describe(value.value);
    case 'one-of':
      return value.values.map(describe).join(' or ');
    case 'partial':
      return `${describe(value.value)} (perhaps more: ${value.reason})`;
    case 'unknown':
      return `cannot be known here: ${value.reason}`;
  }
}

/** Where a setting comes from: `nginx.conf:12`, with what it is besides; undefined where its value has said that already. */
export function originText(
  { origin, value }: Setting<unknown>,
  place: (location: { file: string; range: { start: number; end: number } }) => string,
): string | undefined {
  if (origin.kind === 'default') {
    if (value.kind === 'unknown') return undefined;
    return /^[A-Za-z]+ \d/.test(origin.because) ? `default of ${origin.because}` : `default: ${origin.because}`;
  }
  return `${place(origin.location)}${origin.kind === 'inherited' ? ' (inherited)' : ''}`;
}
