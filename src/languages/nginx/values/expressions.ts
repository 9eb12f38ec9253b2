import { rememberTexts } from '../../../memory/remember-texts.ts';
import type { Version } from '../../../text/version.ts';
import type { Known } from '../facts/known.ts';
import { kindOf } from '../facts/variables.ts';
import { reaches } from '../facts/versions.ts';
import type { Word } from '../parse/tree.ts';
import type { Visit } from '../visit.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
import { isOpen } from './complaint.ts';
import { expressionComplaint } from './pcre.ts';
import { groupComplaint } from './variable-names.ts';

/** Configurations have the same few expressions again and again. */
const readExpression = rememberTexts((pattern) => ({ problem: expressionComplaint(pattern) }));

export function regexWord(word: Word | undefined, pattern: string): Complaint | undefined {
  if (!word || isOpen(word)) return undefined;
  const { problem } = readExpression(pattern);
  return problem === undefined
    ? undefined
    : { message: `The regular expression "${pattern}" is not valid: ${problem}.`, word };
}

/** The same for an expression whose named groups become variables. */
export function capturingWord(word: Word | undefined, pattern: string, known: Known): Complaint | undefined {
  const { fact, version } = known;
  return regexWord(word, pattern) ?? (word && groupComplaint(word, pattern, fact && kindOf(fact), version));
}

/** `location [= | ~ | ~* | ^~] pattern`. */
export const checkLocation: ValueCheck = ([first, second], known, visit) => {
  if (!first || isOpen(first)) return undefined;
  if (second) {
    if (!['=', '~', '~*', '^~'].includes(first.value)) {
      return { message: `Invalid location modifier "${first.value}": it takes =, ~, ~* or ^~.`, word: first };
    }
    return (
      nesting(second, first.value, visit) ??
      (first.value.startsWith('~') ? capturingWord(second, second.value, known) : undefined)
    );
  }
  if (first.value.startsWith('/')) return nesting(first, '', visit);
  const [, modifier = '', pattern = ''] = /^(=|\^~|~\*|~)?(.*)$/s.exec(first.value) ?? [];
  return (
    nesting(first, modifier, visit) ?? (modifier.startsWith('~') ? capturingWord(first, pattern, known) : undefined)
  );
};

/** A location inside another one must begin as that does, and cannot be in an exact or named one. */
function nesting(word: Word, modifier: string, visit: Visit): Complaint | undefined {
  if (visit.context !== 'location') return undefined;
  const outer = visit.scope.owner?.args ?? [];
  const [outerModifier, outerPattern] =
    outer.length > 1 ? [outer[0]?.value ?? '', outer[1]?.value ?? ''] : ['', outer[0]?.value ?? ''];
  const pattern = outer.length === 0 ? '' : outerPattern;
  if (outerModifier === '=' || pattern.startsWith('=')) {
    return { message: `"${word.value}" cannot be inside an exact location.`, word };
  }
  if (pattern.startsWith('@')) return { message: `"${word.value}" cannot be inside a named location.`, word };
  if (modifier.startsWith('~')) return undefined;
  const inner =
    modifier === '' || modifier === '=' || modifier === '^~' ? word.value.replace(/^(?:=|\^~)/, '') : word.value;
  if (inner.startsWith('@')) return { message: 'A named location can be on the server level only.', word };
  return inner.startsWith(pattern.replace(/^\^~/, '')) ||
    [inner, pattern].some((name) => isPredicate(name, visit.version))
    ? undefined
    : { message: `"${inner}" is outside of the location "${pattern}" around it.`, word };
}

export const checkServerName: ValueCheck = (args, known) => {
  if (known.fact?.module.startsWith('mail')) return undefined;
  for (const word of args) {
    if (isOpen(word)) continue;
    const { value } = word;
    if (value.startsWith('~')) {
      if (value === '~') return { message: 'An empty regular expression is no server name.', word };
      const problem = capturingWord(word, value.slice(1), known);
      if (problem) return problem;
    } else if (isBadName(value)) {
      return { message: `Server name "${value}" is invalid.`, word };
    }
  }
  return undefined;
};

