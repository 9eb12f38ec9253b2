import type { Evaluation } from './evaluation.ts';
import { isCompiledIn, moduleName } from './modules.ts';
import { isSslOfOthers } from './other-tls.ts';

/** The module that a directive needs, by those that bring it, where it is known that none of them is loaded. */
export function missingModule(modules: readonly string[], evaluation: Evaluation): string | undefined {
  const { modulesCertain, modules: loaded } = evaluation;
  if (!modulesCertain) return undefined;
  const names = modules.map(moduleName);
  if (names.includes('ssl') && isSslOfOthers(evaluation)) return undefined;
  return names.some((name) => loaded.has(name) || isCompiledIn(name)) ? undefined : names[0];
}
