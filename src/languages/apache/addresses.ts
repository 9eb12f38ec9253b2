import { rememberTexts } from '../../memory/remember-texts.ts';
import { isUncertain } from './uncertain.ts';

/** An address as `Listen` and `<VirtualHost>` write it. `host` is `*` for all; port 0 means any. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** `443`, `*:443`, `192.0.2.1:80`, `[2001:db8::1]:443`, `_default_:443`, `192.0.2.1`; undefined where it is none. */
export function readAddress(text: string): Address | undefined {
  return addresses(text).address;
}

/** Thousands of virtual hosts have the same. */
const addresses = rememberTexts((text) => ({ address: parseAddress(text) }));

function parseAddress(text: string): Address | undefined {
  if (isUncertain(text)) return undefined;
  if (/^\d+$/.test(text)) return { host: '*', port: Number(text) };
  // The brackets of an IPv6 address may be left out where a port follows (`apr_parse_addr_port`).
  const [, bare, barePort] = /^([\da-f:]+(?:\.\d+){0,3}):(\d+)$/i.exec(text) ?? [];
  if (bare !== undefined && (bare.includes('::') || /^(?:[\da-f]{1,4}:){7}[\da-f]{1,4}$/i.test(bare))) {
    return { host: `[${bare.toLowerCase()}]`, port: Number(barePort) };
  }
  const match = /^(\[[0-9a-f:.%\w]+\]|[^:\s]+)(?::(\d+|\*))?$/i.exec(text);
  if (!match) return undefined;
  const host = (match[1] as string).toLowerCase();
  const port = match[2] === undefined || match[2] === '*' ? 0 : Number(match[2]);
  return { host: host === '_default_' ? '*' : host, port };
}
