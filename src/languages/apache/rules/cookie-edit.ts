import { groupBy } from '../../../text/group-by.ts';
import { hasFlag, readFlags } from '../answers/rewrite-flags.ts';
import { withKey } from '../evaluate/by-key.ts';
import { isSurelyThere, locationOf, type Statement, wordLocation } from '../evaluate/statement.ts';
import { readHeader } from '../lower/sites/headers.ts';
import { hostOf } from './form-login.ts';
import { type ApacheContext, type ApacheReport, fix } from './rule.ts';
import { speaksTls } from './values/in-scope.ts';

/**
 * `Header always edit Set-Cookie … Secure` where an HTTP backend sets the cookies, which are in the other table of headers, and `Header
 * edit` where FastCGI or CGI does, whose cookies are in that of `always` (measured with 2.4.71).
 */
export function* idleCookieEdits({ evaluation, project }: ApacheContext): Iterable<ApacheReport> {
  const edits = withKey(evaluation, 'header').filter(({ node }) => /set-cookie/i.test(node.raw));
  if (edits.length === 0 || !project.complete || evaluation.unseen.size > 0) return;
  // Once for each virtual host: there may be thousands, with as many lines.
  const tables = setsByHost(edits, (each) => readHeader(each)?.always);
  const answers = setsByHost(
    answering.flatMap((key) => withKey(evaluation, key)),
    kindOf,
  );
  const keepers = new Set(
    withKey(evaluation, 'header')
      .filter(({ node }) => ofHsts.test(node.raw))
      .map(hostOf),
  );
  const setsOwn =
    evaluation.all.some(({ key }) => ofModules.test(key)) ||
    withKey(evaluation, 'rewriterule').some(({ args }) => hasFlag(readFlags(args[2]?.value ?? ''), 'co', 'cookie'));
  const hasPhp = [...evaluation.modules].some((name) => name.startsWith('php'));
  for (const statement of edits) {
    const host = hostOf(statement);
    const header = readHeader(statement);
    if (!host || !header?.action.startsWith('edit') || !adds.test(statement.args[header.valueIndex + 1]?.value ?? ''))
      continue;
    if (!isSurelyThere(statement) || !speaksTls(evaluation, statement)) continue;
    if (hasPhp || (header.always && setsOwn) || bothOf(tables, host).size !== 1) continue;
    const kinds = bothOf(answers, host);
    if (kinds.size !== 1 || !kinds.has(header.always ? 'http' : 'program')) continue;
    const isKept = keepers.has(host) || keepers.has(undefined);
    const [first] = statement.args;
    const isSaid = /^(?:always|onsuccess)$/i.test(first?.value ?? '');
    const { file, range } = wordLocation(statement, 0);
    const end = isSaid ? wordLocation(statement, 1).range.start : range.start;
    yield {
      message: `${header.always ? 'With "always", Apache leaves the cookies of the backend' : 'Without "always", Apache leaves the cookies of CGI and FastCGI'} as they are, without Secure${isKept ? '' : ', so that browsers send them over plain HTTP too'}. Write Header ${header.always ? '' : 'always '}edit.`,
      ...(isKept ? { severity: 'information', effect: 'advice' } : {}),
      location: locationOf(statement),
      statement,
      fixes: [
        fix('Change the cookies', false, {
          file,
          range: { start: range.start, end },
          newText: header.always ? '' : 'always ',
        }),
      ],
    };
  }
}

type SetsByHost<Value> = ReadonlyMap<Statement | undefined, ReadonlySet<Value>>;

function setsByHost<Value>(statements: readonly Statement[], of: (statement: Statement) => Value): SetsByHost<Value> {
  return new Map([...groupBy(statements, hostOf)].map(([host, among]) => [host, new Set(among.map(of))]));
}

/** What a virtual host says and what the main server does, without what is undefined. */
function bothOf<Value>(sets: SetsByHost<Value>, host: Statement): ReadonlySet<Value> {
  const both = new Set([...(sets.get(host) ?? []), ...(sets.get(undefined) ?? [])]);
  both.delete(undefined as Value);
  return both;
}

const adds = /\bsecure\b/i;
/** Modules that set cookies of their own, among the headers of all answers. */
const ofModules = /^(?:sessioncookie|cookie|oidc|mellon|shib|cas)/;
const ofHsts = /strict-transport-security/i;
const answering = [
  'proxypass',
  'proxypassmatch',
  'sethandler',
  'addhandler',
  'rewriterule',
  'scriptalias',
  'scriptaliasmatch',
  'wsgiscriptalias',
];

/** What sets the cookies; undefined where nothing does. */
function kindOf({ key, args, node, uncertain, branches }: Statement): 'http' | 'program' | 'other' | undefined {
  if (uncertain || branches.length > 0) return 'other';
  const text = args.map(({ value }) => value).join(' ');
  if (key.startsWith('scriptalias')) return 'program';
  if (key === 'rewriterule' && !hasFlag(readFlags(args[2]?.value ?? ''), 'p', 'proxy')) return undefined;
  if (/\bfcgi:\/\/|^cgi-script\b/i.test(text)) return 'program';
  if (key === 'sethandler')
    return /^(?:none|default-handler|server-(?:status|info))$/i.test(text) ? undefined : 'other';

  if (/(?:^|\s)!(?:\s|$)|(?:^|\s)wss?:/i.test(node.raw)) return undefined;
  return /(?:^|\s)https?:/i.test(text) ? 'http' : 'other';
}
