import type { Evaluation } from '../../evaluate/evaluate.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { readAddress } from '../../lower/listeners.ts';
import type { ApacheContext } from '../rule.ts';
import { checkHeader } from './header.ts';
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
  setenvifexpr: checkEnvironment,
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

function checkEnvironment({ key, node, args }: Statement): BadValue | undefined {
  const least = /^setenvif(?:nocase)?$/.test(key) ? 3 : 2;
  return args.length < least
    ? { argument: undefined, message: `Missing envariable expression for ${node.name}` }
    : undefined;
}
