import type { NamedGroup } from '../../../src/tls/named-groups.ts';
import { namedGroups } from '../../../src/tls/named-groups.ts';
import type { Offer } from '../../../src/tls/offer/offer.ts';
import type { ProtocolVersion } from '../../../src/tls/protocols.ts';
import type { CipherSuite } from '../../../src/tls/suites/cipher-suites.ts';
import { tls13CipherSuites } from '../../../src/tls/suites/tls13-cipher-suites.ts';
import { type Agreed, handshake, knownSuites, withOpenSsl } from './probe.ts';

const protocols = ['TLSv1', 'TLSv1.1', 'TLSv1.2', 'TLSv1.3'] as const satisfies readonly ProtocolVersion[];
const everyGroup = namedGroups.map(({ name }) => name);
const everyNewSuite = tls13CipherSuites.map(({ name }) => name);

export interface Asked {
  readonly port: number;
  readonly name: string;
  /** Curves of the certificates: for ECDSA a client of TLS 1.2 has to offer them too (RFC 8422 section 2.2). */
  readonly curves: readonly string[];
  /** The order of TLS 1.3 suites and groups is the default site's where the name comes too late. */
  readonly isDefault: boolean;
}

/** Compares what handshakes find with what the model says; answers with the differences, one sentence each. */
export async function compare(offer: Offer, asked: Asked): Promise<readonly string[]> {
  const differences: string[] = [];
  const expected = new Set(known(offer.protocols));
  const older = known(offer.cipherSuites);
  const newer = known(offer.tls13CipherSuites);
  const groups = known(offer.groups);
  for (const protocol of protocols) {
    const suites = protocol === 'TLSv1.3' ? everyNewSuite : knownSuites;
    const agreed = await withOpenSsl({ ...asked, protocol, suites, groups: firstOf(groups) });
    if ((agreed !== undefined) !== expected.has(protocol)) {
      differences.push(`${protocol} is ${agreed === undefined ? 'refused' : 'spoken'}`);
    }
  }
  if (differences.length > 0) return differences;

  const newestOld = [...expected].filter((protocol) => protocol !== 'TLSv1.3').at(-1);
  const preference = known1(offer.serverPreference);
  const chachaFirst = known1(offer.chachaFirst) === true;
  if (newestOld !== undefined) {
    const usable = older.filter((suite) => newestOld === 'TLSv1.2' || suite.protocol !== 'TLSv1.2');
    const wish = { ...asked, protocol: newestOld, groups: firstOf(groups) };
    differences.push(...(await compareSuites(usable, wish, knownSuites)));
    differences.push(...(await compareOrder(usable, wish, preference, chachaFirst)));
    differences.push(...(await compareGroups(groups, usable, { ...asked, protocol: newestOld }, preference)));
  }
  if (expected.has('TLSv1.3')) {
    const wish = { ...asked, protocol: 'TLSv1.3' as const, groups: groups.map(({ name }) => name) };
    differences.push(...(await compareSuites(newer, wish, everyNewSuite)));
    if (asked.isDefault) differences.push(...(await compareOrder(newer, wish, preference, chachaFirst)));
    differences.push(...(await compareGroups(groups, newer, { ...asked, protocol: 'TLSv1.3' }, undefined)));
  }
  return differences;
}

interface SuiteWish extends Omit<Asked, 'isDefault'> {
  readonly protocol: ProtocolVersion;
  readonly groups: readonly string[];
}

/** Each suite alone, then all that should not work at once. */
async function compareSuites(suites: readonly CipherSuite[], wish: SuiteWish, every: readonly string[]) {
  const differences: string[] = [];
  const names = suites.map(({ name }) => name);
  for (const name of names) {
    const agreed = await handshake({ ...wish, suites: [name] });
    if (agreed?.suite !== name) differences.push(`${wish.protocol} ${name} is refused`);
  }
  const others = every.filter((name) => !names.includes(name));
  const agreed = others.length === 0 ? undefined : await withOpenSsl({ ...wish, suites: others });
  if (agreed !== undefined) differences.push(`${wish.protocol} ${agreed.suite} works`);
  return differences;
}

