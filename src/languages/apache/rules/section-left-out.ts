import { withKey } from '../evaluate/by-key.ts';
import { type Loss, leftOut } from '../evaluate/left-out.ts';
import { howToLoad } from '../how-to-load.ts';
import { loadModules } from './load-module.ts';
import type { ApacheContext, ApacheRule } from './rule.ts';

/** `<IfModule mod_headers.c>` around HSTS, and nothing that loads mod_headers: the section is passed over without a word. */
export const sectionLeftOut: ApacheRule = {
  id: 'section-left-out',
  title: 'TLS within a section for a module that is not loaded',
  severity: 'warning',
  effect: 'security',
  *check(context) {
    if (!context.project.complete) return;
    for (const { condition, module, losses } of leftOut(context.evaluation)) {
      const { section, file } = condition;
      const lost = losses.map((loss) => names[loss]).join(' and ');
      yield {
        message: `Nothing loads mod_${module}, so Apache silently skips this section, and ${lost} with it. Load ${module}_module ${howToLoad(module, context.project.target)}.`,
        location: { file, range: section.header },
        statement: condition,
        fixes: loadedBeside(module, context),
      };
    }
  },
};

const names: Readonly<Record<Loss, string>> = {
  tls: 'the TLS of a virtual host',
  redirect: 'the redirect to HTTPS',
  hsts: 'HSTS',
};

/** Beside the last module that is loaded the way its name says. */
function loadedBeside(module: string, context: ApacheContext) {
  const neighbour = withKey(context.evaluation, 'loadmodule').findLast(({ branches }) => branches.length === 0);
  const name = /^(\w+)_module$/.exec(neighbour?.args[0]?.value ?? '')?.[1];
  return name === undefined ? [] : loadModules([module], name, context);
}
