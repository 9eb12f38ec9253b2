import { compareVersions } from '../../../text/version.ts';
import type { Section } from '../syntax.ts';
import { moduleName } from './modules.ts';
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

const conditionKeys = new Set([
  'ifmodule',
  'ifdefine',
  'ifversion',
  'iffile',
  'ifdirective',
  'ifsection',
  'if',
  'elseif',
  'else',
]);

export function isCondition(key: string): boolean {
  return conditionKeys.has(key);
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
      return verdict(facts.isLoaded(moduleName(subject)), negated, 'module', moduleName(subject));
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

function verdict(value: boolean | undefined, negated: boolean, kind: Branch['kind'], subject: string): Verdict {
  if (value === undefined) return { kind: 'open', branch: { kind, subject, holds: !negated } };
  return { kind: value === negated ? 'false' : 'true' };
}

/** `<IfVersion [[!]operator] version>`; `/…/` and `~` ask for a regular expression over the version. */
function versionVerdict(words: readonly string[], apache: string): Verdict {
  const [operator, text] = words.length > 1 ? [words[0] ?? '=', words[1] ?? ''] : ['=', words[0] ?? ''];
  const negated = operator.startsWith('!');
  const comparison = compareVersions(comparable(apache, text), text);
  const answers: Readonly<Record<string, boolean>> = {
    '=': comparison === 0,
    '==': comparison === 0,
    '>': comparison > 0,
    '>=': comparison >= 0,
    '<': comparison < 0,
    '<=': comparison <= 0,
  };
  const answer = /^\/|[^\d.]/.test(text) ? undefined : answers[negated ? operator.slice(1) : operator];
  return verdict(answer, negated, 'other', `version ${words.join(' ')}`);
}

/** httpd compares only the parts that are given for equality of `2` and `2.4`: missing parts count as 0. */
function comparable(apache: string, text: string): string {
  return apache.split('.').length < text.split('.').length ? `${apache}.0` : apache;
}
