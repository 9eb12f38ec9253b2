import type { Candidate, Selector, Vocabulary } from './keywords.ts';
import type { Operator } from './words.ts';

/**
 * The list that a cipher string works on. All suites are in it from the start, in OpenSSL's order of preference; rules
 * make them active and inactive, and move them.
 */
export interface CipherOrder {
  entries: Candidate[];
  /** By `Candidate.index`: 1 for what is active. */
  readonly active: Uint8Array;
}

/** The active suites, in order. */
export function activeEntries({ entries, active }: CipherOrder): Candidate[] {
  return entries.filter(({ index }) => active[index] === 1);
}

/** The selection of a rule: the words' masks joined, or undefined where they exclude each other or one is unknown. */
export function combine(selectors: readonly Selector[]): Selector | undefined {
  let keyExchange = 0;
  let authentication = 0;
  let encryption = 0;
  let mac = 0;
  let protocol = '';
  let strength = 0;
  let notDefault = 0;
  for (const selector of selectors) {
    keyExchange = join(keyExchange, selector.keyExchange);
    authentication = join(authentication, selector.authentication);
    encryption = join(encryption, selector.encryption);
    mac = join(mac, selector.mac);
    if (selector.strength !== 0) {
      // A strength class replaces an earlier "not in DEFAULT"; OpenSSL keeps both in one field and assigns it.
      if (strength === 0) notDefault = 0;
      strength = join(strength, selector.strength);
    }
    notDefault |= selector.notDefault;
    if ([keyExchange, authentication, encryption, mac, strength].includes(conflict)) return undefined;
    if (selector.suite === undefined && selector.protocol !== '') {
      if (protocol !== '' && protocol !== selector.protocol) return undefined;
      protocol = selector.protocol;
    }
  }
  // Only a name that stands last, or alone, selects its suite; before a `+` it stands for its algorithms.
  return {
    keyExchange,
    authentication,
    encryption,
    mac,
    protocol,
    strength,
    notDefault,
    suite: selectors.at(-1)?.suite,
  };
}

const conflict = Number.MIN_SAFE_INTEGER;

function join(mask: number, next: number): number {
  if (next === 0 || mask === conflict) return mask;
  if (mask === 0) return next;
  return (mask & next) === 0 ? conflict : mask & next;
}

/** True where each field that `wanted` says anything of has a bit, or the value, in common (`ssl_cipher_apply_rule`). */
export function matches({ selector, suite }: Candidate, wanted: Selector): boolean {
  if (wanted.suite !== undefined && wanted.suite !== suite) return false;
  return (
    (wanted.keyExchange === 0 || (wanted.keyExchange & selector.keyExchange) !== 0) &&
    (wanted.authentication === 0 || (wanted.authentication & selector.authentication) !== 0) &&
    (wanted.encryption === 0 || (wanted.encryption & selector.encryption) !== 0) &&
    (wanted.mac === 0 || (wanted.mac & selector.mac) !== 0) &&
    (wanted.protocol === '' || wanted.protocol === selector.protocol) &&
    (wanted.strength === 0 || (wanted.strength & selector.strength) !== 0) &&
    (wanted.notDefault === 0 || selector.notDefault !== 0)
  );
}

/** Applies one rule and answers the suites that it selected, whether or not that changed anything. */
export function apply(order: CipherOrder, operator: Exclude<Operator, 'command'>, wanted: Selector): Candidate[] {
  const { active } = order;
  const selected: Candidate[] = [];
  const moved: Candidate[] = [];
  const rest: Candidate[] = [];
  const movesFrom = operator === 'add' ? 0 : 1;
  for (const entry of order.entries) {
    if (!matches(entry, wanted)) {
      rest.push(entry);
      continue;
    }
    selected.push(entry);
    if (operator === 'forbid') active[entry.index] = 0;
    else if (active[entry.index] === movesFrom) moved.push(entry);
    else rest.push(entry);
  }
  if (operator === 'add') for (const { index } of moved) active[index] = 1;
  if (operator === 'remove') for (const { index } of moved) active[index] = 0;
  order.entries = operator === 'remove' ? moved.concat(rest) : rest.concat(moved);
  return selected;
}

/** `@STRENGTH`: active suites by descending strength, otherwise in the order that they had. */
export function sortByStrength(order: CipherOrder): void {
  const levels = [...new Set(activeEntries(order).map(({ strengthBits }) => strengthBits))].sort((a, b) => b - a);
  for (const level of levels) {
    move(order, (entry) => entry.strengthBits === level && order.active[entry.index] === 1, 'end');
  }
}

const startingOrders = new WeakMap<Vocabulary, readonly Candidate[]>();

/** A fresh list with nothing active, in the order that OpenSSL prefers. */
export function startingOrder(vocabulary: Vocabulary): CipherOrder {
  let entries = startingOrders.get(vocabulary);
  if (entries === undefined) {
    entries = preferredOrder(vocabulary);
    startingOrders.set(vocabulary, entries);
  }
  return { entries: [...entries], active: new Uint8Array(entries.length) };
}

/**
 * OpenSSL's own preference: ephemeral before static, authenticated encryption before the rest, then by strength, ECDHE
 * before DHE, ECDSA before RSA, AES-GCM before ChaCha20 before other AES. The least important preference is applied first.
 */
function preferredOrder(vocabulary: Vocabulary): Candidate[] {
  const order: CipherOrder = {
    entries: [...vocabulary.candidates],
    active: new Uint8Array(vocabulary.candidates.length),
  };
  const ephemeral = ({ suite }: Candidate) => suite.keyExchange === 'ECDH' || suite.keyExchange === 'DH';
  const aead = ({ suite }: Candidate) => suite.mac === 'AEAD';
  const add = (test: (entry: Candidate) => boolean) => {
    const isNew = (entry: Candidate) => order.active[entry.index] === 0 && test(entry);
    const added = order.entries.filter(isNew);
    move(order, isNew, 'end');
    for (const { index } of added) order.active[index] = 1;
  };
  add(({ suite }) => suite.keyExchange === 'ECDH' && suite.authentication === 'ECDSA');
  add(({ suite }) => suite.keyExchange === 'ECDH');
  move(order, ({ index }) => order.active[index] === 1, 'front');
  order.active.fill(0);
  add(({ suite }) => suite.encryption === 'AESGCM');
  add(({ suite }) => suite.encryption.startsWith('CHACHA20'));
  add(({ suite }) => suite.encryption.startsWith('AES'));
  add(() => true);
  move(order, ({ suite }) => suite.mac === 'MD5', 'end');
  move(order, ({ suite }) => suite.authentication === 'None', 'end');
  move(order, ({ suite }) => suite.keyExchange === 'RSA', 'end');
  move(order, ({ suite }) => suite.keyExchange === 'PSK', 'end');
  move(order, ({ suite }) => suite.encryption === 'RC4', 'end');
  sortByStrength(order);
  move(order, ({ suite }) => suite.protocol === 'TLSv1.2', 'front');
  move(order, aead, 'front');
  move(order, ephemeral, 'front');
  return order.entries;
}

function move(order: CipherOrder, test: (entry: Candidate) => boolean, to: 'front' | 'end'): void {
  const moved: Candidate[] = [];
  const rest: Candidate[] = [];
  for (const entry of order.entries) (test(entry) ? moved : rest).push(entry);
  order.entries = to === 'front' ? moved.concat(rest) : rest.concat(moved);
}
