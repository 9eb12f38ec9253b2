import { defaultTarget } from '../analysis/target.ts';
import { entryOf } from '../text/entry-of.ts';
import { atLeastVersion } from '../text/version.ts';
import type { ProtocolVersion } from '../tls/protocols.ts';
import { ciphersReport } from '../tls/suites/ciphers-report.ts';
import { type Command, printJson, UsageError } from './io.ts';
import { type Arguments, choice, commonHelp, readArguments, text } from './options.ts';

const usage = `usage: tls-workbench ciphers [OPTION…] [--] STRING

Expands an OpenSSL cipher string as the library does (ciphers(1)), in the order of preference.
Exit code 1: accepted, but nothing is left. Exit code 2: OpenSSL refuses it.

  --openssl VERSION    default ${defaultTarget.openssl}
  --seclevel N         security level 0 to 5, default ${defaultTarget.securityLevel}
  --min-tls VERSION    leave out what older protocols need: 1.0, 1.1, 1.2, 1.3
  --max-tls VERSION    leave out what newer protocols need
  --format FORMAT      json (default), text
${commonHelp(23)}`;

const protocols: Readonly<Record<string, ProtocolVersion>> = {
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
};

/** What OpenSSL does is known since this release. */
const oldest = '1.1.1';

export const ciphers: Command = async (args, io) => {
  const dashed = args.includes('--') ? undefined : args.find((word) => /^-[A-Z]/.test(word));
  if (dashed !== undefined) throw new UsageError(`"${dashed}" begins like an option. Write -- before the string.`);
  const { values, positionals } = readArguments(args, {
    openssl: { type: 'string' },
    seclevel: { type: 'string' },
    'min-tls': { type: 'string' },
    'max-tls': { type: 'string' },
    format: { type: 'string' },
  });
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  const [string, ...more] = positionals;
  if (string === undefined) throw new UsageError('no cipher string is given. Put it in quotes.');
  if (more.length > 0) throw new UsageError('more than one cipher string is given. Put the whole string in quotes.');
  const format = choice(values, 'format', ['json', 'text'], 'json');
  const minimum = protocol(values, 'min-tls');
  const maximum = protocol(values, 'max-tls');
  const version = openssl(values);
  if (!atLeastVersion(version, oldest))
    io.stderr(`OpenSSL ${version} is taken for ${oldest}, the oldest that is known here.\n`);
  const { exitCode, json, notes } = ciphersReport(string, {
    openssl: version,
    securityLevel: securityLevel(values),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
  });
  if ('error' in json)
    io.stderr(`tls-workbench ciphers: ${[`OpenSSL refuses the string: ${json.error}.`, ...notes].join(' ')}\n`);
  if (format === 'json') printJson(io, json);
  else if (!('error' in json)) {
    for (const suite of json.cipherSuites) {
      io.stdout(
        `${suite.id}  ${suite.name.padEnd(32)} ${suite.protocol.padEnd(8)} ${suite.keyExchange}/${suite.authentication}\n`,
      );
    }
    for (const note of notes) io.stderr(`${note}\n`);
    if (json.cipherSuites.length === 0) io.stderr('OpenSSL accepts the string, and no suite is left.\n');
  }
  return exitCode;
};

function openssl(values: Arguments['values']): string {
  const version = text(values, 'openssl') ?? defaultTarget.openssl;
  if (/^\d+(\.\d+)*[a-z]?$/.test(version)) return version;
  throw new UsageError(`--openssl "${version}" is not a version. Write for example --openssl 3.5.`);
}

function securityLevel(values: Arguments['values']): number {
  const level = text(values, 'seclevel') ?? String(defaultTarget.securityLevel);
  if (/^[0-5]$/.test(level)) return Number(level);
  throw new UsageError(`--seclevel "${level}" is not a security level. Write a number from 0 to 5.`);
}

function protocol(values: Arguments['values'], name: string): ProtocolVersion | undefined {
  const value = text(values, name);
  if (value === undefined) return undefined;
  const found = entryOf(protocols, value);
  if (found === undefined)
    throw new UsageError(`--${name} "${value}" is not known. Use ${Object.keys(protocols).sort().join(', ')}.`);
  return found;
}
