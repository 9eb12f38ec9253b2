import { remember } from '../../../../memory/remember.ts';
import { entryOf } from '../../../../text/entry-of.ts';
import { suggest } from '../../../../text/suggest.ts';
import { wordLists } from '../../data/values.ts';
import { factOf } from '../../directives/facts.ts';
import { withKey } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { moduleName, onlyHttpdModules } from '../../evaluate/modules.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { notLoaded } from '../../how-to-load.ts';
import type { Argument } from '../../syntax.ts';
import { isUncertain } from '../../uncertain.ts';
import type { ApacheContext } from '../rule.ts';
import { looksLikeAddress, networkProblem } from './network.ts';
import { authenticationModule, moduleOfProvider, othersProviders, providers, tellingLines } from './providers.ts';
import { type BadValue, commented, type ValueChecks } from './value-check.ts';

/** Who may do what: options, overrides, authorization. Messages are httpd's own where it has one. */
export const accessChecks: ValueChecks = {
  options: checkMixedOptions,
  authbasicprovider: checkProvider,
  authdigestprovider: checkProvider,
  authformprovider: checkProvider,
  allowoverride: checkAllowOverride,
  require: checkRequire,
  requireall: checkRequireGroup,
  requireany: checkRequireGroup,
  requirenone: checkRequireGroup,
  order: checkOrder,
  allowmethods: checkMethods,
  limit: checkTrace,
  allow: checkFrom,
  deny: checkFrom,
};

function checkMixedOptions({ args }: Statement): BadValue | undefined {
  for (const [index, argument] of args.entries()) {
    const [, sign, word = ''] = /^([+-]?)(all|none)$/i.exec(argument.value) ?? [];
    if (sign) return { argument, message: `You may not use 'Options +${word}' or 'Options -${word}'` };
    if (word !== '' && index > 0) return { argument, message: `'Options ${word}' must be the first Option given` };
  }
  const isSigned = ({ value }: Argument) => /^[+-]/.test(value);
  const first = args.findIndex(isSigned);
  // Signs may follow `All` and `None`; nothing without a sign follows them.
  const startsWhole = /^(?:all|none)$/i.test(args[0]?.value ?? '');
  const bare = args.find((argument, index) => !isSigned(argument) && (startsWhole ? index > first : true));
  return first >= 0 && bare
    ? { argument: bare, message: 'Either all Options must start with + or -, or no Option may' }
    : undefined;
}

/** Directives that make a provider, and which of their words is its name. */
const namingProviders = { authzprovideralias: 1, authnzfcgidefineprovider: 1, luaauthzprovider: 0 };

function checkRequire(statement: Statement, { evaluation, project: { target } }: ApacheContext): BadValue | undefined {
  const { args, parents } = statement;
  const negated = args[0]?.value.toLowerCase() === 'not';
  const [provider, ...rest] = negated ? args.slice(1) : args;
  const group = parents.at(-1)?.key ?? '';
  if (negated && group !== 'requireall') {
    return {
      argument: args[0],
      message: `negative Require directive has no effect in ${group === 'requirenone' ? '<RequireNone>' : '<RequireAny>'} directive: put it into <RequireAll>, with what it is an exception from`,
    };
  }
  if (!provider)
    return { argument: undefined, message: 'Require needs a provider: all granted, ip, host, user, valid-user, …' };
  const module = entryOf(providers, provider.value);
  if (module === undefined) return unknownProvider(provider, statement, evaluation);
  if (evaluation.modulesCertain && module !== 'authz_core' && !evaluation.modules.has(moduleName(module))) {
    if (!onlyHttpdModules(evaluation) || !tellingLines(evaluation).has(statement)) return undefined;
    return {
      argument: provider,
      message: `Unknown Authz provider: ${provider.value}; it comes with mod_${module}, ${notLoaded(module, target)}`,
      module,
    };
  }
  return checkProviderWords(provider, rest, negated || group === 'requirenone');
}

/** Providers that the configuration makes; undefined for one whose name nobody knows. */
const madeProviders = remember(
  (evaluation: Evaluation): ReadonlySet<string | undefined> =>
    new Set(
      Object.entries(namingProviders).flatMap(([key, place]) =>
        withKey(evaluation, key).map(({ args: { [place]: name } }) =>
          name === undefined || isUncertain(name.value) ? undefined : name.value,
        ),
      ),
    ),
);

function unknownProvider(provider: Argument, line: Statement, evaluation: Evaluation): BadValue | undefined {
  const joined = /^all(granted|denied)$/i.exec(provider.value)?.[1];
  const module = entryOf(othersProviders, provider.value);
  const near = module === undefined ? suggest(provider.value, Object.keys(providers)) : undefined;
  const instead = joined ? `all ${joined.toLowerCase()}` : near;
  const made = madeProviders(evaluation);
  if (made.has(provider.value) || made.has(undefined)) return undefined;
  // Modules from elsewhere bring providers of their own.
  const hasOthers = !onlyHttpdModules(evaluation) || made.size > 0;
  if (hasOthers && instead === undefined) return undefined;
  if (module !== undefined && !tellingLines(evaluation).has(line)) return undefined;
  const origin = module === undefined ? '' : `; it comes with mod_${module}, which is not loaded`;
  return {
    argument: provider,
    message: `Unknown Authz provider: ${provider.value}${origin}`,
    ...(module === undefined ? {} : { module }),
    ...(instead === undefined ? {} : { instead }),
  };
}

