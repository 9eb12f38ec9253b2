import { remember } from '../../../memory/remember.ts';
import type { ApacheNode } from '../syntax.ts';
import { moduleCondition } from './conditions.ts';
import type { Evaluation, RequestCondition } from './evaluation.ts';
import { moduleName, spellingOf } from './modules.ts';

/** What a site lacks without a section: `tls` is all of a virtual host that speaks it. */
export type Loss = 'tls' | 'redirect' | 'hsts';

/** An `<IfModule>` that httpd leaves out, as nothing loads its module, with something of TLS in it. */
export interface LeftOut {
  readonly condition: RequestCondition;
  /** In `moduleName`'s spelling. */
  readonly module: string;
  readonly losses: readonly Loss[];
}

/** The modules that TLS is written for, most of which no package switches on by itself. */
const modulesOfTls = new Set(['ssl', 'headers', 'rewrite', 'alias']);

/** Those that are surely left out. Where something else stands for a missing module, nothing is lost. */
export const leftOut = remember((evaluation: Evaluation): readonly LeftOut[] => {
  const { modules, modulesCertain, startConditions } = evaluation;
  if (!modulesCertain || startConditions.length === 0) return [];
  const found: LeftOut[] = [];
  const replaced = new Set<string>();
  for (const condition of startConditions) {
    if (condition.key !== 'ifmodule') continue;
    const { subject, negated } = moduleCondition(
      condition.section,
      condition.args.map(({ value }) => value),
    );
    const module = moduleName(subject);
    if (!modulesOfTls.has(module) || modules.has(module) || spellingOf(subject) !== undefined) continue;
    if (negated) {
      replaced.add(module);
      continue;
    }
    if (condition.branches.length > 0) continue;
    const losses = lossesOf(
      condition.section.children,
      condition.parents.some(({ key }) => key === 'virtualhost'),
    );
    if (losses.length > 0) found.push({ condition, module, losses });
  }
  return found.filter(({ module }) => !replaced.has(module));
});

function lossesOf(nodes: readonly ApacheNode[], inHost: boolean): readonly Loss[] {
  const found = new Set<Loss>();
  collect(nodes, inHost, found);
  return [...found];
}

function collect(nodes: readonly ApacheNode[], inHost: boolean, found: Set<Loss>): void {
  for (const node of nodes) {
    const [first, second, third] = node.args.map(({ value }) => value);
    if (node.kind === 'section') {
      // Of another condition nobody knows here whether it holds.
      if (!/^(?:if|else|macro)/.test(node.key)) collect(node.children, inHost || node.key === 'virtualhost', found);
    } else if (node.key === 'sslengine' ? /^on$/i.test(first ?? '') : node.key === 'sslcertificatefile') {
      if (inHost) found.add('tls');
    } else if (
      /^redirect/.test(node.key) ? isTls(node.args.at(-1)?.value) : node.key === 'rewriterule' && isTls(second)
    ) {
      found.add('redirect');
    } else if (node.key === 'header' && [first, second, third].some(isHsts) && !/\bunset\b/i.test(node.raw)) {
      found.add('hsts');
    }
  }
}

const isTls = (target: string | undefined) => /^https:/i.test(target ?? '');
const isHsts = (word: string | undefined) => /^strict-transport-security:?$/i.test(word ?? '');
