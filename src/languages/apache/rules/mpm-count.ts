import { withKey } from '../evaluate/by-key.ts';
import { isProcessingModule, moduleName } from '../evaluate/modules.ts';
import { headLocation } from '../evaluate/statement.ts';
import { howToLoad } from '../how-to-load.ts';
import type { ApacheRule } from './rule.ts';

/** Apache runs with exactly one processing module: AH00534. */
export const mpmCount: ApacheRule = {
  id: 'mpm-count',
  title: 'Not exactly one processing module (MPM)',
  severity: 'error',
  effect: 'start',
  *check({ evaluation, project }) {
    if (!project.complete || !evaluation.modulesCertain) return;
    const loads = withKey(evaluation, 'loadmodule').filter(({ args }) =>
      isProcessingModule(moduleName(args[0]?.value ?? '')),
    );
    const [first, ...others] = loads.filter(({ branches }) => branches.length === 0);
    // What stands under a condition may be loaded, or be compiled in: `<IfModule !mpm_event_module>`.
    if (!first && loads.length > 0) return;
    if (!first) {
      yield {
        message: `No LoadModule loads a processing module: Apache says "No MPM loaded" (AH00534) and does not start. Load mpm_event_module ${howToLoad('mpm_event', project.target)}.`,
        location: { file: project.entry, range: { start: 0, end: 0 } },
      };
      return;
    }
    const name = first.args[0]?.value ?? '';
    const second = others.find(({ args }) => args[0]?.value !== name);
    if (!second) return;
    yield {
      message: `${name} is loaded already: Apache says "More than one MPM loaded" (AH00534) and does not start. Load one of them (a2dismod the other on Debian).`,
      location: headLocation(second),
      related: [{ location: headLocation(first), message: `${name} is loaded here.` }],
    };
  },
};
