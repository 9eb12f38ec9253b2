import { suggest } from '../../../text/suggest.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { protocolVersions } from '../../../tls/protocols.ts';
import { toRegExp } from '../answers/path.ts';
import { confCommands, confOptions, numbers, rewriteCondFlags, rewriteRuleFlags } from '../directives/values.ts';
import { moduleName } from '../evaluate/modules.ts';
import type { Statement } from '../evaluate/statement.ts';
import { readAddress } from '../lower/listeners.ts';
import type { BadValue } from './invalid-value.ts';
import type { ApacheContext } from './rule.ts';

type ValueCheck = (statement: Statement, context: ApacheContext) => BadValue | undefined;

/** Checks that need more than a list of words, by directive. Messages are httpd's own where it has one. */
export const valueChecks: Readonly<Record<string, ValueCheck>> = {
  sslprotocol: checkProtocols,
  sslproxyprotocol: checkProtocols,
  sslciphersuite: checkCipherSuite,
  sslproxyciphersuite: checkCipherSuite,
  sslopensslconfcmd: checkConfCommand,
  sslsessioncache: checkSessionCache,
  sslstaplingcache: checkSessionCache,
  sslverifydepth: checkNotNegative,
  sslproxyverifydepth: checkNotNegative,
  sslsessioncachetimeout: checkNotNegative,
  sslrandomseed: checkRandomSeed,
  options: checkMixedOptions,
  require: checkRequire,
  listen: checkListen,
  virtualhost: checkVirtualHost,
  header: checkHeader,
  requestheader: checkHeader,
  redirect: checkRedirect,
  redirectmatch: checkRedirect,
  rewriterule: checkRewriteRule,
  rewritecond: checkRewriteCond,
  order: checkOrder,
  allow: checkFrom,
  deny: checkFrom,
  locationmatch: checkExpression,
  directorymatch: checkExpression,
  filesmatch: checkExpression,
  aliasmatch: checkExpression,
  timeout: checkNumber,
  keepalivetimeout: checkNumber,
  loglevel: checkLogLevel,
  allowoverride: checkAllowOverride,
  errordocument: checkErrorDocument,
};

function checkProtocols({ node, args }: Statement, { project }: ApacheContext): BadValue | undefined {
  for (const argument of args) {
    const sign = /^[+-]/.exec(argument.value)?.[0] ?? '';
    const word = argument.value.slice(sign.length);
    const known = protocolVersions.find((version) => version.toLowerCase() === word.toLowerCase());
    if (/^all$/i.test(word)) continue;
    if (known === 'SSLv2' && sign !== '-') return { argument, message: `${node.name}: SSLv2 is no longer supported` };
    if (known === 'SSLv3' && sign !== '-' && atLeastVersion(project.target.openssl, '1.1.0')) {
      return { argument, message: `${node.name}: SSLv3 is not supported by this OpenSSL (${project.target.openssl})` };
    }
    if (known !== undefined) continue;
    const near = suggest(
      word.replace(
        /^TLS(?:v?)(1)[._]?(\d)?.*$/i,
        (_, one, minor) => `TLSv${one}${minor && minor !== '0' ? `.${minor}` : ''}`,
      ),
      [...protocolVersions.slice(2), 'all'],
    );
    return {
      argument,
      message: `${node.name}: Illegal protocol '${word}'`,
      ...(near === undefined ? {} : { instead: sign + near }),
    };
  }
  return undefined;
}

function checkCipherSuite({ node, args }: Statement): BadValue | undefined {
  const [first, second] = args;
  if (first && !second && first.value === '')
    return { argument: first, message: `${node.name} needs a list of ciphers` };
  if (!first || !second || first.value === 'SSL' || first.value === 'TLSv1.3') return undefined;
  return {
    argument: first,
    message: `${node.name}: protocol '${first.value}' not supported; the first of two words is SSL (TLS 1.2 and older) or TLSv1.3`,
    ...(/^tlsv1\.3$/i.test(first.value) ? { instead: 'TLSv1.3' } : {}),
  };
}

function checkConfCommand({ args: [name, value] }: Statement): BadValue | undefined {
  if (!name || !value) return undefined;
  const command = confCommands.find((candidate) => candidate.toLowerCase() === name.value.toLowerCase());
  if (command === undefined) {
    const instead = suggest(name.value, confCommands);
    return {
      argument: name,
      message: `'${name.value}': invalid OpenSSL configuration command`,
      ...(instead === undefined ? {} : { instead }),
    };
  }
  const fails = (what: string): BadValue => ({
    argument: value,
    message: `Apache does not start with SSLOpenSSLConfCmd ${name.value} ${value.value} (AH02407): ${what}`,
  });
  if (/^(?:min|max)protocol$/i.test(command)) {
    const known = ['None', ...protocolVersions.slice(1), 'DTLSv1', 'DTLSv1.2'];
    return known.includes(value.value) ? undefined : fails(`it is none of ${protocolVersions.slice(2).join(', ')}`);
  }
  if (command === 'Options') {
    for (const part of value.value.split(',')) {
      const option = part.trim().replace(/^[+-]/, '');
      if (!confOptions.some((known) => known.toLowerCase() === option.toLowerCase())) {
        const near = suggest(option, confOptions);
        return fails(`${option} is no option of OpenSSL${near === undefined ? '' : `; did you mean ${near}?`}`);
      }
    }
  }
  return undefined;
}

