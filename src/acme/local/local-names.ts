import { BlockList, isIP } from 'node:net';
import { type Identifier, parseIdentifier } from '../order/identifiers.ts';

/** A name constraint of a development CA (RFC 5280 section 4.2.1.10). */
export type NameConstraint =
  | { readonly type: 'dns'; readonly value: string }
  | { readonly type: 'ip'; readonly address: string; readonly bits: number; readonly family: 4 | 6 };

/**
 * What one text of `permitted` means: a name permits itself and all below it, `*.test` all below `test`, an address itself or
 * its network.
 */
export function readPermitted(text: string): NameConstraint | { readonly problem: string } {
  const [address = '', bits, ...more] = text.trim().replace(/[[\]]/g, '').split('/');
  const family = isIP(address);
  if (family === 4 || family === 6) {
    const most = family === 4 ? 32 : 128;
    const isNetwork = more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= most));
    return isNetwork
      ? { type: 'ip', address, bits: Number(bits ?? most), family }
      : { problem: `"${text}" is no network: write a number from 0 to ${most} after the /` };
  }
  const identifier = parseIdentifier(text.trim().replace(/^\*?\./, ''));
  return 'problem' in identifier
    ? { problem: `"${text}" is no domain name` }
    : { type: 'dns', value: identifier.value };
}

/** All that is permitted. `localhost` brings the loopback addresses with it; what means nothing is passed over. */
export function nameConstraints(permitted: readonly string[]): readonly NameConstraint[] {
  const found = permitted.map(readPermitted).filter((each) => 'type' in each);
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
