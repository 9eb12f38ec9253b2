import { atLeastVersion, type Version } from '../text/version.ts';
import { groupTable } from './group-table.ts';
import { securityLevelBits } from './security-level.ts';

/** A group of the supported_groups extension (RFC 8446 section 4.2.7). */
export interface NamedGroup {
  /** IANA's name, which OpenSSL knows too. */
  readonly name: string;
  /** Other names that OpenSSL knows. */
  readonly aliases: readonly string[];
  readonly id: number;
  readonly kind: 'curve' | 'ffdhe' | 'ml-kem' | 'hybrid';
  /** True where a quantum computer does not open recorded sessions: ML-KEM, alone or with a curve. */
  readonly postQuantum: boolean;
  /** Bits of security, compared with what the security level asks for. */
  readonly bits: number;
  readonly tls12: boolean;
  readonly tls13: boolean;
  readonly since: Version;
}

export const namedGroups: readonly NamedGroup[] = groupTable
  .trim()
  .split('\n')
  .map((row) => {
    const [name = '', aliases = '-', id = '', kind, bits = '', protocols = '', since = ''] = row.split(' ');
    return {
      name,
      aliases: aliases === '-' ? [] : aliases.split(','),
      id: Number.parseInt(id, 16),
      kind: kind as NamedGroup['kind'],
      postQuantum: kind === 'ml-kem' || kind === 'hybrid',
      bits: Number(bits),
      tls12: protocols.includes('1.2'),
      tls13: protocols.includes('1.3'),
      since,
    };
  });

const byName = new Map(namedGroups.flatMap((group) => [group.name, ...group.aliases].map((name) => [name, group])));
const byFoldedName = new Map([...byName].map(([name, group]) => [name.toLowerCase(), group]));

/** Names that came with OpenSSL 3.0, for groups that are older. */
const namesSince3: ReadonlySet<string> = new Set(['secp256r1', 'secp192r1', 'x25519', 'x448']);

/** The group that a release knows by this name; case counts before 3.5. */
export function findGroup(name: string, openssl: Version): NamedGroup | undefined {
  const anyCase = atLeastVersion(openssl, '3.5');
  const group = anyCase ? byFoldedName.get(name.toLowerCase()) : byName.get(name);
  if (group === undefined || !atLeastVersion(openssl, group.since)) return undefined;
  return namesSince3.has(name) && !atLeastVersion(openssl, '3.0') ? undefined : group;
}

/** The group of that name in any release, case ignored. */
export function findGroupAnywhere(name: string): NamedGroup | undefined {
  return byFoldedName.get(name.toLowerCase());
}

/** Names that a release knows, for suggestions and completion; each group's customary name first. */
export function groupNames(openssl: Version): readonly string[] {
  return namedGroups
    .flatMap((group) => [...group.aliases, group.name])
    .filter((name) => findGroup(name, openssl) !== undefined);
}

/** @param level of OpenSSL, 0 to 5 (`SSL_CTX_set_security_level(3)`) */
export function isGroupAllowedAtLevel(group: NamedGroup, level: number): boolean {
  return group.bits >= (securityLevelBits[level] ?? 256);
}

/**
 * What a release offers where nothing is configured, in its order of preference. `/` and `:` are those of 3.5's group
 * lists. Sources: OpenSSL's CHANGES for 3.5, the ClientHello for 1.1.1 and 3.0.
 */
export function defaultGroupList(openssl: Version): string {
  if (atLeastVersion(openssl, '3.5')) {
    return '?*X25519MLKEM768/?*X25519:?secp256r1/?X448:?secp384r1:?secp521r1/?ffdhe2048:?ffdhe3072';
  }
  const curves = 'X25519:P-256:X448:P-521:P-384';
  return atLeastVersion(openssl, '3.0') ? `${curves}:ffdhe2048:ffdhe3072:ffdhe4096:ffdhe6144:ffdhe8192` : curves;
}
