import type { FetchResponse } from './fetch';

/** Characters that are worth showing before the rest has arrived. */
const FIRST_CHUNK_CHARS = 100_000;

/**
 * Reports the beginning of a long body once, as soon as it has arrived; does not report shorter bodies. Must be called
 * before the body is read: it only observes the stream, and the reader sets the pace.
 */
export function previewBody(
  body: NonNullable<FetchResponse['body']>,
  onFirstChunk: (text: string) => void,
): void {
  const decoder = new TextDecoder();
  let text = '';
  const take = (bytes: Uint8Array): void => {
    text += decoder.decode(bytes, { stream: true });
    if (text.length < FIRST_CHUNK_CHARS) return;
    body.off('data', take);
    onFirstChunk(text);
  };
  body.on('data', take);
}
