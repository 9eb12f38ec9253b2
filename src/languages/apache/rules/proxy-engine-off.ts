import { byKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import { isInProxySection, type ProxyTarget, proxyTargets, tlsSchemes } from '../lower/proxying.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/** A proxy to something over TLS where mod_ssl is not told to speak it: every request answers 500 (AH01961). */
export const proxyEngineOff: ApacheRule = {
  id: 'proxy-engine-off',
  title: 'Proxy to https:// without SSLProxyEngine on',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    const { evaluation } = context;
    if (evaluation.modulesCertain && !evaluation.modules.has('ssl')) return;
    if (![...byKey(evaluation).keys()].some((key) => key.startsWith('proxypass') || proxying.has(key))) return;
    const outside = evaluation.statements.filter(({ key }) => key !== 'virtualhost');
    const hosts = evaluation.statements.filter(({ key }) => key === 'virtualhost');
    for (const host of hosts) yield* reports(proxyTargets(host.children), [host.children, outside], context);
    // A virtual host inherits the main server's proxies and decides by its own switch: only where none is on is it sure.
    const all = [outside, ...hosts.map(({ children }) => children)];
    yield* reports(proxyTargets(outside), all, context, all);
  },
};

const proxying = new Set(['balancermember', 'rewriterule', 'sethandler']);

function* reports(
  targets: readonly ProxyTarget[],
  scopes: readonly (readonly Statement[])[],
  context: ApacheContext,
  anywhere: readonly (readonly Statement[])[] = [],
): Iterable<ApacheReport> {
  // One switch mends all of a server's proxies, so that one finding is enough.
  const found = targets.filter(({ scheme, to }) => tlsSchemes.has(scheme) && isOff(to, scopes, anywhere));
  const [first, ...others] = found.filter(({ statement }) => !isConditional(statement));
  if (first) yield report(first, others, ownSwitch(scopes[0] ?? []), context);
}

/** Under `<IfModule mod_proxy.c>` and the like the directive is there whenever it matters. */
function isConditional({ branches }: Statement): boolean {
  return branches.some(({ kind }) => kind !== 'module');
}

function isOff(
  to: string,
  [own = [], ...outer]: readonly (readonly Statement[])[],
  anywhere: readonly (readonly Statement[])[],
): boolean {
  if (anywhere.some((statements) => statements.some(turnsOn))) return false;
  const sections = [own, ...outer].flat().filter((section) => isInProxySection(section, to));
  if (sections.some(({ children }) => children.some(turnsOn))) return false;
  const deciding = [own, ...outer].map(ownSwitch).find((statement) => statement !== undefined);
  return deciding === undefined || /^off$/i.test(deciding.args[0]?.value ?? '');
}

function turnsOn({ key, args }: Statement): boolean {
  return key === 'sslproxyengine' && !/^off$/i.test(args[0]?.value ?? '');
}

function ownSwitch(statements: readonly Statement[]): Statement | undefined {
  return statements.findLast(({ key }) => key === 'sslproxyengine');
}

function report(
  { statement, index, to }: ProxyTarget,
  others: readonly ProxyTarget[],
  off: Statement | undefined,
  { project }: ApacheContext,
): ApacheReport {
  const { file, args } = statement;
  const range = args[index]?.range ?? statement.node.range;
  const certain = project.complete || off !== undefined;
  const ending = certain
    ? 'every request answers 500 (AH01961). Switch it on.'
    : 'unless the rest of the configuration switches it on, every request answers 500 (AH01961).';
  return {
    message: `SSLProxyEngine is ${off ? 'off' : 'not on'} where requests go to ${to}: ${ending}`,
    location: { file, range },
    severity: certain ? 'error' : 'information',
    effect: certain ? 'connect' : 'advice',
    related: others.map((other) => ({
      location: { file: other.statement.file, range: other.statement.args[other.index]?.range ?? range },
      message: 'The same holds here.',
    })),
    fixes: [switchOn(statement, off, project.files.get(file)?.document.text ?? '')],
    statement,
  };
}

/** Changes the `off`, or puts the directive before the statement, outside of the sections that do not take it. */
function switchOn(statement: Statement, off: Statement | undefined, text: string) {
  const word = off?.args[0];
  if (off && word) return fix('Switch SSLProxyEngine on', true, { file: off.file, range: word.range, newText: 'on' });
  const outermost = statement.parents.find(({ key }) => key !== 'virtualhost') ?? statement;
  const anchor = outermost.file === statement.file ? outermost : statement;
  const { start } = anchor.node.range;
  const line = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line, start))?.[0] ?? '';
  const newText = `${indent}SSLProxyEngine on\n`;
  return fix('Switch SSLProxyEngine on', true, { file: anchor.file, range: { start: line, end: line }, newText });
}
