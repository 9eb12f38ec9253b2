import { wholeLines } from '../../../text/lines.ts';
import { withKey } from '../evaluate/by-key.ts';
import { locationOf, type Statement } from '../evaluate/statement.ts';
import { openBranches } from '../lower/scopes/settle.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { SectionsAround } from './sections-around.ts';
import { textOf } from './source.ts';
import { checkConfCommand } from './values/conf-command.ts';

/** Two directives of one server of which httpd keeps the last: the first might as well not be there. */
export const directiveReplaced: ApacheRule = {
  id: 'directive-replaced',
  title: 'Directive that a later one in the same place replaces',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    const around = new SectionsAround(context.project.files);
    for (const key of [...lastWins, command]) {
      const statements = withKey(context.evaluation, key);
      if (statements.length > 1) yield* replaced(statements, context, around);
    }
  },
};

/**
 * Directives of which each one sets the same field anew (`ssl_engine_config.c`, `core.c`). Others add up: certificates, options
 * with signs, names.
 */
const lastWins: readonly string[] = [
  'servername',
  'documentroot',
  ...`cacertificatefile cacertificatepath cadnrequestfile cadnrequestpath carevocationcheck carevocationfile carevocationpath
    certificatechainfile ciphersuite compression engine honorcipherorder insecurerenegotiation ocspdefaultresponder ocspenable
    ocspoverrideresponder protocol proxycacertificatefile proxycacertificatepath proxycarevocationcheck proxycarevocationfile
    proxycarevocationpath proxycheckpeercn proxycheckpeerexpire proxycheckpeername proxyciphersuite proxyengine
    proxymachinecertificatechainfile proxymachinecertificatefile proxymachinecertificatepath proxyprotocol proxyverify
    proxyverifydepth sessioncachetimeout sessionticketkeyfile sessiontickets staplingcache staplingforceurl staplingrespondertimeout
    staplingreturnrespondererrors strictsnivhostcheck usestapling verifyclient verifydepth vhostsnipolicy`
    .split(/\s+/)
    .map((name) => `ssl${name}`),
];
const command = 'sslopensslconfcmd';

/** Commands of OpenSSL with one value; `Options` and `Protocol` add up. */
const commands = /^(?:minprotocol|maxprotocol|cipherstring|ciphersuites|dhparameters|groups|curves|ecdhparameters)$/;

/** What only a directive of the same slot replaces; undefined for what adds up. */
function slotOf({ key, args: [first, second] }: Statement): string | undefined {
  const word = first?.value.toLowerCase() ?? '';
  if (key === command) {
    if (!commands.test(word)) return undefined;
    return /^(?:groups|curves|ecdhparameters)$/.test(word) ? 'groups' : word;
  }
  return key.endsWith('ciphersuite') && second !== undefined && first?.value === 'TLSv1.3' ? 'TLSv1.3' : '';
}

function* replaced(
  statements: readonly Statement[],
  context: ApacheContext,
  around: SectionsAround,
): Iterable<ApacheReport> {
  const kept = new Map<Statement | undefined, Map<string, Statement>>();
  const includes = new Map<Statement, Statement | undefined>();
  const broughtBy = (statement: Statement) => {
    if (!includes.has(statement)) includes.set(statement, includeOf(statement, context));
    return includes.get(statement);
  };
  const reports: ApacheReport[] = [];
  for (const statement of [...statements].reverse()) {
    const slot = slotOf(statement);
    if (slot === undefined) continue;
    const section = statement.parents.at(-1);
    const slots = kept.get(section) ?? new Map<string, Statement>();
    if (slots.size === 0) kept.set(section, slots);
    const last = slots.get(slot);
    if (last === undefined) slots.set(slot, statement);
    else if (!isSure(last, statement)) {
      if (openBranches(statement).length < openBranches(last).length) slots.set(slot, statement);
    } else if (last.node !== statement.node && isMistake(statement, last, broughtBy, around)) {
      if (!isRefused(statement, context)) reports.push(report(statement, last, context));
    }
  }
  yield* reports.reverse();
}

/** OpenSSL reads it all the same, and that it refuses it is told. */
function isRefused(statement: Statement, context: ApacheContext): boolean {
  return statement.key === command && checkConfCommand(statement, context) !== undefined;
}

/** Wherever the first takes effect, so does the last. */
function isSure(last: Statement, { branches }: Statement): boolean {
  return openBranches(last).every((branch) => branches.includes(branch));
}

/**
 * A file that others include may give a default for all of them to replace. Nobody writes one for what the same file says
 * further down, or takes in from another, unless a condition or the use of a macro is what lets the last one in.
 */
function isMistake(
  first: Statement,
  last: Statement,
  broughtBy: (statement: Statement) => Statement | undefined,
  around: SectionsAround,
): boolean {
  if (first.file === last.file) return around.alwaysFollows(first, last, undefined);
  const include = broughtBy(last);
  if (include?.file !== first.file || include.parents.at(-1) !== first.parents.at(-1)) return false;
  return include.order > first.order && around.alwaysFollows(first, last, include);
}

/** What brought a directive here, where its file was named: those of a pattern are there to be put over what is usual. */
function includeOf({ file, order }: Statement, { evaluation }: ApacheContext): Statement | undefined {
  return evaluation.includes.findLast(({ statement, pattern }) => statement.order < order && pattern === file)
    ?.statement;
}

/** Quotes, spaces and the case of letters make no other directive of it. */
function wordsOf({ args }: Statement): string {
  return args.map(({ value }) => value.toLowerCase()).join('\n');
}

function report(first: Statement, last: Statement, context: ApacheContext): ApacheReport {
  const { file, node } = first;
  const written = `${node.name} ${node.raw}`;
  const isSame = wordsOf(first) === wordsOf(last);
  const slot = slotOf(first);
  const name = slot === '' || slot === undefined ? node.name : `${node.name} ${first.args[0]?.value}`;
  const range = wholeLines(textOf(file, context), node.range);
  const addsNothing = last.key.endsWith('protocol') && /^[+-](?!all$)/i.test(last.args[0]?.value ?? '');
  return {
    message: isSame
      ? `${written} is repeated further down. Remove one of the two.`
      : `${written} has no effect: of several ${name} in one place Apache keeps the last, ${last.node.name} ${last.node.raw}.${addsNothing ? ' A + or - counts from nothing, not from what another line says.' : ''} Put everything into one line.`,
    location: locationOf(first),
    ...(isSame ? { severity: 'hint' } : {}),
    related: [{ location: locationOf(last), message: 'The one that is kept' }],
    statement: first,
    fixes: [fix('Remove the line', isSame, { file, range, newText: '' })],
  };
}
