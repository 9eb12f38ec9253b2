import { suggest } from '../../../../text/suggest.ts';
import { moduleName } from '../../evaluate/modules.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { ApacheContext } from '../rule.ts';
import { looksLikeAddress, networkProblem } from './network.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** Who may do what: options, overrides, authorization. Messages are httpd's own where it has one. */
export const accessChecks: ValueChecks = {
  options: checkMixedOptions,
  authbasicprovider: checkProvider,
  authdigestprovider: checkProvider,
  allowoverride: checkAllowOverride,
  require: checkRequire,
  requireall: checkRequireGroup,
  requireany: checkRequireGroup,
  requirenone: checkRequireGroup,
  order: checkOrder,
  allow: checkFrom,
  deny: checkFrom,
};

function checkMixedOptions({ args }: Statement): BadValue | undefined {
  const all = args.find(({ value }) => /^[+-]all$/i.test(value));
  if (all) return { argument: all, message: "You may not use 'Options +All' or 'Options -All'" };
  const signed = args.filter(({ value }) => /^[+-]/.test(value));
  return signed.length > 0 && signed.length < args.length
    ? {
        argument: args.find(({ value }) => !/^[+-]/.test(value)),
        message: 'Either all Options must start with + or -, or no Option may',
      }
    : undefined;
}

/** Authorization providers, by the module that brings them. */
const providers: Readonly<Record<string, string>> = {
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
};

function checkRequire({ args, parents }: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  const negated = args[0]?.value.toLowerCase() === 'not';
  const [provider, ...rest] = negated ? args.slice(1) : args;
  const group = parents.at(-1)?.key ?? '';
  if (negated && !group.startsWith('require')) {
    return { argument: args[0], message: 'negative Require directive has no effect in <RequireAny> directive' };
  }
  if (!provider)
    return { argument: undefined, message: 'Require needs a provider: all granted, ip, host, user, valid-user, …' };
  const name = provider.value;
  const module = providers[name];
  if (module === undefined) {
    if (!evaluation.modulesCertain && suggest(name, Object.keys(providers)) === undefined) return undefined;
    const isOther = /^(?:ldap|dbm|dbd|file|ssl|shib|claim|saml|sess|unix)/.test(name);
    if (isOther) return undefined;
    const instead = suggest(name, Object.keys(providers));
    return {
      argument: provider,
      message: `Unknown Authz provider: ${provider.value}`,
      ...(instead === undefined ? {} : { instead }),
    };
  }
  if (evaluation.modulesCertain && module !== 'authz_core' && !evaluation.modules.has(moduleName(module))) {
    if (name === 'group') return undefined;
    return {
      argument: provider,
      message: `Unknown Authz provider: ${provider.value}; it comes with mod_${module}, which is not loaded`,
    };
  }
  if (rest.length === 0 && /^(?:ip|host|user|group|env|method|expr)$/.test(name)) {
    return { argument: provider, message: `'require ${provider.value}' requires an argument` };
  }
  if (name === 'ip') return checkNetworks(rest);
  if (name !== 'all') return undefined;
  const word = rest.map(({ value }) => value.toLowerCase()).join(' ');
  if (word === 'granted' || word === 'denied') return undefined;
  const instead = suggest(rest[0]?.value ?? '', ['granted', 'denied']);
  return {
    argument: rest[0] ?? provider,
    message: "Argument for 'Require all' must be 'granted' or 'denied'",
    ...(instead === undefined || rest.length !== 1 ? {} : { instead }),
  };
}

/** Directives that httpd obeys while it reads, wherever they stand (`EXEC_ON_READ`). */
const readAtOnce = /^(?:define|undefine|include|includeoptional|use|undefmacro|macro|loadmodule|error|authmerging)$/;

/** What `<RequireAll>` and its siblings hold: authorization and nothing else, and something positive. */
function checkRequireGroup({ key, node, children, branches }: Statement): BadValue | undefined {
  if (branches.length > 0) return undefined;
  const stranger = children.find((child) => !child.key.startsWith('require') && !readAtOnce.test(child.key));
  if (stranger)
    return {
      argument: { value: '', range: stranger.node.nameRange, quote: '' },
      message: `${stranger.node.name} not allowed in <${node.name}> context`,
    };
  if (children.length === 0)
    return { argument: undefined, message: `<${node.name}> directive contains no authorization directives` };
  const isNegative = ({ key: inner, args }: Statement) =>
    inner === 'requirenone' || args[0]?.value.toLowerCase() === 'not';
  return key === 'requireall' && children.every(isNegative)
    ? { argument: undefined, message: `<${node.name}> directive contains only negative authorization directives` }
    : undefined;
}

function checkOrder({ args: [argument] }: Statement): BadValue | undefined {
  return argument && !/^(?:allow,deny|deny,allow|mutual-failure)$/i.test(argument.value)
    ? { argument, message: `unknown order: ${argument.value}; it is allow,deny or deny,allow, without a blank` }
    : undefined;
}

function checkFrom({ args: [first, ...rest], node }: Statement): BadValue | undefined {
  if (first && first.value.toLowerCase() !== 'from') {
    return {
      argument: first,
      message: `${node.name} and deny must be followed by 'from'`.replace(/^deny and deny/i, 'Deny'),
      instead: 'from',
    };
  }
  // What does not look like an address is a name of a host; only an address has a mask.
  const networks = rest.filter(({ value }) => !/^(?:all$|env=)/i.test(value));
  return checkNetworks(networks.filter(({ value }) => looksLikeAddress(value) || value.includes('/')));
}

function checkNetworks(args: Statement['args']): BadValue | undefined {
  for (const argument of args) {
    const problem = networkProblem(argument.value);
    if (problem !== undefined)
      return { argument, message: `ip address '${argument.value}' appears to be invalid: ${problem}` };
  }
  return undefined;
}

function checkAllowOverride({ args }: Statement): BadValue | undefined {
  const known = /^(?:all|none|authconfig|fileinfo|indexes|limit|nonfatal=\w+|options(?:=.*)?)$/i;
  const argument = args.find(({ value }) => !known.test(value));
  if (!argument) return undefined;
  const instead = suggest(argument.value, ['All', 'None', 'AuthConfig', 'FileInfo', 'Indexes', 'Limit', 'Options']);
  return {
    argument,
    message: `Illegal override option ${argument.value}`,
    ...(instead === undefined ? {} : { instead }),
  };
}

/** Authentication providers of httpd's own modules. */
const authenticationProviders = /^(?:file|dbm|dbd|anon|ldap|socache|fcgi.*)$/i;

function checkProvider({ args }: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  if (!evaluation.modulesCertain) return undefined;
  const hasAliases = evaluation.all.some(({ key }) => key === 'authnprovideralias');
  const argument = hasAliases ? undefined : args.find(({ value }) => !authenticationProviders.test(value));
  const isForeign = [...evaluation.modules].some((module) =>
    /^authn(?:z)?_(?!file|core|dbm|dbd|anon|socache|ldap|fcgi)/.test(module),
  );
  return argument && !isForeign ? { argument, message: `Unknown Authn provider: ${argument.value}` } : undefined;
}
