import type { Crypto } from '../host/host.ts';
import { bigIntegerOf, bitsOf, booleanOf, childrenOf, encodingOf, hexOf, readElement } from './asn1/der.ts';
import type { Certificate, CertificateSummary } from './certificate.ts';
import { verifySignature } from './chain/edge.ts';
import { nodeOf } from './chain/node.ts';
import { type ListParts, type RevocationList, readListParts } from './containers/crl.ts';
import { findEntries, type RevokedCertificate } from './containers/crl-entries.ts';
import { findExtension, readOr } from './extensions/find.ts';
import { keyIdentifiersOf } from './extensions/identifiers.ts';

/** What a revocation list says of a certificate. */
export interface Revocation {
  readonly date: Date;
  readonly reason: string | undefined;
  /** When the list was made, and the file that has it. */
  readonly thisUpdate: Date;
  readonly file: string | undefined;
  /** An OCSP response says so, and no list. */
  readonly fromResponse?: true;
}

/** Revoked certificates by their SHA-256. */
export type Revocations = ReadonlyMap<string, Revocation>;

/** A list, with the file that it was found in. */
export interface FoundList {
  readonly list: RevocationList;
  readonly file: string | undefined;
}

export interface RevocationOptions {
  readonly crypto: Crypto;
  readonly now: Date;
}

/** What a list says of some certificates. It keeps none of its bytes: lists are long, and folders may hold many. */
export interface Statement extends Pick<RevocationList, 'issuer' | 'thisUpdate' | 'nextUpdate'> {
  /** Whose key signed it. */
  readonly authority: Certificate;
  /** Of which certificates it speaks at all (RFC 5280 section 5.2.5), as it is encoded. */
  readonly scope: string;
  readonly covers: 'all' | 'users' | 'authorities';
  readonly number: bigint;
  /** It tells only what changed since another one. */
  readonly isDelta: boolean;
  /** By serial number. */
  readonly entries: ReadonlyMap<string, RevokedCertificate>;
  readonly file: string | undefined;
}

/**
 * What a list says of the certificates of its issuer with the wanted serial numbers. Undefined for a list that is not valid
 * yet, is about attribute certificates, or was signed by none of the authorities, as X509_verify_cert has it.
 */
export function statementOf(
  { list, file }: FoundList,
  wanted: ReadonlySet<string>,
  authorities: readonly Certificate[],
  { crypto, now }: RevocationOptions,
): Statement | undefined {
  if (list.thisUpdate > now) return undefined;
  try {
    const parts = readListParts(list.der);
    const scope = findExtension(parts, '2.5.29.28');
    const flags = new Set(scope && childrenOf(scope).flatMap((field) => (booleanOf(field) ? [field.tag] : [])));
    if (flags.has(0x85)) return undefined;
    const authority = signersOf(list, parts, authorities).find((each) => isSignedBy(parts, list, each, crypto));
    if (authority === undefined) return undefined;
    const { issuer, thisUpdate, nextUpdate } = list;
    return {
      issuer,
      thisUpdate,
      nextUpdate,
      authority,
      scope: scope === undefined ? '' : hexOf(encodingOf(scope)),
      covers: flags.has(0x81) ? 'users' : flags.has(0x82) ? 'authorities' : 'all',
      number: readOr(parts, '2.5.29.20', bigIntegerOf, -1n),
      isDelta: findExtension(parts, '2.5.29.27') !== undefined,
      entries: findEntries(parts.revoked, wanted, flags.has(0x84) ? issuer : undefined),
      file,
    };
  } catch {
    return undefined;
  }
}

/** Keys that are tried for one list: a file may ask for checks without end. */
const maximumSigners = 10;

/** Of many of one name those come first whose key the list names. */
function signersOf(
  { issuer }: RevocationList,
  parts: ListParts,
  authorities: readonly Certificate[],
): readonly Certificate[] {
  const { authorityKeyIdentifier } = keyIdentifiersOf(parts);
  const able = authorities.filter(
    ({ subject, keyUsage }) => subject === issuer && (keyUsage.length === 0 || keyUsage.includes('cRLSign')),
  );
  const named = able.filter(({ subjectKeyIdentifier }) => subjectKeyIdentifier === authorityKeyIdentifier);
  return [...new Set([...named, ...able])].slice(0, maximumSigners);
}

