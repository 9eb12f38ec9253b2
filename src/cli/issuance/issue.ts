import { relative } from 'node:path';
import { AcmeProblem } from '../../acme/client/problem.ts';
import { describeStep, type IssuanceHooks, type Step } from '../../acme/order/steps.ts';
import type { Plan } from '../../acme/plan/plan.ts';
import { timeText } from '../../acme/time-text.ts';
import { fromSystem } from '../../host/system-paths.ts';
import { type CertificateRow, failedRow, issueCertificates } from '../../operations/issue.ts';
import { UsageError } from '../io.ts';
import { type Arguments, now, text } from '../options.ts';
import { cancellable, commonHelp, contextOf, type IssuanceCommand, type IssuanceIo, isJson } from './arguments.ts';
import { firstLines, loadPlanInParts, type PlanInParts } from './plan.ts';

const options = {
  force: { type: 'boolean' },
  trust: { type: 'boolean' },
  published: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  parallel: { type: 'string' },
  config: { type: 'string' },
  'ignore-limits': { type: 'boolean' },
  'deactivate-authorizations': { type: 'boolean' },
  'self-check': { type: 'string' },
} as const;

const help = (command: 'issue' | 'renew'): string => `tls-workbench ${command}: ${
  command === 'issue'
    ? 'gets the certificates of the plan that are missing, changed or due'
    : 'renews what is due, as the CA suggests or by age'
}

usage: tls-workbench ${command} [OPTION…] [NAME…]

Names are those below "certificates:" in the plan; without a name, all of them.
Asks nothing and may be run as often as you like: what is current is left alone, what was interrupted goes on.
A name that is lost, another CA or another type of key is told on standard error when files are replaced.

${commonHelp}
  --force              also what is current
  --trust              allow the commands of the plan (after, dns-01), now and later; asked again when one changes
  --published          take DNS records that are set by hand for set
  --config FILE        main configuration of nginx or Apache: no order is placed for a name whose challenge it would
                       answer otherwise; --self-check off goes on all the same
  --self-check on|off  look at challenge files over HTTP first (default: for CAs on other machines)
  --ignore-limits      ask a CA although its limits seem to be used up, or before the time that it named
  --deactivate-authorizations
                       let no later order profit from the proofs of this one; a dry run does so anyway
  --parallel N         certificates at once (default: 4)
  -q, --quiet          print failures and new certificates only

A CA is asked through the proxy of HTTPS_PROXY, unless NO_PROXY names its host.
Exit code: 0 all done or nothing due, 1 some failed, 2 could not run.
`;

export const issueCommand: IssuanceCommand = {
  help: help('issue'),
  options,
  run: (args, io) => run('issue', args, io),
};

export const renewCommand: IssuanceCommand = {
  help: help('renew'),
  options,
  run: (args, io) => run('renew', args, io),
};

async function run(command: 'issue' | 'renew', parsed: Arguments, io: IssuanceIo): Promise<number> {
  const selfCheck = readSelfCheck(parsed);
  const parallel = readParallel(parsed);
  const { plan, broken, brokenIssuers } = await loadPlanInParts(parsed, io);
  const wanted =
    parsed.positionals.length === 0
      ? [...new Set([...plan.certificates.keys(), ...broken.keys()])]
      : parsed.positionals;
  const sound = wanted.filter((name) => !broken.has(name));
  const failed = wanted.flatMap((name) => planErrors(name, broken));
  const lines = [...broken.values()].flat();
  if (sound.length === 0 && failed.length > 0) throw new UsageError(firstLines(lines));
  // Of an issuer that no certificate has.
  for (const line of [...brokenIssuers.values()].flat()) if (!lines.includes(line)) io.stderr(`${line}\n`);
  if (sound.length === 0) throw new UsageError(`${plan.file} has no certificates. Add one below "certificates".`);
  const issued = await cancellable(io, async (signal) =>
    issueCertificates(plan, sound, {
      ...contextOf(parsed, io, signal),
      hooks: { ...hooksOf(parsed), ...(await proofBy(plan, selfCheck, parsed, io)) },
      selfCheck,
      parallel,
      dryRun: parsed.values['dry-run'] === true,
      force: parsed.values['force'] === true,
      askRenewalInfo: command === 'renew',
      takeBack: parsed.values['deactivate-authorizations'] === true,
      onStep: (step) => tell(step, parsed, io),
    }),
  );
  const rows = [...issued, ...failed];
  if (isJson(parsed))
    io.stdout(`${JSON.stringify({ certificates: rows.map((row) => relativeFiles(row, io.cwd)) }, null, 2)}\n`);
  else for (const row of rows) print(row, parsed, io);
  return rows.some(({ error }) => error !== null) ? 1 : 0;
}

