import type { CallOptions } from '../../http/types';

/** Call options for a request whose whole response is the requested text, so that it can be previewed. */
export function wholeBody(call: CallOptions, onFirstChunk: CallOptions['onFirstChunk']): CallOptions {
  return onFirstChunk ? { ...call, onFirstChunk } : call;
}
