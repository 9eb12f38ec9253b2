import type { Target } from '../../../tls/target.ts';
import { withKey } from '../evaluate/by-key.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { headLocation, type Statement } from '../evaluate/statement.ts';
import { howToLoad } from '../how-to-load.ts';
import { type ProxyTarget, proxyTargets } from '../lower/upstreams/proxying.ts';
import { loadModules } from './load-module.ts';
import type { ApacheContext, ApacheReport, ApacheRule } from './rule.ts';

/** A proxy whose module is not loaded: every request answers 500 (AH01144), or the balancer stops the start. */
export const proxyModuleMissing: ApacheRule = {
  id: 'proxy-module-missing',
  title: 'Proxy without the module that it needs',
  severity: 'error',
  effect: 'start',
  *check(context) {
    const { evaluation } = context;
    const { modules, modulesCertain } = evaluation;
    if (!modulesCertain || !modules.has('proxy')) return;
    yield* balancerReports(context);
    const reported = new Set<string>();
    const hosts = evaluation.statements.filter(({ key }) => key === 'virtualhost');
    for (const statements of [evaluation.statements, ...hosts.map(({ children }) => children)]) {
      for (const target of proxyTargets(statements)) {
        const [missing, ...more] = missingModules(target, modules);
        if (missing === undefined || target.statement.branches.length > 0 || reported.has(missing)) continue;
        reported.add(missing);
        const needed = missing === 'proxy_balancer' ? balancerNeeds(evaluation) : [];
        yield {
          ...schemeReport(target, missing, context.project.target),
          fixes: loadModules([missing, ...more, ...needed], 'proxy', context),
        };
      }
    }
  },
};

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

function missingModules({ scheme }: ProxyTarget, modules: ReadonlySet<string>): readonly string[] {
  return (carriers[scheme] ?? []).filter((module) => !modules.has(module));
}

function schemeReport({ statement, index, scheme }: ProxyTarget, missing: string, target: Target): ApacheReport {
  return {
    message: `Requests to ${scheme}:// need mod_${missing}, which no LoadModule loads: they answer 500 (AH01144, no protocol handler was valid). Load ${missing}_module ${howToLoad(missing, target)}.`,
    location: { file: statement.file, range: statement.args[index]?.range ?? statement.node.range },
    effect: 'connect',
    statement,
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
  const needed = methodNeeded(evaluation);
  if (needed)
    yield {
      ...methodReport(needed, context.project.target),
      fixes: loadModules([`lbmethod_${needed.method}`], 'proxy', context),
    };
}

/** What mod_proxy_balancer will ask for once it is loaded. */
function balancerNeeds(evaluation: Evaluation): readonly string[] {
  const method = methodNeeded(evaluation)?.method;
  const needed = ['slotmem_shm', ...(method === undefined ? [] : [`lbmethod_${method}`])];
  return needed.filter((module) => !evaluation.modules.has(module));
}

interface NeededMethod {
  /** Lower case. */
  readonly method: string;
  readonly statement: Statement;
}

/** A way to choose that a balancer names, or has by default, and that no module brings. */
function methodNeeded(evaluation: Evaluation): NeededMethod | undefined {
  const { modules } = evaluation;
  const [member] = withKey(evaluation, 'balancermember');
  const stated = evaluation.all.findLast(({ key, args }) => key.startsWith('proxy') && args.some(isMethod));
  const method = stated?.args.find(isMethod)?.value.slice('lbmethod='.length).toLowerCase() ?? 'byrequests';
  const anew = modules.has('lbmethod_byrequests') ? undefined : withKey(evaluation, 'proxypass').find(definesAnew);
  if (anew) return { method: 'byrequests', statement: anew };
  return member && !modules.has(`lbmethod_${method}`) ? { method, statement: stated ?? member } : undefined;
}

/** `ProxyPass` in a virtual host to a balancer that only the main server defines: it starts with the default method. */
function definesAnew({ key, args, parents }: Statement): boolean {
  const host = parents.find((parent) => parent.key === 'virtualhost');
  if (!host || key !== 'proxypass' || args.some(isMethod)) return false;
  const isBalancer = ({ value }: Statement['args'][number]) => /^balancer:/i.test(value);
  return args.some(isBalancer) && !host.children.some((child) => child.key === 'proxy' && child.args.some(isBalancer));
}

function methodReport({ method, statement }: NeededMethod, target: Target): ApacheReport {
  return {
    message: `This balancer chooses its member ${method}, which comes with mod_lbmethod_${method}: Apache does not start (AH02432, cannot find LB Method). Load lbmethod_${method}_module ${howToLoad(`lbmethod_${method}`, target)}.`,
    location: headLocation(statement),
    statement,
  };
}

function isMethod({ value }: Statement['args'][number]): boolean {
  return /^lbmethod=\w+$/i.test(value);
}
