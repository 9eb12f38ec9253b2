import type { Word } from '../parse/tree.ts';
import type { Complaint } from './complaint.ts';

/** Ranges of IPv4 addresses as numbers, both ends within, by the piece of nginx's table that they lie in. */
export type TakenRanges = Map<number, Piece>;

interface Piece {
  readonly ranges: AddressRange[];
  /** The last address of any. */
  last: number;
}

interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What nginx says about `first-last` in a `geo` with `ranges`, and adds it to those that are taken. A range may lie within
 * another one; ranges that cross each other are refused (ngx_http_geo_add_range).
 * @param taken undefined where the range is only deleted
 */
export function rangeComplaint(word: Word, taken?: TakenRanges): Complaint | undefined {
  const [first, last] = word.value.split('-').map(addressNumber);
  if (first === undefined || last === undefined || first > last || word.value.split('-').length !== 2)
    return { message: `Invalid range "${word.value}".`, word };
  // Only within a piece, of 65,536 addresses, is the answer the same in any order.
  const piece = Math.floor(first / 65_536);
  if (taken === undefined || Math.floor(last / 65_536) !== piece) return undefined;
  const others = taken.get(piece) ?? { ranges: [], last: -1 };
  taken.set(piece, others);
  // Most stand in the order of their addresses.
  const isCrossed = first <= others.last && others.ranges.some((other) => crosses({ first, last }, other));
  others.ranges.push({ first, last });
  others.last = Math.max(others.last, last);
  return isCrossed ? { message: `The range "${word.value}" overlaps another one.`, word } : undefined;
}

function crosses(range: AddressRange, other: AddressRange): boolean {
  if (range.last < other.first || range.first > other.last) return false;
  return range.first < other.first || range.last > other.last;
}

function addressNumber(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d*$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}
