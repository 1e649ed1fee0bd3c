import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import * as v from 'valibot';

/** @returns a function that returns the used heap in bytes after a full garbage collection */
export function heapMeter(): () => number {
  setFlagsFromString('--expose-gc');
  const collect = v.parse(v.function(), runInNewContext('gc'));
  return () => {
    // Twice: the second collection frees what the first one finalizes.
    collect();
    collect();
    return process.memoryUsage().heapUsed;
  };
}
