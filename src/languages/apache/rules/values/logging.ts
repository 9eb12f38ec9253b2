import { suggest } from '../../../../text/suggest.ts';
import { withKeyAt } from '../../evaluate/by-key.ts';
import { isCompiledIn, moduleName, onlyHttpdModules } from '../../evaluate/modules.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { notLoaded } from '../../how-to-load.ts';
import type { ApacheContext } from '../rule.ts';
import type { BadValue, ValueChecks } from './value-check.ts';

/** What is written to logs, in which form. Messages are httpd's own. */
export const loggingChecks: ValueChecks = {
  loglevel: checkLogLevel,
  logformat: ({ args: [format] }, context) => checkFormat('LogFormat', format, context),
  customlog: checkCustomLog,
  globallog: checkCustomLog,
  errorlog: checkErrorLog,
  errorlogformat: checkErrorLogFormat,
  logmessage: checkLogMessage,
};

/** Facilities of syslog(3), whatever their case; httpd takes the first that begins with what is written. */
const facilities =
  'auth authpriv cron daemon ftp kern lpr mail news syslog user uucp local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );

/** `syslog:FACILITY:TAG`; of several in one server the last is opened, and only by a start (measured with 2.4.71). */
function checkErrorLog(statement: Statement, { evaluation }: ApacheContext): BadValue | undefined {
  const {
    args: [argument],
    parents,
  } = statement;
  const [, facility = ''] = /^syslog:([^:]*)/.exec(argument?.value ?? '') ?? [];
  const isKnown = facilities.some((name) => name.startsWith(facility.toLowerCase()));
  if (!argument || isKnown) return undefined;
  if (withKeyAt(evaluation, 'errorlog', parents.at(-1)).at(-1) !== statement) return undefined;
  const near = suggest(facility, facilities);
  return {
    argument,
    message: `Syslog has no facility "${facility}", so Apache does not start (AH10036)`,
    ...(near === undefined ? {} : { instead: argument.value.replace(facility, near) }),
  };
}

/** Points of a request at which mod_log_debug can write. */
const hooks = (
  'translate_name type_checker quick_handler map_to_storage check_access check_access_ex insert_filter check_authn ' +
  'check_authz fixups handler log_transaction'
).split(' ');

function checkLogMessage({ args: [, ...words] }: Statement): BadValue | undefined {
  for (const argument of words) {
    const [, hook] = /^hook=(.*)$/i.exec(argument.value) ?? [];
    if (hook === undefined) {
      if (/^expr=/i.test(argument.value)) continue;
      return {
        argument,
        message: `LogMessage: Invalid argument ${argument.value}: hook=NAME and expr=CONDITION are taken`,
      };
    }
    if (/^all$/i.test(hook) || hooks.includes(hook.toLowerCase())) continue;
    const near = suggest(hook, hooks);
    return {
      argument,
      message: `LogMessage: Invalid hook name: ${hook}`,
      ...(near === undefined ? {} : { instead: `hook=${near}` }),
    };
  }
  return undefined;
}

const levels = /^(?:emerg|alert|crit|error|warn|notice|info|debug|trace[1-8])$/i;

function checkLogLevel({ args }: Statement, context: ApacheContext): BadValue | undefined {
  for (const argument of args) {
    const colon = argument.value.lastIndexOf(':');
    const level = argument.value.slice(colon + 1);
    if (!levels.test(level)) {
      return {
        argument,
        message: `LogLevel requires level keyword: one of emerg/alert/crit/error/warn/notice/info/debug/trace1-8, not '${argument.value}'`,
      };
    }
    const module = argument.value.slice(0, Math.max(0, colon));
    if (colon >= 0 && !isLoaded(module, context)) {
      const near = suggest(moduleName(module), context.evaluation.modules);
      return {
        argument,
        message: `Cannot find module ${module}`,
        ...(near === undefined ? {} : { instead: `${near}:${level}` }),
      };
    }
  }
  return undefined;
}

