import { compareVersions } from '../../../text/version.ts';
import { toRegExp } from '../patterns.ts';
import type { Section } from '../syntax.ts';
import { isUncertain } from '../uncertain.ts';
import { moduleName, spellingOf } from './modules.ts';
import type { Branch } from './statement.ts';

/** A condition's answer: decided, or the branch that a statement inside belongs to. */
export type Verdict =
  | { readonly kind: 'true' }
  | { readonly kind: 'false' }
  | { readonly kind: 'open'; readonly branch: Branch };

export interface ConditionFacts {
  readonly apache: string;
  readonly isDefined: (name: string) => boolean | undefined;
  readonly isLoaded: (module: string) => boolean | undefined;
}

const startConditionKeys = new Set(['ifmodule', 'ifdefine', 'ifversion', 'iffile', 'ifdirective', 'ifsection']);
const requestConditionKeys = new Set(['if', 'elseif', 'else']);

export function isCondition(key: string): boolean {
  return startConditionKeys.has(key) || requestConditionKeys.has(key);
}

/** Decided while the file is read, which goes on behind the opening tag. */
export function isStartCondition(key: string): boolean {
  return startConditionKeys.has(key);
}

/** Decides the opening tag of an `<If…>` section as httpd does while it reads the file; `key` may be what a misspelt name means. */
export function judgeCondition(
  section: Section,
  key: string,
  words: readonly string[],
  facts: ConditionFacts,
): Verdict {
  const first = words[0] ?? '';
  const negated = first.startsWith('!');
  const subject = negated ? first.slice(1) : first;
  switch (key) {
    case 'ifmodule':
      return moduleVerdict(section, words, facts);
    case 'ifdefine':
      return verdict(facts.isDefined(subject), negated, 'define', subject);
    case 'ifversion':
      return versionVerdict(words, facts.apache);
    case 'if':
    case 'elseif':
    case 'else':
      return verdict(undefined, false, 'request', `${key} ${section.range.start}`);
    default:
      return verdict(undefined, negated, 'other', `${key} ${subject}`);
  }
}

/** The mark of a negation stands before a quote and may stand before a blank; within quotes it belongs to the name. */
export function moduleCondition(
  { raw }: Section,
  words: readonly string[],
): { readonly subject: string; readonly negated: boolean } {
  const negated = raw.startsWith('!');
  const word = negated && words[0] === '!' ? words[1] : words[0];
  return { subject: (word ?? '').slice(negated && words[0] !== '!' ? 1 : 0), negated };
}

function moduleVerdict(section: Section, words: readonly string[], { isLoaded }: ConditionFacts): Verdict {
  const { subject, negated } = moduleCondition(section, words);
  if (subject.startsWith('!') || spellingOf(subject) !== undefined) return { kind: negated ? 'true' : 'false' };
  return verdict(isLoaded(moduleName(subject)), negated, 'module', moduleName(subject));
}

function verdict(value: boolean | undefined, negated: boolean, kind: Branch['kind'], subject: string): Verdict {
  if (value === undefined) return { kind: 'open', branch: { kind, subject, holds: !negated } };
  return { kind: value === negated ? 'false' : 'true' };
}

/** `<IfVersion [[!]operator] version>`; `/…/` and `~` ask for a regular expression over the version. */
function versionVerdict(words: readonly string[], apache: string): Verdict {
  const [operator, text] = operands(words);
  const negated = operator.startsWith('!');
  const plain = negated ? operator.slice(1) : operator;
  const answer = versionComplaint(words) === undefined ? compareWith(plain, text, apache) : undefined;
  return verdict(answer, negated, 'other', `version ${words.join(' ')}`);
}

function compareWith(operator: string, text: string, apache: string): boolean | undefined {
  const expression = expressionIn(operator, text);
  if (expression !== undefined) {
    return /^\d+\.\d+\.\d+$/.test(apache) ? toRegExp(expression)?.test(apache) : undefined;
  }
  const comparison = compareVersions(comparable(apache, text), text);
  const answers: Readonly<Record<string, boolean>> = {
    '=': comparison === 0,
    '==': comparison === 0,
    '>': comparison > 0,
    '>=': comparison >= 0,
    '<': comparison < 0,
    '<=': comparison <= 0,
  };
  return answers[operator];
}

/** The regular expression of `~ …`, `= /…/` or `/…/`. */
function expressionIn(operator: string, text: string): string | undefined {
  if (operator === '~') return text;
  return text.startsWith('/') && /^==?$/.test(operator) ? text.slice(1, -1) : undefined;
}

/** The regular expression of an `<IfVersion>` that has one. */
export function versionPattern(words: readonly string[]): string | undefined {
  const [operator, text] = operands(words);
  return isUncertain(text) ? undefined : expressionIn(operator.replace(/^!/, ''), text);
}

function operands(words: readonly string[]): readonly [operator: string, version: string] {
  return words.length > 1 ? [words[0] ?? '', words[1] ?? ''] : ['=', words[0] ?? ''];
}

/** What httpd says of an `<IfVersion>` that it does not take (measured with 2.4.71). */
export function versionComplaint(words: readonly string[]): string | undefined {
  if (words.length > 2) return "<IfVersion> directive missing closing '>'";
  const [operator, text] = operands(words);
  if (isUncertain(operator) || isUncertain(text)) return undefined;
  if (!/^!?(?:==?|[<>]=?|~)$/.test(operator)) return `unrecognized operator '${operator}'`;
  if (operator.endsWith('~')) return undefined;
  if (/^!?==?$/.test(operator) && text.startsWith('/')) {
    return text.length > 1 && text.endsWith('/') ? undefined : 'Missing delimiting / of regular expression';
  }
  return /^\d+(?:\.\d+){0,2}\.?$/.test(text)
    ? undefined
    : 'Version appears to be invalid. It must have the format major[.minor[.patch]] where major, minor and patch are numbers';
}

/** httpd compares only the parts that are given for equality of `2` and `2.4`: missing parts count as 0. */
function comparable(apache: string, text: string): string {
  return apache.split('.').length < text.split('.').length ? `${apache}.0` : apache;
}
