import { BlockList, isIP } from 'node:net';
import type { Identifier } from '../order/identifiers.ts';

/** A name constraint of a development CA (RFC 5280 section 4.2.1.10). */
export type NameConstraint =
  | { readonly type: 'dns'; readonly value: string }
  | { readonly type: 'ip'; readonly address: string; readonly bits: number; readonly family: 4 | 6 };

/**
 * What `permitted` means: a name permits itself and all below it, `*.test` all below `test`, an address itself or its
 * network. `localhost` brings the loopback addresses with it.
 */
export function nameConstraints(permitted: readonly string[]): readonly NameConstraint[] {
  const found = permitted.flatMap((text): NameConstraint[] => {
    const [address = '', bits] = text.replace(/[[\]]/g, '').split('/');
    const family = isIP(address);
    if (family === 4 || family === 6) {
      return [{ type: 'ip', address, bits: Number(bits ?? (family === 4 ? 32 : 128)), family }];
    }
    return [{ type: 'dns', value: text.toLowerCase().replace(/^\*?\./, '') }];
  });
  const hasLocalhost = found.some((entry) => entry.type === 'dns' && entry.value === 'localhost');
  if (!hasLocalhost) return found;
  return [
    ...found,
    { type: 'ip', address: '127.0.0.1', bits: 32, family: 4 },
    { type: 'ip', address: '::1', bits: 128, family: 6 },
  ];
}

/** Whether a CA constrained to `permitted` may issue for a name or address. */
export function isPermitted(identifier: Identifier, permitted: readonly string[]): boolean {
  return nameConstraints(permitted).some((constraint) => {
    if (constraint.type !== identifier.type) return false;
    if (constraint.type === 'dns') {
      const name = identifier.value.replace(/^\*\./, '');
      return name === constraint.value || name.endsWith(`.${constraint.value}`);
    }
    if (isIP(identifier.value) !== constraint.family) return false;
    const list = new BlockList();
    list.addSubnet(constraint.address, constraint.bits, constraint.family === 4 ? 'ipv4' : 'ipv6');
    return list.check(identifier.value, constraint.family === 4 ? 'ipv4' : 'ipv6');
  });
}
