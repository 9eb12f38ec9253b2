import { describeKey } from '../certificates/asn1/public-key.ts';
import type { PublicKey } from '../certificates/certificate.ts';
import { shortName } from '../certificates/chain/node.ts';
import { extensionTitle } from '../certificates/extensions/titles.ts';
import type { InspectReport } from '../certificates/inspect.ts';
import { isDamagedCertificate, kindTitles } from '../certificates/kinds.ts';
import { describeStatus, momentText, revocationText } from '../certificates/status.ts';
import { describeJudged, type JudgedTimestamp } from '../certificates/transparency/judge-timestamps.ts';
import { findLog } from '../certificates/transparency/logs.ts';
import { printable } from './printable.ts';
import { trustReason } from './trust-error.ts';

type Fields = Readonly<Record<string, unknown>>;
type Row = readonly [string, string];

/** What a person wants to read first, in their order; everything else is in the JSON. */
const labels: readonly (readonly [string, string])[] = [
  ['entry', 'Entry'],
  ['subject', 'Subject'],
  ['subjectAltNames', 'Names'],
  ['issuer', 'Issuer'],
  ['validity', 'Validity'],
  ['status', 'Status'],
  ['responder', 'Responder'],
  ['publicKey', 'Key'],
  ['belongsTo', 'Belongs to'],
  ['signature', 'Signature'],
  ['keyUsage', 'Key usage'],
  ['extendedKeyUsage', 'Extended key usage'],
  ['isCa', 'CA'],
  ['judgedAs', 'Judged as'],
  ['serialNumber', 'Serial number'],
  ['sha256', 'SHA-256'],
  ['spkiPin', 'Key pin'],
  ['format', 'Format'],
  ['encryption', 'Encryption'],
  ['bits', 'Bits'],
  ['curve', 'Curve'],
  ['producedAt', 'Produced'],
  ['thisUpdate', 'This update'],
  ['nextUpdate', 'Next update'],
  ['revokedCount', 'Revoked'],
  ['attributes', 'Attributes'],
  ['label', 'Block'],
  ['reason', 'Reason'],
  ['problem', 'Problem'],
];

/** The JSON has more. */
const listedRevocations = 20;

/** `inspect` for a person: how long the certificate is valid, the objects, the chain, and what is wrong with the whole. */
export function inspectText(report: InspectReport, now: Date, connection?: Fields): string {
  const certificates = report.objects.filter(({ kind }) => kind === 'certificate');
  const certificate = certificates.find(({ isCa }) => isCa !== true) ?? certificates[0];
  // Servers refuse the whole file then, however long the others are valid.
  const damage = report.objects.some(isDamagedCertificate)
    ? 'A certificate in it cannot be read, as is told below. Beside it, '
    : '';
  const parts = [
    ...(certificate === undefined
      ? []
      : [`${damage && `${damage}${nameOf(certificate)}: `}${statusOf(certificate, now)}`]),
    ...(connection === undefined ? [] : [section('Connection', connectionRows(connection))]),
    ...report.objects.map((object, index) => describe(object, index, report, now)),
    ...chain(report),
    ...paragraph([
      ...report.findings.map(findingLine),
      ...report.problems.map(({ id, message, refused }) => `${levelOf(id, refused)}: ${message}`),
    ]),
    ...(isBadlyWritten(report) ? [rewriteText] : []),
    ...(report.locked ? [lockedText(report)] : []),
  ];
  // Names in containers, and of files with what is trusted, may hold anything.
  return parts.join('\n\n').split('\n').map(printable).join('\n');
}

function describe(object: Fields, index: number, report: InspectReport, now: Date): string {
  const title = `${index + 1}. ${kindTitles[object['kind'] as keyof typeof kindTitles]}`;
  const shown: Fields = { ...object, entry: entryOf(object), ...inWords(object, report, now) };
  const known = labels.flatMap(([key, label]) => (isEmpty(shown[key]) ? [] : [[label, show(shown[key])] as const]));
  const extensions = list(object['extensions']).map(
    ({ name, critical, value, error }) =>
      [
        `${extensionTitle(String(name))}${critical === true ? ' (critical)' : ''}`,
        isEmpty(error) ? show(value) : `${show(value)} (damaged: ${show(error)})`,
      ] as const,
  );
  return [
    section(title, known),
    ...part('Revoked', revokedRows(object)),
    ...part('Certificates', list(object['responses']).map(responseRow)),
    ...part('Certificate Transparency', list(object['timestamps']).map(timestampRow)),
    ...part('Extensions', extensions),
    ...list(object['findings']).map((finding) => `   ${findingLine(finding)}`),
  ].join('\n');
}

