import { suggest } from '../../../../text/suggest.ts';
import type { Statement } from '../../evaluate/statement.ts';
import type { Argument } from '../../syntax.ts';
import { whyBroken } from './broken-pattern.ts';
import { checkEndlessEdit } from './header-edit.ts';
import type { BadValue } from './value-check.ts';

const actions = ['add', 'append', 'echo', 'edit', 'edit*', 'merge', 'set', 'setifempty', 'unset', 'note'];
/** Those that `RequestHeader` has not. */
const actionsOfAnswers = ['echo', 'note'];

const condition = /^(?:env=|expr=|early$)/i;

/** `Header [condition] action name [value [replacement]] [early|env=…|expr=…]`, and `RequestHeader`. */
export function checkHeader({ key, node, args }: Statement): BadValue | undefined {
  const conditional = key === 'header' && /^(?:always|onsuccess)$/i.test(args[0]?.value ?? '');
  const [action, name, value, ...more] = conditional ? args.slice(1) : args;
  if (!action) return { argument: undefined, message: `${node.name} needs an action and the name of a header` };
  const verb = action.value.toLowerCase();
  if (!actions.includes(verb)) {
    const instead = suggest(
      action.value,
      key === 'header'
        ? [...actions, 'always', 'onsuccess']
        : actions.filter((each) => !actionsOfAnswers.includes(each)),
    );
    return {
      argument: action,
      message: `first argument must be 'add', 'set', 'setifempty', 'append', 'merge', 'unset', 'echo', 'note', 'edit', or 'edit*', not '${action.value}'`,
      ...(instead === undefined ? withoutAction(action, name) : { instead }),
    };
  }
  if (key === 'requestheader' && actionsOfAnswers.includes(verb)) {
    return { argument: action, message: `RequestHeader does not support the '${verb}' action` };
  }
  // Nothing is taken out then, which httpd lets pass.
  if (!name && (verb === 'unset' || verb === 'echo')) return undefined;
  if (!name) return { argument: undefined, message: `${node.name} ${action.value} needs the name of a header` };
  const needsValue = verb !== 'unset' && verb !== 'echo';
  if (needsValue && !value)
    return { argument: undefined, message: `${node.name} ${action.value} ${name.value} requires a value` };
  if (!needsValue && value && !condition.test(value.value)) {
    return { argument: value, message: `${node.name} ${action.value} takes no value` };
  }
  if (value?.value === '=' && more[0]) {
    const { value: written, quote } = more[0];
    const instead = `${quote}${written}${quote}`;
    return { argument: value, message: 'No equals sign stands before the value', instead, through: more[0] };
  }
  const isEdit = verb.startsWith('edit');
  if (isEdit && !more[0]) {
    return { argument: undefined, message: `${node.name} ${verb} requires a match and a substitution` };
  }
  const further = !needsValue ? [] : more.slice(isEdit ? 1 : 0);
  const extra = further.find((argument) => !condition.test(argument.value));
  if (extra) {
    const message = `Unknown parameter: ${extra.value}; a value with spaces in it needs quotes`;
    return { argument: extra, message, ...(isEdit || !value ? {} : inQuotes([value, ...more])) };
  }
  const [first, second] = needsValue ? further : [value, ...more];
  if (second) return { argument: second, message: `${node.name} takes one condition: ${first?.value} is one already` };
  const pattern = isEdit ? value : verb === 'echo' ? name : undefined;
  const why = pattern && whyBroken(pattern.value);
  if (why !== undefined) {
    return { argument: pattern, message: `${node.name} ${verb} regex could not be compiled${why}: ${pattern?.value}` };
  }
  const endless =
    verb === 'edit*' && pattern ? checkEndlessEdit(action, name, pattern, first !== undefined) : undefined;
  if (endless) return endless;
  if (first && /^env=!?$/i.test(first.value)) {
    return { argument: first, message: 'missing environment variable name: the condition has the form env=NAME' };
  }
  return needsValue ? checkFormat(isEdit ? more[0] : value) : undefined;
}

/** `Header Strict-Transport-Security "…"`: what an action would be is the name. */
function withoutAction(name: Argument, value: Argument | undefined): Pick<BadValue, 'instead'> {
  return value && /^[a-z]+(?:-[a-z]+)+:?$/i.test(name.value) ? { instead: `set ${name.value}` } : {};
}

/** All words up to a condition as one value, where none of them has quotes. */
function inQuotes(words: readonly Argument[]): Pick<BadValue, 'from' | 'instead' | 'through'> {
  const end = words.findIndex(({ value }) => condition.test(value));
  const parts = end < 0 ? words : words.slice(0, end);
  const [from, through] = [parts[0], parts.at(-1)];
  if (!from || !through || parts.some(({ value, quote }) => quote !== '' || value.includes('"'))) return {};
  return { from, instead: `"${parts.map(({ value }) => value).join(' ')}"`, through };
}

/** Each `%` starts a format, `%t` or `%{NAME}e`; only the last character of the value may be one that does not. */
function checkFormat(argument: Statement['args'][number] | undefined): BadValue | undefined {
  if (!argument?.value.includes('%') || argument.value.startsWith('expr=')) return undefined;
  for (const [whole, letter = ''] of argument.value.matchAll(/%(?:\{[^}]*\}?)?(.?)/gs)) {
    if (whole === '%' || whole === '%%' || /^[tDlibes]$/.test(letter)) continue;
    return {
      argument,
      message: `Unrecognized header format %${letter}: a percent sign itself is written %%`,
    };
  }
  return undefined;
}
