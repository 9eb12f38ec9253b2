import { type ProtocolVersion, protocolName } from '../tls/protocols.ts';
import { printable } from './printable.ts';

type Row = Readonly<Record<string, unknown>>;

/** `endpoints` for a person: a paragraph for each. */
export function endpointsText(rows: readonly Row[]): string {
  if (rows.length === 0) return 'No listener is configured in these files.';
  return rows.map((row) => describe(row).map(printable).join('\n')).join('\n\n');
}

function describe(row: Row): readonly string[] {
  const unknown = row['unknown'] as Readonly<Record<string, string>>;
  const head = `${String(row['listen'])} ${String(row['name'])}${row['default'] === true ? ' (default)' : ''}  ${String(row['file'])}:${String(row['line'])}`;
  if (row['tls'] === false) return [head, '  plain, no TLS'];
  const atMost = row['atMost'] as Readonly<Record<string, string>>;
  const show = (field: string) => {
    const value = row[field];
    if (value === null) return `not known: ${unknown[field] ?? 'it depends on the running server'}`;
    const list = Array.isArray(value) ? value.join(' ') || 'none' : String(value);
    return atMost[field] === undefined ? list : `${list} (at most: ${atMost[field]})`;
  };
  const certificates = row['certificates'] as readonly { readonly file: string }[] | null;
  const files = certificates?.map(({ file }) => file).join(', ') || 'none';
  const hsts = row['hsts'] as Hsts | null;
  const reasons = row['gradeReasons'] as readonly string[];
  const lift = row['lift'] as { readonly message: string; readonly grade: string } | null | undefined;
  return [
    head,
    `  protocols      ${show('protocols')}`,
    `  cipher suites  ${show('cipherSuites')}`,
    `  TLS 1.3        ${show('tls13CipherSuites')}`,
    `  groups         ${show('groups')}`,
    `  order          ${row['serverPreference'] === null ? show('serverPreference') : row['serverPreference'] === true ? 'the server’s' : 'the client’s'}`,
    `  ALPN           ${show('alpn')}`,
    `  certificates   ${certificates === null ? show('certificates') : files}`,
    `  HSTS           ${hsts === null ? (unknown['hsts'] === undefined ? 'no' : show('hsts')) : hstsText(hsts)}`,
    row['grade'] === null
      ? `  grade          ${show('grade')}`
      : `  grade          ${show('grade')}, predicted from the configuration${reasons.length === 0 ? '' : `: ${reasons.join('; ')}`}`,
    ...(lift == null ? [] : [`                 for ${lift.grade}: ${lift.message}`]),
    ...(row['clients'] === undefined ? [] : clientLines(row['clients'] as readonly ClientRow[] | null, unknown)),
  ];
}

interface Hsts {
  readonly maxAge: number;
  readonly includeSubDomains: boolean;
  readonly preload: boolean;
}

function hstsText({ maxAge, includeSubDomains, preload }: Hsts): string {
  const more = [...(includeSubDomains ? ['subdomains too'] : []), ...(preload ? ['to be preloaded'] : [])];
  return [`${maxAge} seconds`, ...more].join(', ');
}

interface ClientRow {
  readonly name: string;
  readonly connects: boolean | null;
  readonly reason?: string;
  readonly protocol?: ProtocolVersion;
  readonly cipherSuites?: readonly string[];
  readonly group?: string | null;
  readonly defaultServer: boolean;
}

function clientLines(
  clients: readonly ClientRow[] | null,
  unknown: Readonly<Record<string, string>>,
): readonly string[] {
  if (clients === null)
    return [`  clients        not known: ${unknown['clients'] ?? 'it depends on the running server'}`];
  const connecting = clients.filter(({ connects }) => connects === true).length;
  const width = Math.max(...clients.map(({ name }) => name.length));
  return [
    `  clients        ${connecting} of ${clients.length} connect`,
    ...clients.map((client) => `                 ${client.name.padEnd(width)}  ${clientText(client)}`),
  ];
}

function clientText({ connects, reason, protocol, cipherSuites = [], group, defaultServer }: ClientRow): string {
  const met = defaultServer ? ' (sends no name: meets the default server)' : '';
  if (connects === null) return `not known: ${reason}${met}`;
  if (!connects || protocol === undefined) return `no: ${reason}${met}`;
  const parts = [protocolName(protocol), cipherSuites.join(' or '), ...(group == null ? [] : [group])];
  return `${parts.join('  ')}${met}`;
}
