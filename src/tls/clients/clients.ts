import { type ProtocolVersion, protocolVersions } from '../protocols.ts';
import { clientTable } from './table.ts';

/** What a client says in its ClientHello, and what it takes of what the server answers. */
export interface Client {
  /** As SSL Labs calls it: `IE 11 / Win 7`. */
  readonly name: string;
  /** Oldest first. */
  readonly protocols: readonly ProtocolVersion[];
  /** It says which host it wants (RFC 6066 section 3). */
  readonly sendsName: boolean;
  /** Code points, in its order. */
  readonly cipherSuites: readonly number[];
  /** Code points of `supported_groups`, in its order; undefined where it has no such extension. */
  readonly groups: readonly number[] | undefined;
  /** Code points of `signature_algorithms`; undefined where it has no such extension. */
  readonly signatureAlgorithms: readonly number[] | undefined;
  /** Groups for which it sends a key at once (RFC 8446 section 4.2.8). */
  readonly keyShares: readonly number[];
  /** Bits of the smallest and largest Diffie-Hellman prime that it takes, where it has such a limit. */
  readonly dhBits: { readonly least: number | undefined; readonly most: number | undefined };
}

/** Clients that people may still have, families together and older ones first. */
export function knownClients(): readonly Client[] {
  known ??= clientTable.trim().split('\n').map(parseRow);
  return known;
}

let known: readonly Client[] | undefined;

/** By the minor version of the wire, SSL 3.0 first. */
const wireVersions = protocolVersions.slice(protocolVersions.indexOf('SSLv3'));

function parseRow(row: string): Client {
  const [name = '', versions = '', sends, suites = '', groups = '', signatures = '', shares = '', dh = ''] =
    row.split('|');
  const [oldest = 0, newest = oldest] = versions.split('-').map(Number);
  const [least, most] = dh.split('-').map((bits) => (bits === '' ? undefined : Number(bits)));
  return {
    name,
    protocols: wireVersions.slice(oldest, newest + 1),
    sendsName: sends === 'name',
    cipherSuites: codePoints(suites) ?? [],
    groups: codePoints(groups),
    signatureAlgorithms: codePoints(signatures),
    keyShares: codePoints(shares) ?? [],
    dhBits: { least, most },
  };
}

/** Four hexadecimal digits each. */
function codePoints(text: string): readonly number[] | undefined {
  if (text === '-') return undefined;
  return Array.from({ length: text.length / 4 }, (_, index) =>
    Number.parseInt(text.slice(4 * index, 4 * index + 4), 16),
  );
}
