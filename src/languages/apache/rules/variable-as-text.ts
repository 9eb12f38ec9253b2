import { remember } from '../../../memory/remember.ts';
import { capitalised } from '../../../text/capitalised.ts';
import type { Document } from '../../../text/document.ts';
import { readRedirect } from '../answers/redirect.ts';
import { leavesHttpsUnset } from '../answers/unset-https.ts';
import { withKey } from '../evaluate/by-key.ts';
import { hostOf } from '../evaluate/first-places.ts';
import { type Statement, wordLocation } from '../evaluate/statement.ts';
import { nullVariables } from './null-variable.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';
import { unexportedVariables } from './unexported-variable.ts';
import { speaksTls } from './values/in-scope.ts';

/**
 * `%SERVER_NAME` where mod_rewrite wants `%{SERVER_NAME}`, and variables in `Redirect`, which has none unless it stands in
 * `<Location>` without a path of its own (https://httpd.apache.org/docs/2.4/mod/mod_alias.html#redirect).
 */
export const variableAsText: ApacheRule = {
  id: 'variable-as-text',
  title: 'Variable that is taken as text',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    const { evaluation } = context;
    for (const key of ['redirect', 'redirectpermanent', 'redirecttemp', 'redirectmatch']) {
      for (const statement of withKey(evaluation, key)) {
        const report = statement.uncertain ? undefined : inRedirect(statement, context);
        if (report) yield report;
      }
    }
    yield* unexportedVariables(context);
    yield* nullVariables(context);
    yield* unsetHttps(context);
    for (const [key, index] of [['rewriterule', 1] as const, ['rewritecond', 0] as const]) {
      for (const statement of withKey(evaluation, key)) {
        const report = statement.uncertain
          ? withDollar(statement, index, context)
          : (withoutBraces(statement, index, context) ?? alwaysEmpty(statement, index, context));
        if (report) yield report;
      }
    }
  },
};

/** Those that configurations ask for; others with a sign before them may be an escape, such as `%20`. */
const names =
  'HTTPS|HTTP_HOST|HTTP_REFERER|HTTP_USER_AGENT|SERVER_NAME|SERVER_PORT|SERVER_ADDR|REQUEST_URI|REQUEST_FILENAME|REQUEST_SCHEME|REQUEST_METHOD|QUERY_STRING|DOCUMENT_ROOT|REMOTE_ADDR|THE_REQUEST';
const unbraced = new RegExp(`%(?:${names})(?![A-Za-z0-9]|_[A-Z])`, 'g');

