import { isAbsolute } from '../../../../text/path.ts';
import { suggest } from '../../../../text/suggest.ts';
import { readAddress } from '../../addresses.ts';
import { lastBefore, withWord } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { isCompiledIn, onlyHttpdModules } from '../../evaluate/modules.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { notLoaded } from '../../how-to-load.ts';
import type { Argument } from '../../syntax.ts';
import { isUncertain } from '../../uncertain.ts';
import type { ApacheContext } from '../rule.ts';
import { isBrokenPattern, whyBroken } from './broken-pattern.ts';
import { checkHeader } from './header.ts';
import { checkIndexOptions } from './index-options.ts';
import { type BadValue, commented, type ValueChecks } from './value-check.ts';

/** Addresses, headers, conditions, macros. Messages are httpd's own where it has one. */
export const serverChecks: ValueChecks = {
  define: ({ args: [name] }) =>
    name?.value.includes(':') ? { argument: name, message: "Variable name must not contain ':'" } : undefined,
  serverroot: checkServerRoot,
  macro: checkDefinition,
  listen: checkListen,
  virtualhost: checkVirtualHost,
  servername: checkServerName,
  serveralias: ({ args }) => commented(args, 'names of the site too', { severity: 'information', effect: 'advice' }),
  httpprotocoloptions: checkProtocolOptions,
  allowoverridelist: checkOverrideList,
  header: checkHeader,
  requestheader: checkHeader,
  errordocument: checkErrorDocument,
  setenvif: checkEnvironment,
  setenvifnocase: checkEnvironment,
  setenvifexpr: checkEnvironment,
  browsermatch: checkEnvironment,
  browsermatchnocase: checkEnvironment,
  user: checkUser,
  mutex: checkMutex,
  use: checkMacro,
  indexoptions: checkIndexOptions,
  undefmacro: checkUndefMacro,
  error: ({ node: { args, raw } }) => ({
    argument: args[0],
    message: `Apache stops reading here, as Error asks it to: ${raw || 'the directive was used with no message'}`,
  }),
};

/** httpd has no folder of its own that a relative one would count from, and a service is started in `/` (measured with 2.4.71). */
function checkServerRoot({ args: [argument] }: Statement): BadValue | undefined {
  if (!argument || isAbsolute(argument.value) || /^(?:\.\/?)?$/.test(argument.value)) return undefined;
  return {
    argument,
    message: `ServerRoot ${argument.value} counts from the folder that Apache is started in, which is / for a service: it does not start where there is no such folder. Write the whole path`,
    gravity: { severity: 'information', effect: 'advice' },
  };
}

function checkListen({ args: [argument] }: Statement): BadValue | undefined {
  if (!argument) return undefined;
  const address = readAddress(argument.value);
  if (address && address.port > 0 && address.port <= 65535) {
    const isNone = /^\d+(?:\.\d+){3}$/.test(address.host) && address.host.split('.').some((each) => Number(each) > 255);
    return isNone
      ? { argument, message: `An address has no number above 255 (AH00077): Listen ${argument.value}` }
      : undefined;
  }
  const reason = address && address.port === 0 ? 'Port must be specified' : 'Invalid address or port';
  return { argument, message: `${reason}: Listen ${argument.value}` };
}

/** httpd takes `*:x` as a name without a port and looks unknown names up; only a number that is no port is refused. */
function checkVirtualHost({ args }: Statement): BadValue | undefined {
  for (const argument of args) {
    const { value } = argument;
    const [, alone] = /^:?(\d+)$/.exec(value) ?? [];
    if (alone !== undefined) {
      return { argument, message: `Missing address for VirtualHost ${value}`, instead: `*:${alone}` };
    }
    if (value.includes(',') && !isUncertain(value)) {
      const instead = value.split(',').filter(Boolean).join(' ');
      const message = `Apache ignores the address "${value}" (AH00547): addresses are separated by spaces`;
      return { argument, message, instead, gravity: { severity: 'warning', effect: 'security' } };
    }
    // As pages of Markdown show it, with a dot for the colon, or a name's pattern, which is ServerAlias's to say.
    if (/\\|^\*[^:]/.test(value) && !isUncertain(value)) {
      const meant = value.replaceAll('\\', '').replace(/^\*\.(\d+)$/, '*:$1');
      return {
        argument,
        message: `Apache ignores the address "${value}" (AH00547), since no host has such a name: nobody reaches this virtual host by it`,
        ...(meant === value ? {} : { instead: meant }),
        gravity: { severity: 'warning', effect: 'security' },
      };
    }
    const [, port = '1'] = /:(\d+)$/.exec(value) ?? [];
    const isCut = /^\[(?![\da-f:.]+(?:%\w+)?\])/i.test(value) && !isUncertain(value);
    if (isCut || Number(port) < 1 || Number(port) > 65535) {
      return { argument, message: `The address or port is invalid: <VirtualHost ${value}>` };
    }
  }
  return undefined;
}

