import type { Plan } from '../../acme/plan/plan.ts';
import { type ExportedPlan, exportCaddy, exportCertbot } from '../transfer/export-plan.ts';
import { type CliIo, commonHelp, isJson, loadPlan, parse, UsageProblem } from './arguments.ts';

const help = `tls-workbench export: turns the plan into what other programs read

usage: tls-workbench export cert-manager   Issuers and Certificates for Kubernetes
       tls-workbench export caddy          a Caddyfile
       tls-workbench export certbot        certbot commands

The result goes to standard output; what cannot be said in it goes to standard error.

${commonHelp}
`;

const kinds: Readonly<Record<string, (plan: Plan) => Promise<ExportedPlan>>> = {
  'cert-manager': async (plan) => (await import('../transfer/cert-manager.ts')).exportCertManager(plan),
  caddy: async (plan) => exportCaddy(plan),
  certbot: async (plan) => exportCertbot(plan),
};

/** `export`. */
export async function runExport(args: readonly string[], io: CliIo): Promise<number> {
  const parsed = parse(args, {});
  if (parsed.values['help'] === true) {
    io.stdout(help);
    return 0;
  }
  const [kind = ''] = parsed.positionals;
  const run = kinds[kind];
  if (run === undefined)
    throw new UsageProblem(`There is no export to "${kind}". Use ${Object.keys(kinds).join(', ')}.`);
  const { text, notes } = await run(await loadPlan(parsed, io));
  for (const note of notes) io.stderr(`${note}\n`);
  io.stdout(isJson(parsed) ? `${JSON.stringify({ text, notes }, null, 2)}\n` : text);
  return 0;
}
