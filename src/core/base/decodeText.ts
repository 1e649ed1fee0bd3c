/** A file that holds no text. */
export class NoTextError extends Error {
  override readonly name = 'NoTextError';
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/**
 * Decodes the bytes of a text file: UTF-16 by its byte order mark, or by the zero bytes that it has for ASCII, else UTF-8.
 * PowerShell and the Notepad of older Windows write UTF-16.
 * @returns the text without its byte order mark.
 * @throws NoTextError if the bytes are no text of that encoding.
 */
export function decodeText(bytes: Uint8Array): string {
  const encoding = guessEncoding(bytes);
  try {
    // Every build of Node decodes little endian.
    const label = encoding === 'utf-16be' ? 'utf-16le' : encoding;
    const text = new TextDecoder(label, { fatal: true }).decode(
      encoding === 'utf-16be' ? swapPairs(bytes) : bytes,
    );
    if (text.includes('\0')) throw new NoTextError();
    return text;
  } catch (cause) {
    throw new NoTextError('no text', { cause });
  }
}

function guessEncoding([first, second]: Uint8Array): Encoding {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (first !== 0 && second === 0) return 'utf-16le';
  return first === 0 && second !== 0 ? 'utf-16be' : 'utf-8';
}

/** @throws RangeError for an odd number of bytes. */
function swapPairs(bytes: Uint8Array): Uint8Array {
  return Buffer.from(bytes).swap16();
}
