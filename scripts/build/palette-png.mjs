import { crc32, deflateSync, inflateSync } from 'node:zlib';

/**
 * A PNG of 8 bits a channel, not interlaced (ISO/IEC 15948), with at most 256 colours: a third of the size for a picture of
 * an editor, whose other colours are the edges of letters.
 */
export function palettePng(png) {
  const { width, height, channels, data } = decode(png);
  const counts = new Map();
  for (let at = 0; at < data.length; at += channels) {
    const colour = (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const palette = paletteOf(counts);
  const indexes = new Map([...counts.keys()].map((colour) => [colour, nearest(palette, colour)]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const at = pixel * channels;
    const row = Math.floor(pixel / width);
    // Each row begins with the number of its filter, none.
    rows[pixel + row + 1] = indexes.get((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    png.subarray(0, 8),
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The most frequent colours that the eye can tell from those before: a rare one may be the only one of its kind. */
function paletteOf(counts) {
  const palette = [];
  for (const [colour] of [...counts].sort((a, b) => b[1] - a[1])) {
    if (palette.length < 256 && palette.every((other) => distance(colour, other) > 14 ** 2)) palette.push(colour);
  }
  return palette;
}

function distance(one, other) {
  return [16, 8, 0].reduce((sum, shift) => sum + (((one >> shift) & 255) - ((other >> shift) & 255)) ** 2, 0);
}

function nearest(palette, colour) {
  let best = 0;
  for (let index = 1; index < palette.length; index++) {
    if (distance(colour, palette[index]) < distance(colour, palette[best])) best = index;
  }
  return best;
}

function chunk(name, data) {
  const named = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function decode(png) {
  const parts = [];
  let header;
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const name = png.toString('latin1', at + 4, at + 8);
    const data = png.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR') header = data;
    if (name === 'IDAT') parts.push(data);
    at += 12 + length;
  }
  const channels = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || channels === undefined || header[12] !== 0) throw new Error('Not a PNG that is read here.');
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  return { width, height, channels, data: unfilter(inflateSync(Buffer.concat(parts)), width * channels, channels) };
}

/** Undoes the filters of rows (section 9 of the standard). */
function unfilter(rows, stride, channels) {
  const data = Buffer.alloc((rows.length / (stride + 1)) * stride);
  for (let at = 0; at < data.length; at++) {
    const row = Math.floor(at / stride);
    const isFirst = at % stride < channels;
    const left = isFirst ? 0 : data[at - channels];
    const above = row === 0 ? 0 : data[at - stride];
    const corner = isFirst || row === 0 ? 0 : data[at - stride - channels];
    const filter = rows[row * (stride + 1)];
    const guess = [0, left, above, (left + above) >> 1, filter === 4 ? paeth(left, above, corner) : 0][filter];
    data[at] = rows[at + row + 1] + guess;
  }
  return data;
}

function paeth(left, above, corner) {
  const guess = left + above - corner;
  const [a, b, c] = [left, above, corner].map((value) => Math.abs(guess - value));
  if (a <= b && a <= c) return left;
  return b <= c ? above : corner;
}
