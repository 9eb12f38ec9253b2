import type { RequestCondition } from '../../evaluate/evaluation.ts';
import { isUncertain } from '../../uncertain.ts';
import type { ApacheContext } from '../rule.ts';
import { textOf } from '../source.ts';
import type { BadValue } from '../values/value-check.ts';
import { checkExpressions } from './check.ts';

/** What is wrong with the opening tag of `<If>`, `<ElseIf>` or `<Else>`. */
export function checkCondition(condition: RequestCondition, context: ApacheContext): BadValue | undefined {
  const { section, args, file } = condition;
  const [first, second] = args;
  if (section.key === 'else') return first && { argument: first, message: '<Else> does not take an argument' };
  if (!first) return { argument: undefined, message: `<${section.name}> directive requires additional arguments` };
  if (args.some(({ value }) => isUncertain(value))) return undefined;
  if (!second) {
    const { key, raw } = section;
    return checkExpressions({ key, args, raw, context: condition.context }, section, file, context);
  }
  const range = { start: first.range.start, end: args.at(-1)?.range.end ?? second.range.end };
  return {
    argument: { value: '', quote: '', range },
    message: `Multiple <${section.name}> arguments not supported: the whole expression needs quotes around it`,
    ...quoted(section.raw, textOf(file, context).slice(range.start, range.end)),
  };
}

/** Quotes fit where the file has the words as they are meant, and the quotes within are of one kind. */
function quoted(raw: string, source: string): { readonly instead?: string } {
  const quote = ['"', "'"].find((mark) => !raw.includes(mark));
  return raw === source && quote !== undefined && !raw.includes('\\') ? { instead: `${quote}${raw}${quote}` } : {};
}
