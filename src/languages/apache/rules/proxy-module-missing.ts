import { headLocation, type Statement } from '../evaluate/statement.ts';
import { type ProxyTarget, proxyTargets } from '../lower/proxying.ts';
import type { ApacheReport, ApacheRule } from './rule.ts';

/** A proxy whose module is not loaded: every request answers 500 (AH01144), or the balancer stops the start. */
export const proxyModuleMissing: ApacheRule = {
  id: 'proxy-module-missing',
  title: 'Proxy without the module that it needs',
  severity: 'error',
  effect: 'start',
  *check({ evaluation }) {
    const { modules, modulesCertain } = evaluation;
    if (!modulesCertain || !modules.has('proxy')) return;
    yield* balancerReports(evaluation.all, modules);
    const reported = new Set<string>();
    const hosts = evaluation.statements.filter(({ key }) => key === 'virtualhost');
    for (const statements of [evaluation.statements, ...hosts.map(({ children }) => children)]) {
      for (const target of proxyTargets(statements)) {
        const missing = missingModule(target, modules);
        if (missing === undefined || target.statement.branches.length > 0 || reported.has(missing)) continue;
        reported.add(missing);
        yield schemeReport(target, missing);
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

function missingModule({ scheme }: ProxyTarget, modules: ReadonlySet<string>): string | undefined {
  return carriers[scheme]?.find((module) => !modules.has(module));
}

function schemeReport({ statement, index, scheme }: ProxyTarget, missing: string): ApacheReport {
  return {
    message: `Requests to ${scheme}:// need mod_${missing}, which no LoadModule loads: they answer 500 (AH01144, no protocol handler was valid). Load ${missing}_module (a2enmod ${missing} on Debian).`,
    location: { file: statement.file, range: statement.args[index]?.range ?? statement.node.range },
    effect: 'connect',
    statement,
  };
}

/** mod_proxy_balancer wants shared memory for its state and a method to choose by. */
function* balancerReports(all: readonly Statement[], modules: ReadonlySet<string>): Iterable<ApacheReport> {
  if (!modules.has('proxy_balancer')) return;
  const load = all.find(({ key, args }) => key === 'loadmodule' && args[0]?.value === 'proxy_balancer_module');
  if (load && !modules.has('slotmem_shm')) {
    yield {
      message:
        'mod_proxy_balancer needs mod_slotmem_shm: Apache does not start (AH01177). Load slotmem_shm_module (a2enmod slotmem_shm on Debian).',
      location: headLocation(load),
      statement: load,
    };
  }
  const member = all.find(({ key }) => key === 'balancermember');
  const stated = all.findLast(({ key, args }) => key.startsWith('proxy') && args.some(isMethod));
  const method = stated?.args.find(isMethod)?.value.slice('lbmethod='.length) ?? 'byrequests';
  const anew = modules.has('lbmethod_byrequests') ? undefined : all.find(definesAnew);
  if (anew) yield methodReport('byrequests', anew);
  else if (member && !modules.has(`lbmethod_${method.toLowerCase()}`)) yield methodReport(method, stated ?? member);
}

/** `ProxyPass` in a virtual host to a balancer that only the main server defines: it starts with the default method. */
function definesAnew({ key, args, parents }: Statement): boolean {
  const host = parents.find((parent) => parent.key === 'virtualhost');
  if (!host || key !== 'proxypass' || args.some(isMethod)) return false;
  const isBalancer = ({ value }: Statement['args'][number]) => /^balancer:/i.test(value);
  return args.some(isBalancer) && !host.children.some((child) => child.key === 'proxy' && child.args.some(isBalancer));
}

function methodReport(method: string, statement: Statement): ApacheReport {
  return {
    message: `This balancer chooses its member ${method}, which comes with mod_lbmethod_${method}: Apache does not start (AH02432, cannot find LB Method). Load lbmethod_${method}_module (a2enmod lbmethod_${method} on Debian).`,
    location: headLocation(statement),
    statement,
  };
}

function isMethod({ value }: Statement['args'][number]): boolean {
  return /^lbmethod=\w+$/i.test(value);
}
