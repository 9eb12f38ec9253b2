/** RC2-CBC decryption (RFC 2268), only to open old PKCS #12 files; no current library of Node or the editor offers it. */

const table = Uint8Array.from(
  (
    'd978f9c419ddb5ed28e9fd794aa0d89dc67e37832b76538e624c6488448bfba2' +
    '179a59f587b34f1361456d8d09817d32bd8f40eb86b77b0bf09521225c6b4e82' +
    '54d66593ce60b21c7356c014a78cf1dc1275ca1f3bbee4d1423dd430a33cb626' +
    '6fbf0eda4669075727f21d9bbc944303f811c7f690ef3ee706c3d52fc8661ed7' +
    '08e8eade8052eef784aa72ac354d6a2a961ad2715a1549744b9fd05e0418a4ec' +
    'c2e0416e0f51cbcc2491af50a1f47039997c3a8523b8b47afc02365b25559731' +
    '2d5dfa98e38a92ae05df2910676cbac9d300e6cfe19ea82c6316013f58e289a9' +
    '0d38341bab33ffb0bb480c5fb9b1cd2ec5f3db47e5a59c770aa62068fe7fc1ad'
  ).match(/../g) ?? [],
  (pair) => Number.parseInt(pair, 16),
);

/** The plain bytes without their PKCS #7 padding; undefined where the padding is wrong, as with a wrong key. */
export function decryptRc2(
  key: Uint8Array,
  effectiveBits: number,
  iv: Uint8Array,
  data: Uint8Array,
): Uint8Array | undefined {
  if (data.length === 0 || data.length % 8 !== 0) return undefined;
  const expanded = expandKey(key, effectiveBits);
  const plain = new Uint8Array(data.length);
  for (let start = 0; start < data.length; start += 8) {
    const words = decryptBlock(data, start, expanded);
    for (let index = 0; index < 8; index++) {
      const byte = ((words[index >> 1] as number) >> ((index & 1) * 8)) & 0xff;
      const mask = start === 0 ? iv[index] : data[start - 8 + index];
      plain[start + index] = byte ^ (mask as number);
    }
  }
  const padding = plain[plain.length - 1] as number;
  if (padding < 1 || padding > 8 || plain.subarray(-padding).some((byte) => byte !== padding)) return undefined;
  return plain.subarray(0, plain.length - padding);
}

/** RFC 2268 section 2: 64 words of 16 bits. */
function expandKey(key: Uint8Array, effectiveBits: number): Uint16Array {
  const bytes = new Uint8Array(128);
  bytes.set(key.subarray(0, 128));
  const length = Math.min(key.length, 128);
  for (let index = length; index < 128; index++) {
    bytes[index] = table[((bytes[index - 1] as number) + (bytes[index - length] as number)) & 255] as number;
  }
  const effectiveBytes = (effectiveBits + 7) >> 3;
  const mask = 0xff >> (effectiveBytes * 8 - effectiveBits);
  bytes[128 - effectiveBytes] = table[(bytes[128 - effectiveBytes] as number) & mask] as number;
  for (let index = 127 - effectiveBytes; index >= 0; index--) {
    bytes[index] = table[(bytes[index + 1] as number) ^ (bytes[index + effectiveBytes] as number)] as number;
  }
  return Uint16Array.from(
    { length: 64 },
    (_, word) => (bytes[word * 2] as number) | ((bytes[word * 2 + 1] as number) << 8),
  );
}

const rotations = [1, 2, 3, 5];

/** RFC 2268 section 4: five mixing rounds, a mash, six, a mash, five, backwards. */
function decryptBlock(data: Uint8Array, start: number, key: Uint16Array): Uint16Array {
  const words = Uint16Array.from({ length: 4 }, (_, word) => {
    return (data[start + word * 2] as number) | ((data[start + word * 2 + 1] as number) << 8);
  });
  for (let round = 15; round >= 0; round--) {
    for (let index = 3; index >= 0; index--) {
      const rotation = rotations[index] as number;
      const word = words[index] as number;
      const rotated = ((word >> rotation) | (word << (16 - rotation))) & 0xffff;
      const before = words[(index + 3) & 3] as number;
      const second = words[(index + 2) & 3] as number;
      const third = words[(index + 1) & 3] as number;
      words[index] = rotated - (key[round * 4 + index] as number) - (before & second) - (~before & third);
    }
    if (round === 11 || round === 5) {
      for (let index = 3; index >= 0; index--) {
        words[index] = (words[index] as number) - (key[(words[(index + 3) & 3] as number) & 63] as number);
      }
    }
  }
  return words;
}
