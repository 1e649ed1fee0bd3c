import { crc32, deflateSync } from 'node:zlib';
import type { PNG } from 'pngjs';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;
/** Colors that differ only in the last bits count as one. */
const LOST_BITS = 3;

/**
 * Writes a picture with only its most frequent colors, a byte per pixel: pictures of texts shrink to a third, and look
 * the same. pngjs reads such files, but does not write them.
 */
export function palettePng({ width, height, data }: Pick<PNG, 'width' | 'height' | 'data'>): Buffer {
  const pixels = Array.from({ length: width * height }, (_, at) => data.readUIntBE(at * 4, 3));
  const palette = mostFrequent(pixels);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  for (const colour of new Set(pixels)) {
    if (!places.has(colour)) places.set(colour, palette.indexOf(nearest(colour, palette)));
  }
  const lines = Buffer.alloc((width + 1) * height);
  // Each line begins with the byte of its filter: none.
  pixels.forEach((colour, at) => lines.writeUInt8(places.get(colour) ?? 0, at + Math.floor(at / width) + 1));
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  return Buffer.concat([
    SIGNATURE,
    // Eight bits a pixel, each of which names a colour of the palette.
    chunk('IHDR', Buffer.concat([size, Buffer.from([8, 3, 0, 0, 0])])),
    chunk('PLTE', Buffer.from(palette.flatMap(parts))),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
}

/** The most frequent colours: of those that look the same, the most frequent one. */
function mostFrequent(pixels: readonly number[]): readonly number[] {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
  const looks = new Map<string, number>();
  for (const [colour] of byCount) {
    const look = parts(colour)
      .map((part) => part >> LOST_BITS)
      .join(' ');
    if (!looks.has(look)) looks.set(look, colour);
  }
  return [...looks.values()].slice(0, MOST_COLOURS);
}

function nearest(colour: number, palette: readonly number[]): number {
  return palette.reduce((a, b) => (distance(colour, b) < distance(colour, a) ? b : a));
}

function distance(a: number, b: number): number {
  const to = parts(b);
  return parts(a).reduce((sum, part, at) => sum + (part - (to[at] ?? 0)) ** 2, 0);
}

/** Red, green and blue. */
function parts(colour: number): readonly number[] {
  return [colour >> 16, (colour >> 8) & 255, colour & 255];
}
