import { suggest } from '../../../../text/suggest.ts';
import type { Evaluation } from '../../evaluate/evaluate.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { readAddress } from '../../lower/listeners.ts';
import type { Section } from '../../syntax.ts';
import type { ApacheContext } from '../rule.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** Addresses, headers, numbers, logs. Messages are httpd's own where it has one. */
export const serverChecks: ValueChecks = {
  listen: checkListen,
  virtualhost: checkVirtualHost,
  header: checkHeader,
  requestheader: checkHeader,
  keepalivetimeout: (statement) => checkDigits(statement) ?? checkNumber(statement),
  limitrequestbody: checkNumber,
  limitrequestfields: checkNumber,
  limitrequestfieldsize: checkNumber,
  limitrequestline: checkNumber,
  loglevel: checkLogLevel,
  errordocument: checkErrorDocument,
  expiresdefault: checkExpires,
  expiresbytype: checkExpires,
  customlog: checkCustomLog,
  setenvif: checkEnvironment,
  setenvifnocase: checkEnvironment,
  browsermatch: checkEnvironment,
  browsermatchnocase: checkEnvironment,
  use: checkMacro,
  undefmacro: checkUndefMacro,
};

function checkListen({ args: [argument] }: Statement): BadValue | undefined {
  if (!argument) return undefined;
  const address = readAddress(argument.value);
  if (address && address.port > 0 && address.port <= 65535) return undefined;
  const reason = address && address.port === 0 ? 'Port must be specified' : 'Invalid address or port';
  return { argument, message: `${reason}: Listen ${argument.value}` };
}

/** httpd takes `*:x` as a name without a port and looks unknown names up; only a number too high is refused. */
function checkVirtualHost({ args }: Statement): BadValue | undefined {
  const argument = args.find(({ value }) => Number(/:(\d+)$/.exec(value)?.[1] ?? 0) > 65535);
  return argument && { argument, message: `The address or port is invalid: <VirtualHost ${argument.value}>` };
}

const headerActions = ['add', 'append', 'echo', 'edit', 'edit*', 'merge', 'set', 'setifempty', 'unset', 'note'];

function checkHeader({ key, node, args }: Statement): BadValue | undefined {
  const conditional = key === 'header' && /^(?:always|onsuccess)$/i.test(args[0]?.value ?? '');
  const [action, name, value, ...more] = conditional ? args.slice(1) : args;
  if (!action) return { argument: undefined, message: `${node.name} needs an action and the name of a header` };
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
  const rest = /^edit/i.test(action.value) ? more.slice(1) : more;
  const extra = needsValue ? rest.find((argument) => !/^(?:env=|expr=|early$)/i.test(argument.value)) : undefined;
  if (extra) {
    return { argument: extra, message: `Unknown parameter: ${extra.value}; a value with blanks in it needs quotes` };
  }
  return undefined;
}

/** Text that is no number counts as 0 for most of them; only a negative one is refused. */
function checkNumber({ key, node, args: [argument] }: Statement): BadValue | undefined {
  if (!argument) return undefined;
  const isStrict = key === 'limitrequestbody' && !/^\d+$/.test(argument.value);
  if (!isStrict && !/^-\d/.test(argument.value)) return undefined;
  return { argument, message: `${node.name} requires a non-negative integer, not '${argument.value}'` };
}

