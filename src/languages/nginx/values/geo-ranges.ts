import type { Word } from '../parse/tree.ts';
import type { Complaint } from './complaint.ts';

/** IPv4 addresses as numbers, both ends within. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

/**
 * What nginx says about `first-last` in a `geo` with `ranges`, and adds it to those that are taken. A range may lie within
 * another one; ranges that cross each other are refused (ngx_http_geo_add_range).
 * @param taken undefined where the range is only deleted
 */
export function rangeComplaint(word: Word, taken: AddressRange[] | undefined): Complaint | undefined {
  const [first, last] = word.value.split('-').map(addressNumber);
  if (first === undefined || last === undefined || first > last || word.value.split('-').length !== 2)
    return { message: `Invalid range "${word.value}".`, word };
  const crossing = taken?.find((other) => crosses({ first, last }, other));
  taken?.push({ first, last });
  return crossing && { message: `The range "${word.value}" overlaps another one.`, word };
}

/** nginx keeps ranges in pieces of 65,536 addresses; only within one of these is the answer the same in any order. */
function crosses(range: AddressRange, other: AddressRange): boolean {
  const piece = Math.floor(range.first / 65_536);
  const inOnePiece = [range.last, other.first, other.last].every((end) => Math.floor(end / 65_536) === piece);
  if (!inOnePiece || range.last < other.first || range.first > other.last) return false;
  return range.first < other.first || range.last > other.last;
}

function addressNumber(text: string): number | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || parts.some((part) => !/^\d*$/.test(part) || Number(part) > 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}
