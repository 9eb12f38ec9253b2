import { byKey } from '../evaluate/by-key.ts';
import type { Statement } from '../evaluate/statement.ts';
import { ProxySections, type ProxyTarget, proxyTargets, tlsSchemes } from '../lower/proxying.ts';
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
    const main = switchesOf(outside);
    const inside = hosts.map(({ children }) => switchesOf(children));
    for (const [index, { children }] of hosts.entries()) {
      yield* reports(proxyTargets(children), [inside[index] ?? main, main], context);
    }
    // A virtual host inherits the main server's proxies and decides by its own switch: only where none is on is it sure.
    const all = [main, ...inside];
    if (!all.some(({ isOn }) => isOn)) yield* reports(proxyTargets(outside), all, context);
  },
};

const proxying = new Set(['balancermember', 'rewriterule', 'sethandler']);

/** What the statements of one server say of `SSLProxyEngine`. */
interface Switches {
  /** Right in the server. */
  readonly isOn: boolean;
  readonly last: Statement | undefined;
  /** `<Proxy>` sections that switch it on. */
  readonly sections: ProxySections;
}

function switchesOf(statements: readonly Statement[]): Switches {
  return {
    isOn: statements.some(turnsOn),
    last: statements.findLast(({ key }) => key === 'sslproxyengine'),
    sections: new ProxySections(statements.filter(({ children }) => children.some(turnsOn))),
  };
}

function* reports(
  targets: readonly ProxyTarget[],
  scopes: readonly Switches[],
  context: ApacheContext,
): Iterable<ApacheReport> {
  const deciding = scopes.find(({ last }) => last !== undefined)?.last;
  if (deciding !== undefined && !/^off$/i.test(deciding.args[0]?.value ?? '')) return;
  const sections = scopes.map((scope) => scope.sections).filter(({ isEmpty }) => !isEmpty);
  const isOff = (to: string) => !sections.some((each) => each.takeIn(to));
  // One switch mends all of a server's proxies, so that one finding is enough.
  const found = targets.filter(({ scheme, to }) => tlsSchemes.has(scheme) && isOff(to));
  const [first, ...others] = found.filter(({ statement }) => !isConditional(statement));
  if (first) yield report(first, others, scopes[0]?.last, context);
}

/** Under `<IfModule mod_proxy.c>` and the like the directive is there whenever it matters. */
function isConditional({ branches }: Statement): boolean {
  return branches.some(({ kind }) => kind !== 'module');
}

function turnsOn({ key, args }: Statement): boolean {
  return key === 'sslproxyengine' && !/^off$/i.test(args[0]?.value ?? '');
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
