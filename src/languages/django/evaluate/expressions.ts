import { entryOf } from '../../../text/entry-of.ts';
import type { Expression, Float } from '../parse/tree.ts';
import {
  type Data,
  type Dictionary,
  type Item,
  isDictionary,
  isDuration,
  isFloat,
  isSequence,
  isUnknown,
  type Sequence,
  truth,
  unknownData,
} from './data.ts';
import { durationOf, partOfDuration } from './durations.ts';
import { joined } from './joined.ts';
import type { Alternatives } from './scope.ts';

/** What an expression needs to know of what stands around it. */
export interface Surroundings {
  readonly file: string;
  valuesOf(name: string): Alternatives;
  /** Of a class that holds settings. */
  valuesOfClass?(owner: string, name: string): Alternatives | undefined;
}

/** More combinations than these are as good as unknown. */
const most = 8;

/** Every value that an expression may have; of most there is one. */
export function evaluate(expression: Expression, around: Surroundings): readonly Data[] {
  const values = (inner: Expression) => evaluate(inner, around);
  switch (expression.kind) {
    case 'constant':
      return [expression.value];
    case 'name':
      return dataOf(around.valuesOf(expression.name), expression.name);
    case 'sequence':
      return [sequenceOf(expression, around)];
    case 'dictionary':
      return [dictionaryOf(expression, around)];
    case 'unary':
      return values(expression.operand).map((operand) => unary(expression.operator, operand));
    case 'binary':
      return combine(values(expression.left), values(expression.right), (left, right) =>
        binary(expression.operator, left, right),
      );
    case 'conditional': {
      const tests = new Set(values(expression.test).map(truth));
      const [test] = tests;
      if (tests.size === 1 && test !== undefined) return values(test ? expression.consequent : expression.otherwise);
      return bounded([...values(expression.consequent), ...values(expression.otherwise)]);
    }
    case 'call':
      return call(expression, around);
    case 'attribute': {
      const { object, name } = expression;
      const found = object.kind === 'name' ? around.valuesOfClass?.(object.name, name) : undefined;
      if (found) return dataOf(found, name);
      const decides = unknownData(`${nameOf(expression)} decides`);
      return values(object).map((each) => (isDuration(each) ? partOfDuration(each, name) : undefined) ?? decides);
    }
    case 'subscript': {
      const { object, key } = expression;
      const name = key?.kind === 'constant' ? key.value : undefined;
      return values(object).map((each) => {
        const found = isDictionary(each) && typeof name === 'string' ? each.entries.get(name) : undefined;
        return found?.value ?? unknownData(`${nameOf(expression)} decides`);
      });
    }
    case 'other':
      return [unknownData('an expression decides that is not followed here')];
  }
}

function dataOf(alternatives: Alternatives, name: string): readonly Data[] {
  return alternatives.map((each) => (each.isAbsent ? unknownData(`${name} is not set here, and decides`) : each.data));
}

/** `os.environ.get` of such a call; what a reader knows it by. */
export function nameOf(expression: Expression): string {
  switch (expression.kind) {
    case 'name':
      return expression.name;
    case 'attribute':
      return `${nameOf(expression.object)}.${expression.name}`;
    case 'subscript':
      return nameOf(expression.object);
    case 'call':
      return nameOf(expression.callee);
    default:
      return 'an expression';
  }
}

function one(expression: Expression, around: Surroundings): Data {
  const found = evaluate(expression, around);
  const [first] = found;
  return found.length === 1 && first !== undefined ? first : unknownData('a condition decides');
}

function sequenceOf({ type, items }: Extract<Expression, { kind: 'sequence' }>, around: Surroundings): Sequence {
  const written = items.filter((item) => item !== undefined);
  return {
    kind: type,
    items: written.map((item) => itemOf(item, around)),
    isWhole: written.length === items.length,
  };
}

function itemOf(expression: Expression, around: Surroundings): Item {
  return { value: one(expression, around), location: { file: around.file, range: expression.range } };
}

function dictionaryOf(
  { entries, isWhole }: Extract<Expression, { kind: 'dictionary' }>,
  around: Surroundings,
): Dictionary {
  const known = new Map<string, Item>();
  let isKnown = isWhole;
  for (const { key, value } of entries) {
    const name = one(key, around);
    if (typeof name === 'string') known.set(name, itemOf(value, around));
    else isKnown = false;
  }
  return { kind: 'dictionary', entries: known, isWhole: isKnown };
}

function unary(operator: string, operand: Data): Data {
  if (isUnknown(operand)) return operand;
  if (operator === 'not') {
    const is = truth(operand);
    return is === undefined ? unknownData('a list decides that is not known here') : !is;
  }
  if (operator === '-' && typeof operand === 'number') return -operand;
  if (operator === '-' && isFloat(operand)) return { kind: 'float', value: -operand.value };
  return unknownData(`${operator} decides`);
}

