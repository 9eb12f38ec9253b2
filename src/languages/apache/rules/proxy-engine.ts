import { isConditional, type Statement } from '../evaluate/statement.ts';
import { type Decision, decideProxy, type ProxySections, proxySectionsOf } from '../lower/upstreams/proxy-sections.ts';
import type { ProxyTarget } from '../lower/upstreams/proxying.ts';
import { isUncertain } from '../uncertain.ts';

/** What decides in one server whether mod_ssl speaks TLS to backends. */
export interface EngineServer {
  /** The virtual host; undefined of the main server. */
  readonly block: Statement | undefined;
  readonly statements: readonly Statement[];
  /** The last `SSLProxyEngine` right in the server. */
  readonly last: Statement | undefined;
  readonly sections: ProxySections;
}

export function engineServer(block: Statement | undefined, statements: readonly Statement[]): EngineServer {
  return { block, statements, last: switchIn(statements), sections: proxySectionsOf(statements) };
}

/** The `SSLProxyEngine` that has the last word among statements. */
function switchIn(statements: readonly Statement[]): Statement | undefined {
  return statements.findLast(({ key }) => key === 'sslproxyengine');
}

/** Undefined where a condition or a variable decides. */
export function isOn({ args, branches }: Statement): boolean | undefined {
  if (isConditional({ branches }) || isUncertain(args[0]?.value ?? '')) return undefined;
  return !/^off$/i.test(args[0]?.value ?? '');
}

/** Whether TLS is spoken to a target, by whose word, and in which section that stands. */
export interface Engine extends Decision {
  /** Undefined where it cannot be known. */
  readonly on: boolean | undefined;
  /** The `SSLProxyEngine` that decides; undefined of the default, which is off. */
  readonly said: Statement | undefined;
  /** The section is the main server's, and heeds nothing of the virtual host. */
  readonly isForeign: boolean;
}

export function engineFor({ asked }: ProxyTarget, server: EngineServer, main: EngineServer): Engine {
  const { section, sure } = decideProxy(asked, server.sections, main.sections);
  const isForeign = section !== undefined && server !== main && section.parents[0] !== server.block;
  const inServer = isForeign ? main.last : (server.last ?? main.last);
  const said = (section && switchIn(section.children)) ?? inServer;
  const on = sure ? (said === undefined ? false : isOn(said)) : undefined;
  return { section, sure, on, said, isForeign };
}