function checkProviderWords(provider: Argument, words: readonly Argument[], keepsOut: boolean): BadValue | undefined {
  // The others take nothing too, and then let nobody in.
  if (words.length === 0 && /^(?:ip|expr)$/.test(provider.value)) {
    return { argument: provider, message: `'require ${provider.value}' requires an argument` };
  }
  switch (provider.value) {
    case 'ip':
      return checkNetworks(words);
    case 'method': {
      const argument = words.find(({ value }) => !methods.test(value));
      return argument && { argument, message: `Invalid Method '${argument.value}'` };
    }
    case 'user':
    case 'group':
      return commented(words, `${provider.value}s who ${keepsOut ? 'are kept out' : 'get in'} too`, {
        severity: 'warning',
        effect: 'security',
      });
    case 'all':
      return checkAll(provider, words);
    case 'ssl':
    case 'ssl-verify-client': {
      const [argument] = words;
      return argument && { argument, message: `'Require ${provider.value}' does not take arguments` };
    }
    default:
      return undefined;
  }
}

/** This provider reads the line itself, quotes and all. */
function checkAll(provider: Argument, rest: readonly Argument[]): BadValue | undefined {
  const quoted = rest.find(({ quote }) => quote !== '');
  if (quoted) {
    return {
      argument: quoted,
      message: "Argument for 'Require all' must be 'granted' or 'denied', without quotes",
      ...(/^(?:granted|denied)$/i.test(quoted.value) ? { instead: quoted.value } : {}),
    };
  }
  const word = rest.map(({ value }) => value.toLowerCase()).join(' ');
  if (word === 'granted' || word === 'denied') return undefined;
  const instead = suggest(rest[0]?.value ?? '', ['granted', 'denied']);
  const comment = rest.find(({ value }, index) => index > 0 && value.startsWith('#'));
  return {
    argument: comment ?? rest[0] ?? provider,
    message: "Argument for 'Require all' must be 'granted' or 'denied'",
    ...(instead === undefined || rest.length !== 1 ? {} : { instead }),
  };
}

/** Methods that httpd has numbers for (`ap_method_registry_init`). */
const methods =
  /^(?:GET|HEAD|PUT|POST|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|VERSION-CONTROL|CHECKOUT|UNCHECKOUT|CHECKIN|UPDATE|LABEL|REPORT|MKWORKSPACE|MKACTIVITY|BASELINE-CONTROL|MERGE)$/;

function checkMethods({ args }: Statement): BadValue | undefined {
  const argument = args.find(({ value }) => !methods.test(value) && value.toLowerCase() !== 'reset');
  return argument && { argument, message: `AllowMethods: Invalid Method '${argument.value}'` };
}

function checkTrace({ args }: Statement): BadValue | undefined {
  const argument = args.find(({ value }) => value === 'TRACE');
  return argument && { argument, message: 'TRACE cannot be controlled by <Limit>: write TraceEnable Off instead' };
}

/** Directives that httpd obeys while it reads, wherever they stand (`EXEC_ON_READ`). */
const readAtOnce = /^(?:define|undefine|include|includeoptional|use|undefmacro|macro|loadmodule|error|authmerging)$/;

/** Inside, httpd takes what `AllowOverride AuthConfig` allows in a `.htaccess`. */
function isAuthorization(key: string): boolean {
  return factOf(key)?.overrides.some((name) => name === 'AuthConfig' || name === 'All') ?? true;
}

/** `Require` and groups of it, and what may bring some. */
function mayAuthorize({ key }: Statement): boolean {
  return key.startsWith('require') || readAtOnce.test(key) || factOf(key) === undefined;
}

/** What `<RequireAll>` and its siblings hold: authorization and nothing else, and something positive. */
function checkRequireGroup({ key, node, args, children, branches, parents }: Statement): BadValue | undefined {
  if (args[0]) return { argument: args[0], message: `<${node.name}> directive doesn't take additional arguments` };
  if (branches.length > 0) return undefined;
  const stranger = children.find((child) => !isAuthorization(child.key) && !readAtOnce.test(child.key));
  if (stranger)
    return {
      argument: { value: '', range: stranger.node.nameRange, quote: '' },
      message: `${stranger.node.name} not allowed in <${node.name}> context`,
    };
  if (!children.some(mayAuthorize))
    return { argument: undefined, message: `<${node.name}> directive contains no authorization directives` };
  const group = parents.at(-1)?.key;
  if (key === 'requirenone' && group !== 'requireall') {
    const around = group === 'requirenone' ? 'RequireNone' : 'RequireAny';
    return { argument: undefined, message: `<${node.name}> directive has no effect in <${around}> directive` };
  }
  const isNegative = ({ key: inner, args }: Statement) =>
    inner === 'requirenone' || args[0]?.value.toLowerCase() === 'not';
  return key === 'requireall' && children.every(isNegative)
    ? { argument: undefined, message: `<${node.name}> directive contains only negative authorization directives` }
    : undefined;
}