/** Of each pair one word at most. */
const exclusive = [
  ['Strict', 'Unsafe'],
  ['RegisteredMethods', 'LenientMethods'],
  ['Require1.0', 'Allow0.9'],
] as const;

function checkProtocolOptions({ args }: Statement): BadValue | undefined {
  const find = (word: string) => args.find(({ value }) => value.toLowerCase() === word.toLowerCase());
  for (const [one, other] of exclusive) {
    const argument = find(other);
    if (argument && find(one)) {
      return { argument, message: `HttpProtocolOptions '${one}' and '${other}' are mutually exclusive` };
    }
  }
  return undefined;
}

function checkOverrideList({ args }: Statement): BadValue | undefined {
  const argument = args.length > 1 ? args.find(({ value }) => /^none$/i.test(value)) : undefined;
  return argument && { argument, message: "'None' not allowed with other directives in AllowOverrideList" };
}

/** One name, and a port that counts from its first digits on (`server_hostname_port`); an address in brackets is a pattern too. */
function checkServerName({ args: [argument] }: Statement): BadValue | undefined {
  if (!argument) return undefined;
  const { value } = argument;
  if (/[*?]|\[[^\]]*\]/.test(value)) {
    return { argument, message: `Invalid ServerName "${value}": use ServerAlias to set multiple server names` };
  }
  const scheme = value.indexOf('://');
  const host = scheme < 0 ? value : value.slice(scheme + 3);
  const colon = host.indexOf(':');
  if (colon < 0) return undefined;
  const number = Number.parseInt(host.slice(colon + 1), 10);
  return number > 0 && number < 65536
    ? undefined
    : { argument, message: `The port number "${value}" is outside the appropriate range (i.e., 1..65535)` };
}

/** The answers that httpd has a line for, errors or not (`ap_index_of_response`, measured with 2.4.71). */
const answers = [
  /^10[0-3]$/,
  /^2(?:0[0-8]|26)$/,
  /^30(?:[0-5]|[78])$/,
  /^4(?:0\d|1[0-7]|2[1-4689]|31|51)$/,
  /^5(?:0[0-8]|1[01])$/,
];

function checkErrorDocument({ args: [argument, document] }: Statement): BadValue | undefined {
  // The number ends where its digits do.
  const code = /^\s*\+?0*(\d+)/.exec(argument?.value ?? '')?.[1] ?? '';
  if (argument && !answers.some((known) => known.test(code))) {
    return { argument, message: `Unsupported HTTP response code ${argument.value}` };
  }
  // Browsers would never be asked for a password (`set_error_document`).
  if (code !== '401' || !/^[a-z][a-z\d+.-]*:\/\/\S+$/i.test(document?.value ?? '')) return undefined;
  const message =
    'Apache passes over this line and sends its own page, since a 401 cannot lead to a full URL (error log: AH00113). Name a path of this server';
  return { argument: document, message, gravity: { severity: 'information', effect: 'advice' } };
}

/** Unless it is built to, httpd does not run as root. */
function checkUser({ args: [argument] }: Statement): BadValue | undefined {
  return argument && /^(?:root|#0)$/.test(argument.value)
    ? { argument, message: 'Apache has not been designed to serve pages while running as root: name another user' }
    : undefined;
}

const mechanisms = /^(?:none|no|default|yes|(?:flock|fcntl|file)(?::.*)?|pthread|sysvsem|posixsem|sem)$/i;

/** Who registers the names that a `Mutex` may be for: httpd looks them up before it reads the configuration. */
const mutexes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'rewrite-map': 'rewrite',
    'ssl-cache': 'ssl',
    'ssl-stapling': 'ssl',
    'ssl-stapling-refresh': 'ssl',
    'watchdog-callback': 'watchdog',
    proxy: 'proxy',
    'proxy-balancer-shm': 'proxy_balancer',
    'ldap-cache': 'ldap',
    'authdigest-client': 'auth_digest',
    'authdigest-opaque': 'auth_digest',
    'authn-socache': 'authn_socache',
    'cache-socache': 'cache_socache',
    'mpm-accept': 'mpm_prefork',
  }),
);

