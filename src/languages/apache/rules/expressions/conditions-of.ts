import type { Context } from '../../directives/facts.ts';
import { type ParsedExpression, parseExpression } from '../../expressions/parse.ts';
import type { ApacheNode, Argument } from '../../syntax.ts';
import type { ApacheContext } from '../rule.ts';
import { startOf } from './check.ts';
import { expressionsOf } from './places.ts';

/** A condition of a directive or a section, and where it begins in its file. */
export interface FoundCondition {
  readonly parsed: ParsedExpression;
  readonly begin: number;
}

/** Directive, or the opening tag of a section, as it is read. */
interface Asking {
  readonly key: string;
  readonly args: readonly Argument[];
  readonly file: string;
  readonly context: Context;
}

/** Those that stand in the file as they are read, without a mistake, which is one finding already. */
export function* conditionsOf(asking: Asking, node: ApacheNode, context: ApacheContext): Iterable<FoundCondition> {
  const { key, args, file } = asking;
  for (const place of expressionsOf({ key, args, raw: node.raw, context: asking.context })) {
    const parsed = place.kind === 'condition' ? parseExpression(place.text, place.kind) : undefined;
    const begin = parsed && !parsed.error ? startOf(place, node, file, context) : undefined;
    if (parsed && begin !== undefined) yield { parsed, begin };
  }
}
