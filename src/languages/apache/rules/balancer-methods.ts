import { suggest } from '../../../text/suggest.ts';
import type { Evaluation } from '../evaluate/evaluation.ts';
import { isHttpdModule, onlyHttpdModules } from '../evaluate/modules.ts';
import { conditionsAround, headLocation, type Statement, wordLocation } from '../evaluate/statement.ts';
import { howToLoad } from '../how-to-load.ts';
import { balancersOf, isMethod } from '../lower/upstreams/balancers.ts';
import { loadModules } from './load-module.ts';
import { type ApacheContext, type ApacheReport, fix } from './rule.ts';

interface NeededMethod {
  /** As written: httpd compares with its case. */
  readonly method: string;
  readonly statement: Statement;
  /** Index of the argument that names it; undefined of the one that a balancer has by default. */
  readonly index: number | undefined;
}

/** Ways to choose a member that balancers name, or have by default, and that no module brings: the first place of each. */
export function methodsNeeded(evaluation: Evaluation): readonly NeededMethod[] {
  const needed = new Map<string, NeededMethod>();
  const need = (method: string, statement: Statement, index?: number) => {
    if (evaluation.modules.has(`lbmethod_${method}`) || needed.has(method)) return;
    needed.set(method, { method, statement, index });
  };
  for (const statement of evaluation.all) {
    const index = statement.key.startsWith('proxy') ? statement.args.findIndex(isMethod) : -1;
    const word = statement.args[index]?.value;
    if (word !== undefined && conditionsAround(statement).length === 0) {
      need(word.slice('lbmethod='.length), statement, index);
    }
  }
  for (const { hasMethod, uncertain, members, uses } of balancersOf(evaluation)) {
    const maker = uses[0] ?? members[0];
    if (!hasMethod && !uncertain && maker) need('byrequests', maker);
  }
  return [...needed.values()];
}

/** With mod_proxy_balancer, without which nothing looks for them. */
export function* methodReports(context: ApacheContext): Iterable<ApacheReport> {
  for (const { method, statement, index } of methodsNeeded(context.evaluation)) {
    if (index !== undefined && !isHttpdModule(`lbmethod_${method}`)) {
      yield* unknownMethod(method, statement, index, context);
      continue;
    }
    const module = `lbmethod_${method}`;
    const [chooses, why] =
      index === undefined
        ? [`chooses its member ${method} by default`, 'AH02432, cannot find LB Method']
        : [`is to choose its member ${method}`, 'unknown lbmethod'];
    yield {
      message: `This balancer ${chooses}, which comes with mod_${module}: Apache does not start (${why}). Load ${module}_module ${howToLoad(module, context.project.target)}.`,
      location: index === undefined ? headLocation(statement) : wordLocation(statement, index),
      statement,
      fixes: loadModules([module], 'proxy', context),
    };
  }
}

const methods = ['byrequests', 'bytraffic', 'bybusyness', 'heartbeat'];

/** One that no module of httpd has; those of others bring their own. */
function* unknownMethod(
  method: string,
  statement: Statement,
  index: number,
  { evaluation }: ApacheContext,
): Iterable<ApacheReport> {
  if (!onlyHttpdModules(evaluation)) return;
  const location = wordLocation(statement, index);
  const meant = suggest(method, methods);
  const edit = meant && { file: location.file, range: location.range, newText: `lbmethod=${meant}` };
  yield {
    message: `No module of Apache has the lbmethod ${method}, so Apache does not start. It is byrequests, bytraffic, bybusyness or heartbeat.`,
    location,
    statement,
    fixes: edit ? [fix(`Use lbmethod=${meant}`, false, edit)] : [],
  };
}
