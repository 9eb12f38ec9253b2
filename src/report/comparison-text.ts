import { groupBy } from '../text/group-by.ts';
import { describeOpenssl, describeServer, type Program, type Target } from '../tls/target.ts';
import { printable } from './printable.ts';

/** One endpoint, and what the running server has to do with it; as `compare --format json` has it. */
export interface ComparisonRow {
  readonly server: Program;
  readonly file: string;
  readonly line: number;
  /** `0.0.0.0:443` */
  readonly listen: string;
  readonly name: string;
  /** `127.0.0.1:443`; null where it cannot be asked. */
  readonly asked: string | null;
  /** False where nothing that speaks TLS answers there. Null where it cannot be asked. */
  readonly answers: boolean | null;
  /** Null where nothing could be compared, for the reason. */
  readonly agrees: boolean | null;
  /** A clause each. */
  readonly differences: readonly string[];
  /** Why nothing could be compared, or, where something was, not the certificate. */
  readonly reason: string | null;
}

/** For a person: what differs, each once with all whom it concerns, how many agree, and what was expected of which versions. */
export function comparisonText(rows: readonly ComparisonRow[], target: Target): string {
  const byDifference = groupBy(
    rows.filter(({ agrees }) => agrees === false),
    ({ listen, differences }) => `${listen}\n${differences.join('\n')}`,
  );
  const byReason = groupBy(
    rows.filter(({ agrees }) => agrees === null),
    ({ listen, reason }) => `${listen}\n${reason}`,
  );
  const parts = [
    ...[...byDifference.values()].map((group) =>
      [heading(group), ...group[0].differences.map((each) => `  ${each}`)].join('\n'),
    ),
    ...[...byReason.values()].map((group) => `${heading(group)}\n  not compared: ${group[0].reason}`),
    ...withoutCertificates(rows),
    summary(rows, target),
  ];
  return parts.map((part) => part.split('\n').map(printable).join('\n')).join('\n\n');
}

type Group = readonly [ComparisonRow, ...ComparisonRow[]];

/** `0.0.0.0:443 shop.example.com, www.example.com and 3 more  sites/shop.conf:4` */
function heading(group: Group): string {
  const [{ listen, file, line }] = group;
  const names = [...new Set(group.map(({ name }) => name))];
  const shown = names.slice(0, 3).join(', ');
  return `${listen} ${shown}${names.length > 3 ? ` and ${names.length - 3} more` : ''}  ${file}:${line}`;
}

/** That a file cannot be read here is no word about what the server sends. */
function withoutCertificates(rows: readonly ComparisonRow[]): readonly string[] {
  const found = rows.filter(({ agrees, reason }) => agrees !== null && reason !== null);
  const [reason, ...others] = new Set(found.map((row) => row.reason));
  if (typeof reason !== 'string') return [];
  const whose = found.length === 1 ? found[0]?.name : `${found.length} endpoints`;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return [
    `The certificates of ${whose} were not compared: ${reason.replace(/^the certificates are not known: /, '')}${more}.`,
  ];
}

function summary(rows: readonly ComparisonRow[], target: Target): string {
  const count = (agrees: boolean | null) => rows.filter((row) => row.agrees === agrees).length;
  const [same, other, open] = [count(true), count(false), count(null)];
  if (open === rows.length) return 'Nothing could be compared.';
  const servers = [...new Set(rows.map(({ server }) => server))].map((server) => describeServer(server, target));
  const words = [
    `${same} of ${rows.length} ${rows.length === 1 ? 'endpoint answers' : 'endpoints answer'} as configured`,
    ...(open === 0 ? [] : [`${open} ${open === 1 ? 'was' : 'were'} not compared`]),
    `as expected of ${[...servers, describeOpenssl(target)].join(' with ')}`,
  ].join(', ');
  if (other === 0) return `${words}.`;
  const next = rows.some(({ agrees, answers }) => agrees === false && answers)
    ? 'Reload the server, or look which one answers there'
    : 'Start the server, or say with --at where it runs';
  return `${words}.\n${next}.`;
}
