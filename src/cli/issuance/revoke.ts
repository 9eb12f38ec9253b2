import { resolve } from 'node:path';
import { errorOf, selectCertificates, toProblem } from '../../operations/issue.ts';
import {
  type Revocation,
  type RevocationReason,
  revocationReasons,
  revokeCertificate,
} from '../../operations/revoke.ts';
import { UsageError } from '../io.ts';
import { type Arguments, text } from '../options.ts';
import {
  cancellable,
  commonHelp,
  contextOf,
  type IssuanceCommand,
  type IssuanceIo,
  isJson,
  stateOf,
} from './arguments.ts';
import { firstLines, loadPlanInParts } from './plan.ts';

const reasonNames = Object.keys(revocationReasons).join(', ');

const help = `tls-workbench revoke: has the CA withdraw certificates

usage: tls-workbench revoke [OPTION…] NAME…

${commonHelp}
  --reason REASON      ${reasonNames} (default: unspecified)
  --certificate FILE   revoke this one instead of the one in the plan's output, such as an older one
  --by-key             sign by the certificate's own key, where the account is lost

A certificate whose key has leaked: revoke --reason keyCompromise, then renew.
Exit code: 0 revoked, 1 some failed, 2 could not run.
`;

const options = { reason: { type: 'string' }, certificate: { type: 'string' }, 'by-key': { type: 'boolean' } } as const;

export const revokeCommand: IssuanceCommand = { help, options, run };

async function run(parsed: Arguments, io: IssuanceIo): Promise<number> {
  const names = parsed.positionals;
  if (names.length === 0) throw new UsageError('Name the certificates to revoke; without a name, nothing is.');
  const file = text(parsed.values, 'certificate');
  if (file !== undefined && names.length > 1) throw new UsageError('--certificate goes with one name only.');
  const reason = readReason(parsed);
  const { plan, broken } = await loadPlanInParts(parsed, io);
  // Others may wait to be mended; a key that has leaked may not.
  const wrong = names.flatMap((name) => broken.get(name) ?? []);
  if (wrong.length > 0) throw new UsageError(firstLines(wrong));
  // A misspelt name is found before another one is gone for good.
  selectCertificates(plan, names);
  const rows = await cancellable(io, async (signal) => {
    const done = [];
    for (const name of names) {
      done.push(
        await revokeCertificate(plan, name, {
          ...contextOf(parsed, io, signal),
          reason,
          byCertificateKey: parsed.values['by-key'] === true,
          file: file === undefined ? undefined : resolve(io.cwd, file),
          dryRun: parsed.values['dry-run'] === true,
        }).then(
          (revocation) => revokedRow(revocation, parsed),
          (error: unknown) => ({ name, status: 'failed', error: errorOf(toProblem(error, stateOf(parsed, io))) }),
        ),
      );
    }
    return done;
  });
  const isInPlace = file === undefined && parsed.values['dry-run'] !== true;
  if (isJson(parsed)) io.stdout(`${JSON.stringify({ certificates: rows }, null, 2)}\n`);
  else {
    for (const row of rows) {
      if (row.error !== null) io.stderr(`${row.name}: failed: ${row.error.detail}\n`);
      else io.stdout(`${row.name}: ${row.status}.${isInPlace ? ' Have it replaced: "tls-workbench renew".' : ''}\n`);
    }
  }
  return rows.some(({ error }) => error !== null) ? 1 : 0;
}

function revokedRow({ name, serialNumber, wasRevoked }: Revocation, { values }: Arguments) {
  const status =
    values['dry-run'] === true ? 'would be revoked (dry run)' : wasRevoked ? 'was revoked before' : 'revoked';
  return { name, status, serialNumber, error: null };
}

function readReason(args: Arguments): RevocationReason {
  const reason = text(args.values, 'reason') ?? 'unspecified';
  const found = Object.entries(revocationReasons).find(([name, code]) => name === reason || String(code) === reason);
  if (found === undefined) throw new UsageError(`--reason "${reason}" is not known. Use ${reasonNames}.`);
  return found[0] as RevocationReason;
}
