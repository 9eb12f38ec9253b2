import { challengePath } from '../../../tls/model/challenge-path.ts';
import type { Statement } from '../evaluate/statement.ts';
import { toRegExp } from '../patterns.ts';
import { isUncertain } from '../uncertain.ts';
import { readFlags } from './rewrite-flags.ts';

/** What is known of a request before it comes. */
export interface RequestFacts {
  readonly https: boolean | undefined;
  readonly port: number | undefined;
  readonly names: readonly string[];
  /** True where HTTPS is nothing in the environment, whatever the scheme. */
  readonly leavesHttpsUnset?: () => boolean;
}

/** A request without a query, as mod_rewrite comes to it. */
export interface RewriteRequest extends RequestFacts {
  /** The path that the client asked for. */
  readonly asked: string;
  /** The path that it goes on with: the same, or what an internal redirect made of it. */
  readonly path: string;
  /** Where that lies, for the rules of a folder. */
  readonly file?: string | undefined;
  readonly documentRoot?: string;
  /** The file is the one that a folder answers with. */
  readonly isIndex?: boolean;
}

export type Truth = boolean | undefined;

/** Conditions are joined by "and", those with `[OR]` to the next by "or". */
export function allHold(conditions: readonly Statement[], request: RewriteRequest): Truth {
  let all: Truth = true;
  let group: Truth = false;
  for (const condition of conditions) {
    group = or(group, holds(condition, request));
    if (orNext(condition)) continue;
    all = and(all, group);
    group = false;
  }
  return all;
}

/**
 * What `%1` stands for in a rule whose conditions hold: the groups of the last one that matched an expression. Undefined where
 * nobody can know.
 */
export function groupsOf(conditions: readonly Statement[], request: RewriteRequest): readonly string[] | undefined {
  let groups: readonly string[] | undefined = [];
  let isDecided = false;
  for (const condition of conditions) {
    const isOr = orNext(condition);
    if (!isDecided) {
      const truth = holds(condition, request);
      if (truth === undefined) groups = undefined;
      else if (truth) groups = matched(condition, request) ?? groups;
      // One that holds spares those that it is joined with.
      isDecided = isOr && truth !== false;
    } else isDecided = isOr;
  }
  return groups;
}

function matched(condition: Statement, request: RewriteRequest): readonly string[] | undefined {
  const { subject, pattern, negated, ignoreCase } = readCondition(condition);
  const value = negated || isComparison(pattern) ? undefined : textOf(subject, request);
  return value === undefined ? undefined : (toRegExp(pattern, ignoreCase)?.exec(value) ?? undefined);
}

/** Joined to the next one by "or". */
export function orNext({ args: [, , text] }: Statement): boolean {
  const flags = readFlags(text?.value ?? '');
  return flags.has('or') || flags.has('ornext');
}

function readCondition({ args }: Statement) {
  const [subject = '', patternText = '', flagText = ''] = args.map(({ value }) => value);
  const flags = readFlags(flagText);
  const negated = patternText.startsWith('!');
  const pattern = negated ? patternText.slice(1) : patternText;
  return { subject, pattern, negated, ignoreCase: flags.has('nc') || flags.has('nocase') };
}

/** A test of a file, a number or the order of letters, and no expression. */
function isComparison(pattern: string): boolean {
  return /^(?:-[a-z]|[<>=])/i.test(pattern);
}

function holds(condition: Statement, request: RewriteRequest): Truth {
  const { subject, pattern, negated, ignoreCase } = readCondition(condition);
  const value = textOf(subject, request);
  if (value === undefined) return undefined;
  const result = /^-[a-z]$/i.test(pattern) ? isThere(value, pattern, request) : test(value, pattern, ignoreCase);
  return result === undefined ? undefined : result !== negated;
}

/** A test string with what its variables stand for, or undefined where one depends on the request. */
function textOf(template: string, request: RewriteRequest): string | undefined {
  let isKnown = template.toLowerCase() !== 'expr';
  const text = template.replaceAll(/%\{([^}]*)\}/g, (_, name: string) => {
    const value = variableOf(name.toUpperCase(), request);
    isKnown &&= value !== undefined;
    return value ?? '';
  });
  return isKnown && !/[$%]\d/.test(template) && !isUncertain(text) ? text : undefined;
}

function variableOf(variable: string, request: RewriteRequest): string | undefined {
  const { https, port, names, asked, path, file, documentRoot } = request;
  switch (variable) {
    case 'HTTPS':
      return https === undefined ? undefined : https ? 'on' : 'off';
    case 'SERVER_PORT':
      return port === undefined ? undefined : String(port);
    case 'REQUEST_SCHEME':
      return https === undefined ? undefined : https ? 'https' : 'http';
    case 'REQUEST_URI':
      return path;
    case 'THE_REQUEST':
      return `GET ${asked} HTTP/1.1`;
    case 'REQUEST_METHOD':
      return 'GET';
    case 'QUERY_STRING':
      return asked === path ? '' : undefined;
    case 'HTTP:UPGRADE':
      // A page asks for WebSockets once it is there, and a CA never.
      return '';
    case 'ENV:HTTPS':
      return request.leavesHttpsUnset?.() ? '' : undefined;
    case 'ENV:REDIRECT_STATUS':
      return asked === path ? '' : '200';
    case 'REQUEST_FILENAME':
    case 'SCRIPT_FILENAME':
      return file;
    case 'DOCUMENT_ROOT':
      return documentRoot;
    case 'HTTP_HOST':
    case 'SERVER_NAME': {
      const [host = ''] = names;
      if (names.length !== 1 || /[*?]/.test(host)) return undefined;
      return variable === 'HTTP_HOST' ? host : withoutPort(host);
    }
    default:
      return undefined;
  }
}

/** `%{SERVER_NAME}` for a `Host`, which names the port where that is not the one of the scheme (measured with 2.4.71). */
export function withoutPort(host: string): string {
  return host.replace(/:\d+$/, '');
}

/**
 * `-f`, `-d` and their like: what is asked for is a folder where the path ends like one, the file of a challenge lies where
 * its client has put it, and what a folder answers with is there.
 */
function isThere(path: string, letter: string, { file, isIndex }: RewriteRequest): Truth {
  if (file === undefined || path !== file) return undefined;
  const isFolder = path.endsWith('/');
  if (!isFolder && !isIndex && !path.endsWith(challengePath)) return undefined;
  switch (letter) {
    case '-d':
      return isFolder;
    case '-f':
    case '-s':
      return !isFolder;
    case '-l':
    case '-L':
    case '-h':
      return isFolder ? undefined : false;
    default:
      return undefined;
  }
}

function test(value: string, pattern: string, ignoreCase: boolean): Truth {
  const fold = (text: string) => (ignoreCase ? text.toLowerCase() : text);
  if (/^=(?!=)/.test(pattern)) return fold(value) === fold(pattern.slice(1).replace(/^"(.*)"$/, '$1'));
  return isComparison(pattern) ? undefined : toRegExp(pattern, ignoreCase)?.test(value);
}

function and(a: Truth, b: Truth): Truth {
  if (a === false || b === false) return false;
  return a === undefined || b === undefined ? undefined : true;
}

function or(a: Truth, b: Truth): Truth {
  if (a === true || b === true) return true;
  return a === undefined || b === undefined ? undefined : false;
}
