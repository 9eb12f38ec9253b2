import { withKey, withKeyIn } from '../../evaluate/by-key.ts';
import type { Evaluation } from '../../evaluate/evaluate.ts';
import type { Statement } from '../../evaluate/statement.ts';

/** The switch is on for the virtual host or, for the main server, in any that inherits. */
export function isOn(evaluation: Evaluation, key: string, parents: readonly Statement[]): boolean {
  const isSet = ({ args }: Statement) => args[0]?.value.toLowerCase() === 'on';
  if (parents.length === 0) return withKey(evaluation, key).some(isSet);
  const last = seenFrom(evaluation, key, parents).reduce<Statement | undefined>(later, undefined);
  return last !== undefined && isSet(last);
}

/** The directives of one key that stand in the same virtual host, or in none. */
export function seenFrom(evaluation: Evaluation, key: string, [own]: readonly Statement[]): readonly Statement[] {
  const outside = withKeyIn(evaluation, key, undefined);
  if (own === undefined) return outside;
  const inside = withKeyIn(evaluation, key, own);
  return outside.length === 0 ? inside : [...outside, ...inside];
}

function later(one: Statement | undefined, other: Statement): Statement {
  return one !== undefined && one.order > other.order ? one : other;
}
