import { randomInt } from 'node:crypto';
import { ask, classes, type DnsServer, decodeName, encodeName, skipName, types, words } from './dns-message.ts';
import { aliasOf } from './lookup.ts';

export interface RecordPlace {
  readonly zone: string;
  readonly name: string;
}

/**
 * Where the records of a name are really changed: its CNAME records are followed, as the server knows them or, where the
 * name is in none of its zones, as this machine sees them. So a name may be delegated to a zone that takes updates.
 * @param zone the user's own word; undefined: the server is asked
 * @throws Error where the server serves no zone for the name
 */
export async function placeOfRecord(server: DnsServer, name: string, zone: string | undefined): Promise<RecordPlace> {
  let current = name;
  for (let followed = 0; followed < 8; followed++) {
    const here = await aliasAt(server, current);
    if (here === undefined) {
      const found = zone === undefined ? await findZone(server, current).catch(() => undefined) : undefined;
      if (found !== undefined) return { zone: found, name: current };
      if (zone !== undefined && isWithin(current, zone)) return { zone, name: current };
    }
    const next = here ?? (await aliasOf(current));
    if (next === undefined) return { zone: zone ?? (await findZone(server, current)), name: current };
    current = next;
  }
  throw new Error(`${name} is an alias of an alias, more than 8 times`);
}

function isWithin(name: string, zone: string): boolean {
  const suffix = zone.toLowerCase().replace(/\.$/, '');
  return name === suffix || name.endsWith(`.${suffix}`);
}

/** Target of the CNAME record that the server itself has for a name. */
async function aliasAt(server: DnsServer, name: string): Promise<string | undefined> {
  const question = Buffer.concat([encodeName(name), words(types.cname, classes.in)]);
  const answer = await ask(server, Buffer.concat([words(randomInt(0x10000), 0, 1, 0, 0, 0), question]));
  if ((answer.readUInt16BE(2) & 0xf) !== 0 || answer.readUInt16BE(6) === 0) return undefined;
  // The record's owner is the name that was asked for: two bytes where it is compressed.
  const owner = 12 + question.length;
  const start = (answer[owner] ?? 0) >= 0xc0 ? owner + 2 : skipName(answer, owner);
  return answer.readUInt16BE(start) === types.cname ? decodeName(answer, start + 10) : undefined;
}

/** The zone that holds a name, as the server itself says. @throws Error where it serves none */
export async function findZone(server: DnsServer, name: string): Promise<string> {
  for (let labels = name.replace(/\.$/, '').split('.'); labels.length > 0; labels = labels.slice(1)) {
    const candidate = labels.join('.');
    const answer = await ask(
      server,
      Buffer.concat([words(randomInt(0x10000), 0, 1, 0, 0, 0), encodeName(candidate), words(types.soa, classes.in)]),
    );
    const isAuthoritative = (answer.readUInt16BE(2) & 0x0400) !== 0;
    if (isAuthoritative && (answer.readUInt16BE(2) & 0xf) === 0 && answer.readUInt16BE(6) > 0) return candidate;
  }
  throw new Error(`the DNS server serves no zone for ${name}`);
}