/**
 * The identifier that `LoadModule` has, with `_module` or without, or the name of the source file, both as they are written
 * there. Of a file's name only the module is looked at.
 */
function isLoaded(name: string, { evaluation: { modules, modulesCertain } }: ApacheContext): boolean {
  if (!modulesCertain) return true;
  const module = name.endsWith('.c') ? moduleName(name) : name.replace(/_module$/, '');
  return modules.has(module) || isCompiledIn(module);
}

function checkCustomLog({ args: [, format, condition] }: Statement, context: ApacheContext): BadValue | undefined {
  if (condition && /^env=!?$/i.test(condition.value)) {
    return { argument: condition, message: 'missing environment variable name: it follows env=' };
  }
  if (condition && !/^(?:env=|expr=)/i.test(condition.value)) {
    const message =
      'error in condition clause: a format with spaces needs quotes, a condition starts with env= or expr=';
    return { argument: condition, message };
  }
  return checkFormat('LogFormat', format, context);
}

/** `%h`, `%>s`, `%{Referer}i`, `%400,501{User-agent}i`, `%^FB`. */
const logDirective = /%(?:[<>!,\d]|\{[^}]{0,500}\}(?!$))*(\^..|.?)/gs;
const logLetters = /^(?:[aAbBcCDefhHiIklLmnoOpPqrRsStTuUvVxX%]|\^FB|\^t[io])$/;

/** `%a`, `%-m`, `%7F`, `%{u}t`; a percent sign or a blank of its own may be escaped, without flags. */
const errorDirective = /%(?:(?=[% ])|(?:[-+\d]|\{[^}]{0,500}\}(?!$))*)(.?)/gs;
const errorLetters = /^[aAeEFiklLmMnPTtvV]$/;

function checkFormat(
  kind: 'LogFormat' | 'error log format',
  format: Statement['args'][number] | undefined,
  { evaluation, project: { target } }: ApacheContext,
): BadValue | undefined {
  // Modules from elsewhere bring letters of their own.
  if (!format?.value.includes('%') || !onlyHttpdModules(evaluation)) return undefined;
  const [directives, letters] = kind === 'LogFormat' ? [logDirective, logLetters] : [errorDirective, errorLetters];
  for (const [whole, letter = ''] of format.value.matchAll(directives)) {
    const isOfTls = kind === 'LogFormat' && /^[xc]$/.test(letter);
    if (letters.test(letter) && (!isOfTls || evaluation.modules.has('ssl'))) continue;
    if (/^%[% ]$/.test(whole) && kind === 'error log format') continue;
    const isCut = letter === '' || (letter === '{' && !whole.includes('}'));
    return {
      argument: format,
      message: isCut
        ? `Ran off end of ${kind} parsing args to some directive: ${whole}`
        : `Unrecognized ${kind} directive %${letter}${isOfTls ? `: it comes with mod_ssl, ${notLoaded('ssl', target)}` : ''}`,
    };
  }
  return undefined;
}

function checkErrorLogFormat({ args: [first, second] }: Statement, context: ApacheContext): BadValue | undefined {
  const format = second ?? first;
  if (!format) return undefined;
  if (second && !/^(?:request|connection)$/i.test(first?.value ?? '')) {
    return { argument: first, message: 'ErrorLogFormat type must be one of request, connection' };
  }
  const bad = checkFormat('error log format', format, context);
  if (bad) return bad;
  const hasMessage = [...format.value.matchAll(errorDirective)].some(([, letter]) => letter === 'M');
  if (second) {
    return hasMessage
      ? { argument: second, message: '%M cannot be used in once-per-request or once-per-connection formats' }
      : undefined;
  }
  if (/(?:^|[^%])(?:%%)*%[-\d]*\+/.test(format.value)) {
    return { argument: first, message: "The '+' flag cannot be used in the main error log format" };
  }
  return hasMessage || format.value === ''
    ? undefined
    : { argument: first, message: "main ErrorLogFormat must contain message format string '%M'" };
}
