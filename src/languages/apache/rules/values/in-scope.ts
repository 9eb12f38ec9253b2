import type { Evaluation } from '../../evaluate/evaluate.ts';
import type { Statement } from '../../evaluate/statement.ts';

/** The switch is on for the virtual host or, for the main server, in any that inherits. */
export function isOn(evaluation: Evaluation, key: string, parents: readonly Statement[]): boolean {
  const isIt = (other: Statement) => other.key === key && (parents.length === 0 || seenFrom(other, parents));
  const switches = evaluation.all.filter(isIt).map(({ args }) => args[0]?.value.toLowerCase());
  return parents.length === 0 ? switches.includes('on') : switches.at(-1) === 'on';
}

/** The same virtual host, or none. */
export function seenFrom({ parents: [host] }: Statement, [own]: readonly Statement[]): boolean {
  return host === undefined || host === own;
}
