import { printable } from '../report/printable.ts';
import { suggest } from '../text/suggest.ts';
import { version } from '../version.ts';
import { type Command, type CommandIo, UsageError } from './io.ts';
import type { IssuanceCommandName } from './issuance/commands.ts';

const usage = `tls-workbench: TLS configuration, certificates and issuance, as the server will see them

usage: tls-workbench COMMAND [OPTION…] [ARGUMENT…]

check
  lint PATH…             findings for configurations of nginx, Apache and Django; a main file brings its includes
  explain [RULE…]        what a finding means and how to mend it, by the name behind it in brackets
  endpoints PATH…        what each listener really offers each name
  compare PATH…          asks the running server whether it does what its configuration says
  ciphers STRING         expands an OpenSSL cipher string, in order
  inspect FILE|URL       decodes every object in any container, with chain and lint
  convert FILE|URL       certificates in any container to the PEM chain that servers want
  certificates PATH…     inventory of all certificates and keys below the paths

get certificates, from the plan in tls-workbench.yaml
  issue [NAME…]          gets certificates
  renew [NAME…]          gets those that are due
  revoke NAME…           tells the CA to withdraw certificates
  account …              shows and changes ACME accounts
  import KIND PATH…      makes a plan from what exists: certbot, acme.sh, dehydrated, caddy, traefik,
                         acme-tiny, lego, config
  export KIND            turns the plan into: cert-manager, caddy, certbot

Every command takes --help and --now ISO-TIME. tls-workbench --version tells the version.
Results go to standard output, everything else to standard error. Colours are for terminals; FORCE_COLOR=1 keeps them
for "less -R" and the logs of CI, NO_COLOR=1 takes them away.
Exit codes: 0 nothing to report or all done, 1 findings or failures, 2 could not run.
`;

/** Each command loads its own code when it is called, so that `lint` does not wait for ACME. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  lint: async () => (await import('./lint.ts')).lint,
  explain: async () => (await import('./explain.ts')).explain,
  endpoints: async () => (await import('./endpoints.ts')).endpoints,
  compare: async () => (await import('./compare.ts')).compare,
  ciphers: async () => (await import('./ciphers.ts')).ciphers,
  inspect: async () => (await import('./inspect.ts')).inspect,
  convert: async () => (await import('./convert.ts')).convert,
  certificates: async () => (await import('./certificates.ts')).certificates,
  issue: issuanceOf('issue'),
  renew: issuanceOf('renew'),
  revoke: issuanceOf('revoke'),
  account: issuanceOf('account'),
  import: issuanceOf('import'),
  export: issuanceOf('export'),
};

/** Runs one command line. Never rejects: what goes wrong is one line on standard error and exit code 2. */
export async function runCommand(args: readonly string[], process: CommandIo): Promise<number> {
  const io = withPrintableErrors(process);
  const call = args[0] === undefined || args[0].startsWith('-') ? '' : ` ${args[0]}`;
  try {
    return await run(args, io);
  } catch (error) {
    io.stderr(`tls-workbench${call}: ${describe(error, io.env['TLS_WORKBENCH_DEBUG'] !== undefined)}\n`);
    return 2;
  }
}

async function run(args: readonly string[], io: CommandIo): Promise<number> {
  // As git has it: `help lint` is `lint --help`.
  const [name, ...rest] = args[0] === 'help' && args[1] !== undefined ? [args[1], '--help'] : args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    (name === undefined ? io.stderr : io.stdout)(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-V' || name === '-v' || name === 'version') {
    io.stdout(`tls-workbench ${version}\n`);
    return 0;
  }
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load === undefined) {
    io.stderr(`tls-workbench: ${unknownCommand(name)}\n`);
    return 2;
  }
  return await (await load())(rest, io);
}

function unknownCommand(name: string): string {
  const near = suggest(name, [...Object.keys(commands), '--help', '--version']);
  if (near !== undefined) return `there is no command "${name}". Did you mean "${near}"?`;
  if (!name.startsWith('-')) return `there is no command "${name}". Run tls-workbench --help to see them.`;
  return `${name} is where a command is expected. Options come after it, as in "tls-workbench lint ${name} …".`;
}

/** Messages name files and what stands in them, which a terminal would act on. */
function withPrintableErrors(io: CommandIo): CommandIo {
  return { ...io, stderr: (text) => io.stderr(text.split('\n').map(printable).join('\n')) };
}

/** A mistake in the call is one line; anything else is ours, and its stack helps whoever mends it. */
function describe(error: unknown, debug: boolean): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof UsageError || !debug) return error.message;
  return error.stack ?? error.message;
}

function issuanceOf(name: IssuanceCommandName): () => Promise<Command> {
  return async () => {
    const { issuanceCommand } = await import('./issuance/commands.ts');
    return (args, io) => issuanceCommand(name, args, io);
  };
}
