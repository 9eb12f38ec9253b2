import { atLeast } from '../../text/finding.ts';
import { describeKey } from '../asn1/public-key.ts';
import type { Certificate } from '../certificate.ts';
import { shortName } from '../chain/node.ts';
import { hostNamesOf } from '../host-names.ts';
import { certificateFields, keyFields, revocationFields } from '../inspect.ts';
import { isForHosts } from '../kinds.ts';
import type { CertificateFinding } from '../lint/lint.ts';
import type { Revocation, Revocations } from '../revocation.ts';
import { hasNoEnd, isNeverValid, spanText, type Urgency, urgencyOf } from '../status.ts';
import type { InventoryFinding } from './findings.ts';
import type { InventoryLint } from './lint-inventory.ts';
import type { CertificateRecord, Inventory, KeyRecord } from './records.ts';

/** What `certificates --format json` prints; field names are a contract. */
export interface InventoryReport {
  readonly certificates: readonly Readonly<Record<string, unknown>>[];
  readonly keys: readonly Readonly<Record<string, unknown>>[];
  /** `locked` where only the password is missing. */
  readonly unreadable: readonly { readonly file: string; readonly reason: string; readonly locked: boolean }[];
  readonly findings: readonly InventoryFinding[];
  /** How many files were looked into. */
  readonly files: number;
}

/** What is known of an inventory. */
export interface Judged {
  readonly findings: readonly InventoryFinding[];
  readonly lint: InventoryLint;
  readonly revocations: Revocations;
}

/** How a file is written, such as relative to the working folder. */
type Naming = (file: string) => string;

export function inventoryReport(
  inventory: Inventory<Certificate>,
  { findings, lint, revocations }: Judged,
  now: Date,
  name: Naming,
): InventoryReport {
  return {
    certificates: inventory.certificates.map(({ file, index, certificate, keyFile }) => ({
      file: name(file),
      index,
      ...certificateFields(certificate, now),
      keyFile: keyFile === undefined ? null : name(keyFile),
      ...revocationFields(revocations.get(certificate.sha256), name),
      findings: lint.get(certificate.sha256) ?? [],
    })),
    keys: inventory.keys.map(({ file, format, publicKey, encrypted, spkiSha256, mode }) => ({
      file: name(file),
      format,
      publicKey: publicKey === undefined ? null : keyFields(publicKey),
      encrypted,
      spkiSha256: spkiSha256 ?? null,
      mode: mode === undefined ? null : mode.toString(8).padStart(4, '0'),
    })),
    unreadable: inventory.unreadable.map(({ file, reason, locked = false }) => ({ file: name(file), reason, locked })),
    findings: findings.map((finding) => ({ ...finding, files: finding.files.map(name) })),
    files: inventory.files,
  };
}

type Group = Urgency | 'revoked';

const groups: readonly (readonly [Group, string])[] = [
  ['expired', 'Expired'],
  ['revoked', 'Revoked'],
  ['critical', 'Renew now'],
  ['soon', 'Renew soon'],
  ['unknown', 'Validity dates cannot be read'],
  ['not-yet-valid', 'Not valid yet'],
  ['good', 'Valid'],
];

/** Nobody renews what is revoked. */
function groupOf(certificate: CertificateRecord['certificate'], revocations: Revocations, now: Date): Group {
  const urgency = urgencyOf(certificate, now);
  return urgency !== 'expired' && revocations.has(certificate.sha256) ? 'revoked' : urgency;
}

/** The JSON names all. */
const listedFiles = 5;

