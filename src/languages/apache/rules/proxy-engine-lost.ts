import { indentAt, lineEnd } from '../../../text/lines.ts';
import { headLocation, isConditional, type Statement } from '../evaluate/statement.ts';
import { type ProxyTarget, proxyTargets, tlsSchemes } from '../lower/upstreams/proxying.ts';
import { type EngineServer, engineFor, isOn } from './proxy-engine.ts';
import { isLost, isWhole, proxyingServers } from './proxy-engine-off.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';
import { textOf } from './source.ts';

/**
 * A `<Proxy>` section of the main server with directives of mod_ssl and no switch: it brings the main server's, which is
 * off, to requests of virtual hosts that have theirs on (AH01961).
 */
export const proxyEngineLost: ApacheRule = {
  id: 'proxy-engine-lost',
  title: 'Proxy section that takes SSLProxyEngine from virtual hosts',
  severity: 'error',
  effect: 'connect',
  *check(context) {
    const { evaluation } = context;
    const servers = evaluation.context === 'server config' ? proxyingServers(evaluation) : undefined;
    if (!servers || servers.main.sections.isEmpty) return;
    const { main, hosts } = servers;
    const found = new Map<Statement, Victim[]>();
    const look = (targets: readonly ProxyTarget[], host: EngineServer) => {
      for (const target of targets) {
        if (!tlsSchemes.has(target.scheme) || isConditional(target.statement)) continue;
        const engine = engineFor(target, host, main);
        if (engine.on !== false || !engine.section || !isLost(engine) || isConditional(engine.section)) continue;
        const victims = found.get(engine.section);
        if (victims) victims.push({ target, host });
        else found.set(engine.section, [{ target, host }]);
      }
    };
    for (const host of hosts) look(proxyTargets(host.statements), host);
    // Every virtual host has the main server's proxies; the first that means to speak TLS stands for all.
    const witness = hosts.find(({ last }) => last && isOn(last));
    if (witness) look(proxyTargets(main.statements), witness);
    for (const [section, victims] of found) yield report(section, victims, main, context);
  },
};

interface Victim {
  readonly target: ProxyTarget;
  readonly host: EngineServer;
}

/** More places than this help nobody. */
const mostRelated = 10;

function report(
  section: Statement,
  victims: readonly Victim[],
  main: EngineServer,
  context: ApacheContext,
): ApacheReport {
  const certain = isWhole(main, context);
  const { name } = section.node;
  const targets = new Set(victims.map(({ target }) => target.to));
  const [to = ''] = targets;
  const others = targets.size > 1 ? ` and ${targets.size - 1} other${targets.size > 2 ? 's' : ''}` : '';
  const switched = victims.find(({ host: { last } }) => last && isOn(last))?.host.last;
  const though = switched ? ', although it is on in the virtual host' : '';
  const ending = certain
    ? `requests to ${to}${others} answer 500 (AH01961)${though}. Add SSLProxyEngine on to the section.`
    : `unless another file switches it on for the main server, requests to ${to}${others} answer 500 (AH01961)${though}.`;
  const related = victims.slice(0, mostRelated).map(({ target: { statement, index } }) => ({
    location: { file: statement.file, range: statement.args[index]?.range ?? statement.node.nameRange },
    message: 'Requests that go here fail.',
  }));
  return {
    message: `This <${name}> section is in the main server and has directives of mod_ssl: in it the main server's SSLProxyEngine applies, which is ${main.last ? 'off' : 'not on'}; ${ending}`,
    location: headLocation(section),
    severity: certain ? 'error' : 'information',
    effect: certain ? 'connect' : 'advice',
    related,
    fixes: [switchOn(section, textOf(section.file, context))],
    statement: section,
  };
}

function switchOn({ file, node, children }: Statement, text: string) {
  const { header } = node.kind === 'section' ? node : { header: node.range };
  const first = children[0]?.node.range.start;
  const indent = first === undefined ? `${indentAt(text, header.start)}    ` : indentAt(text, first);
  const end = lineEnd(text, header.end);
  const newText = `\n${indent}SSLProxyEngine on`;
  return fix('Switch SSLProxyEngine on in this section', true, { file, range: { start: end, end }, newText });
}
