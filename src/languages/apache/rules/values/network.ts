import { isIpv4, isIpv6 } from '../../../../text/address.ts';

/** Of digits and dots, or with a colon: APR then takes a word for an address, else for a name (`looks_like_ip`). */
export function looksLikeAddress(text: string): boolean {
  const [address = ''] = text.split('/');
  return address !== '' && (address.includes(':') || /^[\d.]+$/.test(address));
}

/**
 * What APR says about `192.0.2.1`, `192.0.2`, `192.0.2.0/24`, `192.0.2.0/255.255.255.0`, `2001:db8::/32`
 * (`apr_ipsubnet_create`); undefined where it takes them. With a mask the address has to be a whole one.
 */
export function networkProblem(text: string): string | undefined {
  if (!looksLikeAddress(text)) return 'An IP address was expected';
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const mask = slash < 0 ? undefined : text.slice(slash + 1).trimStart();
  if (mask === undefined && isPartOfAddress(address)) return undefined;
  // Addresses of IPv4 in the form of IPv6 are refused.
  const isWhole = isIpv4(address) || (isIpv6(address) && !/^::ffff:.*\./i.test(address));
  if (!isWhole) {
    const hint = mask !== undefined && isPartOfAddress(address) ? ', a mask needs all four numbers' : '';
    return `The specified IP address is invalid${hint}`;
  }
  if (mask === undefined) return undefined;
  const bits = address.includes(':') ? 128 : 32;
  const fits = /^\+?\d+$/.test(mask) ? Number(mask) > 0 && Number(mask) <= bits : bits === 32 && isIpv4(mask);
  return fits ? undefined : 'The specified network mask is invalid';
}

/** `10`, `10.1`, `192.0.2.`. */
function isPartOfAddress(text: string): boolean {
  const numbers = text.replace(/\.$/, '').split('.');
  return numbers.length <= 4 && numbers.every((number) => /^\d+$/.test(number) && Number(number) < 256);
}