function isSignedBy(parts: ListParts, { der }: RevocationList, authority: Certificate, crypto: Crypto): boolean {
  const { tbs, signatureAlgorithm } = parts;
  const signature = bitsOf(readElement(der, signatureAlgorithm.next, der.length));
  const key = encodingOf(nodeOf(authority).parts.publicKey);
  return crypto.verify(encodingOf(signatureAlgorithm), key, encodingOf(tbs), signature) === 'good';
}

/** Whether lists revoke a certificate: those that the key signed which signed it. */
export function revocationOf(
  certificate: Certificate,
  statements: readonly Statement[],
  { crypto, now }: RevocationOptions,
): Revocation | undefined {
  if (!isListed(certificate, statements)) return undefined;
  let takenBack: string | undefined;
  for (const { entries, scope, thisUpdate, nextUpdate, file } of statementsAbout(certificate, statements, crypto)) {
    const entry = entries.get(certificate.serialNumber);
    if (entry === undefined || scope === takenBack) continue;
    // What was on hold may have been taken back since.
    const isDoubtful = entry.reason === 'certificateHold' && nextUpdate !== undefined && nextUpdate < now;
    if (entry.reason !== 'removeFromCRL' && !isDoubtful)
      return { date: entry.revocationDate, reason: entry.reason, thisUpdate, file };
    takenBack = scope;
  }
  return undefined;
}

/** The lists that are about a certificate, and signed by the key that signed it. */
export function statementsAbout(certificate: Certificate, statements: readonly Statement[], crypto: Crypto) {
  return statements.filter(
    ({ issuer, covers, authority }) =>
      issuer === certificate.issuer &&
      (covers === 'all' || (covers === 'authorities') === certificate.isCa) &&
      verifySignature(nodeOf(certificate), nodeOf(authority), crypto) === 'good',
  );
}

/** Whether one of the lists has the serial number, whoever signed the certificate. */
export function isListed({ issuer, serialNumber }: CertificateSummary, statements: readonly Statement[]): boolean {
  return statements.some((each) => each.issuer === issuer && each.entries.has(serialNumber));
}

/** What counts: of each key and scope the newest list, and where that tells only of changes then the newest whole one. */
export function inForce(statements: readonly Statement[]): readonly Statement[] {
  const groups = new Map<string, Statement[]>();
  for (const statement of statements) {
    const { issuer, authority, scope } = statement;
    const key = `${authority.spkiSha256} ${scope} ${issuer}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [statement]);
    else group.push(statement);
  }
  return [...groups.values()].flatMap(newestOf);
}

function newestOf(statements: readonly Statement[]): readonly Statement[] {
  const sorted = [...statements].sort(
    (a, b) =>
      b.thisUpdate.getTime() - a.thisUpdate.getTime() || Number(b.number > a.number) - Number(b.number < a.number),
  );
  const base = sorted.findIndex(({ isDelta }) => !isDelta);
  return sorted.filter((_, at) => at === 0 || at === base);
}

/** Of one file: each may ask for some checks of signatures. */
export const maximumLists = 1000;

/** What lists that are in force say of certificates that are all at hand. */
export function statementsOf(
  certificates: readonly Certificate[],
  lists: readonly FoundList[],
  authorities: readonly Certificate[],
  options: RevocationOptions,
): readonly Statement[] {
  const serials = serialsByIssuer(certificates);
  const statements = lists.slice(0, maximumLists).flatMap((found) => {
    const wanted = serials.get(found.list.issuer);
    return wanted === undefined ? [] : (statementOf(found, wanted, authorities, options) ?? []);
  });
  return inForce(statements);
}

/** The revoked ones among certificates. */
export function revokedAmong(
  certificates: readonly Certificate[],
  statements: readonly Statement[],
  options: RevocationOptions,
): Revocations {
  return new Map(
    certificates.flatMap((certificate) => {
      const revocation = revocationOf(certificate, statements, options);
      return revocation === undefined ? [] : [[certificate.sha256, revocation] as const];
    }),
  );
}

/** Serial numbers of certificates, by who issued them. */
export function serialsByIssuer(certificates: readonly CertificateSummary[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const { issuer, serialNumber } of certificates) {
    const known = found.get(issuer);
    if (known === undefined) found.set(issuer, new Set([serialNumber]));
    else known.add(serialNumber);
  }
  return found;
}
