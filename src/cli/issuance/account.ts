import { resolve } from 'node:path';
import { listAccounts, openStore } from '../../acme/store/store.ts';
import {
  type AccountChange,
  acmeIssuer,
  changeAccount,
  importAccount,
  listProfiles,
  persistRecord,
} from '../../operations/account.ts';
import { UsageError } from '../io.ts';
import type { Arguments } from '../options.ts';
import {
  cancellable,
  commonHelp,
  contextOf,
  type IssuanceCommand,
  type IssuanceIo,
  isJson,
  stateOf,
} from './arguments.ts';
import { loadPlanInParts } from './plan.ts';

const help = `tls-workbench account: shows and changes ACME accounts

usage: tls-workbench account [OPTION…] ACTION

  list                    accounts in the state folder
  create ISSUER           makes the issuer's account, if there is none
  update ISSUER           tells the CA the contact addresses that the plan names now
  rollover ISSUER         gives the account a new key
  deactivate ISSUER       ends the account for good
  import ISSUER PATH      takes over the account of certbot, lego, acme.sh, dehydrated, Caddy, Traefik,
                          uacme or acme-tiny:
                          PATH is its key file (acme.json), or the client's folder
  profiles ISSUER         certificate profiles that the CA offers
  persist ISSUER NAME     experimental: the DNS record of dns-persist-01 for a name, and whether it is set

${commonHelp}

The secret of an external account comes from eab.keyFile in the plan or the environment (TLS_WORKBENCH_EAB_ISSUER).
Exit code: 0 done, 1 the CA refused, 2 could not run.
`;

const changes: readonly AccountChange[] = ['create', 'update', 'rollover', 'deactivate'];

export const accountCommand: IssuanceCommand = { help, options: {}, run };

async function run(parsed: Arguments, io: IssuanceIo): Promise<number> {
  const [action = 'list', issuer, path] = parsed.positionals;
  const change = changes.find((name) => name === action);
  if (change === undefined && !['list', 'import', 'profiles', 'persist'].includes(action)) {
    throw new UsageError(
      `There is no action "${action}". Use list, ${changes.join(', ')}, import, profiles or persist.`,
    );
  }
  const words = action === 'list' ? 1 : ['import', 'persist'].includes(action) ? 3 : 2;
  const surplus = parsed.positionals[words];
  if (surplus !== undefined)
    throw new UsageError(`account ${action} takes no "${surplus}". Run with --help to see what it takes.`);
  if (action === 'list') return await list(parsed, io);
  if (issuer === undefined) throw new UsageError(`account ${action} needs the name of an issuer in the plan.`);
  // Of the plan, its issuer is all that an account needs.
  const { plan, brokenIssuers } = await loadPlanInParts(parsed, io);
  const wrong = brokenIssuers.get(issuer);
  if (wrong !== undefined) throw new UsageError(wrong.join('\n'));
  return await cancellable(io, async (signal) => {
    const options = contextOf(parsed, io, signal);
    if (action === 'profiles') {
      const profiles = [...(await listProfiles(plan, issuer, options))];
      if (isJson(parsed)) io.stdout(`${JSON.stringify({ profiles: Object.fromEntries(profiles) }, null, 2)}\n`);
      else if (profiles.length === 0) io.stderr(`Issuer ${issuer} offers no profiles.\n`);
      else for (const [name, about] of profiles) io.stdout(`${name}: ${about}\n`);
      return 0;
    }
    if (action === 'persist') {
      if (path === undefined) throw new UsageError('account persist needs a domain name.');
      const { name, value, isSet } = await persistRecord(plan, issuer, path, options);
      const text = `${name} TXT "${value}"`;
      io.stdout(
        isJson(parsed)
          ? `${JSON.stringify({ name, value, isSet }, null, 2)}\n`
          : `${text}\n${isSet ? 'It is set.' : 'It is not seen from here.'}\n`,
      );
      return 0;
    }
    if (change === undefined && path === undefined)
      throw new UsageError('account import needs the key file, or the folder of the other client.');
    if (parsed.values['dry-run'] === true) {
      acmeIssuer(plan, issuer);
      print(parsed, io, { issuer, action, dryRun: true }, `Would ${action} the account of issuer ${issuer} (dry run).`);
      return 0;
    }
    if (change === undefined) {
      const { url, file } = await importAccount(plan, issuer, resolve(io.cwd, path as string), options);
      print(parsed, io, { issuer, action, url, file }, `Took over account ${url} from ${file}.`);
      return 0;
    }
    const url = await changeAccount(plan, issuer, change, options);
    const done = { create: 'ready', update: 'updated', rollover: 'signed by a new key now', deactivate: 'deactivated' }[
      change
    ];
    print(parsed, io, { issuer, action, url }, `Account ${url} is ${done}.`);
    return 0;
  });
}

async function list(parsed: Arguments, io: IssuanceIo): Promise<number> {
  const accounts = await listAccounts(await openStore(stateOf(parsed, io), false));
  if (isJson(parsed)) io.stdout(`${JSON.stringify({ accounts }, null, 2)}\n`);
  else if (accounts.length === 0) io.stderr('There are no accounts yet.\n');
  else
    for (const { directory, url, status, contact } of accounts)
      io.stdout(`${[directory, `  ${url} (${status}) ${contact.join(', ')}`.trimEnd()].join('\n')}\n`);
  return 0;
}

function print(parsed: Arguments, io: IssuanceIo, value: object, sentence: string): void {
  io.stdout(isJson(parsed) ? `${JSON.stringify(value, null, 2)}\n` : `${sentence}\n`);
}
