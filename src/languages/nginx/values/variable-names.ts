import type { Version } from '../../../text/version.ts';
import type { VariableKind } from '../facts/variables.ts';
import { groupsOf, isFixed, kindOf } from '../facts/variables.ts';
import type { Word } from '../parse/tree.ts';
import type { Complaint, ValueCheck } from './complaint.ts';
import { isOpen } from './complaint.ts';

/** `set $name value`, and others whose argument names a variable. */
function checkVariableName(index: number): ValueCheck {
  return (args, { fact, version }) => {
    const word = index < 0 ? args.at(index) : args[index];
    if (!word || isOpen(word)) return undefined;
    const malformed = checkForm(word);
    if (malformed) return malformed;
    const name = word.value.slice(1);
    const kind = fact && kindOf(fact);
    return kind !== undefined && isFixed(name, kind, version) ? definedTwice(name, word) : undefined;
  };
}

function checkForm(word: Word): Complaint | undefined {
  if (/^\$./.test(word.value) || isOpen(word)) return undefined;
  return { message: `Invalid variable name "${word.value}": it begins with "$".`, word };
}

/** Directives that make a variable. What its value is does not matter here: a template may fill that in. */
export const variableNames: Readonly<Record<string, ValueCheck>> = {
  set: checkVariableName(0),
  auth_request_set: checkVariableName(0),
  // What it looks at is one variable too, where a map takes any text.
  geo: (args, ...known) => (args[1] && args[0] && checkForm(args[0])) ?? checkVariableName(-1)(args, ...known),
  map: checkVariableName(1),
  split_clients: checkVariableName(1),
  json_set: (args, ...known) => (args[1] && checkForm(args[1])) ?? checkVariableName(0)(args, ...known),
  perl_set: checkVariableName(0),
  js_set: checkVariableName(0),
};

/** A named group of an expression makes a variable too, as `(?<host>...)` does (ngx_http_regex_compile). */
export function groupComplaint(
  word: Word,
  pattern: string,
  kind: VariableKind | undefined,
  version: Version,
): Complaint | undefined {
  if (kind === undefined || isOpen(word)) return undefined;
  const name = groupsOf(pattern).find((group) => isFixed(group.name, kind, version))?.name;
  return name === undefined ? undefined : definedTwice(name, word);
}

/** ngx_http_add_variable. */
function definedTwice(name: string, word: Word): Complaint {
  return { message: `The duplicate "${name}" variable: nginx itself defines it. Take another name.`, word };
}