/** @returns what an operator makes of two values; `+` joins lists as well */
export function binary(operator: string, left: Data, right: Data): Data {
  if (operator === 'and' || operator === 'or') {
    const first = truth(left);
    if (first === undefined) return lasting(operator, left, right);
    return first === (operator === 'and') ? right : left;
  }
  if (operator === '+' && (isSequence(left) || isSequence(right))) return joined(left, right);
  if (isUnknown(left)) return left;
  if (isUnknown(right)) return right;
  if (isNumber(left) && isNumber(right) && !(typeof left === 'boolean' && typeof right === 'boolean')) {
    const result = arithmetic(operator, numberOf(left), numberOf(right));
    const isPointed = operator === '/' || isFloat(left) || isFloat(right);
    if (typeof result !== 'number') return result;
    // Whole numbers of Python are as long as they need to be; what is no number raises an error there.
    if (isPointed ? !Number.isFinite(result) : !Number.isSafeInteger(result)) return unknownData(`${operator} decides`);
    return isPointed ? { kind: 'float', value: result } : result;
  }
  if (typeof left === 'string' && typeof right === 'string' && operator === '+') return left + right;
  if (isPlain(left) && isPlain(right)) {
    if (operator === '==' || operator === 'is') return left === right;
    if (operator === '!=' || operator === 'is not') return left !== right;
  }
  return unknownData('a comparison decides');
}

/** `DEBUG and …` where DEBUG is not known is false all the same where the other part is. */
function lasting(operator: 'and' | 'or', left: Data, right: Data): Data {
  const second = truth(right);
  if (typeof right === 'boolean' && second === (operator === 'or')) return right;
  return isUnknown(left) ? left : unknownData('a condition decides');
}

/** `DEBUG == 1`: True and False are numbers. */
function isNumber(data: Data): data is number | boolean | Float {
  return typeof data === 'number' || typeof data === 'boolean' || isFloat(data);
}

function numberOf(data: number | boolean | Float): number {
  return Number(typeof data === 'object' ? data.value : data);
}

function isPlain(data: Data): boolean {
  return typeof data !== 'object' || data === null;
}

function arithmetic(operator: string, left: number, right: number): Data {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '//':
      return Math.floor(left / right);
    case '**':
      return right < 0 ? unknownData('** decides') : left ** right;
    case '==':
      return left === right;
    case '!=':
      return left !== right;
    case '<':
      return left < right;
    case '>':
      return left > right;
    case '<=':
      return left <= right;
    case '>=':
      return left >= right;
    default:
      return unknownData('a comparison decides');
  }
}

function call(expression: Extract<Expression, { kind: 'call' }>, around: Surroundings): readonly Data[] {
  const { callee, positional, named } = expression;
  const [argument] = positional;
  if (callee.kind === 'name' && argument !== undefined && positional.length === 1 && named.length === 0) {
    const convert = entryOf(conversions, callee.name);
    // A name that the file itself gives to something else is that.
    if (convert !== undefined && around.valuesOf(callee.name).every(({ isAbsent }) => isAbsent === true)) {
      return evaluate(argument, around).map((data) => (isUnknown(data) ? data : convert(data)));
    }
  }
  const name = nameOf(callee);
  const decides = unknownData(`${name}() decides`);
  if (/(?:^|\.)timedelta$/.test(name)) {
    const given = new Map(named.map((each) => [each.name, one(each.value, around)]));
    return [
      durationOf(
        positional.map((each) => one(each, around)),
        given,
      ) ?? decides,
    ];
  }
  if (callee.kind !== 'attribute' || callee.name !== 'total_seconds') return [decides];
  return evaluate(callee.object, around).map((each) =>
    isDuration(each) ? { kind: 'float', value: each.seconds } : decides,
  );
}

const conversions: Readonly<Record<string, ((data: Data) => Data) | undefined>> = {
  bool: (data) => truth(data) ?? unknownData('bool() decides'),
  int: (data) => {
    if (typeof data === 'string' && /^\d+$/.test(data)) return Number(data);
    return typeof data === 'number' ? data : isFloat(data) ? Math.trunc(data.value) : unknownData('int() decides');
  },
  list: (data) => (isSequence(data) ? { ...data, kind: 'list', items: data.items } : unknownData('list() decides')),
  tuple: (data) => (isSequence(data) ? { ...data, kind: 'tuple', items: data.items } : unknownData('tuple() decides')),
};

function combine(
  left: readonly Data[],
  right: readonly Data[],
  join: (left: Data, right: Data) => Data,
): readonly Data[] {
  return bounded(left.flatMap((a) => right.map((b) => join(a, b))));
}

function bounded(values: readonly Data[]): readonly Data[] {
  return values.length <= most ? values : [unknownData('too many conditions decide')];
}
