import { thirdParty, thirdPartyPrefixes } from '../data/third-party.ts';
import { factOf, foreignDirective } from '../directives/facts.ts';
import type { Evaluation } from './evaluation.ts';
import { missingModule } from './missing-module.ts';
import { isCompiledIn, isHttpdModule, moduleName } from './modules.ts';

/** Whether it is certain that no module which knows a directive is loaded: httpd's "Invalid command". */
export function isOfMissingModule(key: string, evaluation: Evaluation): boolean {
  const fact = factOf(key);
  if (fact) return missingModule(fact.modules, evaluation) !== undefined;
  const foreign = foreignDirective(key);
  return foreign?.kind === 'third-party' && !mayBeLoaded(foreign.module, evaluation);
}

/** A module of this name or a kindred one is there, such as `php7` for `php`, or one whose directives nobody knows here. */
export function mayBeLoaded(module: string, evaluation: Evaluation): boolean {
  const { modules, modulesCertain } = evaluation;
  if (!modulesCertain || hasStranger(evaluation)) return true;
  const wanted = stemsOf(module);
  return [...modules].some((name) => !isHttpdModule(name) && stemsOf(name).some((stem) => wanted.includes(stem)));
}

function stemsOf(module: string): readonly string[] {
  const words = moduleName(module).replace(/\d+/g, '').split('_');
  return words.filter((word) => !/^(?:auth[nz]*|mod|mpm|libapache|module)$/.test(word) && word !== '');
}

/** By `moduleName`; PHP's has its version in the name. */
function isListed(name: string): boolean {
  const listed = [...Object.keys(thirdParty), ...Object.values(thirdPartyPrefixes)];
  return /^php\d*$/.test(name) || listed.some((module) => moduleName(module) === name);
}

/** A module is loaded whose directives are in no list. */
export function hasStranger({ modules }: Evaluation): boolean {
  return [...modules].some((name) => !isCompiledIn(name) && !isHttpdModule(name) && !isListed(name));
}
