import type { Plan } from '../../acme/plan/plan.ts';
import { type ExportedPlan, exportCaddy, exportCertbot } from '../../operations/transfer/export-plan.ts';
import { entryOf } from '../../text/entry-of.ts';
import { UsageError } from '../io.ts';
import type { Arguments } from '../options.ts';
import { commonHelp, type IssuanceCommand, type IssuanceIo, isJson } from './arguments.ts';
import { loadPlan } from './plan.ts';

const help = `tls-workbench export: turns the plan into what other programs read

usage: tls-workbench export cert-manager   Issuers and Certificates for Kubernetes
       tls-workbench export caddy          a Caddyfile
       tls-workbench export certbot        certbot commands

The result goes to standard output; what cannot be said in it goes to standard error.

${commonHelp}

Exit code: 0, or 2 could not run.
`;

const kinds: Readonly<Record<string, (plan: Plan) => Promise<ExportedPlan>>> = {
  'cert-manager': async (plan) => (await import('../../operations/transfer/cert-manager.ts')).exportCertManager(plan),
  caddy: async (plan) => exportCaddy(plan),
  certbot: async (plan) => exportCertbot(plan),
};

export const exportCommand: IssuanceCommand = { help, options: {}, run };

async function run(parsed: Arguments, io: IssuanceIo): Promise<number> {
  const [kind = '', ...others] = parsed.positionals;
  const write = entryOf(kinds, kind);
  if (write === undefined) {
    const what = kind === '' ? 'export needs a kind' : `There is no export to "${kind}"`;
    throw new UsageError(`${what}. Use ${Object.keys(kinds).join(', ')}.`);
  }
  if (others.length > 0)
    throw new UsageError(`export takes one kind, and no "${others[0]}". Name the plan with --plan.`);
  const plan = await loadPlan(parsed, io);
  if (plan.certificates.size === 0)
    throw new UsageError(`${plan.file} has no certificates. Add one below "certificates".`);
  const { text, notes } = await write(plan);
  for (const note of notes) io.stderr(`${note}\n`);
  io.stdout(isJson(parsed) ? `${JSON.stringify({ text, notes }, null, 2)}\n` : text);
  return 0;
}