function checkSessionCache(
  { key, node, args: [argument] }: Statement,
  { evaluation }: ApacheContext,
): BadValue | undefined {
  if (!argument) return undefined;
  const { value } = argument;
  if (key === 'sslsessioncache' && /^(?:none|nonenotnull)$/i.test(value)) return undefined;
  const [, type = value] = /^([^:]+):/.exec(value) ?? [];
  const isLoaded =
    !evaluation.modulesCertain || type === 'default' || evaluation.modules.has(`socache_${type.toLowerCase()}`);
  const isKnown = /^(?:shmcb|dbm|memcache|redis|dc|default)$/i.test(type);
  if (!isKnown || !isLoaded) {
    const hint = isKnown ? `; load socache_${type}_module for it` : '; shmcb:PATH(SIZE) is the usual one';
    return { argument, message: `${node.name}: '${type}' session cache not supported${hint}` };
  }
  const size = /^shmcb:[^()]*\((\d+)\)$/i.exec(value)?.[1];
  if (size !== undefined && Number(size) < 8192) {
    return { argument, message: `${node.name}: Invalid argument: size has to be >= 8192 bytes` };
  }
  return undefined;
}

function checkNotNegative({ node, args: [argument] }: Statement): BadValue | undefined {
  return argument && /^-\d/.test(argument.value)
    ? { argument, message: `${node.name}: Invalid argument '${argument.value}'` }
    : undefined;
}

function checkRandomSeed({ args: [when, source] }: Statement): BadValue | undefined {
  if (when && !/^(?:startup|connect)$/i.test(when.value)) {
    return { argument: when, message: `SSLRandomSeed: invalid context: '${when.value}'` };
  }
  return source && /^egd:/i.test(source.value)
    ? { argument: source, message: 'SSLRandomSeed: egd: is no longer supported' }
    : undefined;
}

