import type { CallOptions } from '../../http/types';

/** For a request whose whole answer is what the caller reads: its beginning is shown while the rest comes. */
export function wholeBody(call: CallOptions, onFirstChunk: CallOptions['onFirstChunk']): CallOptions {
  return onFirstChunk ? { ...call, onFirstChunk } : call;
}
