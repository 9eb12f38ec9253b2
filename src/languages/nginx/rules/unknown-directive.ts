import type { DirectiveRule } from '../check.ts';
import { meantBlock, meantDirective } from '../meant.ts';
import { locate } from '../scope.ts';

/** A name that no module of nginx, of NGINX Plus or of a common third party has. */
export const unknownDirective: DirectiveRule = {
  id: 'unknown-directive',
  title: 'Directive that the server does not know',
  severity: 'error',
  effect: 'start',
  check({ item, facts, scope }) {
    if (facts.length > 0) return undefined;
    const { name } = item.directive;
    const meant = meantBlock(item.directive, scope.context) ?? meantDirective(name.value, scope.context);
    const question =
      meant === undefined ? ' Check its spelling, or load the module that brings it.' : ` Did you mean "${meant}"?`;
    const location = locate(item, name);
    return {
      rule: 'unknown-directive',
      message: `Unknown directive "${name.value}".${question}`,
      location,
      fixes:
        meant === undefined
          ? []
          : [
              {
                title: `Change "${name.value}" to "${meant}"`,
                safe: meantBlock(item.directive, scope.context) === meant,
                edits: [{ ...location, newText: meant }],
              },
            ],
    };
  },
};
