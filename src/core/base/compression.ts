import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';

const deflate = promisify(deflateRaw);

/**
 * Compresses bytes as raw DEFLATE (RFC 1951), in another thread.
 * @param level of zlib, from 1, the fastest, to 9.
 * @returns bytes in memory of their own; undefined if there is too little memory for it.
 */
export async function compressed(
  bytes: Uint8Array,
  level: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    // zlib returns part of a larger buffer.
    return new Uint8Array(await deflate(bytes, { level }));
  } catch {
    return undefined;
  }
}
