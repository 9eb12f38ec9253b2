import { shortName } from '../certificates/chain/node.ts';
import type { TrustStore } from '../certificates/chain/paths.ts';
import { readTrustStore } from '../certificates/chain/trust.ts';
import type { ContainerContent } from '../certificates/containers/content.ts';
import { type InspectOptions, type InspectReport, inspectObjects, statementsIn } from '../certificates/inspect.ts';
import { placesOf } from '../certificates/inventory/key-places.ts';
import { certificatesIn, readObjects, revocationListsIn } from '../certificates/objects.ts';
import { type FoundList, revocationOf, statementsAbout } from '../certificates/revocation.ts';
import { isUnreadable } from '../host/host.ts';
import { nodeTrustSources } from '../host/node-trust.ts';
import { inspectText } from '../report/inspect-text.ts';
import type { Severity } from '../text/finding.ts';
import { host } from './host.ts';
import { type Command, type CommandIo, printJson, UsageError } from './io.ts';
import {
  type Arguments,
  choice,
  commonHelp,
  failOn,
  judgingExitCodes,
  now,
  reaches,
  readArguments,
  text,
} from './options.ts';
import { readKeyLists } from './package-files.ts';
import { argumentPath } from './paths.ts';
import { readSource } from './source.ts';

const usage = `usage: tls-workbench inspect [OPTION…] FILE|URL

Decodes every certificate, key, request and list in a file, whatever its container (PEM, DER, PKCS #7, PKCS #12,
Java key stores, Kubernetes YAML), with its chain and what is wrong with it.
tls://host[:port], smtp://, imap://, pop3://, ldap://, postgres:// and mysql:// are dialled; "-" reads standard input.

  --trust FILE           certificates to trust, besides those of this machine (Node.js, the system, Java)
  --crl FILE             revocation lists to look in, besides those of the file itself
  --password-file FILE   passwords to try on what is encrypted, one a line
  --fail-on SEVERITY     error, warning (default), information, hint, never
  --format FORMAT        text (default), json
${commonHelp(25)}
${judgingExitCodes}`;

export const inspect: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, {
    trust: { type: 'string' },
    crl: { type: 'string' },
    'password-file': { type: 'string' },
    'fail-on': { type: 'string' },
    format: { type: 'string' },
  });
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  const [source, ...more] = positionals;
  if (source === undefined) throw new UsageError('no file is given. Name a file or a URL such as tls://example.com.');
  if (more.length > 0) throw new UsageError('one file at a time. Use "certificates" for many.');
  const threshold = failOn(values);
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const time = now(values);

  const { content, name, connection, use, path, mode } = await readSource(source, values, io);
  await readKeyLists();
  const place = path === undefined ? undefined : (await placesOf([{ file: path }], host.files)).get(path);
  const options: InspectOptions = {
    crypto: host.crypto,
    now: time,
    stores: await trustStores(content, values, io),
    file: name,
    revocationLists: await readLists(text(values, 'crl'), io),
    ...(mode === undefined ? {} : { mode }),
    ...(place === undefined ? {} : { place }),
    ...(use === undefined ? {} : { use }),
  };
  const report = inspectObjects(content, options);
  for (const sentence of unjudged(content, options)) io.stderr(`${sentence}\n`);
  if (format === 'json') printJson(io, connection === undefined ? report : { ...report, connection });
  else io.stdout(`${inspectText(report, time, connection)}\n`);
  return severitiesOf(report, connection !== undefined).some((severity) => reaches(severity, threshold)) ? 1 : 0;
};

/** What this machine trusts; read only where there is a certificate to be judged. */
async function trustStores(
  content: ContainerContent,
  values: Arguments['values'],
  io: CommandIo,
): Promise<readonly TrustStore[]> {
  if (certificatesIn(content).length === 0) return [];
  const sources = await nodeTrustSources(io.env);
  const file = text(values, 'trust');
  if (file !== undefined) {
    const bytes = await host.files.read(argumentPath(file, io));
    if (isUnreadable(bytes)) throw new UsageError(`${bytes.message}.`);
    sources.unshift({ name: file, isPublic: false, bytes });
  }
  const stores = sources.map((source) => readTrustStore(source, host.crypto));
  if (file !== undefined && stores[0]?.certificates.length === 0) {
    throw new UsageError(`--trust ${file} holds no certificate. Name a file of certificates in PEM.`);
  }
  return stores;
}

async function readLists(file: string | undefined, io: CommandIo): Promise<readonly FoundList[]> {
  if (file === undefined) return [];
  const bytes = await host.files.read(argumentPath(file, io));
  if (isUnreadable(bytes)) throw new UsageError(`${bytes.message}.`);
  const lists = revocationListsIn(readObjects(bytes, host.crypto));
  if (lists.length === 0) throw new UsageError(`--crl ${file} holds no revocation list. Name a file of lists.`);
  return lists.map((list) => ({ list, file }));
}

/** Certificates of which no list that was given says that they are good today. */
function unjudged(content: ContainerContent, options: InspectOptions): readonly string[] {
  if (options.revocationLists?.length === 0) return [];
  const statements = statementsIn(content, options);
  return certificatesIn(content).flatMap((certificate) => {
    if (certificate.selfIssued || revocationOf(certificate, statements, options) !== undefined) return [];
    const own = statementsAbout(certificate, statements, host.crypto);
    if (own.some(({ nextUpdate = options.now }) => nextUpdate >= options.now)) return [];
    const why =
      own.length > 0
        ? 'the list of its CA is out of date. Fetch the present one from the CA.'
        : '--crl has no list signed by its CA, or the certificate of that CA is neither in the file nor in that of --trust.';
    return [`Whether “${shortName(certificate)}” is revoked is not known: ${why}`];
  });
}

/** A file may hold less than a chain; what a server sends has to be one. */
function severitiesOf(report: InspectReport, isSent: boolean): readonly Severity[] {
  const findings = report.objects.flatMap(({ findings }) => (findings ?? []) as readonly { severity: Severity }[]);
  const { complete, ordered, refused } = report.chain;
  return [
    ...(refused || (isSent && !(complete && ordered)) ? (['warning'] as const) : []),
    ...report.objects.flatMap((each) => (isDamaged(each) ? (['warning'] as const) : [])),
    ...[...findings, ...report.findings].map(({ severity }) => severity),
    ...report.problems.map(({ id, refused }): Severity => {
      if (id === 'locked') return 'information';
      return refused ? 'error' : 'warning';
    }),
  ];
}

/** What counts as unreadable in an inventory too. Blocks of other kinds are not read here, which is no mistake of theirs. */
function isDamaged({
  kind,
  label,
  isForeign,
  encrypted,
  publicKey,
  problem,
}: InspectReport['objects'][number]): boolean {
  if (kind === 'privateKey') return encrypted === false && publicKey === null && problem !== undefined;
  return kind === 'unreadable' && isForeign !== true && !/ PARAMETERS$/.test(String(label));
}
