import type { FetchResponse } from './fetch';

/** Characters that are worth showing before the rest has come. */
const FIRST_CHUNK_CHARS = 100_000;

/**
 * Tells how a body begins, once, as soon as so much of it has come. Shorter bodies are not told of. Must be called
 * before the body is read: whoever reads it sets its pace, this only looks on.
 */
export function previewBody(body: NonNullable<FetchResponse['body']>, tell: (text: string) => void): void {
  const decoder = new TextDecoder();
  let text = '';
  const take = (bytes: Uint8Array): void => {
    text += decoder.decode(bytes, { stream: true });
    if (text.length < FIRST_CHUNK_CHARS) return;
    body.off('data', take);
    tell(text);
  };
  body.on('data', take);
}