function checkMixedOptions({ args }: Statement): BadValue | undefined {
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

function checkRequire({ args }: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  const negated = args[0]?.value.toLowerCase() === 'not';
  const [provider, ...rest] = negated ? args.slice(1) : args;
  if (!provider)
    return { argument: undefined, message: 'Require needs a provider: all granted, ip, host, user, valid-user, …' };
  const name = provider.value.toLowerCase();
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

function checkListen({ args: [argument] }: Statement): BadValue | undefined {
  if (!argument) return undefined;
  const address = readAddress(argument.value);
  if (address && address.port > 0 && address.port <= 65535) return undefined;
  const reason = address && address.port === 0 ? 'Port must be specified' : 'Invalid address or port';
  return { argument, message: `${reason}: Listen ${argument.value}` };
}

function checkVirtualHost({ args }: Statement): BadValue | undefined {
  const argument = args.find(({ value }) => {
    const address = readAddress(value);
    return !address || address.port > 65535;
  });
  return argument && { argument, message: `The address or port is invalid: <VirtualHost ${argument.value}>` };
}

const headerActions = ['add', 'append', 'echo', 'edit', 'edit*', 'merge', 'set', 'setifempty', 'unset', 'note'];

function checkHeader({ key, node, args }: Statement): BadValue | undefined {
  const conditional = key === 'header' && /^(?:always|onsuccess)$/i.test(args[0]?.value ?? '');
  const [action, name, value] = conditional ? args.slice(1) : args;
  if (!action) return undefined;
  if (!headerActions.includes(action.value.toLowerCase())) {
    const wanted = key === 'header' ? [...headerActions, 'always', 'onsuccess'] : headerActions;
    const instead = suggest(action.value, wanted);
    return {
      argument: action,
      message: `first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', or 'edit*', not '${action.value}'`,
      ...(instead === undefined ? {} : { instead }),
    };
  }
  if (!name) return { argument: undefined, message: `${node.name} ${action.value} needs the name of a header` };
  const needsValue = !/^(?:unset|echo)$/i.test(action.value);
  if (needsValue && !value)
    return { argument: undefined, message: `${node.name} ${action.value} ${name.value} requires a value` };
  if (!needsValue && value && !/^(?:env=|expr=|early$)/i.test(value.value)) {
    return { argument: value, message: `${node.name} ${action.value} takes no value` };
  }
  return undefined;
}

function checkRedirect({ key, args }: Statement): BadValue | undefined {
  const words = args.map(({ value }) => value);
  const first = words[0] ?? '';
  const status = /^(?:permanent|temp|seeother|gone)$/i.test(first) ? first : /^\d{3}$/.test(first) ? first : undefined;
  const rest = status === undefined ? args : args.slice(1);
  if (key === 'redirectmatch') return rest[0] && badExpression(rest[0]);
  const isGone = status !== undefined && (/^gone$/i.test(status) || (/^\d/.test(status) && !status.startsWith('3')));
  const target = rest.at(-1);
  if (args.length === 3 && status === undefined) {
    return {
      argument: args[0],
      message: `Redirect: '${first}' is no status: permanent, temp, seeother, gone or a number`,
    };
  }
  if (isGone || rest.length < 2 || !target) return undefined;
  return /^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(target.value)
    ? undefined
    : { argument: target, message: `Redirect to non-URL: ${target.value}` };
}

function checkRewriteRule({ args }: Statement): BadValue | undefined {
  const [pattern, target, flags, extra] = args;
  if (!pattern || !target)
    return { argument: undefined, message: 'RewriteRule: bad argument line: a pattern and a substitution are needed' };
  if (extra) return { argument: extra, message: "RewriteRule: bad flag delimiters: flags are one word, '[R=301,L]'" };
  return badFlags('RewriteRule', flags, rewriteRuleFlags) ?? badExpression(pattern);
}

function checkRewriteCond({ args }: Statement): BadValue | undefined {
  const [subject, pattern, flags, extra] = args;
  if (!subject || !pattern)
    return { argument: undefined, message: 'RewriteCond: bad argument line: a test string and a pattern are needed' };
  if (extra) return { argument: extra, message: "RewriteCond: bad flag delimiters: flags are one word, '[NC,OR]'" };
  const isTest = /^!?(?:-[a-z]|[<>=])/i.test(pattern.value) || /^expr$/i.test(subject.value);
  return badFlags('RewriteCond', flags, rewriteCondFlags) ?? (isTest ? undefined : badExpression(pattern));
}

function badFlags(
  name: string,
  flags: Statement['args'][number] | undefined,
  known: ReadonlySet<string>,
): BadValue | undefined {
  if (!flags) return undefined;
  if (!/^\[.*\]$/.test(flags.value))
    return { argument: flags, message: `${name}: bad flag delimiters: flags stand in brackets, '[L]'` };
  for (const part of flags.value.slice(1, -1).split(',')) {
    const flag = part.trim().split('=')[0]?.toLowerCase() ?? '';
    if (flag !== '' && !known.has(flag)) return { argument: flags, message: `${name}: unknown flag '${part.trim()}'` };
  }
  return undefined;
}

function badExpression(argument: Statement['args'][number]): BadValue | undefined {
  const pattern = argument.value.replace(/^!/, '');
  const isBroken = toRegExp(pattern) === undefined && !/\(\?|\\[AzZGQE]|[*+?}]\+|\[\[:|\\[hHRX]|\(\*/.test(pattern);
  return isBroken ? { argument, message: `Regular expression could not be compiled: ${argument.value}` } : undefined;
}

function checkExpression({ args: [argument] }: Statement): BadValue | undefined {
  return argument && badExpression(argument);
}

function checkOrder({ args: [argument] }: Statement): BadValue | undefined {
  return argument && !/^(?:allow,deny|deny,allow|mutual-failure)$/i.test(argument.value)
    ? { argument, message: `unknown order: ${argument.value}; it is allow,deny or deny,allow, without a blank` }
    : undefined;
}

function checkFrom({ args: [first], node }: Statement): BadValue | undefined {
  return first && first.value.toLowerCase() !== 'from'
    ? {
        argument: first,
        message: `${node.name} and deny must be followed by 'from'`.replace(/^deny and deny/i, 'Deny'),
        instead: 'from',
      }
    : undefined;
}

function checkNumber({ key, args: [argument] }: Statement): BadValue | undefined {
  const fact = numbers[key];
  if (!fact || !argument) return undefined;
  const isNumber =
    key === 'timeout' || key === 'keepalivetimeout'
      ? /^\d+(?:ms|s|mi|h)?$/i.test(argument.value)
      : /^\d+$/.test(argument.value);
  return isNumber ? undefined : { argument, message: `${fact.message}: '${argument.value}'` };
}

const levels = /^(?:emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])$/i;

function checkLogLevel({ args }: Statement): BadValue | undefined {
  const argument = args.find(
    ({ value }) => !levels.test(value.includes(':') ? (value.split(':')[1] as string) : value),
  );
  return (
    argument && {
      argument,
      message: `LogLevel requires level keyword: one of emerg/alert/crit/error/warn/notice/info/debug/trace1-8, not '${argument.value}'`,
    }
  );
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

function checkErrorDocument({ args: [argument] }: Statement): BadValue | undefined {
  const code = Number(argument?.value);
  return argument && !(code >= 400 && code < 600)
    ? { argument, message: `Unsupported HTTP response code ${argument.value}` }
    : undefined;
}
