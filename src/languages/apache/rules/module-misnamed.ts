import { moduleCondition } from '../evaluate/conditions.ts';
import type { RequestCondition } from '../evaluate/evaluation.ts';
import { isCompiledIn, moduleName, spellingOf } from '../evaluate/modules.ts';
import type { ApacheNode } from '../syntax.ts';
import { type ApacheContext, type ApacheReport, type ApacheRule, fix } from './rule.ts';

/** `<IfModule mod_ssl>`: httpd compares the name of the file, `mod_ssl.c`, and passes over what stands inside. */
export const moduleMisnamed: ApacheRule = {
  id: 'module-misnamed',
  title: 'IfModule that names no module',
  severity: 'information',
  effect: 'advice',
  *check(context) {
    for (const condition of context.evaluation.startConditions) {
      if (condition.key !== 'ifmodule') continue;
      const { subject, negated } = moduleCondition(
        condition.section,
        condition.args.map(({ value }) => value),
      );
      const meant = spellingOf(subject);
      if (meant !== undefined) yield report(condition, subject, meant, negated, context);
    }
  },
};

function report(
  { section, file, args }: RequestCondition,
  subject: string,
  meant: string,
  negated: boolean,
  { evaluation: { modules } }: ApacheContext,
): ApacheReport {
  const name = moduleName(subject);
  const isLoaded = modules.has(name) || isCompiledIn(name);
  const [first, second] = args;
  const range = (first?.value === '!' ? second : first)?.range ?? section.header;
  const though = isLoaded ? ', although the module is loaded' : '';
  const outcome = negated ? 'its content always applies' : `its content is silently skipped${though}`;
  const isWeaker = isLoaded && !negated && section.children.some(protects);
  return {
    message: `No module is called ${subject}: Apache compares letter by letter with the file of a module or with its identifier, so ${outcome}. Write ${meant}.`,
    location: { file, range },
    ...(isWeaker ? { severity: 'warning', effect: 'security' } : {}),
    fixes: [
      fix(`Change to ${meant}`, false, { file, range, newText: (negated && first?.value !== '!' ? '!' : '') + meant }),
    ],
  };
}

/** Directives without which a site is weaker. */
function protects(node: ApacheNode): boolean {
  return /^(?:ssl|header$)/.test(node.key) || (node.kind === 'section' && node.children.some(protects));
}