/** Fields that a person reads otherwise than a program. */
function inWords(object: Fields, report: InspectReport, now: Date): Fields {
  const signed = verdicts[String(object['signature'])];
  const signature = { signature: [object['signatureAlgorithm'], signed].filter((word) => word !== undefined) };
  const times: Fields = Object.fromEntries(
    ['thisUpdate', 'nextUpdate', 'producedAt'].flatMap((key) => {
      const value = object[key];
      return typeof value === 'string' ? [[key, momentText(new Date(value))]] : [];
    }),
  );
  switch (object['kind']) {
    case 'certificate': {
      const [start, end] = [dateOf(object['notBefore']), dateOf(object['notAfter'])];
      const validity = `${momentText(start)} to ${momentText(end)}`;
      const names = { subject: object['subject'] || '(empty)', issuer: object['issuer'] || '(empty)' };
      const judgedAs = object['isCa'] === true ? undefined : classWords[String(object['classification'])];
      return { ...names, ...signature, validity, judgedAs, status: statusOf(object, now) };
    }
    case 'privateKey':
      return {
        encryption: object['encryption'] ?? (object['encrypted'] === true ? 'yes' : 'none'),
        belongsTo: ownersOf(object, report),
        ...(object['publicKey'] === null && object['encrypted'] === true
          ? { publicKey: 'not known while it is encrypted', problem: undefined }
          : {}),
      };
    case 'request':
      return { ...signature, subject: object['subject'] || '(empty)', belongsTo: ownersOf(object, report) };
    case 'crl': {
      const nextUpdate = object['nextUpdate'] === null ? 'not said' : times['nextUpdate'];
      return {
        ...times,
        ...signature,
        nextUpdate,
        revokedCount: `${object['revokedCount']} ${object['revokedCount'] === 1 ? 'certificate' : 'certificates'}`,
      };
    }
    default:
      return times;
  }
}

const classWords: Readonly<Record<string, string>> = {
  public: 'public, so the rules of public CAs apply',
  private: 'of a private CA',
  'self-signed': 'self-signed',
  development: 'for development',
};

const verdicts: Readonly<Record<string, string>> = {
  good: 'made by its own key',
  bad: 'not made by its own key',
  'cannot-judge': 'which cannot be checked here',
};

/** Blocks of a PEM file are counted already. */
function entryOf({ container, entry }: Fields): unknown {
  return container === 'pem' ? undefined : entry;
}

/** `certificate 1`: which certificates of the file have the key. */
function ownersOf(key: Fields, { objects }: InspectReport): string | undefined {
  const pin = key['spkiSha256'];
  const certificates = objects.flatMap((object, index) =>
    object['kind'] === 'certificate' ? [{ object, index }] : [],
  );
  if (certificates.length === 0 || isEmpty(pin)) return undefined;
  const owners = certificates.filter(({ object }) => object['spkiSha256'] === pin);
  if (owners.length === 0) return 'none of the certificates here';
  return `certificate ${owners.map(({ index }) => index + 1).join(', ')}`;
}

function revokedRows({ revoked, revokedCount }: Fields): Row[] {
  const rows = list(revoked).slice(0, listedRevocations).map(revokedRow);
  const more = Number(revokedCount ?? 0) - rows.length;
  return more > 0 ? [...rows, ['…', `and ${more} more`]] : rows;
}

function revokedRow({ serialNumber, revocationDate, reason, invalidSince, certificateIssuer }: Fields): Row {
  const words = [
    `since ${momentText(dateOf(revocationDate))}`,
    ...(isEmpty(reason) ? [] : [String(reason)]),
    ...(isEmpty(invalidSince) || dateOf(invalidSince) >= dateOf(revocationDate)
      ? []
      : [`perhaps misused from ${momentText(dateOf(invalidSince))} on`]),
    ...(isEmpty(certificateIssuer) ? [] : [`issued by ${String(certificateIssuer)}`]),
  ];
  return [String(serialNumber), words.join(', ')];
}

function responseRow({ serialNumber, status, revokedAt, reason, thisUpdate, nextUpdate }: Fields): Row {
  const why = isEmpty(reason) ? '' : `, ${String(reason)}`;
  const since = isEmpty(revokedAt) ? '' : ` since ${momentText(dateOf(revokedAt))}${why}`;
  const until = isEmpty(nextUpdate) ? '' : ` to ${momentText(dateOf(nextUpdate))}`;
  return [String(serialNumber), `${String(status)}${since}; said for ${momentText(dateOf(thisUpdate))}${until}`];
}

