import { DerError, type Element, tags } from './der.ts';
import { latin1 } from './strings.ts';

/**
 * UTCTime or GeneralizedTime (RFC 5280 section 4.1.2.5). Beyond what the profile allows, seconds may be missing, a fraction
 * and an offset from UTC may stand there: old issuers wrote all of these. Two-digit years from 50 are of the last century.
 * @throws DerError where it is no time
 */
export function timeOf(element: Element): Date {
  const fast = zuluTime(element);
  if (fast !== undefined) return new Date(fast);
  const text = latin1(element.bytes, element.content, element.end);
  const match =
    element.tag === tags.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?()(Z|[+-]\d{4})?$/.exec(text)
      : element.tag === tags.generalizedTime
        ? /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,](\d+))?(Z|[+-]\d{4})?$/.exec(text)
        : null;
  if (match === null) throw new DerError(`“${text.slice(0, 30)}” is no time`, element.start);
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const fullYear = element.tag === tags.utcTime ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year);
  const milliseconds =
    utc(fullYear, Number(month), Number(day), Number(hour), Number(minute ?? 0), Number(second ?? 0)) +
    Math.floor(Number(`0.${fraction || '0'}`) * 1000);
  if (Number.isNaN(milliseconds)) throw new DerError(`“${text}” is no date of the calendar`, element.start);
  return new Date(milliseconds - offsetMilliseconds(zone));
}

/** `2027-01-25 12:00:00 UTC`, with the seconds that the bytes have. */
export function timeText(date: Date): string {
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The two forms that the profile allows, without a regular expression: an inventory reads twenty thousand of them. */
function zuluTime(element: Element): number | undefined {
  const { bytes, tag, content, end } = element;
  const long = tag === tags.generalizedTime ? 2 : tag === tags.utcTime ? 0 : -1;
  if (long < 0 || end - content !== 13 + long || bytes[end - 1] !== 0x5a) return undefined;
  for (let index = content; index < end - 1; index++) {
    const digit = (bytes[index] as number) - 48;
    if (digit < 0 || digit > 9) return undefined;
  }
  const first = pair(bytes, content);
  const position = content + long;
  const year = long === 2 ? first * 100 + pair(bytes, position) : first + (first < 50 ? 2000 : 1900);
  const value = utc(
    year,
    pair(bytes, position + 2),
    pair(bytes, position + 4),
    pair(bytes, position + 6),
    pair(bytes, position + 8),
    pair(bytes, position + 10),
  );
  return Number.isNaN(value) ? undefined : value;
}

function pair(bytes: Uint8Array, position: number): number {
  return ((bytes[position] as number) - 48) * 10 + (bytes[position + 1] as number) - 48;
}

function utc(year: number, month: number, day: number, hour: number, minute: number, second: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(month, year) || hour > 23 || minute > 59 || second > 59)
    return Number.NaN;
  const value = Date.UTC(year, month - 1, day, hour, minute, second);
  // Date.UTC reads years below 100 as of the twentieth century.
  return year < 100 ? new Date(value).setUTCFullYear(year) : value;
}

/** Months of 31 and 30 days take turns, with August beginning anew. */
function daysIn(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return 30 + ((month + (month >> 3)) & 1);
}

function offsetMilliseconds(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
