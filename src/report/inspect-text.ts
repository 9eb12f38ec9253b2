import type { InspectReport } from '../certificates/inspect.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a person wants to read first, in their order; everything else is in the JSON. */
const labels: readonly (readonly [string, string])[] = [
  ['subject', 'Subject'],
  ['subjectAltNames', 'Names'],
  ['issuer', 'Issuer'],
  ['notBefore', 'Valid from'],
  ['notAfter', 'Valid until'],
  ['daysLeft', 'Days left'],
  ['publicKey', 'Key'],
  ['signatureAlgorithm', 'Signature'],
  ['keyUsage', 'Key usage'],
  ['extendedKeyUsage', 'Extended key usage'],
  ['isCa', 'CA'],
  ['serialNumber', 'Serial number'],
  ['sha256', 'SHA-256'],
  ['spkiPin', 'Key pin'],
  ['encrypted', 'Encrypted'],
  ['format', 'Format'],
  ['bits', 'Bits'],
  ['curve', 'Curve'],
  ['thisUpdate', 'This update'],
  ['nextUpdate', 'Next update'],
  ['reason', 'Reason'],
];

const kinds: Readonly<Record<string, string>> = {
  certificate: 'Certificate',
  privateKey: 'Private key',
  publicKey: 'Public key',
  request: 'Certificate request',
  crl: 'Revocation list',
  ocspResponse: 'OCSP response',
  dhParameters: 'DH parameters',
  ecParameters: 'EC parameters',
  unreadable: 'Unreadable',
};

/** `inspect` for a person. */
export function inspectText(report: InspectReport, status: string | undefined, connection?: Fields): string {
  const parts = [
    ...(status === undefined ? [] : [status]),
    ...(connection === undefined ? [] : [section('Connection', rows(connection))]),
    ...report.objects.map((object, index) => describe(object, index)),
    ...chain(report),
    ...report.problems.map(({ message, refused }) => `${refused ? 'error' : 'warning'}: ${message}`),
    ...(report.locked ? ['Part of the file is encrypted. Give its password with --password-file.'] : []),
  ];
  return parts.join('\n\n');
}

function describe(object: Fields, index: number): string {
  const title = `${index + 1}. ${kinds[String(object['kind'])] ?? String(object['kind'])}`;
  const known = labels.flatMap(([key, label]) => (isEmpty(object[key]) ? [] : [[label, show(object[key])] as const]));
  const extensions = (object['extensions'] ?? []) as readonly Fields[];
  const lines = extensions.map(
    ({ name, critical, value }) => [`${String(name)}${critical === true ? ' (critical)' : ''}`, show(value)] as const,
  );
  const findings = (object['findings'] ?? []) as readonly Fields[];
  return [
    section(title, known),
    ...(lines.length === 0 ? [] : [section('   Extensions', lines, '     ')]),
    ...findings.map(({ severity, message, rule }) => `   ${String(severity)}: ${String(message)} [${String(rule)}]`),
  ].join('\n');
}

function chain({ chain: { complete, ordered, problems }, objects }: InspectReport): string[] {
  if (!objects.some(({ kind }) => kind === 'certificate')) return [];
  const state = `Chain: ${complete ? 'complete' : 'not complete'}, ${ordered ? 'in order' : 'not in order'}.`;
  return [[state, ...problems.map((problem) => `  ${problem}`)].join('\n')];
}

function rows(fields: Fields): (readonly [string, string])[] {
  return Object.entries(fields).flatMap(([key, value]) => (isEmpty(value) ? [] : [[key, show(value)] as const]));
}

function section(title: string, lines: readonly (readonly [string, string])[], indent = '   '): string {
  const width = Math.min(24, Math.max(0, ...lines.map(([label]) => label.length)));
  return [title, ...lines.map(([label, value]) => `${indent}${label.padEnd(width)}  ${value}`)].join('\n');
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

function show(value: unknown): string {
  if (Array.isArray(value)) return value.map(show).join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value).replaceAll('\n', '; ');
  const { algorithm, bits, curve } = value as Fields;
  if (algorithm === undefined) return JSON.stringify(value);
  return [algorithm, curve ?? (bits === undefined ? undefined : `${String(bits)} bits`)].filter(Boolean).join(' ');
}
