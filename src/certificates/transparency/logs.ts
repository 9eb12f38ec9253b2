import { concatBytes } from '../asn1/der.ts';
import { bitString, oid, sequence } from '../asn1/write.ts';
import { decodeBase64 } from '../pem/base64.ts';
import { logList } from './log-list.ts';

export { logListDate } from './log-list.ts';

/** What browsers make of a log: timestamps of usable and read-only logs count, those of retired ones only beside others. */
export type LogState = 'pending' | 'qualified' | 'usable' | 'readonly' | 'retired' | 'rejected';

/** A log of Certificate Transparency, as the shipped list knows it. */
export interface TransparencyLog {
  readonly name: string;
  readonly operator: string;
  readonly state: LogState;
  /** Base64 of the SHA-256 of the key. */
  readonly id: string;
  /** DER of the SubjectPublicKeyInfo. */
  readonly key: Uint8Array;
}

let byId: ReadonlyMap<string, TransparencyLog> | undefined;

/** @param id base64; undefined where the shipped list does not have the log */
export function findLog(id: string): TransparencyLog | undefined {
  return allLogs().get(id);
}

/** The logs of the shipped list by their id. */
export function allLogs(): ReadonlyMap<string, TransparencyLog> {
  byId ??= new Map(
    Object.entries(logList).flatMap(([operator, rows]) =>
      rows.map((row) => {
        const [name = '', state = '', id = '', point = ''] = row.split(' ');
        return [id, { name, operator, state: state as LogState, id, key: keyOf(point) }] as const;
      }),
    ),
  );
  return byId;
}

/** All logs of the list sign with ECDSA on P-256 (RFC 5480). */
function keyOf(point: string): Uint8Array {
  const uncompressed = concatBytes([Uint8Array.of(4), decodeBase64(point).bytes]);
  return sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), bitString(uncompressed));
}