/** A certificate whose entry is wrong fails alone. */
function planErrors(name: string, broken: PlanInParts['broken']): readonly CertificateRow[] {
  const lines = broken.get(name);
  return lines === undefined ? [] : [failedRow({ name }, new AcmeProblem('plan-error', lines.join(' ')))];
}

function hooksOf({ values }: Arguments): IssuanceHooks {
  return {
    ...(values['trust'] === true ? { trust: async () => true } : {}),
    ...(values['ignore-limits'] === true ? { limit: async () => true } : {}),
    ...(values['published'] === true ? { record: async () => 'continue' as const } : {}),
  };
}

/** What the configuration of the web server says of the names of a certificate. */
async function proofBy(plan: Plan, selfCheck: string, { values }: Arguments, io: IssuanceIo): Promise<IssuanceHooks> {
  const config = text(values, 'config');
  if (config === undefined || selfCheck === 'off') return {};
  const { readServerModels } = await import('./server-models.ts');
  const { proveChallengePaths } = await import('../../operations/challenge-path.ts');
  const models = await readServerModels('issue', [config], now(values), io);
  const broken = proveChallengePaths(plan, models).filter(({ verdict }) => verdict === 'broken');
  return {
    async prove(certificate) {
      const messages = broken.filter((row) => row.certificate === certificate).map(({ message }) => message);
      return messages.length === 0 ? undefined : messages.join(' ');
    },
  };
}

/** Warnings and failed checks are always told, waits where somebody may sit there; the rest only where asked for. */
function tell(step: Step, { values }: Arguments, io: IssuanceIo): void {
  // Told with what became of its certificate.
  if (step.kind === 'after' && step.problem !== undefined) return;
  const isNews =
    step.kind === 'warning' ||
    (step.kind === 'wait' && values['quiet'] !== true) ||
    (step.kind === 'check' && step.problem !== undefined);
  if (!isNews && values['verbose'] !== true) return;
  io.stderr(`${step.certificate === '' ? '' : `${step.certificate}: `}${describeStep(step)}\n`);
}

function print(row: CertificateRow, { values }: Arguments, io: IssuanceIo): void {
  if (row.status === 'failed')
    io.stderr(`${row.name}: failed: ${row.error?.detail ?? ''}${inPlace(row, now(values))}\n`);
  else if (row.status === 'current') {
    if (values['quiet'] !== true) io.stdout(`${row.name}: current. ${row.reason ?? ''}\n`);
  } else {
    const done = row.dryRun === true ? 'Issued for trying, nothing written' : 'Issued';
    const end = row.notAfter === null ? '' : `, valid until ${timeText(new Date(row.notAfter))}`;
    io.stdout(`${row.name}: ${row.reason ?? ''} ${done}${end}.\n`);
    for (const [kind, file] of Object.entries(row.files)) io.stdout(`  ${kind}: ${relative(io.cwd, file) || file}\n`);
  }
  if (row.status !== 'failed' && row.error !== null) io.stderr(`${row.name}: ${row.error.detail}\n`);
}

/** How urgent a failure is. */
function inPlace({ notAfter }: CertificateRow, time: Date): string {
  if (notAfter === null) return '';
  const end = new Date(notAfter);
  return ` The certificate in place ${end > time ? 'is valid until' : 'ended on'} ${timeText(end)}.`;
}

function relativeFiles(row: CertificateRow, cwd: string): CertificateRow {
  const files = Object.fromEntries(
    Object.entries(row.files).map(([kind, file]) => [kind, fromSystem(relative(cwd, file))]),
  );
  return { ...row, files };
}

function readSelfCheck(args: Arguments): 'auto' | 'on' | 'off' {
  const value = text(args.values, 'self-check') ?? 'auto';
  if (value === 'auto' || value === 'on' || value === 'off') return value;
  throw new UsageError(`--self-check "${value}" is not known. Use on or off.`);
}

function readParallel(args: Arguments): number {
  const value = text(args.values, 'parallel') ?? '4';
  if (/^\d{1,2}$/.test(value) && Number(value) > 0) return Number(value);
  throw new UsageError(`--parallel "${value}" must be a number from 1 to 99.`);
}
