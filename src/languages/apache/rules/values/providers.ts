import { remember } from '../../../../memory/remember.ts';
import { entryOf } from '../../../../text/entry-of.ts';
import { withKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { linesToTellAt } from './missing-providers.ts';

/** Authorization providers, by the module that brings them. */
export const providers: Readonly<Record<string, string>> = {
  all: 'authz_core',
  env: 'authz_core',
  method: 'authz_core',
  expr: 'authz_core',
  user: 'authz_user',
  'valid-user': 'authz_user',
  group: 'authz_groupfile',
  ip: 'authz_host',
  host: 'authz_host',
  local: 'authz_host',
  'forward-dns': 'authz_host',
  ssl: 'ssl',
  'ssl-verify-client': 'ssl',
  'file-owner': 'authz_owner',
  'file-group': 'authz_owner',
  'dbm-group': 'authz_dbm',
  'dbm-file-group': 'authz_dbm',
  'dbd-group': 'authz_dbd',
  'dbd-login': 'authz_dbd',
  'dbd-logout': 'authz_dbd',
  'ldap-user': 'authnz_ldap',
  'ldap-group': 'authnz_ldap',
  'ldap-dn': 'authnz_ldap',
  'ldap-attribute': 'authnz_ldap',
  'ldap-filter': 'authnz_ldap',
  'ldap-search': 'authnz_ldap',
};

/** Those of modules that are not part of httpd. */
export const othersProviders: Readonly<Record<string, string>> = {
  claim: 'auth_openidc',
  claims_expr: 'auth_openidc',
  'shib-session': 'shib',
  'shib-attr': 'shib',
  'shib-user': 'shib',
  'cas-attribute': 'auth_cas',
  'pam-account': 'authnz_pam',
  'unix-group': 'authz_unixgroup',
  'external-group': 'authnz_external',
};

/** A module may bring both who somebody is and what they may do. */
export const tellingLines = remember((evaluation: Evaluation) => {
  const lines = ['require', ...askingKeys].flatMap((key) => withKey(evaluation, key));
  const moduleOf = (line: Statement) =>
    line.key === 'require' ? authorizationModule(line) : authenticationModule(line, evaluation);
  return linesToTellAt(
    lines.sort((one, other) => one.order - other.order),
    moduleOf,
    evaluation,
  );
});

function authorizationModule({ args: [first, second] }: Statement): string | undefined {
  const name = (first?.value.toLowerCase() === 'not' ? second : first)?.value ?? '';
  return entryOf(providers, name) ?? entryOf(othersProviders, name);
}

const askingKeys = ['authbasicprovider', 'authdigestprovider', 'authformprovider'];

/** The first that is not loaded; undefined where names may be aliases. */
export function authenticationModule({ args }: Statement, evaluation: Evaluation): string | undefined {
  if (withKey(evaluation, 'authnprovideralias').length > 0) return undefined;
  return args.map(({ value }) => moduleOfProvider(value)).find((module) => isUnloaded(module, evaluation));
}

/** Undefined for those of FastCGI, which have names of their own. */
export function moduleOfProvider(provider: string): string | undefined {
  return provider.startsWith('fcgi') ? undefined : provider === 'ldap' ? 'authnz_ldap' : `authn_${provider}`;
}

function isUnloaded(module: string | undefined, { modules }: Evaluation): boolean {
  return module !== undefined && !modules.has(module);
}
