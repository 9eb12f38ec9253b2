import { createMemo } from '../../../../memory/memo.ts';
import { prefixFinder } from '../../../../text/prefixes.ts';
import { suggest } from '../../../../text/suggest.ts';
import type { Evaluation } from '../../evaluate/evaluation.ts';
import { hostOf } from '../../evaluate/first-places.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { isUncertain } from '../../uncertain.ts';

/**
 * The workers and balancers that the directives of one server make, each with where it is made first: mod_proxy looks for
 * them while it reads, and a virtual host has not yet those of the main server (measured with 2.4.71).
 */
interface Made {
  readonly balancers: Map<string, number>;
  readonly workers: Map<string, number>;
  /** Of the first whose name a variable has part in. */
  uncertain: number;
  workersAt?: (url: string) => readonly string[];
}

const makers = new Set(['proxypass', 'proxypassmatch', 'balancermember', 'proxyset', 'proxy']);

const found = createMemo<Evaluation, ReadonlyMap<Statement | undefined, Made>>();

/** Whether `ProxySet` finds what it names: a balancer of that very name, or a worker whose URL the name begins with. */
export function findsWorker(name: string, { parents, order }: Statement, evaluation: Evaluation): boolean {
  const made = madeBy(evaluation).get(hostOf(parents));
  if (!made) return false;
  if (made.uncertain < order) return true;
  const isBefore = (place: number | undefined) => place !== undefined && place < order;
  if (isBalancer(name)) return isBefore(made.balancers.get(balancerName(name)));
  made.workersAt ??= prefixFinder(new Set(made.workers.keys()));
  const url = urlOf(name);
  const least = /^[^/]*\/\/[^/]*/.exec(url)?.[0].length ?? 0;
  return made.workersAt(url).some((worker) => worker.length >= least && isBefore(made.workers.get(worker)));
}

/** The name of a balancer of the same server that was meant, made before. */
export function meantBalancer(name: string, { parents, order }: Statement, evaluation: Evaluation): string | undefined {
  const balancers = madeBy(evaluation).get(hostOf(parents))?.balancers ?? new Map<string, number>();
  return suggest(
    balancerName(name),
    [...balancers].flatMap(([each, place]) => (place < order ? [each] : [])),
  );
}

function madeBy(evaluation: Evaluation): ReadonlyMap<Statement | undefined, Made> {
  let servers = found.get(evaluation);
  if (servers) return servers;
  const drafts = new Map<Statement | undefined, Made>();
  for (const statement of evaluation.all) {
    const name = makers.has(statement.key) ? madeName(statement) : undefined;
    if (name === undefined) continue;
    const host = hostOf(statement.parents);
    const made = drafts.get(host) ?? { balancers: new Map(), workers: new Map(), uncertain: Number.POSITIVE_INFINITY };
    drafts.set(host, made);
    take(made, name, statement.order);
  }
  servers = drafts;
  found.set(evaluation, servers);
  return servers;
}

function take(made: Made, name: string, order: number): void {
  if (isUncertain(name)) made.uncertain = Math.min(made.uncertain, order);
  const names = isBalancer(name) ? made.balancers : made.workers;
  const normal = isBalancer(name) ? balancerName(name) : workerName(name);
  if (!names.has(normal)) names.set(normal, order);
}

/** What a directive makes; `<Proxy>` only where parameters follow the name, and `ProxySet` only within one. */
function madeName({ key, args, parents }: Statement): string | undefined {
  const around = parents.at(-1);
  const section = around?.key === 'proxy' || around?.key === 'proxymatch' ? around.args[0]?.value : undefined;
  if (key === 'proxy') return args.length > 1 ? args[0]?.value : undefined;
  if (key === 'proxyset') return section;
  // A member is in its balancer alone.
  if (key === 'balancermember') return section ?? args[0]?.value;
  const target = args[parents.some((each) => /^(?:location|proxy)/.test(each.key)) ? 0 : 1]?.value;
  return target === '!' ? undefined : target;
}

export function isBalancer(url: string | undefined): boolean {
  return /^balancer:/i.test(url ?? '');
}

/** Without path and case, with user and port (`ap_proxy_get_balancer`). */
function balancerName(name: string): string {
  return (/^balancer:\/\/[^/]*/i.exec(name)?.[0] ?? name).toLowerCase();
}

const defaultPorts =
  /^(?:(?:http|ws):\/\/[^/]*:80|(?:https|wss):\/\/[^/]*:443|ajp:\/\/[^/]*:8009|fcgi:\/\/[^/]*:8000)$/;

/** Without a port that is the scheme's own, which is not left out of what is looked for; what an expression fills in may be anything. */
function workerName(url: string): string {
  const [, server = '', path = ''] = /^([^/]*\/\/[^/]*)(.*)$/s.exec(urlOf(url)) ?? [undefined, url];
  return (defaultPorts.test(server) ? server.replace(/:\d+$/, '') : server) + path.replace(/\$.*$/s, '');
}

/** Without the socket, which is no part of it, and without user; the server in small letters. */
function urlOf(url: string): string {
  return url
    .replace(/^unix:[^|]*\|/i, '')
    .replace(/^[^/]*\/\/[^/]*/, (server) => server.toLowerCase().replace(/\/\/[^/@]*@/, '//'));
}
