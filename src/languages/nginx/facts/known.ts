import type { Version } from '../../../text/version.ts';
import type { Context, DirectiveFact, Signature } from './directives.ts';
import { factsOf, isAllowedIn, isPresent, signatureAt } from './directives.ts';

/** What the tables say about a name in one kind of block. */
export interface Known {
  /** Every directive of that name. */
  readonly facts: readonly DirectiveFact[];
  /** The one that holds here: allowed in this block and present in the target version. */
  readonly fact: DirectiveFact | undefined;
  readonly signature: Signature | undefined;
  /** The target version of nginx. */
  readonly version: Version;
}

/**
 * Looks a name up for one kind of block.
 * @param placeUnknown the block is only guessed, so that a name of several modules may be another one's
 */
export function knownFacts(name: string, context: Context | undefined, version: Version, placeUnknown: boolean): Known {
  const known = lookUp(name, context, version);
  if (!placeUnknown) return known;
  // The only one of its name takes the same wherever it belongs.
  const fact = known.facts.length === 1 ? known.facts[0] : undefined;
  return { ...known, fact, signature: fact && signatureAt(fact, version) };
}

function lookUp(name: string, context: Context | undefined, version: Version): Known {
  const facts = factsOf(name);
  const fact = factIn(facts, context, version);
  return { facts, fact, signature: fact && signatureAt(fact, version), version };
}

function factIn(
  facts: readonly DirectiveFact[],
  context: Context | undefined,
  version: Version,
): DirectiveFact | undefined {
  if (context === undefined) return undefined;
  let absent: DirectiveFact | undefined;
  for (const fact of facts) {
    if (!isAllowedIn(fact, context)) continue;
    if (isPresent(fact, version)) return fact;
    absent ??= fact;
  }
  return absent;
}