function checkMutex(statement: Statement, context: ApacheContext): BadValue | undefined {
  const {
    args: [argument, ...types],
  } = statement;
  if (!argument) return undefined;
  if (!mechanisms.test(argument.value)) {
    const message = `Invalid Mutex argument ${argument.value}: it is default, flock:PATH, fcntl:PATH, file:PATH, pthread, sysvsem, posixsem or sem`;
    return { argument, message };
  }
  const problem = checkMutexTypes(types, context);
  if (problem || !/^(?:none|no)$/i.test(argument.value)) return problem;
  const named = types.map(({ value }) => value).filter((value) => !/^(?:default|omitpid)$/i.test(value));
  // None of httpd's own does without.
  const locked =
    named.length < types.length || types.length === 0 ? 'default' : named.find((type) => mutexes.has(type));
  return locked === undefined ? undefined : { argument, message: `None is not allowed for mutex type ${locked}` };
}

function checkMutexTypes(
  types: readonly Argument[],
  { evaluation, project: { target } }: ApacheContext,
): BadValue | undefined {
  for (const argument of types) {
    const { value } = argument;
    if (/^(?:default|omitpid)$/i.test(value)) continue;
    const message = `Mutex type ${value} is not valid`;
    const module = mutexes.get(value);
    if (module === undefined) {
      const instead = suggest(value, mutexes.keys());
      if (instead !== undefined) return { argument, message, instead };
      if (onlyHttpdModules(evaluation)) return { argument, message };
    } else if (evaluation.modulesCertain && !isCompiledIn(module) && !evaluation.modules.has(module)) {
      return { argument, message: `${message}: it comes with mod_${module}, ${notLoaded(module, target)}` };
    }
  }
  return undefined;
}

function checkUndefMacro({ args: [name], order }: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  if (!name || !evaluation.modulesCertain || macroBefore(name.value, order, evaluation)) return undefined;
  return { argument: name, message: `cannot remove undefined macro '${name.value}'` };
}

/** The macro as it stands before a line: not there where `UndefMacro` took it away. */
function macroBefore(name: string, order: number, evaluation: Evaluation): Statement | undefined {
  const word = name.toLowerCase();
  const macro = lastBefore(withWord(evaluation, 'macro', word), order);
  const taken = lastBefore(withWord(evaluation, 'undefmacro', word), order);
  return macro && taken && taken.order > macro.order ? undefined : macro;
}

/** `Use` of a macro: it is defined before, and takes as many arguments. */
function checkMacro(
  { args: [name, ...values], order }: Statement,
  { evaluation }: ApacheContext,
): BadValue | undefined {
  if (!name?.value) return { argument: name, message: 'no macro name specified with Use' };
  const macro = macroBefore(name.value, order, evaluation);
  if (!macro) {
    const isTaken = lastBefore(withWord(evaluation, 'macro', name.value.toLowerCase()), order) !== undefined;
    return evaluation.modulesCertain
      ? {
          argument: name,
          message: `macro '${name.value}' is not defined ${isTaken ? 'any more, as UndefMacro takes it away' : 'before this line'}`,
        }
      : undefined;
  }
  const expected = macro.args.length - 1;
  // The first that is too many: it begins another line where the one before goes on, or a comment.
  return values.length === expected
    ? undefined
    : {
        argument: values[expected] ?? name,
        message: `macro '${name.value}' used with ${values.length} arguments instead of ${expected}`,
      };
}

function checkDefinition({ args: [name, ...parameters] }: Statement): BadValue | undefined {
  if (!name?.value) return { argument: name, message: 'Macro definition: empty name' };
  const again = parameters.find(({ value }, index) => parameters.findIndex((other) => other.value === value) < index);
  return (
    again && {
      argument: again,
      message: `argument name conflict in macro '${name.value}': '${again.value}' is there twice`,
    }
  );
}

/** A pattern that is looked for, and of a header its name too. */
function checkEnvironment({ key, node, args }: Statement): BadValue | undefined {
  const isHeader = /^setenvif(?:nocase)?$/.test(key);
  const wanted = [
    ...(isHeader ? ['header-field name'] : []),
    key === 'setenvifexpr' ? 'expression' : 'regular expression',
    'envariable expression',
  ];
  const missing = wanted.findIndex((_, index) => !args[index]?.value);
  if (missing >= 0) return { argument: args[missing], message: `Missing ${wanted[missing]} for ${node.name}` };
  if (key === 'setenvifexpr') return undefined;
  const [name, pattern] = isHeader ? args : [undefined, ...args];
  if (name && isBrokenPattern(name.value)) {
    return { argument: name, message: `SetEnvIfHeader name regex could not be compiled: ${name.value}` };
  }
  const why = pattern && whyBroken(pattern.value.replace(/^!/, ''));
  return why === undefined
    ? undefined
    : { argument: pattern, message: `${node.name} regex could not be compiled${why}: ${pattern?.value}` };
}