/** A `*` or `.` in front must be followed by a label (ngx_http_core_server_name). */
function isBadName(name: string): boolean {
  if (name.startsWith('*')) return name.length < 3 || name[1] !== '.';
  return name === '.';
}

/** `gzip_disable regex ...`: words of its own (`msie6`) are expressions too. */
export const checkAgents: ValueCheck = (args) => {
  for (const word of args) {
    const problem = regexWord(word, word.value);
    if (problem) return problem;
  }
  return undefined;
};

/** `rewrite regex replacement [last | break | redirect | permanent]`. */
export const checkRewrite: ValueCheck = ([pattern, replacement, option], known) => {
  const problem = pattern && capturingWord(pattern, pattern.value, known);
  if (problem) return problem;
  if (replacement?.value === '') return { message: 'The replacement is empty: write "" as "/".', word: replacement };
  return option && !['last', 'break', 'redirect', 'permanent'].includes(option.value)
    ? { message: `Invalid parameter "${option.value}": it takes last, break, redirect or permanent.`, word: option }
    : undefined;
};

const fileTests = /^!?-[fdex]$/;

/** `if (condition)`, as ngx_http_rewrite_if_condition reads it. */
export const checkIf: ValueCheck = (args, known) => {
  if (args.some(({ templated }) => templated)) return undefined;
  const words = args.map(({ value }) => value);
  const first = args[0];
  const last = args.at(-1);
  if (!first || !last) return undefined;
  if (!words[0]?.startsWith('('))
    return { message: `Invalid condition "${first.value}": it begins with "(".`, word: first };
  if (!last.value.endsWith(')')) return { message: `Invalid condition "${last.value}": it ends with ")".`, word: last };
  words[0] = (words[0] ?? '').slice(1);
  words[words.length - 1] = (words.at(-1) ?? '').slice(0, -1);
  if (words[0] === '') words.shift();
  if (words.at(-1) === '') words.pop();
  const [subject = '', operator, operand] = words;
  const joined = args.find(({ value }) => value === '&&' || value === '||');
  if (joined)
    return {
      message: `Invalid condition: nginx has no "${joined.value}". Join the values in one variable by "map", and ask for that.`,
      word: joined,
    };
  if (words.length === 0)
    return { message: 'Invalid condition: there is nothing between its parentheses.', word: first };
  if (subject.startsWith('$')) {
    if (subject === '$') return { message: 'Invalid variable name in the condition.', word: first };
    if (operator === undefined) return undefined;
    if (operator === '=' || operator === '!=') {
      return operand === undefined || words.length > 3
        ? { message: `Invalid condition "${operator}": one value must follow.`, word: last }
        : undefined;
    }
    if (/^!?~\*?$/.test(operator)) {
      if (operand === undefined || words.length > 3)
        return { message: `Invalid condition "${operator}": one expression must follow.`, word: last };
      return capturingWord(last, operand, known);
    }
    return {
      message: `Unexpected "${operator}" in the condition: nginx compares by "=", "!=", "~", "~*", "!~" and "!~*".`,
      ...(operator === '==' && { instead: '=' }),
      word: args[words[0] === first.value.slice(1) ? 1 : 2] ?? first,
    };
  }
  if (fileTests.test(subject))
    return operator === undefined || words.length > 2
      ? { message: `Invalid condition "${subject}": one path must follow.`, word: first }
      : undefined;
  return { message: `Invalid condition "${subject}".`, word: first };
};

/** `location $variable`, which takes requests by the value of the variable (1.31.5). */
export function isPredicate(pattern: string, version: Version): boolean {
  return pattern.startsWith('$') && reaches(version, '1.31.5');
}