function inRedirect(statement: Statement, context: ApacheContext): ApacheReport | undefined {
  const redirect = readRedirect(statement);
  if (redirect?.from === undefined || redirect.to === '') return undefined;
  const index = redirect.fromIndex + 1;
  const { node } = statement;
  const [variable] =
    /%\{[\w:-]+\}/.exec(redirect.to) ?? redirect.to.match(unbraced) ?? ofNginx(redirect.to, statement, context) ?? [];
  if (variable !== undefined) {
    return {
      message: `${node.name} has no variables: everybody is sent to an address with "${variable}" in it. Write the name itself, or use RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=301,L].`,
      location: wordLocation(statement, index),
      statement,
    };
  }
  const [group] = redirect.isRegex ? [] : (/\$\d/.exec(redirect.to) ?? []);
  if (group === undefined) return undefined;
  return {
    message: `${node.name} appends the rest of the path by itself and takes "${group}" as text: /page leads to ${redirect.to}page. Remove it, or use RedirectMatch with an expression.`,
    location: wordLocation(statement, index),
    statement,
    fixes:
      redirect.from.endsWith('/') && /\/\$1$/.test(redirect.to)
        ? edited(statement, index, /\$1(?=["']?$)/, '', context)
        : [],
  };
}

function withoutBraces(statement: Statement, index: number, context: ApacheContext): ApacheReport | undefined {
  const text = statement.args[index]?.value ?? '';
  const [variable] = text.match(unbraced) ?? [];
  if (variable === undefined) return withNamesOfNginx(text, statement, index, context);
  const braced = `%{${variable.slice(1)}}`;
  const leadsAway = /^https?:\/\//i.test(text);
  const outcome = leadsAway ? 'everybody is sent to an address that has it in it' : 'its value is not used';
  return {
    message: `"${variable}" is text without braces: ${outcome}. Write ${braced}.`,
    location: wordLocation(statement, index),
    statement,
    ...(leadsAway ? {} : { severity: 'information', effect: 'advice' }),
    fixes: edited(statement, index, unbraced, (found) => `%{${found.slice(1)}}`, context),
  };
}

/** nginx's variables, and what mod_rewrite has for them. */
const namesOfNginx: Readonly<Record<string, string>> = {
  $host: '%{HTTP_HOST}',
  $http_host: '%{HTTP_HOST}',
  $server_name: '%{SERVER_NAME}',
  $request_uri: '%{REQUEST_URI}',
  $scheme: '%{REQUEST_SCHEME}',
};
const wordOfNginx = /\$(?:host|http_host|server_name|request_uri|scheme)\b/g;

/** Those of an address, where the file has such words in redirects alone: whatever fills a file in has the name of the server too. */
function ofNginx(to: string, { file }: Statement, context: ApacheContext): readonly string[] | undefined {
  const found = /^https?:\/\//i.test(to) ? to.match(wordOfNginx) : null;
  const document = context.project.files.get(file)?.document;
  return found && document && hasThemInRedirectsAlone(document) ? found : undefined;
}

const hasThemInRedirectsAlone = remember(({ text }: Document): boolean => {
  const lines = text.match(/^.*\$[a-z_].*$/gim) ?? [];
  return lines.every((line) => /^\s*(?:#|redirect|rewrite)/i.test(line));
});

function withNamesOfNginx(
  text: string,
  statement: Statement,
  index: number,
  context: ApacheContext,
): ApacheReport | undefined {
  const [variable = ''] = ofNginx(text, statement, context) ?? [];
  const instead = namesOfNginx[variable];
  if (instead === undefined) return undefined;
  return {
    message: `"${variable}" is a variable of nginx, and text to Apache: everybody is sent to an address that has it in it. Write ${instead}.`,
    location: wordLocation(statement, index),
    statement,
    fixes: edited(
      statement,
      index,
      wordOfNginx,
      (name) => namesOfNginx[name] ?? name,
      context,
      'Write what mod_rewrite has for it',
    ),
  };
}

/**
 * `${HTTPS}` is a variable of the configuration, and stays as it is where nothing defines it; `${HTTP:Upgrade}` looks a key up in a
 * `RewriteMap` called HTTP. Names that somebody may well define, such as SERVER_NAME, are left alone.
 */
const dollar =
  /\$\{((?:HTTP|SSL|ENV):[\w-]+|HTTPS|REQUEST_URI|REQUEST_FILENAME|REQUEST_METHOD|REQUEST_SCHEME|QUERY_STRING|REMOTE_ADDR|THE_REQUEST)\}/g;

function withDollar(statement: Statement, index: number, context: ApacheContext): ApacheReport | undefined {
  const { evaluation } = context;
  const [found] = (statement.args[index]?.value ?? '').matchAll(dollar);
  const [variable, name = ''] = found ?? [];
  if (variable === undefined) return undefined;
  const [map, key] = name.split(':');
  const defines = withKey(evaluation, key === undefined ? 'define' : 'rewritemap');
  if (defines.some(({ args: [first] }) => first?.value === map)) return undefined;
  const instead = `%{${name}}`;
  const what =
    key === undefined
      ? 'a variable of the configuration, which nothing here defines'
      : `a key of a RewriteMap "${map}"`;
  const outcome = index === 0 ? 'the condition compares it with something else than is meant' : 'it gets no value';
  return {
    message: `Apache takes "${variable}" for ${what}, so ${outcome}. Write ${instead}.`,
    location: wordLocation(statement, index),
    statement,
    severity: 'information',
    effect: 'advice',
    fixes: edited(statement, index, dollar, (text) => text.replace('$', '%'), context, 'Write % before it'),
  };
}

/**
 * Names that mod_rewrite does not know, which stand for nothing at all: it has seven headers, and no others but by `HTTP:`, as those
 * of mod_ssl by `SSL:` (`lookup_variable`; measured with 2.4.71).
 */
const unknownName =
  /%\{(?:(HTTP_)(?!(?:ACCEPT|COOKIE|FORWARDED|HOST|PROXY_CONNECTION|REFERER|USER_AGENT)\})([A-Z]\w*)|(SSL_\w+)|HTTPS:([\w-]+)|(X-[\w-]+))\}/gi;

function alwaysEmpty(statement: Statement, index: number, context: ApacheContext): ApacheReport | undefined {
  const { args, key } = statement;
  const text = args[index]?.value ?? '';
  const [found] = text.includes('%{') ? text.matchAll(unknownName) : [];
  if (!found) return undefined;
  const known = (match: readonly string[]) => knownName(match[2], match[3], match[4] ?? match[5]);
  const replace = (whole: string, ...groups: readonly string[]) => known([whole, ...groups]);
  const isOfTls = key === 'rewritecond' && /FORWARDED|SSL|HTTPS/i.test(found[0]);
  const isAll = key === 'rewritecond' && text === found[0];
  const [, not] = isAll ? (/^(!?)=?\^?[\w-]+\$?$/.exec(args[1]?.value ?? '') ?? []) : [];
  const outcome = not === undefined ? '' : `, so this holds for ${not === '' ? 'no' : 'every'} request`;
  return {
    message: `mod_rewrite knows no "${found[0]}": it is always empty${outcome}. Write ${known(found)}.`,
    location: wordLocation(statement, index),
    statement,
    ...(isOfTls ? {} : { severity: 'information', effect: 'advice' }),
    fixes: edited(statement, index, unknownName, replace, context, 'Write the name that it knows').map((each) => ({
      ...each,
      safe: false,
    })),
  };
}

const ofEnvironment = /^%\{ENV:HTTPS\}$/i;
const ofScheme = /%\{(?:HTTPS|SERVER_PORT|REQUEST_SCHEME|HTTP:[^}]*)\}/i;

/** `RewriteCond %{ENV:HTTPS} !=on` alone before its rule: some hosts have something that sets it, and others redirect for ever. */
function* unsetHttps(context: ApacheContext): Iterable<ApacheReport> {
  const { evaluation, project } = context;
  const conditions = withKey(evaluation, 'rewritecond');
  const index = conditions.findIndex(
    (condition) => !condition.uncertain && isOfUnsetHttps(condition) && !isOfPlainHost(condition, context),
  );
  const statement = conditions[index];
  if (!statement || !project.complete || !leavesHttpsUnset(evaluation)) return;
  const besides = conditions.slice(Math.max(0, index - 2), index + 3);
  if (besides.some(({ args: [subject] }) => ofScheme.test(subject?.value ?? ''))) return;
  yield {
    message: `mod_ssl puts HTTPS into the environment behind mod_rewrite, and nothing else does: "%{ENV:HTTPS}" is always empty, so this holds for every request, over HTTPS too. Write %{HTTPS}.`,
    location: wordLocation(statement, 0),
    statement,
    severity: 'information',
    effect: 'advice',
    fixes: edited(statement, 0, /%\{ENV:HTTPS\}/i, '%{HTTPS}', context, 'Ask for the scheme itself').map((each) => ({
      ...each,
      safe: false,
    })),
  };
}

function isOfUnsetHttps({ args: [subject, pattern] }: Statement): boolean {
  return ofEnvironment.test(subject?.value ?? '') && /^!=?\^?on\$?$/i.test(pattern?.value ?? '');
}

/** Where another virtual host speaks TLS, one of plain HTTP redirects all it is asked for, as it should. */
function isOfPlainHost(statement: Statement, { evaluation }: ApacheContext): boolean {
  return (
    hostOf(statement.parents) !== undefined &&
    !speaksTls(evaluation, statement) &&
    speaksTls(evaluation, { ...statement, parents: [] })
  );
}

/** Of an environment's name, of one of mod_ssl's, or of a header. */
function knownName(upper: string | undefined, ssl: string | undefined, header: string | undefined): string {
  if (ssl !== undefined) return `%{SSL:${ssl}}`;
  const words = upper?.toLowerCase().split('_').map(capitalised);
  return `%{HTTP:${words?.join('-') ?? header}}`;
}

function edited(
  statement: Statement,
  index: number,
  pattern: RegExp,
  by: string | ((found: string, ...groups: readonly string[]) => string),
  context: ApacheContext,
  title = by === '' ? 'Remove it' : 'Put braces around it',
) {
  const { file, range } = wordLocation(statement, index);
  const written = textOf(file, context).slice(range.start, range.end);
  const newText = written.replace(pattern, typeof by === 'string' ? () => by : by);
  return newText === written ? [] : [fix(title, true, { file, range, newText })];
}
