import { join, resolve } from 'node:path';
import { addToPlan, entriesOf, yamlProblem } from '../../acme/plan/edit.ts';
import { planFileName } from '../../acme/plan/file.ts';
import { type ImportedPlan, mergePlans } from '../../operations/transfer/imported-plan.ts';
import { UsageError, whyNotWritten } from '../io.ts';
import { type Arguments, now, text } from '../options.ts';
import { replaceFile } from '../replace-file.ts';
import { commonHelp, type IssuanceCommand, type IssuanceIo, isJson } from './arguments.ts';
import { readOrUndefined } from './plan.ts';

const help = `tls-workbench import: makes a plan from what exists

usage: tls-workbench import certbot PATH…     renewal files, or the folder /etc/letsencrypt
       tls-workbench import acme.sh PATH…     its home, ~/.acme.sh
       tls-workbench import dehydrated PATH…  its configuration, or the folder /etc/dehydrated
       tls-workbench import caddy PATH…       its data folder, ~/.local/share/caddy
       tls-workbench import traefik PATH…     its acme.json, or the folder of that
       tls-workbench import acme-tiny FILE…   shell scripts that call acme-tiny
       tls-workbench import lego PATH…        its folder, .lego, or shell scripts that call lego
       tls-workbench import config PATH…      names, webroots and certificate paths of nginx or Apache configurations, or of
                                              a folder such as /etc/nginx

The plan goes to standard output, notes to standard error.

${commonHelp}
  --write              add the entries to the plan file (--plan, default: ${planFileName} here)
  --issuer CA          config: known CA or directory URL (default: letsencrypt-staging)

Exit code: 0, or 2 could not run.
`;

const options = { write: { type: 'boolean' }, issuer: { type: 'string' } } as const;

export const importCommand: IssuanceCommand = { help, options, run };

async function run(parsed: Arguments, io: IssuanceIo): Promise<number> {
  const [kind, ...paths] = parsed.positionals;
  if (kind === undefined || paths.length === 0)
    throw new UsageError('import needs a kind and a path. Run with --help to see them.');
  const found = kind === 'config' ? await readConfigurations(paths, parsed, io) : await read(kind, paths, io);
  for (const note of found.notes) io.stderr(`${note}\n`);
  if (found.certificates.length === 0)
    throw new UsageError('there is nothing that a plan could be made of. Mend what is told above.');
  const file = resolve(io.cwd, text(parsed.values, 'plan') ?? join(io.cwd, planFileName));
  const isWritten = parsed.values['write'] === true && parsed.values['dry-run'] !== true;
  if (isWritten) io.stderr(`${await write(file, found)}\n`);
  else if (isJson(parsed)) io.stdout(`${JSON.stringify(found, null, 2)}\n`);
  else io.stdout(await addToPlan('', found));
  return 0;
}

/** Adds what the plan does not have; an issuer that it has serves the new certificates, too. @returns what was done */
async function write(file: string, found: ImportedPlan): Promise<string> {
  const before = (await readOrUndefined(file)) ?? '';
  const broken = await yamlProblem(before);
  if (broken !== undefined) {
    const line = before.slice(0, broken.offset).split('\n').length;
    throw new UsageError(`${file}:${line}: ${broken.message}. Correct it first.`);
  }
  const issuers = await entriesOf(before, 'issuers', 'directory');
  const certificates = await entriesOf(before, 'certificates', 'issuer');
  for (const { name, fields } of found.issuers) {
    if (issuers.has(name) && issuers.get(name) !== fields['directory']) {
      throw new UsageError(
        `${file} has another issuer "${name}", with another directory. Import without --write, and merge the entries by hand.`,
      );
    }
  }
  const known = found.certificates.filter(({ name }) => certificates.has(name)).map(({ name }) => name);
  if (known.length > 0) {
    throw new UsageError(
      `${file} has ${known.join(', ')} already. Remove ${known.length === 1 ? 'it' : 'them'} first, or import without --write, and merge the entries by hand.`,
    );
  }
  const added = { ...found, issuers: found.issuers.filter(({ name }) => !issuers.has(name)) };
  const merged = await addToPlan(before, added);
  // What ends the document, such as "...", leaves no place behind it.
  if ((await yamlProblem(merged)) !== undefined)
    throw new UsageError(
      `${file} has no place for more entries at its end. Import without --write, and merge them by hand.`,
    );
  try {
    replaceFile(file, merged);
  } catch (error) {
    throw new UsageError(`${file} cannot be written (${whyNotWritten(error)}). Name another one with --plan.`);
  }
  const count = found.certificates.length;
  return `Added ${count} ${count === 1 ? 'certificate' : 'certificates'} to ${file}.`;
}

async function readConfigurations(
  paths: readonly string[],
  { values }: Arguments,
  io: IssuanceIo,
): Promise<ImportedPlan> {
  const { readServerModels } = await import('./server-models.ts');
  const { importModels } = await import('../../operations/transfer/propose-certificates.ts');
  return importModels(
    await readServerModels('import', paths, now(values), io),
    text(values, 'issuer') ?? 'letsencrypt-staging',
  );
}

async function read(kind: string, paths: readonly string[], io: IssuanceIo): Promise<ImportedPlan> {
  const importer = await importerOf(kind);
  if (importer === undefined)
    throw new UsageError(
      `There is no import of "${kind}". Use certbot, acme.sh, dehydrated, caddy, traefik, acme-tiny, lego or config.`,
    );
  const all: ImportedPlan[] = [];
  for (const path of paths) all.push(await importer(resolve(io.cwd, path)));
  return mergePlans(all);
}

async function importerOf(kind: string): Promise<((path: string) => Promise<ImportedPlan>) | undefined> {
  switch (kind) {
    case 'certbot':
      return (await import('../../operations/transfer/import-certbot.ts')).importCertbot;
    case 'acme.sh':
      return (await import('../../operations/transfer/import-acme-sh.ts')).importAcmeSh;
    case 'dehydrated':
      return (await import('../../operations/transfer/import-dehydrated.ts')).importDehydrated;
    case 'caddy':
      return (await import('../../operations/transfer/import-caddy.ts')).importCaddy;
    case 'traefik':
      return (await import('../../operations/transfer/import-traefik.ts')).importTraefik;
    case 'acme-tiny':
      return (await import('../../operations/transfer/import-scripts.ts')).importAcmeTiny;
    case 'lego':
      return (await import('../../operations/transfer/import-scripts.ts')).importLego;
    default:
      return undefined;
  }
}
