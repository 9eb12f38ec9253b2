import { withKey } from '../../evaluate/by-key.ts';
import { moduleName } from '../../evaluate/modules.ts';
import { conditionsAround } from '../../evaluate/statement.ts';
import type { ApacheContext } from '../rule.ts';
import { refusingSection } from '../wrong-context.ts';
import { accessChecks } from './access.ts';
import { davChecks } from './dav.ts';
import type { ValueChecks } from './value-check.ts';

/** Modules that are told at a provider, with the place of its line: one LoadModule needs no second finding behind it. */
export function toldAtProviders(context: ApacheContext): ReadonlyMap<string, number> {
  const told = new Map<string, number>();
  for (const [key, check] of Object.entries(checks)) {
    for (const line of withKey(context.evaluation, key)) {
      if (line.uncertain || conditionsAround(line).length > 0 || refusingSection(line) !== undefined) continue;
      const module = check?.(line, context)?.module;
      if (module !== undefined) told.set(moduleName(module), line.order);
    }
  }
  return told;
}

const { require, authbasicprovider, authdigestprovider, authformprovider } = accessChecks;
const checks: Partial<ValueChecks> = { require, authbasicprovider, authdigestprovider, authformprovider, ...davChecks };
