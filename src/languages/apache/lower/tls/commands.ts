import { remember } from '../../../../memory/remember.ts';
import type { Setting } from '../../../../tls/model/setting.ts';
import { known } from '../../../../tls/model/setting.ts';
import type { Statement } from '../../evaluate/statement.ts';
import { type Scope, settle } from '../scopes/settle.ts';

export const command = 'sslopensslconfcmd';

export function hasCommands({ own, inherited }: Scope): boolean {
  return own.has(command) || inherited.has(command);
}

/** The same without commands, as mod_ssl sets all else up before it comes to them. */
export function withoutCommands(scope: Scope): Scope {
  return { ...scope, own: without(scope.own), inherited: without(scope.inherited) };
}

/** Thousands of virtual hosts inherit the same. */
const without = remember((directives: Scope['own']): Scope['own'] =>
  directives.has(command) ? new Map([...directives].filter(([key]) => key !== command)) : directives,
);

/** `SSLOpenSSLConfCmd` has the last word wherever it stands: mod_ssl runs the commands when all else is set. */
export function afterCommands<T>(
  base: Setting<T>,
  { scope, because }: { readonly scope: Scope; readonly because: string },
  read: (statement: Statement) => T | undefined,
): Setting<T> {
  if (!hasCommands(scope)) return base;
  const { value, origin } = settle<T | undefined>(scope, [command], undefined, because, read);
  if (origin.kind === 'default' || value.kind !== 'known' || value.value === undefined) return base;
  return { value: known(value.value), origin };
}