/** The inventory for a person: certificates by urgency with a line each, what expires first on top, then all that is remarkable. */
export function describeInventory(
  inventory: Inventory,
  { findings, lint, revocations }: Judged,
  now: Date,
  name: Naming,
): string {
  const byEnd = [...inventory.certificates].sort(
    (a, b) => a.certificate.notAfter.getTime() - b.certificate.notAfter.getTime(),
  );
  const subjects = new Set(byEnd.map(({ file, certificate }) => placedName(file, certificate.subject)));
  const sections = groups.flatMap(([group, heading]) => {
    const members = byEnd.filter(({ certificate }) => groupOf(certificate, revocations, now) === group);
    const lines = members.map((member) => {
      const revocation = revocations.get(member.certificate.sha256);
      return certificateLine(member, subjects, revocation, now, name);
    });
    return section(heading, columns(lines));
  });
  const paired = new Set(inventory.certificates.map(({ certificate }) => certificate.spkiSha256));
  // A key that is damaged is among what cannot be read, and one in a closed container has its certificate there.
  const closed = new Set(inventory.unreadable.flatMap(({ file, locked }) => (locked === true ? [file] : [])));
  const lonely = inventory.keys.filter(({ file, encrypted, publicKey, spkiSha256 }) => {
    if (spkiSha256 === undefined) return (encrypted || publicKey !== undefined) && !closed.has(file);
    return !paired.has(spkiSha256);
  });
  const alone = lintOfFiles(inventory, lint).filter(
    ({ rule, files }) =>
      !findings.some((each) => each.rule === rule && files.every((file) => each.files.includes(file))),
  );
  const told = [...alone, ...oncePerMessage(findings)].flatMap(({ severity, message, rule, files }) => [
    `  ${severity}: ${message} [${rule}]`,
    ...files.slice(0, listedFiles).map((file) => `    ${name(file)}`),
    ...(files.length > listedFiles ? [`    and ${files.length - listedFiles} more`] : []),
  ]);
  const counted = [count(inventory.certificates.length, 'certificate'), count(inventory.keys.length, 'private key')];
  return `${[
    ...sections,
    ...section('Private keys without a certificate', columns(lonely.map((key) => keyLine(key, name)))),
    ...section('Protected by a password', unreadableLines(inventory, true, name)),
    ...section(
      'Cannot be read',
      unreadableLines(inventory, false, name),
      'Show what one holds: tls-workbench inspect FILE',
    ),
    ...(told.length === 0 ? [] : [['Findings', ...told].join('\n')]),
    `${counted.join(', ')}, ${count(inventory.files, 'file')} looked into.`,
  ].join('\n\n')}\n`;
}

/** The groups tell of the validity already, and of what is revoked. */
const toldElsewhere = /^certificate-(?:expire|not-yet-valid|issuer-expires|revoked)/;

/** What breaks something, once for all files in which certificates are told the same; the JSON has everything. */
function lintOfFiles({ certificates }: Inventory, lint: InventoryLint) {
  const told = new Map<string, CertificateFinding & { readonly files: string[] }>();
  for (const { file, certificate } of certificates) {
    for (const finding of lint.get(certificate.sha256) ?? []) {
      if (!atLeast(finding.severity, 'warning') || toldElsewhere.test(finding.rule)) continue;
      const same = told.get(finding.message);
      if (same === undefined) told.set(finding.message, { ...finding, files: [file] });
      else if (!same.files.includes(file)) same.files.push(file);
    }
  }
  return [...told.values()];
}

