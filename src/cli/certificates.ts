import { readTrustStore } from '../certificates/chain/trust.ts';
import { examineInventory, gravestFirst } from '../certificates/inventory/findings.ts';
import { scanFully } from '../certificates/inventory/inventory.ts';
import { placesOf } from '../certificates/inventory/key-places.ts';
import { lintInventory } from '../certificates/inventory/lint-inventory.ts';
import { describeInventory, inventoryReport } from '../certificates/inventory/report.ts';
import { findRevocations } from '../certificates/inventory/revocations.ts';
import { isUnreadable } from '../host/host.ts';
import { nodeTrustSources } from '../host/node-trust.ts';
import { printable } from '../report/printable.ts';
import { relativePath } from '../text/path.ts';
import { host } from './host.ts';
import { type Command, cannotRead, printJson, UsageError } from './io.ts';
import { noSuchFile } from './no-such-file.ts';
import { choice, commonHelp, failOn, now, reaches, readArguments } from './options.ts';
import { readKeyLists } from './package-files.ts';
import { argumentPath, refuseEmpty } from './paths.ts';

const usage = `usage: tls-workbench certificates [OPTION…] PATH…

Inventory of all certificates and private keys below the paths, the most urgent first, with what only shows when all
are seen together: keys used twice, kept at renewal, readable by others, tracked by git or below a document root.

  --fail-on SEVERITY   error, warning, information, hint, never (default)
  --format FORMAT      text (default), json
${commonHelp(23)}
Exit code: 0, with --fail-on 1 where something is at or above it, 2 could not run. What cannot be read counts as a warning.
`;

export const certificates: Command = async (args, io) => {
  const { values, positionals } = readArguments(args, {
    'fail-on': { type: 'string' },
    format: { type: 'string' },
  });
  if (values['help'] === true) {
    io.stdout(usage);
    return 0;
  }
  if (positionals.length === 0) throw new UsageError('no path is given. Name a folder or files.');
  refuseEmpty(positionals);
  const format = choice(values, 'format', ['text', 'json'], 'text');
  const threshold = values['fail-on'] === undefined ? 'never' : failOn(values);
  const time = now(values);
  const paths = positionals.map((path) => argumentPath(path, io));
  for (const path of paths) {
    const info = await host.files.stat(path);
    if (isUnreadable(info)) throw await noSuchFile(path, info, host.files);
    if (info.kind === 'other')
      throw new UsageError(`${path} is neither a file nor a folder. "inspect" reads what a program writes.`);
    // In a folder most files are none of ours; what is named is meant.
    const content = info.kind === 'file' ? await host.files.read(path, 1) : await host.files.list(path);
    if (isUnreadable(content)) throw cannotRead(content);
  }
  const inventory = await scanFully(paths, { files: host.files, crypto: host.crypto });
  await readKeyLists();
  const { revocations, findings: ofLists } = await findRevocations(inventory, { ...host, now: time });
  const found = examineInventory(inventory, await placesOf(inventory.keys, host.files));
  const findings = gravestFirst([...found, ...ofLists]);
  const stores = (await nodeTrustSources(io.env)).map((source) => readTrustStore(source, host.crypto));
  const lint = lintInventory(inventory, { crypto: host.crypto, now: time, stores, revocations });
  const name = (file: string) => relativePath(io.cwd, file);
  if (format === 'json') printJson(io, inventoryReport(inventory, { findings, lint, revocations }, time, name));
  else io.stdout(describeInventory(inventory, { findings, lint, revocations }, time, (file) => printable(name(file))));
  const told = [...findings, ...[...lint.values()].flat()];
  const isDamaged = inventory.unreadable.some(({ locked }) => locked !== true) && reaches('warning', threshold);
  return isDamaged || told.some(({ severity }) => reaches(severity, threshold)) ? 1 : 0;
};
