/** Round constants of Keccak-f[1600] (FIPS 202 section 3.2.5), by the shift register that defines them. */
let constants: readonly bigint[] = [];
const mask = (1n << 64n) - 1n;

function roundConstants(): bigint[] {
  let register = 1;
  return Array.from({ length: 24 }, () => {
    let constant = 0n;
    for (let bit = 0; bit < 7; bit++) {
      if (register & 1) constant |= 1n << ((1n << BigInt(bit)) - 1n);
      register = (register << 1) ^ (register >> 7 ? 0x171 : 0);
    }
    return constant;
  });
}

/** SHAKE128 and SHAKE256 (FIPS 202 section 6.2), which not every host's library has. */
export function shake(bits: 128 | 256, data: Uint8Array, length: number): Uint8Array {
  if (constants.length === 0) constants = roundConstants();
  const rate = 200 - bits / 4;
  const state = new Uint8Array(200);
  const lanes = new BigUint64Array(state.buffer);
  let at = 0;
  for (const byte of data) {
    state[at] = (state[at] as number) ^ byte;
    if (++at === rate) {
      permute(lanes);
      at = 0;
    }
  }
  state[at] = (state[at] as number) ^ 0x1f;
  state[rate - 1] = (state[rate - 1] as number) ^ 0x80;
  const out = new Uint8Array(length);
  for (let filled = 0; filled < length; filled += rate) {
    permute(lanes);
    out.set(state.subarray(0, Math.min(rate, length - filled)), filled);
  }
  return out;
}

/** Keccak-f[1600] (FIPS 202 section 3.3), a lane of 64 bits each. */
function permute(lanes: BigUint64Array): void {
  const a = Array.from(lanes);
  const lane = (index: number) => a[index] as bigint;
  const columns: bigint[] = [];
  for (const constant of constants) {
    for (let x = 0; x < 5; x++) columns[x] = lane(x) ^ lane(x + 5) ^ lane(x + 10) ^ lane(x + 15) ^ lane(x + 20);
    for (let x = 0; x < 5; x++) {
      const change = (columns[(x + 4) % 5] as bigint) ^ rotate(columns[(x + 1) % 5] as bigint, 1);
      for (let y = 0; y < 25; y += 5) a[x + y] = lane(x + y) ^ change;
    }
    let [x, y, carried] = [1, 0, lane(1)];
    for (let step = 0; step < 24; step++) {
      [x, y] = [y, (2 * x + 3 * y) % 5];
      const next = lane(x + 5 * y);
      a[x + 5 * y] = rotate(carried, (((step + 1) * (step + 2)) / 2) % 64);
      carried = next;
    }
    for (let row = 0; row < 25; row += 5) {
      const old = a.slice(row, row + 5) as [bigint, bigint, bigint, bigint, bigint];
      for (let i = 0; i < 5; i++)
        a[row + i] = (old[i] as bigint) ^ (~(old[(i + 1) % 5] as bigint) & mask & (old[(i + 2) % 5] as bigint));
    }
    a[0] = lane(0) ^ constant;
  }
  lanes.set(a);
}

function rotate(value: bigint, by: number): bigint {
  return ((value << BigInt(by)) & mask) | (value >> BigInt(64 - by));
}