/** What is told of many files in the same words is told once, for all of them. */
function oncePerMessage(findings: readonly InventoryFinding[]): InventoryFinding[] {
  const told = new Map<string, InventoryFinding>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.message}`;
    const files = [...new Set([...(told.get(key)?.files ?? []), ...finding.files])];
    told.set(key, { ...finding, files });
  }
  return [...told.values()];
}

function unreadableLines({ unreadable }: Inventory, areLocked: boolean, name: Naming): string[] {
  return unreadable
    .filter(({ locked = false }) => locked === areLocked)
    .map(({ file, reason }) => `  ${name(file)}: ${reason}`);
}

function section(heading: string, lines: readonly string[], ...next: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : [[`${heading} (${lines.length})`, ...lines, ...next.map((line) => `  ${line}`)].join('\n')];
}

function certificateLine(
  { file, index, certificate, keyFile }: CertificateRecord,
  subjects: ReadonlySet<string>,
  revocation: Revocation | undefined,
  now: Date,
  name: Naming,
): string[] {
  const place = index === 0 ? name(file) : `${name(file)} (certificate ${index + 1})`;
  const remarks = [keyRemark(file, keyFile, name), chainRemark(file, certificate, subjects)];
  // The key of a CA lies elsewhere, as it should.
  if (!isForHosts(certificate) && keyFile === undefined) remarks.shift();
  if (revocation !== undefined) remarks.unshift(revocationRemark(revocation));
  return [titleOf(certificate), timeLeft(certificate, now), place, remarks.join(', ')];
}

function revocationRemark({ date, reason }: Revocation): string {
  const why = reason === undefined || reason === 'unspecified' ? '' : ` (${reason})`;
  return `revoked ${date.toISOString().slice(0, 10)}${why}`;
}

function keyRemark(file: string, keyFile: string | undefined, name: Naming): string {
  if (keyFile === undefined) return 'no key found';
  return keyFile === file ? 'key in the same file' : `key ${name(keyFile)}`;
}

const placedName = (file: string, subject: string) => `${file}\n${subject}`;

/** Whether the file brings what a server has to send with a certificate. */
function chainRemark(file: string, certificate: CertificateRecord['certificate'], subjects: ReadonlySet<string>) {
  if (!isForHosts(certificate)) return certificate.selfIssued ? 'root CA' : 'CA';
  if (certificate.selfIssued) return 'self-signed';
  return subjects.has(placedName(file, certificate.issuer)) ? 'with its issuer' : 'without its issuer';
}

/** `example.com +2`, or the subject of a CA, unless that is a host which signs its own certificate. */
function titleOf(certificate: CertificateRecord['certificate']): string {
  const { subject, subjectAltNames } = certificate;
  const isOfHost = isForHosts(certificate) || hostNamesOf(certificate).includes(shortName(certificate));
  const first = isOfHost ? subjectAltNames[0] : undefined;
  if (first === undefined) return subject || '(no name)';
  const title = first.slice(first.indexOf(':') + 1);
  return subjectAltNames.length > 1 ? `${title} +${subjectAltNames.length - 1}` : title;
}

function timeLeft({ notBefore, notAfter }: CertificateRecord['certificate'], now: Date): string {
  if (Number.isNaN(notAfter.getTime())) return '';
  if (isNeverValid({ notBefore, notAfter })) return 'valid at no time';
  if (notBefore > now) return `from ${notBefore.toISOString().slice(0, 10)}`;
  if (hasNoEnd(notAfter)) return 'no end';
  const day = notAfter.toISOString().slice(0, 10);
  const span = spanText(Math.abs(notAfter.getTime() - now.getTime()));
  return notAfter < now ? `${day}, ${span} ago` : `${day}, ${span} left`;
}

function keyLine({ file, format, publicKey, encrypted, spkiSha256 }: KeyRecord, name: Naming): string[] {
  const kind = publicKey === undefined ? 'kind not known' : describeKey(publicKey);
  const how = encrypted ? `${format}, encrypted` : format;
  // That of an encrypted one is closed too, and of post-quantum keys not every library computes it.
  const unknown =
    spkiSha256 === undefined ? ', may belong to one that is listed: its public half is not known here' : '';
  return [name(file), kind, `${how}${unknown}`];
}

const widestColumn = 48;

/** Cells in columns; the last cell of a row is not padded. */
function columns(rows: readonly (readonly string[])[]): string[] {
  const width = (at: number) => Math.min(widestColumn, Math.max(0, ...rows.map((row) => row[at]?.length ?? 0)));
  const widths = (rows[0] ?? []).map((_, at) => width(at));
  return rows.map((row) => `  ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')}`.trimEnd());
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
