import { indentAt, lineStart } from '../../../text/lines.ts';
import { byKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { otherTlsModule } from '../evaluate/other-tls.ts';
import { isConditional, type Statement } from '../evaluate/statement.ts';
import { type ProxyTarget, proxyTargets, tlsSchemes } from '../lower/upstreams/proxying.ts';
import { type Engine, type EngineServer, engineFor, engineServer } from './proxy-engine.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

/** A proxy to something over TLS where mod_ssl is not told to speak it: every request answers 500 (AH01961). */
export const proxyEngineOff: ApacheRule = {
  id: 'proxy-engine-off',
  title: 'Proxy to https:// without SSLProxyEngine on',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    const servers = proxyingServers(context.evaluation);
    if (!servers) return;
    const { main, hosts } = servers;
    for (const host of hosts) yield* reports(proxyTargets(host.statements), host, main, context);
    // A virtual host inherits the main server's proxies and decides by its own switch: only where none is on is it sure.
    if (!hosts.some(turnsOn)) yield* reports(proxyTargets(main.statements), main, main, context);
  },
};

const proxying = new Set(['balancermember', 'rewriterule', 'sethandler']);

/** The servers of a configuration that may proxy with mod_ssl at hand. */
export function proxyingServers(
  evaluation: Evaluation,
): { readonly main: EngineServer; readonly hosts: readonly EngineServer[] } | undefined {
  if (evaluation.modulesCertain && !evaluation.modules.has('ssl')) return undefined;
  if (otherTlsModule(evaluation) !== undefined) return undefined;
  if (![...byKey(evaluation).keys()].some((key) => key.startsWith('proxypass') || proxying.has(key))) return undefined;
  const outside = evaluation.statements.filter(({ key }) => key !== 'virtualhost');
  const hosts = evaluation.statements.filter(({ key }) => key === 'virtualhost');
  return {
    main: engineServer(undefined, outside),
    hosts: hosts.map((block) => engineServer(block, block.children)),
  };
}

/** Anything in a virtual host that may switch it on for some backend. */
function turnsOn({ statements }: EngineServer): boolean {
  return statements.some(
    (statement) => mayTurnOn(statement) || (statement.key.startsWith('proxy') && statement.children.some(mayTurnOn)),
  );
}

function mayTurnOn({ key, args }: Statement): boolean {
  return key === 'sslproxyengine' && !/^off$/i.test(args[0]?.value ?? '');
}

function* reports(
  targets: readonly ProxyTarget[],
  server: EngineServer,
  main: EngineServer,
  context: ApacheContext,
): Iterable<ApacheReport> {
  // One switch mends all of a server's proxies, so that one finding is enough.
  const found = targets
    .filter(({ scheme }) => tlsSchemes.has(scheme))
    .map((target) => ({ target, engine: engineFor(target, server, main) }))
    .filter(({ engine: { on, said, section, isForeign } }) => on === false && !isLost({ section, isForeign, said }));
  const [first, ...others] = found.filter(({ target }) => !isConditional(target.statement));
  if (first) {
    const related = others.map(({ target }) => target);
    const off = offOf(first.engine, server);
    const certain = off !== undefined || isWhole(server, context);
    yield report(first.target, related, off, certain, context);
  }
}

/** Nothing that is not at hand can switch it on, for the server or for the main one. */
export function isWhole({ block }: EngineServer, { project, evaluation: { unseen } }: ApacheContext): boolean {
  return project.complete && !unseen.has(undefined) && !unseen.has(block);
}

/** What `proxy-engine-lost` tells: a section of the main server that needs a switch of its own. */
export function isLost({ section, isForeign, said }: Pick<Engine, 'section' | 'isForeign' | 'said'>): boolean {
  return isForeign && said?.parents.at(-1) !== section;
}

/** An `off` in the section or in the server itself, which is to change; the main server's is left to it. */
function offOf({ said, section }: Engine, { block }: EngineServer): Statement | undefined {
  const place = said?.parents.at(-1);
  return said && (place === section || place === block) ? said : undefined;
}

function report(
  { statement, index, to }: ProxyTarget,
  others: readonly ProxyTarget[],
  off: Statement | undefined,
  certain: boolean,
  context: ApacheContext,
): ApacheReport {
  const { file, args } = statement;
  const range = args[index]?.range ?? statement.node.range;
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
    fixes: [switchOn(statement, off, textOf(file, context))],
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
  const line = lineStart(text, start);
  const newText = `${indentAt(text, start)}SSLProxyEngine on\n`;
  return fix('Switch SSLProxyEngine on', true, { file: anchor.file, range: { start: line, end: line }, newText });
}
