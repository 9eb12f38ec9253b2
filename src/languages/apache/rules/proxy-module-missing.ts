import { entryOf } from '../../../text/entry-of.ts';
import { atLeastVersion } from '../../../text/version.ts';
import { factOf } from '../directives/facts.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isHttpdModule } from '../evaluate/modules.ts';
import { otherTlsModule } from '../evaluate/other-tls.ts';
import { conditionsAround, headLocation, type Statement } from '../evaluate/statement.ts';
import { howToLoad } from '../how-to-load.ts';
import { isProxyHandler, type ProxyTarget, proxyTargets } from '../lower/upstreams/proxying.ts';
import { methodReports, methodsNeeded } from './balancer-methods.ts';
import { loadModules } from './load-module.ts';
import type { ApacheContext, ApacheReport, ApacheRule } from './rule.ts';

/** A proxy whose module is not loaded: every request is refused, or the balancer stops the start. */
export const proxyModuleMissing: ApacheRule = {
  id: 'proxy-module-missing',
  title: 'Proxy without the module that it needs',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { evaluation } = context;
    if (!evaluation.modulesCertain) return;
    const hasProxy = evaluation.modules.has('proxy');
    if (hasProxy) yield* balancerReports(context);
    // Where another directive of it is there, that Apache does not take it says enough.
    else if (evaluation.all.some(isOfProxy)) return;
    for (const { target, missing } of unloaded(context)) {
      yield hasProxy || isProxyHandler(target.statement)
        ? schemeReport(target, missing, context)
        : ruleReport(target, missing, context);
    }
  },
};

interface Unloaded {
  readonly target: ProxyTarget;
  readonly missing: Missing;
}

type Missing = readonly [string, ...string[]];

/** The first place that needs a module, for each; a handler before others, since it does worse than refuse. */
function unloaded(context: ApacheContext): Iterable<Unloaded> {
  const { evaluation } = context;
  const found = new Map<string, Unloaded>();
  const hosts = evaluation.statements.filter(({ key }) => key === 'virtualhost');
  for (const statements of [evaluation.statements, ...hosts.map(({ children }) => children)]) {
    for (const target of proxyTargets(statements)) {
      const [first, ...more] = missingModules(target, context);
      if (first === undefined || conditionsAround(target.statement).length > 0) continue;
      const before = found.get(first);
      if (!before || (isProxyHandler(target.statement) && !isProxyHandler(before.target.statement))) {
        found.set(first, { target, missing: [first, ...more] });
      }
    }
  }
  return found.values();
}

function isOfProxy({ key }: Statement): boolean {
  return factOf(key)?.modules.includes('mod_proxy') === true;
}

/** What carries a scheme; https needs mod_ssl besides. */
const carriers: Readonly<Record<string, readonly string[]>> = {
  http: ['proxy_http'],
  https: ['proxy_http', 'ssl'],
  ws: ['proxy_wstunnel'],
  wss: ['proxy_wstunnel', 'ssl'],
  h2: ['proxy_http2', 'ssl'],
  h2c: ['proxy_http2'],
  ajp: ['proxy_ajp'],
  fcgi: ['proxy_fcgi'],
  scgi: ['proxy_scgi'],
  uwsgi: ['proxy_uwsgi'],
  ftp: ['proxy_ftp'],
  balancer: ['proxy_balancer'],
};

function missingModules({ scheme }: ProxyTarget, { evaluation, project }: ApacheContext): readonly string[] {
  const { modules } = evaluation;
  const isThere = (module: string) =>
    modules.has(module) || (module === 'ssl' && otherTlsModule(evaluation) !== undefined);
  const missing = ['proxy', ...(entryOf(carriers, scheme) ?? [])].filter((module) => !isThere(module));
  // mod_proxy_http speaks WebSocket as well since 2.4.47.
  const isCarried = modules.has('proxy_http') && atLeastVersion(project.target.apache, '2.4.47');
  return isCarried ? missing.filter((module) => module !== 'proxy_wstunnel') : missing;
}

function schemeReport(target: ProxyTarget, missing: Missing, context: ApacheContext): ApacheReport {
  const { scheme } = target;
  const [first] = missing;
  // What follows is told once this is loaded.
  const modules = first === 'proxy' ? missing.slice(0, 2) : [first];
  const names = modules.map((name) => `mod_${name}`).join(' and ');
  const load = `Load ${modules.map((name) => `${name}_module`).join(' and ')} ${howToLoad(modules.at(-1) ?? first, context.project.target)}.`;
  const report = reportAt(target, missing, context);
  // mod_proxy passes over a handler whose scheme nothing carries; TLS is asked for later.
  if (isProxyHandler(target.statement) && first !== 'ssl') {
    const message = `The handler proxy:${scheme}:// needs ${names}, which no LoadModule loads: Apache passes nothing on and sends the files themselves, the source code of scripts too. ${load}`;
    return { ...report, message, effect: 'security' };
  }
  const isLate = first === 'ssl' && (scheme === 'h2' || !context.evaluation.modules.has('proxy_http'));
  const reason = isLate ? 'AH01961, failed to enable ssl support' : 'AH01144, no protocol handler was valid';
  const message = `Requests to ${scheme}:// need ${names}, which no LoadModule loads: they answer 500 (${reason}). ${load}`;
  return { ...report, message };
}

/** `RewriteRule … [P]` without mod_proxy. */
function ruleReport(target: ProxyTarget, missing: Missing, context: ApacheContext): ApacheReport {
  const load = `Load proxy_module ${howToLoad('proxy', context.project.target)}`;
  return {
    ...reportAt(target, missing, context),
    message: `The flag [P] needs mod_proxy, which no LoadModule loads: requests answer 403 (AH00669, without proxy enabled). ${load}.`,
  };
}

function reportAt({ statement, index }: ProxyTarget, missing: Missing, context: ApacheContext) {
  const needed = missing.includes('proxy_balancer') ? balancerNeeds(context.evaluation) : [];
  // Beside what is there for the same line.
  const neighbour = missing[0] === 'proxy' ? 'rewrite' : 'proxy';
  return {
    location: { file: statement.file, range: statement.args[index]?.range ?? statement.node.range },
    effect: 'connect' as const,
    statement,
    fixes: loadModules([...missing, ...needed], neighbour, context),
  };
}

/** mod_proxy_balancer wants shared memory for its state and a method to choose by. */
function* balancerReports(context: ApacheContext): Iterable<ApacheReport> {
  const { evaluation } = context;
  if (!evaluation.modules.has('proxy_balancer')) return;
  const load = withKey(evaluation, 'loadmodule').find(({ args }) => args[0]?.value === 'proxy_balancer_module');
  if (load && !evaluation.modules.has('slotmem_shm')) {
    yield {
      message: `mod_proxy_balancer needs mod_slotmem_shm: Apache does not start (AH01177). Load slotmem_shm_module ${howToLoad('slotmem_shm', context.project.target)}.`,
      location: headLocation(load),
      statement: load,
      fixes: loadModules(['slotmem_shm'], 'proxy', context),
    };
  }
  yield* methodReports(context);
}

/** What mod_proxy_balancer will ask for once it is loaded. */
function balancerNeeds(evaluation: Evaluation): readonly string[] {
  const needed = ['slotmem_shm', ...methodsNeeded(evaluation).map(({ method }) => `lbmethod_${method}`)];
  return needed.filter((module) => isHttpdModule(module) && !evaluation.modules.has(module));
}