function checkOrder({ args: [argument] }: Statement): BadValue | undefined {
  return argument && !/^(?:allow,deny|deny,allow|mutual-failure)$/i.test(argument.value)
    ? { argument, message: `unknown order: ${argument.value}; it is allow,deny or deny,allow, without a space` }
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
  const comment = networks.findIndex(({ value }) => value.includes('#'));
  const before = comment < 0 ? networks : networks.slice(0, comment);
  const addresses = before.filter(({ value }) => looksLikeAddress(value) || value.includes('/'));
  const bad = checkNetworks(addresses);
  if (bad || comment >= 0) return bad ?? { argument: networks[comment], message: 'No comments are allowed here' };
  return commaBehind(networks, node.key === 'deny');
}

/** `Deny from 192.0.2.1, 192.0.2.2`: with its comma the first one is the name of a host, which nobody has. */
function commaBehind(args: Statement['args'], refuses: boolean): BadValue | undefined {
  const argument = args.find(({ value }) => value.endsWith(',') && networkProblem(value.slice(0, -1)) === undefined);
  if (!argument) return undefined;
  return {
    argument,
    message: `Apache takes "${argument.value}" for the name of a host, so ${refuses ? 'nobody is refused by it' : 'it lets in nobody'}: addresses are separated by spaces, without commas`,
    instead: argument.value.slice(0, -1),
    gravity: refuses ? { severity: 'warning', effect: 'security' } : { severity: 'information', effect: 'advice' },
  };
}

/** Addresses and networks, and no names. */
export function checkNetworks(args: Statement['args']): BadValue | undefined {
  for (const argument of args) {
    const problem = networkProblem(argument.value);
    if (problem !== undefined)
      return {
        argument,
        message: `ip address '${argument.value}' appears to be invalid: ${problem}`,
        ...(commaBehind([argument], false) && { instead: argument.value.slice(0, -1) }),
      };
  }
  return undefined;
}

function checkAllowOverride({ args }: Statement): BadValue | undefined {
  // Of what stands behind the sign only `Nonfatal` and `Options` take any notice.
  const known = /^(?:nonfatal=\w+|(?:all|none|authconfig|fileinfo|indexes|limit|options)(?:=.*)?)$/i;
  const argument = args.find(({ value }) => !known.test(value));
  if (!argument) return checkOverriddenOptions(args);
  const instead = suggest(argument.value, ['All', 'None', 'AuthConfig', 'FileInfo', 'Indexes', 'Limit', 'Options']);
  return {
    argument,
    message: `Illegal override option ${argument.value}`,
    ...(instead === undefined ? {} : { instead }),
  };
}

/** `Options=Indexes,MultiViews`. */
function checkOverriddenOptions(args: Statement['args']): BadValue | undefined {
  for (const argument of args) {
    const [, list = ''] = /^options=(.*)$/i.exec(argument.value) ?? [];
    const word = list.split(',').find((name) => name !== '' && !isOption(name));
    if (word !== undefined) return { argument, message: `Illegal option ${word}` };
  }
  return undefined;
}

function isOption(name: string): boolean {
  return wordLists['options']?.words.some((word) => word.toLowerCase() === name.toLowerCase()) ?? true;
}

/** Authentication providers of httpd's own modules, in small letters. */
const authenticationProviders = /^(?:file|dbm|dbd|anon|ldap|socache|fcgi.*)$/;

function checkProvider(statement: Statement, { evaluation, project: { target } }: ApacheContext): BadValue | undefined {
  const { args } = statement;
  if (!evaluation.modulesCertain) return undefined;
  const hasAliases = withKey(evaluation, 'authnprovideralias').length > 0;
  const argument = hasAliases ? undefined : args.find(({ value }) => !authenticationProviders.test(value));
  const isForeign = [...evaluation.modules].some((module) =>
    /^authn(?:z)?_(?!file|core|dbm|dbd|anon|socache|ldap|fcgi)/.test(module),
  );
  if (isForeign) return undefined;
  if (argument) {
    const name = argument.value.toLowerCase();
    const message = `Unknown Authn provider: ${argument.value}`;
    return { argument, message, ...(authenticationProviders.test(name) && { instead: name }) };
  }
  const module = authenticationModule(statement, evaluation);
  if (!module || !onlyHttpdModules(evaluation) || !tellingLines(evaluation).has(statement)) return undefined;
  const unloaded = args.find(({ value }) => moduleOfProvider(value) === module);
  const message = `Unknown Authn provider: ${unloaded?.value}; it comes with mod_${module}, ${notLoaded(module, target)}`;
  return { argument: unloaded, message, module };
}
