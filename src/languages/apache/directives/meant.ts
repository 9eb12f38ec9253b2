import { suggest } from '../../../text/suggest.ts';
import { isUncertain } from '../uncertain.ts';
import { type Context, type DirectiveFact, directiveFacts, factOf, foreignDirective } from './facts.ts';

const ofKind = new Map<boolean, readonly DirectiveFact[]>();

function factsOfKind(isSection: boolean): readonly DirectiveFact[] {
  let facts = ofKind.get(isSection);
  if (!facts) {
    facts = [...directiveFacts().values()].filter((fact) => fact.isSection === isSection);
    ofKind.set(isSection, facts);
  }
  return facts;
}

/** The known directive or section that an unknown one is near to; what is allowed in its context comes first. */
export function meantName(name: string, isSection: boolean, context?: Context): string | undefined {
  const candidates = factsOfKind(isSection);
  const fitting = context === undefined ? [] : candidates.filter(({ contexts }) => contexts.has(context));
  return suggest(name, names(fitting)) ?? suggest(name, names(candidates));
}

/** What an unknown section surely means, in lower case: what stands in it is understood all the same. */
export function meantSection(name: string, key: string, context?: Context): string | undefined {
  if (factOf(key) || foreignDirective(key) || !/^[a-z]+$/.test(key) || isUncertain(name)) return undefined;
  return meantName(name, true, context)?.toLowerCase();
}

function names(facts: readonly DirectiveFact[]): readonly string[] {
  return facts.map(({ name }) => name);
}
