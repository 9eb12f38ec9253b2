import { entryOf } from '../../../text/entry-of.ts';
import type { Effect, Severity } from '../../../text/finding.ts';
import { placeOf } from '../../../text/host-place.ts';
import { isDebugging } from '../detect.ts';
import { type Data, type Dictionary, isDictionary } from '../evaluate/data.ts';
import { lookUp } from '../evaluate/scope.ts';
import { isForDevelopment } from '../file-names.ts';
import type { DjangoRule } from './rule.ts';
import { everyWritten } from './written.ts';

/** What a driver does of its own where it is told this word. */
interface Mode {
  readonly does: string;
  /** Plain text is what it surely or mostly speaks; otherwise it does so where TLS is refused. */
  readonly isPlain: boolean;
}

/** PostgreSQL, "SSL Mode Descriptions" (libpq). */
const ofPostgres: Readonly<Record<string, Mode>> = {
  disable: { does: 'is plain text', isPlain: true },
  allow: { does: 'is plain text unless the server refuses that', isPlain: true },
  prefer: { does: 'falls back to plain text if the server, or an attacker in between, refuses TLS', isPlain: false },
};

/** MySQL, "Command Options for Encrypted Connections"; MariaDB's library knows the same words. */
const ofMysql: Readonly<Record<string, Mode>> = {
  disabled: { does: 'is plain text', isPlain: true },
  preferred: ofPostgres['prefer'] as Mode,
};

const kinds = [
  { engine: /postg(?:resql|is)|psycopg/i, option: 'sslmode', modes: ofPostgres, mends: 'require', best: 'verify-full' },
  { engine: /mysql/i, option: 'ssl_mode', modes: ofMysql, mends: 'REQUIRED', best: 'VERIFY_IDENTITY' },
] as const;

/** Settings that send what a database is asked over a network as it is. */
export const databaseUnencrypted: DjangoRule = {
  id: 'database-unencrypted',
  title: 'The connection to a remote database is not encrypted',
  severity: 'warning',
  effect: 'security',
  *check({ project, settings }) {
    if (isForDevelopment(project.entry) || isDebugging(lookUp(settings, 'DEBUG'))) return;
    for (const { data } of everyWritten(settings, 'DATABASES')) {
      for (const database of dictionariesIn(data)) {
        const kind = kinds.find(({ engine }) => engine.test(textOf(database, 'ENGINE') ?? ''));
        const options = database.entries.get('OPTIONS')?.value;
        if (kind === undefined || !isDictionary(options)) continue;
        const written = options.entries.get(kind.option);
        const mode =
          typeof written?.value === 'string' ? entryOf<Mode>(kind.modes, written.value.toLowerCase()) : undefined;
        const weight = mode && weightOf(textOf(database, 'HOST'), mode);
        if (written === undefined || mode === undefined || weight === undefined) continue;
        const { location } = written;
        yield {
          message: `The connection to the database on ${textOf(database, 'HOST')} ${mode.does} (${kind.option} ${written.value}): an attacker in between can read and change queries and results. Set ${kind.option} to ${kind.best}, and specify the CA of the server.`,
          location,
          ...weight,
          fixes: [
            {
              title: `Change to '${kind.mends}', which does not look at the certificate yet`,
              safe: false,
              edits: [{ ...location, newText: `'${kind.mends}'` }],
            },
          ],
        };
      }
    }
  },
};

/** @returns undefined where the connection leaves no machine, or where nobody can tell */
function weightOf(
  hosts: string | undefined,
  { isPlain }: Mode,
): { readonly severity: Severity; readonly effect: Effect } | undefined {
  // Of several, which libpq takes, each may be the one.
  const places = (hosts ?? '').split(',').map(placeOf);
  const isPublic = places.includes('public');
  if (isPublic && isPlain) return { severity: 'warning', effect: 'security' };
  const isWorthKnowing = isPublic || (isPlain && places.includes('private'));
  return isWorthKnowing ? { severity: 'information', effect: 'advice' } : undefined;
}

function dictionariesIn(data: Data): readonly Dictionary[] {
  return isDictionary(data) ? [...data.entries.values()].map(({ value }) => value).filter(isDictionary) : [];
}

function textOf({ entries }: Dictionary, name: string): string | undefined {
  const value = entries.get(name)?.value;
  return typeof value === 'string' ? value : undefined;
}
