import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';

/** @returns a function that gives the bytes of the heap in use after a full collection */
export function heapMeter(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = v.parse(v.function(), runInNewContext('gc'));
  return () => {
    // Twice: what the first collection finalizes, the second frees.
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
}
