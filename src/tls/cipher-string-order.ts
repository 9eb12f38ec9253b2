import type { Candidate, Selector, Vocabulary } from './cipher-string-keywords.ts';
import type { Operator } from './cipher-string-words.ts';

/**
 * The list that a cipher string works on. All suites are in it from the start, in OpenSSL's order of preference; rules
 * make them active and inactive, and move them.
 */
export interface CipherOrder {
  entries: Candidate[];
  readonly active: Set<Candidate>;
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
  const selected = order.entries.filter((entry) => matches(entry, wanted));
  if (operator === 'forbid') {
    const gone = new Set(selected);
    order.entries = order.entries.filter((entry) => !gone.has(entry));
    for (const entry of selected) order.active.delete(entry);
    return selected;
  }
  const moving = new Set(selected.filter((entry) => order.active.has(entry) === (operator !== 'add')));
  move(order, moving, operator === 'remove' ? 'front' : 'end');
  for (const entry of moving) {
    if (operator === 'add') order.active.add(entry);
    if (operator === 'remove') order.active.delete(entry);
  }
  return selected;
}

/** `@STRENGTH`: active suites by descending strength, otherwise in the order that they had. */
export function sortByStrength(order: CipherOrder): void {
  const active = order.entries.filter((entry) => order.active.has(entry));
  const levels = [...new Set(active.map((entry) => entry.strengthBits))].sort((a, b) => b - a);
  for (const level of levels) move(order, new Set(active.filter((entry) => entry.strengthBits === level)), 'end');
}

const startingOrders = new WeakMap<Vocabulary, readonly Candidate[]>();

/** A fresh list with nothing active, in the order that OpenSSL prefers. */
export function startingOrder(vocabulary: Vocabulary): CipherOrder {
  let entries = startingOrders.get(vocabulary);
  if (entries === undefined) {
    entries = preferredOrder(vocabulary);
    startingOrders.set(vocabulary, entries);
  }
  return { entries: [...entries], active: new Set() };
}

/**
 * OpenSSL's own preference: ephemeral before static, authenticated encryption before the rest, then by strength, ECDHE
 * before DHE, ECDSA before RSA, AES-GCM before ChaCha20 before other AES.
 */
function preferredOrder(vocabulary: Vocabulary): Candidate[] {
  const order: CipherOrder = { entries: [...vocabulary.candidates], active: new Set() };
  const is = (test: (entry: Candidate) => boolean) => new Set(order.entries.filter(test));
  const ephemeral = ({ suite }: Candidate) => suite.keyExchange === 'ECDH' || suite.keyExchange === 'DH';
  const aead = ({ suite }: Candidate) => suite.mac === 'AEAD';
  // Later steps come first where they disagree, so the least important preference is applied first.
  const add = (test: (entry: Candidate) => boolean) => {
    const added = is((entry) => !order.active.has(entry) && test(entry));
    move(order, added, 'end');
    for (const entry of added) order.active.add(entry);
  };
  add(({ suite }) => suite.keyExchange === 'ECDH' && suite.authentication === 'ECDSA');
  add(({ suite }) => suite.keyExchange === 'ECDH');
  move(order, new Set(order.active), 'front');
  order.active.clear();
  add(({ suite }) => suite.encryption === 'AESGCM');
  add(({ suite }) => suite.encryption.startsWith('CHACHA20'));
  add(({ suite }) => suite.encryption.startsWith('AES'));
  add(() => true);
  for (const last of [
    ({ suite }: Candidate) => suite.mac === 'MD5',
    ({ suite }: Candidate) => suite.authentication === 'None',
    ({ suite }: Candidate) => suite.keyExchange === 'RSA',
    ({ suite }: Candidate) => suite.keyExchange === 'PSK',
    ({ suite }: Candidate) => suite.encryption === 'RC4',
  ]) {
    move(order, is(last), 'end');
  }
  sortByStrength(order);
  move(
    order,
    is(({ suite }) => suite.protocol === 'TLSv1.2'),
    'front',
  );
  move(order, is(aead), 'front');
  move(order, is(ephemeral), 'front');
  move(
    order,
    is((entry) => ephemeral(entry) && aead(entry)),
    'front',
  );
  return order.entries;
}

function move(order: CipherOrder, moving: ReadonlySet<Candidate>, to: 'front' | 'end'): void {
  if (moving.size === 0) return;
  const moved = order.entries.filter((entry) => moving.has(entry));
  const rest = order.entries.filter((entry) => !moving.has(entry));
  order.entries = to === 'front' ? [...moved, ...rest] : [...rest, ...moved];
}