function timestampRow({ logId, timestamp, signature }: Fields): Row {
  const id = String(logId);
  const { log, what } = describeJudged({
    logId: id,
    log: findLog(id),
    timestamp: dateOf(timestamp),
    signature: signature as JudgedTimestamp['signature'],
  });
  return [log, what];
}

function chain({ chain: { complete, ordered, refused, problems, trustedBy }, objects }: InspectReport): string[] {
  if (!objects.some(({ kind }) => kind === 'certificate')) return [];
  const stores = trustedBy.join(', ');
  const trust = stores === '' ? '' : refused ? `, leads to ${stores}` : `, trusted by ${stores}`;
  const verdict = refused ? '; clients refuse it' : '';
  const state = `Chain: ${complete ? 'complete' : 'not complete'}, ${ordered ? 'in order' : 'not in order'}${trust}${verdict}.`;
  return [[state, ...problems.map((problem) => `  ${problem}`)].join('\n')];
}

function statusOf({ notBefore, notAfter, revocation }: Fields, now: Date): string {
  const status = describeStatus({ notBefore: dateOf(notBefore), notAfter: dateOf(notAfter) }, now);
  if (isEmpty(revocation)) return status;
  const { date, reason } = revocation as Fields;
  return `${status} Revoked ${revocationText({ date: dateOf(date), reason: isEmpty(reason) ? undefined : String(reason) })}.`;
}

function nameOf({ subject, subjectAltNames, serialNumber }: Fields): string {
  const names = list(subjectAltNames).map(String);
  return shortName({ subject: String(subject), subjectAltNames: names, serialNumber: String(serialNumber) });
}

function dateOf(value: unknown): Date {
  return new Date(typeof value === 'string' ? value : Number.NaN);
}

function findingLine({ severity, message, rule }: Fields | InspectReport['findings'][number]): string {
  return `${String(severity)}: ${String(message)} [${String(rule)}]`;
}

/** That a file is locked is no mistake in it. */
function levelOf(id: string, refused: boolean): string {
  if (id === 'locked') return 'information';
  return refused ? 'error' : 'warning';
}

const rewriteText =
  'OpenSSL, and so nginx and Apache, do not read what is an error here. "tls-workbench convert" writes the certificates as they want them.';

/** Where everything is there, and only the writing is wrong. */
function isBadlyWritten({ format, objects, problems }: InspectReport): boolean {
  const isRefused = problems.some(({ id, refused }) => refused && id !== 'no-end' && id !== 'not-recognised');
  return format === 'pem' && isRefused && objects.some(({ kind }) => kind === 'certificate');
}

function lockedText({ problems, objects }: InspectReport): string {
  const reasons = [...problems.map(({ message }) => message), ...objects.map(({ problem }) => String(problem ?? ''))];
  if (reasons.some((reason) => reason.includes('in a way that is not read here')))
    return 'Part of the file is encrypted in a way that is not read here, or that would take too long. "openssl pkey -in FILE -aes256" writes the key anew.';
  const wrong = reasons.some((reason) => /password is wrong/.test(reason));
  if (wrong) return 'Part of the file is still encrypted. Put its password into the file of --password-file.';
  return 'Part of the file is encrypted. Give its password with --password-file.';
}

function paragraph(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [lines.join('\n')];
}

const connectionLabels: Readonly<Record<string, string>> = {
  address: 'Address',
  protocol: 'Protocol',
  cipherSuite: 'Cipher suite',
  group: 'Key exchange group',
  alpn: 'ALPN',
  stapledResponse: 'Stapled response',
};

function connectionRows(connection: Fields): Row[] {
  const { trustError } = connection;
  const rows = Object.entries(connectionLabels).flatMap(([key, label]): Row[] =>
    isEmpty(connection[key]) ? [] : [[label, show(connection[key])]],
  );
  const trust = isEmpty(trustError)
    ? 'this machine trusts the chain'
    : `this machine does not trust the chain: ${trustReason(String(trustError))}`;
  return [...rows, ['Trust', trust]];
}

function part(title: string, lines: readonly Row[]): string[] {
  return lines.length === 0 ? [] : [section(`   ${title}`, lines, '     ')];
}

const widestLabel = 32;

function section(title: string, lines: readonly Row[], indent = '   '): string {
  const width = Math.min(widestLabel, Math.max(0, ...lines.map(([label]) => label.length)));
  return [title, ...lines.map(([label, value]) => `${indent}${label.padEnd(width)}  ${value}`)].join('\n');
}

function list(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value : [];
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.map(show).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value).replaceAll('\n', '; ');
  if (!('algorithm' in value)) return JSON.stringify(value);
  return describeKey(value as PublicKey);
}
