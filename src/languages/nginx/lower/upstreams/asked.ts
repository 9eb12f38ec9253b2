import { rememberTexts } from '../../../../memory/remember-texts.ts';
import type { Item } from '../../scope.ts';
import { addressOf } from './own-listeners.ts';

/** How a backend is asked, and its name. */
export interface Asked {
  readonly hasScheme: boolean;
  readonly overTls: boolean;
  /** Empty where a variable is in it. */
  readonly authority: string;
  /** What stands behind that. */
  readonly uri: string;
  /** Its host and port, where it is no group. */
  readonly address: string | undefined;
}

const readAddress = rememberTexts((value): Asked => {
  const [, scheme = '', authority = ''] = /^((?:http|grpc)s?:\/\/|)([^/?#$]+)(?=[/?#]|$)/i.exec(value) ?? [];
  const overTls = /s:/i.test(scheme);
  const uri = value.slice(scheme.length + authority.length);
  return { hasScheme: scheme !== '', overTls, authority, uri, address: addressOf(authority, overTls ? 443 : 80) };
});

/**
 * What `proxy_pass` or `grpc_pass` asks, undefined where that is not known. `grpc_pass` without a scheme asks over plain HTTP.
 * @param value the address, where more is known than is written
 */
export function askedOf({ name, args: [word] }: Item, value = word?.value ?? ''): Asked | undefined {
  if (!word || word.templated) return undefined;
  const asked = readAddress(value);
  return asked.authority !== '' && (asked.hasScheme || name === 'grpc_pass') ? asked : undefined;
}