function checkDigits({ node, args: [argument] }: Statement): BadValue | undefined {
  return argument && !/^[+-]?\d/.test(argument.value)
    ? { argument, message: `${node.name} has wrong format: it reads 5 or 500ms` }
    : undefined;
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

function checkErrorDocument({ args: [argument] }: Statement): BadValue | undefined {
  const code = Number(argument?.value);
  return argument && !(code >= 400 && code < 600)
    ? { argument, message: `Unsupported HTTP response code ${argument.value}` }
    : undefined;
}

/** `access plus 1 month`, `A2592000`, `modification plus 5 hours 3 minutes`. */
function checkExpires({ key, args }: Statement): BadValue | undefined {
  const argument = args[key === 'expiresbytype' ? 1 : 0];
  if (!argument) return undefined;
  if (/^[AM]-?\d+$/.test(argument.value)) return undefined;
  // Of a unit only the beginning counts.
  const unit = '(?:y|mo|w|d|h|mi|s)\\w*';
  const pattern = new RegExp(`^(?:access|now|modification)(?:\\s+plus)?(?:\\s+\\d+\\s+${unit})*$`, 'i');
  return pattern.test(argument.value.trim())
    ? undefined
    : { argument, message: `bad expires code '${argument.value}': it reads 'access plus 1 month' or 'A2592000'` };
}

function checkCustomLog({ args: [, , condition] }: Statement): BadValue | undefined {
  return condition && !/^(?:env=|expr=)/i.test(condition.value)
    ? {
        argument: condition,
        message: 'error in condition clause: a format with blanks needs quotes, a condition starts with env= or expr=',
      }
    : undefined;
}

function checkUndefMacro({ args: [name], order }: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  if (!name || !evaluation.modulesCertain || macroBefore(name.value, order, evaluation)) return undefined;
  return { argument: name, message: `cannot remove undefined macro '${name.value}'` };
}

/** The macro as it stands before a line: not there where `UndefMacro` took it away. */
function macroBefore(name: string, order: number, { all }: Evaluation): Statement | undefined {
  const isIt = ({ key, args }: Statement) =>
    (key === 'macro' || key === 'undefmacro') && args[0]?.value.toLowerCase() === name.toLowerCase();
  const last = all.findLast((statement) => statement.order < order && isIt(statement));
  return last?.key === 'macro' ? last : undefined;
}

/** `Use` of a macro: it is defined before, and takes as many arguments. */
function checkMacro(
  { args: [name, ...values], order }: Statement,
  { evaluation }: ApacheContext,
): BadValue | undefined {
  if (!name) return undefined;
  const macro = macroBefore(name.value, order, evaluation);
  if (!macro) {
    return evaluation.modulesCertain
      ? { argument: name, message: `macro '${name.value}' is not defined before this line` }
      : undefined;
  }
  const expected = macro.args.length - 1;
  return values.length === expected
    ? undefined
    : { argument: name, message: `macro '${name.value}' used with ${values.length} arguments instead of ${expected}` };
}

/** Variables of expressions (https://httpd.apache.org/docs/2.4/expr.html); modules may bring more. */
const variables = (
  'HTTP_ACCEPT HTTP_COOKIE HTTP_FORWARDED HTTP_HOST HTTP_PROXY_CONNECTION HTTP_REFERER HTTP_USER_AGENT ' +
  'REQUEST_METHOD REQUEST_SCHEME REQUEST_URI DOCUMENT_URI REQUEST_FILENAME SCRIPT_FILENAME LAST_MODIFIED SCRIPT_USER ' +
  'SCRIPT_GROUP PATH_INFO QUERY_STRING IS_SUBREQ THE_REQUEST REMOTE_ADDR REMOTE_PORT REMOTE_HOST REMOTE_USER ' +
  'REMOTE_IDENT SERVER_NAME SERVER_PORT SERVER_ADMIN SERVER_PROTOCOL SERVER_PROTOCOL_VERSION DOCUMENT_ROOT AUTH_TYPE ' +
  'CONTENT_TYPE HANDLER HTTP2 HTTPS IPV6 REQUEST_STATUS REQUEST_LOG_ID CONN_LOG_ID CONN_REMOTE_ADDR CONTEXT_PREFIX ' +
  'CONTEXT_DOCUMENT_ROOT TIME TIME_YEAR TIME_MON TIME_DAY TIME_HOUR TIME_MIN TIME_SEC TIME_WDAY SERVER_SOFTWARE ' +
  'API_VERSION SSL_PROTOCOL SSL_CIPHER SSL_CLIENT_VERIFY SSL_TLS_SNI'
).split(' ');

/** A misspelt variable in an expression. */
export function checkVariables({ args, raw }: Section): BadValue | undefined {
  for (const [, name = ''] of raw.matchAll(/%\{([A-Z][A-Z0-9_]+)\}/g)) {
    if (variables.includes(name)) continue;
    const near = suggest(name, variables);
    if (near !== undefined) {
      return {
        argument: args[0],
        message: `Cannot parse condition clause: Variable '${name}' does not exist, but ${near} does`,
      };
    }
  }
  return undefined;
}

function checkEnvironment({ key, node, args }: Statement): BadValue | undefined {
  const least = key.startsWith('setenvif') ? 3 : 2;
  return args.length < least
    ? { argument: undefined, message: `Missing envariable expression for ${node.name}` }
    : undefined;
}
