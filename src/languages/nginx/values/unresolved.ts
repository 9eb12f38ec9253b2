import { rootScope } from '../configuration.ts';
import type { DirectiveFact } from '../facts/directives.ts';
import { definedVariables, isBuiltIn, kindOf } from '../facts/variables.ts';
import type { Word } from '../parse/tree.ts';
import type { Visit } from '../visit.ts';
import type { Complaint } from './complaint.ts';

/** Directives with an address that nginx resolves when it starts, when no variable has a value (ngx_parse_url). */
const resolving: ReadonlySet<string> = new Set(['listen', 'resolver', 'memcached_pass', 'server']);

/** The words of a directive that are such an address. */
function addressesOf(fact: DirectiveFact, args: readonly Word[]): readonly Word[] {
  if (!resolving.has(fact.name) || fact.block) return [];
  return fact.name === 'resolver' ? args.filter(({ value }) => !value.includes('=')) : args.slice(0, 1);
}

/** True for such an address with something in it that may be a variable. */
export function mayNameVariable(fact: DirectiveFact, args: readonly Word[]): boolean {
  return resolving.has(fact.name) && addressesOf(fact, args).some(({ value }) => value.includes('$'));
}

/** An address by a variable of nginx's own, or of the configuration. Other names may be filled in before nginx reads them. */
export function variableAddress({ fact, item, project }: Visit): Complaint | undefined {
  const kind = fact && kindOf(fact);
  if (!kind || !project.complete || item.file.templates.length > 0) return undefined;
  const isVariable = (name: string) =>
    isBuiltIn(name, kind) || definedVariables(rootScope(project)).names[kind].has(name.toLowerCase());
  for (const word of addressesOf(fact, item.args)) {
    const names = [...word.value.matchAll(/\$\{?(\w+)/g)].map(([, name = '']) => name);
    if (names.length === 0 || !names.every(isVariable)) continue;
    const message = `"${fact.name}" takes no variables: nginx looks for a host that is called "${word.value}", and does not start without it.`;
    return { message, word };
  }
  return undefined;
}
