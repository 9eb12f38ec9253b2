import { createMemo } from '../../../../memory/memo.ts';
import { type Address, readAddress } from '../../addresses.ts';
import { factOf } from '../../directives/facts.ts';
import { withKey, withKeyAt, withKeyIn } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { isWildcard } from './listeners.ts';

const found = createMemo<Evaluation, ReadonlySet<Statement>>();

/**
 * The virtual hosts that speak TLS although no `SSLEngine` says so: they have a certificate, and their protocol is `https`, by
 * `Protocol` or by the `Listen` of their very address, of which port 443 is `https` by itself (`ap_setup_listeners`,
 * `ssl_init_Module`; measured with 2.4.71).
 */
export function httpsByListen(evaluation: Evaluation): ReadonlySet<Statement> {
  let hosts = found.get(evaluation);
  if (!hosts) {
    hosts = hostsOf(evaluation);
    found.set(evaluation, hosts);
  }
  return hosts;
}

function hostsOf(evaluation: Evaluation): ReadonlySet<Statement> {
  const hosts = new Set<Statement>();
  if (withKeyAt(evaluation, 'sslengine', undefined).length > 0) return hosts;
  const listens = withKeyIn(evaluation, 'listen', undefined);
  for (const host of withKey(evaluation, 'virtualhost')) {
    const has = (key: string) => withKeyAt(evaluation, key, host).length > 0;
    if (has('sslengine')) continue;
    if (!has('sslcertificatefile') && withKeyAt(evaluation, 'sslcertificatefile', undefined).length === 0) continue;
    if (protocolOf(host, evaluation, listens) === 'https') hosts.add(host);
  }
  return hosts;
}

function protocolOf(host: Statement, evaluation: Evaluation, listens: readonly Statement[]): string | undefined {
  const written = withKeyAt(evaluation, 'protocol', host).at(-1) ?? withKeyAt(evaluation, 'protocol', undefined).at(-1);
  if (written) return written.args[0]?.value;
  // Without a directive of the core it shares what the core knows of the main server, whose protocol it is.
  if (!host.children.some(isOfCore)) return undefined;
  for (const { value } of host.args) {
    const address = readAddress(value);
    const listen = address && listens.find(({ args }) => isSame(readAddress(args[0]?.value ?? ''), address, value));
    if (listen) return listen.args[1]?.value.toLowerCase() ?? (address.port === 443 ? 'https' : 'http');
  }
  return undefined;
}

/** Those of the core that are done with when they are read belong to no server. */
const doneWhenRead = new Set(['define', 'undefine', 'include', 'includeoptional', 'error']);

function isOfCore({ key }: Statement): boolean {
  return factOf(key)?.modules[0] === 'core' && !doneWhenRead.has(key);
}

/** `*` stands for the addresses of both families, where `0.0.0.0` is not what `Listen 443` opens. */
function isSame(listen: Address | undefined, { host, port }: Address, written: string): boolean {
  if (listen?.port !== port) return false;
  if (listen.host === host) return true;
  return isWildcard(listen) && (host === '*' || written.startsWith('[::]:'));
}
