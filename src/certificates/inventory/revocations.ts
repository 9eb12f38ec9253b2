import { type Host, isUnreadable } from '../../host/host.ts';
import { baseName } from '../../text/path.ts';
import type { Certificate, CertificateSummary } from '../certificate.ts';
import { readContainer } from '../container.ts';
import { lintList } from '../lint/content.ts';
import { certificatesIn, revocationListsIn } from '../objects.ts';
import { type Answer, answersOf, revokedByAnswers } from '../ocsp-answers.ts';
import {
  inForce,
  isListed,
  maximumLists,
  type Revocation,
  type Revocations,
  revocationOf,
  type Statement,
  serialsByIssuer,
  statementOf,
} from '../revocation.ts';
import type { InventoryFinding } from './findings.ts';
import type { CertificateRecord, Inventory } from './records.ts';

interface Options extends Pick<Host, 'files' | 'crypto'> {
  readonly now: Date;
  /** Awaited between files and lists. */
  readonly pause?: () => Promise<void>;
}

/** What the revocation lists of an inventory say, and what is to be said of them. */
export interface ListsOfInventory {
  readonly revocations: Revocations;
  readonly findings: readonly InventoryFinding[];
}

/**
 * The revoked certificates of an inventory, and lists that are out of date. Lists are read again, one after the other, and so are the certificates
 * concerned where the inventory has no more than summaries of them; without lists nothing is looked at.
 */
export async function findRevocations(
  { certificates, revocationLists }: Pick<Inventory, 'certificates' | 'revocationLists'>,
  { files, crypto, now, pause }: Options,
): Promise<ListsOfInventory> {
  const found = new Map<string, Revocation>();
  if (revocationLists.length === 0) return { revocations: found, findings: [] };
  const read = async (file: string) => {
    await pause?.();
    const bytes = await files.read(file);
    return isUnreadable(bytes) ? undefined : readContainer(baseName(file), bytes, crypto);
  };
  const wholeOf = createReader(read);
  const wholeOfAll = async (records: readonly CertificateRecord[]) => {
    const distinct = new Map(records.map((record) => [record.certificate.sha256, record]));
    const whole: Certificate[] = [];
    for (const record of distinct.values()) whole.push(...(await wholeOf(record)));
    return whole;
  };
  const serials = serialsByIssuer(certificates.map(({ certificate }) => certificate));
  const all: Statement[] = [];
  const answers: Answer[] = [];
  for (const { file } of revocationLists) {
    const content = await read(file);
    for (const object of content?.objects ?? []) {
      if (object.kind !== 'ocspResponse') continue;
      const { response } = object;
      const numbers = new Set(response.responses.map(({ serialNumber }) => serialNumber));
      const records = certificates.filter(({ certificate }) => numbers.has(certificate.serialNumber));
      if (records.length === 0) continue;
      const asked = await wholeOfAll(records);
      const issuers = new Set(asked.map(({ issuer }) => issuer));
      const authorities = await wholeOfAll(certificates.filter(({ certificate }) => issuers.has(certificate.subject)));
      answers.push(...answersOf({ response, file }, asked, authorities, { crypto, now }));
    }
    for (const list of content === undefined ? [] : revocationListsIn(content).slice(0, maximumLists)) {
      const wanted = serials.get(list.issuer);
      if (wanted === undefined) continue;
      await pause?.();
      const authorities = await wholeOfAll(
        certificates.filter(({ certificate }) => certificate.subject === list.issuer),
      );
      const statement = statementOf({ list, file }, wanted, authorities, { crypto, now });
      if (statement !== undefined) all.push(statement);
    }
  }
  const statements = inForce(all);
  const listed = await wholeOfAll(certificates.filter(({ certificate }) => isListed(certificate, statements)));
  for (const certificate of listed) {
    const revocation = revocationOf(certificate, statements, { crypto, now });
    if (revocation !== undefined) found.set(certificate.sha256, revocation);
  }
  for (const [sha256, revocation] of revokedByAnswers(answers, now)) {
    if (!found.has(sha256)) found.set(sha256, revocation);
  }
  return { revocations: found, findings: outdated(statements, now) };
}

/** Of lists in force those that are over, where the CA is still valid: older ones may lie about. */
function outdated(statements: readonly Statement[], now: Date): InventoryFinding[] {
  return statements
    .filter(({ authority, isDelta }) => authority.notAfter >= now && !isDelta)
    .flatMap((statement) => lintList(statement, now).map((finding) => ({ ...finding, files: [statement.file ?? ''] })));
}

/** Certificates as a whole: at hand, or from their file, which is read once. */
function createReader(read: (file: string) => Promise<Parameters<typeof certificatesIn>[0] | undefined>) {
  const known = new Map<string, readonly Certificate[]>();
  return async ({ file, certificate }: CertificateRecord): Promise<readonly Certificate[]> => {
    if (isWhole(certificate)) return [certificate];
    const before = known.get(file);
    if (before === undefined) {
      const content = await read(file);
      known.set(file, content === undefined ? [] : certificatesIn(content));
    }
    return (known.get(file) ?? []).filter(({ sha256 }) => sha256 === certificate.sha256);
  };
}

function isWhole(certificate: CertificateSummary): certificate is Certificate {
  return 'der' in certificate;
}