/** Takes away what the server chose until nothing is left; without a preference of its own the client's order counts. */
async function compareOrder(
  suites: readonly CipherSuite[],
  wish: SuiteWish,
  preference: boolean | undefined,
  chachaFirst: boolean,
) {
  if (preference === undefined) return [];
  const reversed = suites.map(({ name }) => name).reverse();
  if (!preference) {
    const agreed: Agreed | undefined = await handshake({ ...wish, suites: reversed });
    return agreed?.suite === reversed[0] ? [] : [`${wish.protocol} prefers ${agreed?.suite} to ${reversed[0]}`];
  }
  const order: string[] = [];
  const expected: string[] = [];
  let left = reversed;
  while (left.length > 0) {
    const agreed: Agreed | undefined = await handshake({ ...wish, suites: left });
    if (agreed === undefined) break;
    order.push(agreed.suite);
    const asked = suites.filter(({ name }) => left.includes(name));
    const moved = chachaFirst && isChacha(left[0]) ? asked.find(({ name }) => isChacha(name)) : undefined;
    expected.push((moved ?? asked[0])?.name ?? '');
    left = left.filter((name) => name !== agreed.suite);
  }
  if (order.length === suites.length && order.join(':') === expected.join(':')) return [];
  return [`${wish.protocol} order is ${order.join(':')}, not ${expected.join(':')}`];
}

function isChacha(suite: string | undefined): boolean {
  return suite?.includes('CHACHA20') === true;
}

/** Every group, those that should work first: a key share for another would cost a second ClientHello. */
function firstOf(groups: readonly NamedGroup[]): readonly string[] {
  return [...new Set([...groups.map(({ name }) => name), ...everyGroup])];
}

/** Each group alone, then all that should not work at once; in TLS 1.2 the order too where the server prefers its own. */
async function compareGroups(
  groups: readonly NamedGroup[],
  suites: readonly CipherSuite[],
  wish: Omit<SuiteWish, 'groups'> & Asked,
  preference: boolean | undefined,
) {
  const newer = wish.protocol === 'TLSv1.3';
  const ephemeral = suites.filter(({ keyExchange }) => newer || keyExchange === 'ECDH');
  if (ephemeral.length === 0) return [];
  const withoutCurve = ephemeral.filter(({ authentication }) => authentication !== 'ECDSA');
  const asked = (withoutCurve.length > 0 ? withoutCurve : ephemeral).map(({ name }) => name);
  const fits = ({ tls12, tls13 }: NamedGroup) => (newer ? tls13 : tls12);
  const usable = groups.filter(fits);
  const curves = newer || withoutCurve.length > 0 ? [] : wish.curves;
  const ask = (names: readonly string[]) =>
    withOpenSsl({ ...wish, suites: asked, groups: [...new Set([...names, ...curves])] });
  const differences: string[] = [];
  for (const group of usable) {
    const agreed = await ask([group.name]);
    const chosen = usable.find((candidate) => isCalled(candidate, agreed?.group));
    const mayBeCurve = preference === true && curves.includes(chosen?.name ?? '');
    if (chosen !== group && !mayBeCurve) differences.push(`${wish.protocol} group ${group.name} is refused`);
  }
  const others = namedGroups.filter((group) => fits(group) && !usable.includes(group)).map(({ name }) => name);
  const agreed = await ask(others);
  if (agreed !== undefined && !usable.some((group) => isCalled(group, agreed.group))) {
    differences.push(`${wish.protocol} group ${agreed.group} works`);
  }
  const [favourite] = usable;
  if (preference === true && !newer && favourite !== undefined) {
    const first = await ask(usable.map(({ name }) => name).reverse());
    if (!isCalled(favourite, first?.group))
      differences.push(`${wish.protocol} prefers group ${first?.group} to ${favourite.name}`);
  }
  return differences;
}

/** `ECDH, prime256v1, 256 bits`, `X25519, 253 bits`, `X25519MLKEM768`: what s_client calls the group. */
function isCalled({ name, aliases, kind, id }: NamedGroup, label: string | undefined): boolean {
  if (label === undefined) return false;
  const words = label.toLowerCase().split(/[,\s]+/);
  if (kind === 'ffdhe') return words[0] === 'dh' && words[1] === /\d+/.exec(name)?.[0];
  const tls13Brainpool = id >= 0x1f && id <= 0x21;
  const names = tls13Brainpool ? [name.replace('tls13', '')] : [name, ...aliases];
  return names.some((candidate) => words.includes(candidate.toLowerCase()));
}

function known<T>(value: {
  readonly kind: string;
  readonly value?: readonly T[];
  readonly values?: unknown;
}): readonly T[] {
  if (value.kind !== 'known' || value.value === undefined) throw new Error(`Not known: ${JSON.stringify(value)}`);
  return value.value;
}

function known1(value: Offer['serverPreference']): boolean | undefined {
  return value.kind === 'known' ? value.value : undefined;
}
